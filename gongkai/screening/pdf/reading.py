"""The visible text of a PDF line by line, and the text in it that a reader does not see."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from gongkai.containers import limits, pdf
from gongkai.screening.findings import Place
from gongkai.screening.pdf.glyphs import UNKNOWN, Box, Device, Glyph, Interpreter, Leaf
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight

PAGES = 600
PAIRS = 20_000_000  # of glyphs and boxes on one page that are held against each other
_TINY = 2.0  # points: smaller than anybody reads
_SCAN = 0.7  # of the paper: a picture of this size is a scanned page
Placed = tuple[Glyph, int, int]  # a glyph and the characters of the visible text that it stands for


def leaves(data: bytes) -> Iterator[Leaf]:
    """The pages one after another. Unreadable `damaged` for a file that pdfminer cannot read to its end."""
    try:
        manager = PDFResourceManager()
        device = Device(manager)
        interpreter = Interpreter(manager, device)
        for number, page in enumerate(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))):
            if number >= PAGES:
                raise NotAccepted("too_large", f"PDF 超过{PAGES}页,已停止检查。请拆成几个文件后再上传。")
            interpreter.process_page(page)
            yield device.leaf
    except pdf.FAULTS as fault:
        raise limits.damaged() from fault


class Reader:
    """Says the pages into a Sight. `placed` and `unseen` of a page tell the clean copy which glyph is what."""

    def __init__(self, sight: Sight, covers: Sequence[Sequence[Box]] = ()) -> None:
        self.sight, self.covers = sight, covers
        self.placed: list[list[Placed]] = []
        self.unseen: list[list[Glyph]] = []
        self.scans: list[bool] = []
        self._length = 0

    def page(self, leaf: Leaf, number: int) -> None:
        """One page, counted from 1."""
        place = Place(page=number)
        above = self.covers[number - 1] if number <= len(self.covers) else ()
        scan = any(_area(box) > _SCAN * max(_area(leaf.paper), 1) for _, box in leaf.pictures)
        boxes = len(leaf.covers) + len(leaf.colours) + len(leaf.pictures) + len(above)
        if boxes * len(leaf.glyphs) > PAIRS:
            raise NotAccepted("too_complex", f"PDF 第{number}页的内容过于复杂,已停止检查。请另存后再上传。")
        reasons = [_why_unseen(glyph, leaf, above, scan) for glyph in leaf.glyphs]
        hidden = [(glyph, why) for glyph, why in zip(leaf.glyphs, reasons, strict=True) if why]
        for rule in dict.fromkeys(why for _, why in hidden):
            said = "\n".join(_said(line) for line in _lines([glyph for glyph, why in hidden if why == rule]))
            if said.strip():
                self.sight.hide(rule, place, said)
        seen = [glyph for glyph, why in zip(leaf.glyphs, reasons, strict=True) if not why]
        if scan or (leaf.pictures and not seen):
            self.sight.hide("unread_picture", place)
        if sum(UNKNOWN in glyph.text for glyph in seen) > max(5, len(seen) // 5):
            self.sight.hide("unread_letters", place)
        self.placed.append([])
        self.unseen.append([glyph for glyph, _ in hidden])
        self.scans.append(scan)
        self._say(_lines(seen), place)

    def _say(self, lines: Sequence[list[Glyph]], place: Place) -> None:
        """Lines; one that fills the column runs on into the next, so that a number broken at the margin stays whole."""
        left = min((line[0].box[0] for line in lines), default=0)
        right = max((line[-1].box[2] for line in lines), default=0)
        for number, line in enumerate(lines):
            self._say_line(line, place)
            follower = lines[number + 1] if number + 1 < len(lines) else None
            size = line[-1].size
            full = line[-1].box[2] > right - 2 * size and follower and follower[0].box[0] < left + 3 * size
            whole = full and not _gaps(line) and follower and not _gaps(follower) and size * 8 < right - left
            if not whole:
                self.sight.gap("\n")
                self._length += 1

    def _say_line(self, line: list[Glyph], place: Place) -> None:
        for before, glyph in zip([None, *line], line, strict=False):
            gap = _gap(before, glyph) if before is not None else ""
            self.sight.gap(gap)
            self._length += len(gap)
            self.sight.say(glyph.text, place)
            self.placed[-1].append((glyph, self._length, self._length + len(glyph.text)))
            self._length += len(glyph.text)


def _gap(before: Glyph, glyph: Glyph) -> str:
    room, size = glyph.box[0] - before.box[2], max(min(before.size, glyph.size), 1.0)
    if room > 1.2 * size:
        return "\t"
    return " " if room > 0.3 * size and before.text != " " and glyph.text != " " else ""


def _gaps(line: Sequence[Glyph]) -> bool:
    return any(_gap(before, glyph) == "\t" for before, glyph in pairwise(line))


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by lines from top to bottom, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.box[1] - one.box[3], one.box[0])):
        middle = (glyph.box[1] + glyph.box[3]) / 2
        if lines and (lines[-1][0].box[1] <= middle <= lines[-1][0].box[3]):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda one: (one.box[0], one.order))
    return lines


def _said(line: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def _why_unseen(glyph: Glyph, leaf: Leaf, above: Sequence[Box], scan: bool) -> str:
    """The rule by which a reader of the page does not see a glyph; "" when it is seen. Blanks hide nothing."""
    if not glyph.text.strip():
        return ""
    if not _touches(glyph.box, leaf.paper):
        return "off_page_text"
    if glyph.mode in (3, 7):
        return "" if scan else "hidden_text"  # the text layer of a scan says what the picture shows
    if any(_covers(box, glyph.box) for box in above):
        return "covered_text"
    if any(order > glyph.order and _covers(box, glyph.box) for order, box, _ in leaf.covers):
        return "covered_text"
    if not scan and any(order > glyph.order and _covers(box, glyph.box) for order, box in leaf.pictures):
        return "covered_text"
    if glyph.size < _TINY or (glyph.white and not _on_colour(glyph, leaf)):
        return "faint_text"
    return ""


def _on_colour(glyph: Glyph, leaf: Leaf) -> bool:
    """Whether something was painted below a white glyph that lets it stand out; a coloured box counts as well."""
    grounds = [box for order, box, dark in leaf.covers if dark and order < glyph.order]
    grounds += [box for order, box in leaf.pictures if order < glyph.order]
    return any(_touches(glyph.box, box) for box in [*grounds, *leaf.colours])


def _area(box: Box) -> float:
    return abs(box[2] - box[0]) * abs(box[3] - box[1])


def _touches(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _covers(cover: Box, glyph: Box) -> bool:
    """Whether the middle of a glyph and most of its height lie under a box."""
    middle, height = (glyph[0] + glyph[2]) / 2, glyph[3] - glyph[1]
    inside = min(cover[3], glyph[3]) - max(cover[1], glyph[1])
    return cover[0] <= middle <= cover[2] and inside > 0.6 * height
