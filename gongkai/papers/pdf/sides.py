"""A PDF that prints two reports side by side, cut apart between its columns before anything is read."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber

from gongkai.containers import limits
from gongkai.containers import pdf as guard
from gongkai.papers.pdf.reading import FAULTS, Pieces, read, reading_of
from gongkai.papers.reading import Reading
from gongkai.papers.unreadable import Unreadable

GUTTER = 8.0  # points without a character between two columns
ENOUGH = 80  # characters on each side of a page that has two columns
SHARE = 0.8  # of the pages must have the gutter
LOOKED_AT = 40  # pages in which it is looked for
_CLOSE = 2.0  # points between two digits of a figure at most
_MARK = re.compile(r"[一二三四五六七八九]、[\u4e00-\u9fff]{4}")


def read_sides(data: bytes) -> list[Reading]:
    """The documents of a PDF: two where it prints two with the same headings beside each other, else one."""
    guard.check(data)
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as document:
            middle = _gutter(document.pages) if len(document.pages) <= 400 else None
            if middle is not None:
                halves = [_half(document.pages, side, middle) for side in (0, 1)]
                if _alike(*halves):
                    return halves
    except FAULTS as fault:
        raise limits.damaged() from fault
    return [read(data)]


def _gutter(pages: list[Any]) -> float | None:
    """The x in the middle of most pages that have two columns, where it cuts nothing; None where there is none.

    Only pages that are wider than high can have two columns. The longer report goes on alone on the last pages: these
    do not speak for a gutter or against it, as long as they keep to their side.
    """
    both = [page for page in pages[:LOOKED_AT] if page.width > page.height and _has_two_sides(page)]
    found = sorted(place for place in map(_clear, both) if place is not None)
    if not found or len(found) < SHARE * len(both):
        return None
    middle = found[len(found) // 2]
    return None if any(_cut(page, middle, only_digits=page in both) for page in pages) else middle


def _has_two_sides(page: Any) -> bool:
    left = sum(char["x1"] <= page.width / 2 for char in page.chars)
    return bool(min(left, len(page.chars) - left) >= ENOUGH)


def _clear(page: Any) -> float | None:
    """The middle of the widest strip without characters in the middle fifth of a page."""
    low, high = page.width * 0.4, page.width * 0.6
    taken = sorted((char["x0"], char["x1"]) for char in page.chars if char["x1"] > low and char["x0"] < high)
    best, place = (0.0, 0.0), low
    for start, end in [*taken, (high, high)]:
        best = max(best, (start - place, (start + place) / 2))
        place = max(place, end)
    return best[1] if best[0] >= GUTTER else None


def _cut(page: Any, middle: float, *, only_digits: bool) -> bool:
    """Whether a character stands across the middle, or digits stand close on both sides of it; page numbers aside.

    only_digits: a heading over both columns may be cut, a figure may not: half of it would be taken for the whole.
    """
    near = [
        char for char in page.chars
        if char["x0"] < middle + _CLOSE and char["x1"] > middle - _CLOSE and (not only_digits or char["text"].isdigit())
        and char["top"] <= page.height * 0.85 and char["bottom"] >= page.height * 0.1
    ]  # fmt: skip
    left = {round(char["top"]) for char in near if char["x0"] < middle}
    return any(char["x1"] > middle and round(char["top"]) in left for char in near)


def _half(pages: list[Any], side: int, middle: float) -> Reading:
    pieces = Pieces()
    for page in pages:
        x0, top, x1, bottom = page.bbox
        pieces.page(page.crop((middle, top, x1, bottom) if side else (x0, top, middle, bottom)))
    try:
        return reading_of(pieces, None)
    except Unreadable:
        return Reading(format="pdf")


def _alike(left: Reading, right: Reading) -> bool:
    """Whether both columns have the headings of a report."""
    marks = [set(_MARK.findall(reading.text)) for reading in (left, right)]
    return len(marks[0] & marks[1]) >= 3
