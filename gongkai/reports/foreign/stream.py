"""A document as one stretch of text: where its tables stand, and the text bared to words for finding labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gongkai.papers.reading import Grid, Reading

Span = tuple[int, int]
# One for one, so that places stay: full-width ASCII to ASCII, the full-width comma apart (it never stands in a figure).
NARROW = {0xFF01 + place: 0x21 + place for place in range(94) if 0xFF01 + place != 0xFF0C} | {
    0x3000: 0x20, 0xA0: 0x20, 0x200B: 0x20, 0xFEFF: 0x20, 0x2212: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D,
}  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")
# What an office program leaves behind in the text of a saved page.
_OFFICE = re.compile(
    r"<!--\[if[^\]]{0,40}\]-->|<!--\[endif\]-->|<!\[if[^\]]{0,40}\]>|<!\[endif\]>"
    r"|\d{0,8}MicrosoftInternetExplorer[0-9A-Za-z. ]{0,60}?磅?\s?Normal\s?\d"
)


@dataclass(slots=True)
class Stream:
    """text: paragraphs and rows of tables, each on its line; cells of a row are a tab apart.

    grids: the tables of the document with the span that each takes. narrow: the text with full-width signs narrowed,
    character for character. bare: only the letters and digits of `narrow`.
    """

    text: str
    grids: list[tuple[Grid, Span]] = field(default_factory=list)
    narrow: str = ""
    bare: str = ""
    _bare_starts: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def place(self, bare_place: int) -> int:
        """Where in the text a character of `bare` stands; its end for the place behind the last one."""
        if bare_place >= len(self.bare):
            return len(self.text)
        number = bisect_right(self._bare_starts, bare_place) - 1
        return self._starts[number] + bare_place - self._bare_starts[number]

    def after(self, bare_end: int) -> int:
        """The place in the text behind the character before `bare_end`."""
        return self.place(bare_end - 1) + 1 if bare_end else 0

    def bare_place(self, place: int) -> int:
        """The first character of `bare` at or behind a place of the text."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return 0
        behind = self._bare_starts[number] + place - self._starts[number]
        end = self._bare_starts[number + 1] if number + 1 < len(self._bare_starts) else len(self.bare)
        return min(behind, end)


def stream(reading: Reading) -> Stream:
    """The stream of a document as read."""
    pieces: list[str] = []
    grids: list[tuple[Grid, Span]] = []
    place = 0
    for part in reading.parts:
        text = (cleaned(part) if isinstance(part, str) else _lines(part)) + "\n"
        if not isinstance(part, str):
            grids.append((part, (place, place + len(text))))
        pieces.append(text)
        place += len(text)
    return bared(Stream("".join(pieces), grids))


def bared(stream: Stream) -> Stream:
    """The stream with its narrow and bare texts made."""
    stream.narrow = stream.text.translate(NARROW)
    pieces: list[str] = []
    place = 0
    for word in _WORDS.finditer(stream.narrow):
        stream._bare_starts.append(place)
        stream._starts.append(word.start())
        pieces.append(word[0])
        place += len(word[0])
    stream.bare = "".join(pieces)
    return stream


def cleaned(text: str) -> str:
    """Text without what an office program left in it."""
    return _OFFICE.sub("", text) if "<!" in text or "Microsoft" in text else text


def _lines(grid: Grid) -> str:
    lines = []
    for row, cells in enumerate(grid.rows):
        texts = [
            cell.text
            for place, cell in enumerate(cells)
            if cell is not None and (cell.row, cell.column) == (row, place)
        ]
        lines.append("\t".join(texts))
    return "\n".join(lines)
