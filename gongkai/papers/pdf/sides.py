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
_MARK = re.compile(r"[一二三四五六七八九]、[\u4e00-\u9fff]{4}")


def read_sides(data: bytes) -> list[Reading]:
    """The documents of a PDF: two where it prints two with the same headings beside each other, else one."""
    guard.check(data)
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as document:
            middle = _gutter(document.pages[:40]) if len(document.pages) <= 400 else None
            if middle is not None:
                halves = [_half(document.pages, side, middle) for side in (0, 1)]
                if _alike(*halves):
                    return halves
    except FAULTS as fault:
        raise limits.damaged() from fault
    return [read(data)]


def _gutter(pages: list[Any]) -> float | None:
    """The x in the middle of most pages that no character crosses, None where there is none.

    Only pages that are wider than high are looked at: on others two reports have no room.
    """
    places = [_clear(page) for page in pages if page.width > page.height and len(page.chars) > 2 * ENOUGH]
    found = [place for place in places if place is not None]
    return sorted(found)[len(found) // 2] if found and len(found) >= SHARE * len(places) else None


def _clear(page: Any) -> float | None:
    """The middle of the widest strip without characters in the middle fifth of a page."""
    low, high = page.width * 0.4, page.width * 0.6
    taken = sorted((char["x0"], char["x1"]) for char in page.chars if char["x1"] > low and char["x0"] < high)
    left = sum(char["x1"] <= page.width / 2 for char in page.chars)
    if min(left, len(page.chars) - left) < ENOUGH:
        return None
    best, place = (0.0, 0.0), low
    for start, end in [*taken, (high, high)]:
        best = max(best, (start - place, (start + place) / 2))
        place = max(place, end)
    return best[1] if best[0] >= GUTTER else None


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
