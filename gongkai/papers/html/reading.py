"""What an HTML page says: paragraphs and tables in order. Scripts, styles and pictures are dropped."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.containers import limits
from gongkai.papers import grid, tidy
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.unreadable import Unreadable

_DROPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "iframe",
    "object",
    "svg",
    "select",
    "textarea",
    "canvas",
}
_INLINE = {
    *("a", "abbr", "b", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"),
    *("label", "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u"),
    *("var", "wbr"),
}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_LARGEST_SPAN = 1000


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    rowspan: int
    colspan: int


def read(data: bytes) -> Reading:
    """Read a page or fragment in UTF-8 or GB 18030 (GBK, GB 2312). Raises Unreadable."""
    limits.check_size(data)
    source = decode(data).replace("\x00", "")
    # huge_tree stays off: libxml2 then stops at 256 levels and at texts of ten million characters.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as fault:
        raise limits.damaged() from fault
    if root is None:
        raise Unreadable("empty", "文件里没有内容。请确认选对了文件，再重新上传。")
    pieces = _Pieces()
    pieces.walk(root)
    pieces.flush()
    return Reading(pieces.parts, _title(root), "html")


def decode(data: bytes) -> str:
    """Text by byte order mark, by UTF-8 where it fits, by the page's own charset, else as GB 18030."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data), "replace")


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    return name if name in ("utf-8", "big5", "big5-hkscs") else "gb18030"


class _Pieces:
    """Collects paragraphs and grids in document order."""

    def __init__(self) -> None:
        self.parts: list[str | Grid] = []
        self.lines: list[list[str]] = [[]]
        self.room = grid.Room()

    def flush(self) -> None:
        text = tidy.joined(map("".join, self.lines))
        if text:
            self.parts.append(text)
        self.lines = [[]]

    def walk(self, element: etree._Element) -> None:
        name = _name(element)
        if name in _DROPPED:
            return
        if name == "br":
            self.lines.append([])
        elif name == "table" and _is_grid(element):
            self.flush()
            self.parts.append(_grid(element, self.room))
        else:
            self._walk_inside(element, block=name not in _INLINE)

    def _walk_inside(self, element: etree._Element, block: bool) -> None:
        if block:
            self.flush()
        self.lines[-1].append(element.text or "")
        for child in element:
            self.walk(child)
            self.lines[-1].append(child.tail or "")
        if block:
            self.flush()


def _name(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else "script"


def _is_grid(table: etree._Element) -> bool:
    """A table that holds other tables, or a single cell, only arranges the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    return len([cell for row in _rows(table) for cell in row]) > 1


def _grid(table: etree._Element, room: grid.Room) -> Grid:
    room.hold(sum(1 for _ in table.iterdescendants("td", "th")))
    caption = next(iter(table.iterchildren("caption")), None)
    rows = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in _rows(table)]
    return grid.grid(rows, "" if caption is None else tidy.joined(_lines(caption)), room=room)


def _rows(table: etree._Element) -> list[etree._Element]:
    return list(table.iterdescendants("tr"))


def _cell(cell: etree._Element) -> _Cell:
    return _Cell(tidy.joined(_lines(cell)), _span(cell, "rowspan", 65534), _span(cell, "colspan", _LARGEST_SPAN))


def _span(cell: etree._Element, name: str, largest: int) -> int:
    text = str(cell.get(name, "1")).strip()
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(value, largest) if value or name == "rowspan" else 1


def _lines(element: etree._Element) -> Iterator[str]:
    line: list[str] = []
    for text in _texts(element):
        if text is None:
            yield "".join(line)
            line = []
        else:
            line.append(text)
    yield "".join(line)


def _texts(element: etree._Element) -> Iterator[str | None]:
    """Stretches of text; None where a line ends."""
    yield element.text or ""
    for child in element:
        name = _name(child)
        breaks = name not in _INLINE
        if breaks:
            yield None
        if name not in _DROPPED:
            yield from _texts(child)
        if breaks:
            yield None
        yield child.tail or ""


def _title(root: etree._Element) -> str:
    for name in ("title", "h1"):
        for element in root.iter(name):
            text = tidy.joined(_lines(element))
            if text:
                return text
    return ""
