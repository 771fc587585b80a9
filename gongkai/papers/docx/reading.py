"""What a docx says: paragraphs and tables in document order, merged cells kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.containers import limits
from gongkai.papers import grid, tidy
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.unreadable import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_TRANSPARENT = {f"{_W}{name}" for name in ("sdt", "sdtContent", "smartTag", "customXml", "ins", "body")}
_SKIPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BREAKS = {f"{_W}br", f"{_W}cr", f"{_W}p"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class _Cell:
    text: str
    column: int
    colspan: int
    rowspan: int
    merge: str  # "", "restart" or "continue"


def read(data: bytes) -> Reading:
    """Read a docx. Deleted text of tracked changes is left out, inserted text is read. Raises Unreadable."""
    if data.startswith(_OLE):
        raise Unreadable("wrong_kind", "这是旧版 Word（.doc）文件或设有密码的文件。请去掉密码，另存为 .docx 后再上传。")
    if data and not data.startswith(b"PK"):
        raise Unreadable("wrong_kind", "这不是 Word 文档（.docx）。请确认文件类型，再重新上传。")
    parts = limits.unpack(data, lambda name: name == _BODY)
    if _BODY not in parts:
        raise Unreadable("wrong_kind", "文件里没有 Word 正文，可能不是 .docx 文档。请另存为 .docx 后再上传。")
    reading, room = Reading(format="docx"), grid.Room()
    for element in _blocks(limits.xml(parts[_BODY])):
        if element.tag == f"{_W}tbl":
            reading.parts.append(_grid(element, room))
        else:
            text = tidy.joined(_lines(element))
            reading.parts.extend([text] if text else [])
            if not reading.title and _style(element) == "Title":
                reading.title = text
    reading.title = reading.title or next((part for part in reading.parts if isinstance(part, str)), "")
    return reading


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _blocks(child)


def _style(element: etree._Element) -> str:
    found = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _lines(element: etree._Element) -> Iterator[str]:
    line: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            yield "".join(line)
            line = []
        else:
            line.append(piece)
    yield "".join(line)


def _pieces(element: etree._Element) -> Iterator[str | None]:
    """Stretches of text; None where a line or paragraph ends."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)
            if child.tag in _BREAKS:
                yield None


def _grid(table: etree._Element, room: grid.Room) -> Grid:
    room.hold(sum(1 for _ in table.iterdescendants(f"{_W}tc")))
    rows = [_row(row) for row in _children(table, "tr")]
    below: dict[int, _Cell] = {}  # column -> the vertical merge that is open there
    for row in rows:
        open_now: dict[int, _Cell] = {}
        for cell in row:
            owner = below.get(cell.column)
            if cell.merge == "continue" and owner is not None:
                owner.rowspan += 1
                open_now[cell.column] = owner
            elif cell.merge:
                cell.merge = "restart"
                open_now[cell.column] = cell
        below = open_now
    return grid.grid([[cell for cell in row if cell.merge != "continue"] for row in rows], room=room)


def _row(row: etree._Element) -> list[_Cell]:
    skipped = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    cells = [_Cell("", 0, skipped, 1, "")] if skipped else []
    column = skipped
    for element in _children(row, "tc"):
        span = _number(element.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        merge = element.find(f"{_W}tcPr/{_W}vMerge")
        kind = "" if merge is None else str(merge.get(f"{_W}val", "continue"))
        cells.append(_Cell(tidy.joined(_lines(element)), column, span, 1, kind))
        column += span
    return cells


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, name)


def _number(element: etree._Element | None, default: int) -> int:
    text = "" if element is None else str(element.get(f"{_W}val", ""))
    return min(max(int(text), 1), 1000) if text.isascii() and text.isdigit() and len(text) < 6 else default
