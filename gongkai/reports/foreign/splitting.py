"""A run of figures cut into the cells of a row: every way that fits their number, and those that also add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from gongkai.law.report_forms import Cell
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.reports.foreign.regions import ABSENT, MINUS, Chunk
from gongkai.reports.labels import YUAN

MOST = 200  # ways kept of one run
STEPS = 20_000  # steps of one search
LONGEST = 10  # digits of a figure
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a cell may hold. decimals: a fraction; signed: a minus; unit: of the form, money is brought to it."""

    ref: str
    decimals: bool
    signed: bool
    unit: str
    absent: Value

    @classmethod
    def of(cls, cell: Cell, signed: bool) -> Slot:
        absent = NOT_REPORTED if cell.applies else NOT_APPLICABLE
        return cls(cell.ref, cell.decimals > 0, signed, cell.unit, absent)


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells of one run (by place) that add up to another: parts and total, each with its factor."""

    parts: tuple[tuple[int, Decimal], ...]
    total: int

    @property
    def last(self) -> int:
        return max(self.total, *(place for place, _ in self.parts))

    def of_parts(self, values: Sequence[Value]) -> Decimal:
        return sum(((values[place].number or 0) * factor for place, factor in self.parts), Decimal(0))

    def holds(self, values: Sequence[Value]) -> bool | None:
        """None where the total carries no number."""
        total = values[self.total].number
        return None if total is None else self.of_parts(values) == total


@dataclass(slots=True)
class Ways:
    """All ways to cut a run (`every`) and those of them in which no sum is broken (`summed`).

    complete: nothing was left out of `every`; summed_complete: nor of `summed`. blanks: how many cells are empty in some
    way. unproved: ways that leave a total blank, so that no sum speaks for where the blank is.
    """

    every: list[Values] = field(default_factory=list)
    summed: list[Values] = field(default_factory=list)
    complete: bool = True
    summed_complete: bool = True
    blanks: int = 0
    unproved: frozenset[Values] = frozenset()


def ways(chunks: Sequence[Chunk], slots: Sequence[Slot], sums: Sequence[Sum], *, apart: bool = False) -> Ways:
    """Every way to lay the figures of the chunks into the slots in order; a gap between chunks is a border of cells.

    Figures without gaps are taken for a run of full cells, if it can be one. Where there are gaps, or the rows around
    keep their cells apart (`apart`), too few figures may also mean that cells are blank.
    """
    every, complete = _search(chunks, slots, ())
    summed, summed_complete = _search(chunks, slots, sums) if sums else ([], True)
    if every and len(chunks) == 1 and not apart:
        return Ways(every, summed, complete, summed_complete)
    placed = _placed(chunks, slots)
    if not every and not placed:
        return _with_blanks(chunks, slots, sums)
    if summed and not apart:
        return Ways([*every, *placed], summed, complete, summed_complete, len(slots) - len(chunks))
    return _open(every + placed, sums, complete, len(slots) - len(chunks) if placed else 0)


def _open(every: list[Values], sums: Sequence[Sum], complete: bool, blanks: int) -> Ways:
    """Ways of which some leave cells blank: a sum whose total is blank is not broken, but proves nothing."""
    held = {values: [one.holds(values) for one in sums] for values in every}
    summed = [values for values in every if sums and False not in held[values]]
    unproved = frozenset(values for values in every if None in held[values])
    return Ways(every, summed, complete, complete, max(blanks, 0), unproved)


def _placed(chunks: Sequence[Chunk], slots: Sequence[Slot]) -> list[Values]:
    """Every chunk a whole figure, the other cells blank; none where a chunk is no figure or the places are too many."""
    missing = len(slots) - len(chunks)
    if not 0 < missing <= 2:
        return []
    found = []
    for blank in combinations(range(len(slots)), missing):
        kept = [slot for place, slot in enumerate(slots) if place not in blank]
        values = plain(chunks, kept)
        if values is not None:
            rest = iter(values)
            found.append(tuple(BLANK if place in blank else next(rest) for place in range(len(slots))))
    return found


def _with_blanks(chunks: Sequence[Chunk], slots: Sequence[Slot], sums: Sequence[Sum]) -> Ways:
    """Too few figures even when all are cut as far as possible: the fewest possible cells stay blank."""
    for blanks in range(1, len(slots)):
        every, complete = _search(chunks, slots, (), blanks)
        if every or not complete:
            return _open(every, sums, complete, blanks)
    return Ways()


def plain(chunks: Sequence[Chunk], slots: Sequence[Slot]) -> Values | None:
    """The values where every chunk is one whole figure and fills one slot; None otherwise."""
    if len(chunks) != len(slots):
        return None
    values = []
    for chunk, slot in zip(chunks, slots, strict=True):
        whole = next((value for end, value in _figures(chunk, 0, slot, longest=40) if end == len(chunk.text)), None)
        if whole is None:
            return None
        values.append(whole)
    return tuple(values)


# ── Search ──


class _Search:
    """Depth-first over the slots. Where a sum ends in its total, the total is known before it is read."""

    def __init__(self, chunks: Sequence[Chunk], slots: Sequence[Slot], sums: Sequence[Sum]) -> None:
        self.chunks, self.slots = chunks, slots
        self.totals = {one.total: one for one in sums if one.last == one.total}
        self.others = [one for one in sums if one.last != one.total]
        self.found: list[Values] = []
        self.steps = 0

    @property
    def over(self) -> bool:
        return self.steps > STEPS or len(self.found) >= MOST

    def descend(self, values: list[Value], chunk: int, place: int, blanks: int) -> None:
        """Fill the next slot from `place` in `chunk`, or leave it blank."""
        self.steps += 1
        if self.over or any(one.last == len(values) - 1 and one.holds(values) is False for one in self.others):
            return
        left = len(self.slots) - len(values)
        if not left or len(self.chunks) - chunk > left:
            if not left and chunk == len(self.chunks):
                self.found.append(tuple(values))
            return
        if chunk < len(self.chunks):
            text = self.chunks[chunk].text
            for end, value in self._next(values, chunk, place):
                values.append(value)
                self.descend(values, *((chunk + 1, 0) if end == len(text) else (chunk, end)), blanks)
                values.pop()
        if blanks:
            values.append(BLANK)
            self.descend(values, chunk, place, blanks - 1)
            values.pop()

    def _next(self, values: list[Value], chunk: int, place: int) -> Iterator[tuple[int, Value]]:
        piece = self.chunks[chunk]
        total = self.totals.get(len(values))
        if total is None:
            # Every slot behind this one needs a character, unless a new chunk begins for it.
            yield from _figures(piece, place, self.slots[len(values)], LONGEST)
            return
        wanted = total.of_parts(values)
        for end, value in _figures(piece, place, self.slots[len(values)], LONGEST):
            if value.number is None or value.number == wanted:
                yield end, value


def _search(
    chunks: Sequence[Chunk], slots: Sequence[Slot], sums: Sequence[Sum], blanks: int = 0
) -> tuple[list[Values], bool]:
    if not blanks and sum(len(chunk.text) for chunk in chunks) < len(slots):
        return [], True
    search = _Search(chunks, slots, sums)
    search.descend([], 0, 0, blanks)
    return search.found, not search.over


def _figures(chunk: Chunk, start: int, slot: Slot, longest: int) -> Iterator[tuple[int, Value]]:
    """Figures that may begin at a place of a chunk: where each ends, and its value. No figure begins with 0 but 0."""
    text = chunk.text
    at = start
    if text[at] in ABSENT:
        yield at + 1, slot.absent
        if text[at] not in MINUS or not slot.signed:
            return
        at += 1
    if not text[at : at + 1].isdigit():
        return
    sign = -1 if at > start else 1
    for end in _ends(text, at, longest, slot.decimals):
        if sign == 1 or text[at:end] != "0":
            yield end, _value(text[at:end], sign, chunk.unit if end == len(text) else "", slot)


def _ends(text: str, start: int, longest: int, decimals: bool) -> Iterator[int]:
    """Where a figure without sign may end. Thousands set apart by commas stay together."""
    grouped = _GROUPED.match(text, start)
    least = grouped.end() if grouped else start + 1
    for end in range(least, min(len(text), start + longest) + 1):
        if not grouped and not text[end - 1].isdigit():
            return
        if end == len(text) or text[end] != ".":
            yield end
        elif decimals:
            yield from _fractions(text, end + 1)
            return
        if grouped or text[start] == "0":
            return


def _fractions(text: str, start: int) -> Iterator[int]:
    end = start
    while end < len(text) and text[end].isdigit():
        end += 1
        yield end


def _value(digits: str, sign: int, unit: str, slot: Slot) -> Value:
    value = Decimal(digits.replace(",", "")) * sign
    if unit in YUAN and slot.unit in YUAN and unit != slot.unit:
        value = value * YUAN[unit] / YUAN[slot.unit]
    return number(value)
