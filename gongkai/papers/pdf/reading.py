"""What a PDF says: ruled tables and the text outside them, page after page. A scanned page has no text."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from gongkai.containers import limits
from gongkai.containers import pdf as guard
from gongkai.papers import tidy
from gongkai.papers.pdf import tables
from gongkai.papers.pdf.tables import Box, Piece
from gongkai.papers.reading import Grid, Reading
from gongkai.papers.unreadable import Unreadable

PAGES = 400
PAGE_OBJECTS = 60_000
_RULE = 3.0  # points; a rule of a table is not thicker
FAULTS: tuple[type[Exception], ...] = (*guard.FAULTS, PdfminerException, MalformedPDFException)
_PAGE_MARK = re.compile(r"[\s—–\-－·第]*\d{1,4}[\s—–\-－·页]*")


def read(data: bytes) -> Reading:
    """Read a PDF with a text layer. A table running over pages is one Grid, its repeated header rows only once.

    Raises Unreadable; code `no_text` for a file of pictures.
    """
    guard.check(data)
    pieces = Pieces()
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as document:
            if len(document.pages) > PAGES:
                raise Unreadable("too_large", f"PDF 超过{PAGES}页，已停止读取。请只上传年度报告本身。")
            for page in document.pages:
                pieces.page(page)
                page.close()
            title = document.metadata.get("Title")
    except FAULTS as fault:
        raise limits.damaged() from fault
    return reading_of(pieces, title)


def reading_of(pieces: Pieces, title: object) -> Reading:
    """What the pieces of all pages make up. Unreadable (`no_text`) where they have no text."""
    parts = pieces.parts()
    if not parts:
        raise Unreadable("no_text", "文件里没有文字，可能是扫描件。请上传由办公软件导出的文件或原文件。")
    return Reading(parts, _title(title, [part for part in parts if isinstance(part, str)][:3]), "pdf")


def _title(stated: object, opening: list[str]) -> str:
    """The title of the file where it is also printed at the beginning (often it is a leftover), else the first line."""
    title = tidy.line(stated) if isinstance(stated, str) else ""
    printed = "".join(opening).replace(" ", "")
    return title if title and title.replace(" ", "") in printed else next(iter(opening), "")


def too_complex(page: int) -> Unreadable:
    """What is said of a page that has more on it than any report."""
    return Unreadable("too_complex", f"第{page}页的内容过于复杂，已停止读取。请另存后再上传。")


class Pieces:
    """Paragraphs and table pieces of the pages read so far."""

    def __init__(self) -> None:
        self.found: list[str | tuple[Piece, int]] = []
        self.open = False  # may the last paragraph go on in the next line?

    def parts(self) -> list[str | Grid]:
        return [part if isinstance(part, str) else tables.grid(*part) for part in self.found]

    def page(self, page: Any) -> None:
        if len(page.objects.get("char", ())) + len(page.rects) + len(page.lines) + len(page.curves) > PAGE_OBJECTS:
            raise too_complex(page.page_number)
        found = [table for table in tables.find(page.filter(not_a_bar)) if len(table.cells) > 1]
        boxes: list[Box] = [table.bbox for table in found]
        items: list[tuple[float, Any]] = [(table.bbox[1], table) for table in found]
        outside = page.filter(lambda thing: not any(_within(thing, box) for box in boxes))
        lines = [line for line in _lines(outside) if not _is_page_mark(line, page.height)]
        items += [(line["top"], line) for line in lines]
        left = min((line["x0"] for line in lines), default=0.0)
        right = max((line["x1"] for line in lines), default=0.0)
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, dict):
                self.text(item, left, right)
            else:
                self.table(tables.piece(item.cells, _characters(page, item.bbox), page.page_number))

    def table(self, piece: Piece) -> None:
        self.open = False
        last = self.found[-1] if self.found else ""
        if not isinstance(last, str) and tables.continues(last[0], piece):
            tables.join(last[0], piece)
        else:
            self.found.append((piece, piece.page))

    def text(self, line: dict[str, Any], left: float, right: float) -> None:
        """A line goes on with the paragraph above when that filled its line and this one begins at the margin."""
        text = tidy.close(tidy.line(line["text"]))
        height = line["bottom"] - line["top"]
        last = self.found[-1] if self.found else None
        if self.open and isinstance(last, str) and line["x0"] - left < height:
            self.found[-1] = tidy.joined((last, text))
        elif text:
            self.found.append(text)
        self.open = right - line["x1"] < 2 * height


def _lines(page: Any) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = page.extract_text_lines(return_chars=False) if page.chars else []
    return lines


def _characters(page: Any, box: Box) -> list[dict[str, Any]]:
    return [character for character in page.chars if _within(character, box)]


def _within(thing: dict[str, Any], box: Box) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def not_a_bar(thing: dict[str, Any]) -> bool:
    """A filled area without an outline, such as the bar of a chart, is no rule of a table."""
    filled = thing.get("object_type") in ("rect", "curve") and thing.get("fill") and not thing.get("stroke")
    return not (filled and thing["width"] > _RULE and thing["height"] > _RULE)


def _is_page_mark(line: dict[str, Any], height: float) -> bool:
    at_edge = line["top"] > height * 0.85 or line["bottom"] < height * 0.1
    return bool(at_edge and _PAGE_MARK.fullmatch(line["text"]))
