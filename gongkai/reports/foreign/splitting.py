"""A run of figures cut into the cells of a row: every way that fits their number, and those that also add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from gongkai.law.report_forms import Cell
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, endless, number
from gongkai.reports.foreign.blocks import Blocks
from gongkai.reports.foreign.regions import ABSENT, MINUS, Chunk
from gongkai.reports.labels import YUAN

MOST = 200  # ways kept of one run
MANY = 3_000  # ways looked through to rule blanks out
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
    """Cells of one run, by place: `parts` stand before `total` and add up to it."""

    parts: tuple[int, ...]
    total: int

    def holds(self, values: Sequence[Value]) -> bool | None:
        """None where the total carries no number."""
        total = values[self.total].number
        if total is None:
            return None
        return sum((values[place].number or Decimal(0) for place in self.parts), Decimal(0)) == total


class Ways:
    """All ways to cut a run: `every`, and `summed`, those in which no sum is broken.

    A gap between chunks is a border of cells. Figures without gaps are taken for a run of full cells, if it can be one.
    Where there are gaps, or the rows around keep their cells apart (`apart`), or there is no sum to show that all cells
    are full, too few figures may also mean that cells are blank.
    """

    def __init__(
        self, chunks: Sequence[Chunk], slots: Sequence[Slot], sums: Sequence[Sum] = (), *, apart: bool = False
    ) -> None:
        self.chunks, self.slots, self.sums, self.apart = chunks, slots, sums, apart

    @cached_property
    def full(self) -> tuple[list[Values], bool]:
        """Ways in which no cell is blank, whatever the sums; and whether these are all."""
        return _search(self.chunks, self.slots, 0, MOST)

    @cached_property
    def width(self) -> Values | None:
        """The only way to fill all cells."""
        found, complete = _search(self.chunks, self.slots, 0, 2)
        return found[0] if len(found) == 1 and complete else None

    @cached_property
    def counted(self) -> bool:
        """Whether a run of blocks has as many digits as cells, one block has a single figure that its total does not
        show, and no way with a blank or two makes all sums hold: the total is wrong in the document."""
        digits = "".join(chunk.text for chunk in self.chunks)
        if self.apart or len(self.sums) < 2 or not digits.isdigit() or len(digits) != len(self.slots):
            return False
        if self.width is None or self._full_summed[0]:
            return False
        wrong = [one for one in self.sums if not one.holds(self.width)]
        if len(wrong) > 1 or sum(bool(self.width[place].number) for place in (*wrong[0].parts, wrong[0].total)) > 1:
            return False
        for blanks in (1, 2):
            found, complete = _search(self.chunks, self.slots, blanks, MANY)
            if not complete or any(all(one.holds(values) for one in self.sums) for values in found):
                return False
        return True

    @cached_property
    def _full_summed(self) -> tuple[list[Values], bool]:
        if not self.sums:
            return [], True
        if all(chunk.text.isdigit() for chunk in self.chunks) and _in_blocks(self.sums, len(self.slots)):
            return self._by_blocks()
        found, complete = self.full
        return [values for values in found if self._unbroken(values)], complete

    def _by_blocks(self) -> tuple[list[Values], bool]:
        """Ways in which all cells are full and the sums hold."""
        text, borders = "".join(chunk.text for chunk in self.chunks), [0]
        for chunk in self.chunks:
            borders.append(borders[-1] + len(chunk.text))
        cuts, complete = Blocks(text, borders[1:-1], [len(one.parts) for one in self.sums], MOST).solve()
        return [
            tuple(number(text[start:end]) for start, end in zip((0, *cut), cut, strict=False)) for cut in cuts
        ], complete

    def _unbroken(self, values: Values) -> bool:
        return all(one.holds(values) is not False for one in self.sums)

    @cached_property
    def _placed(self) -> list[Values]:
        """Every chunk a whole figure, the other cells blank; none where a chunk is no figure or places are too many."""
        missing = len(self.slots) - len(self.chunks)
        found = []
        for blank in combinations(range(len(self.slots)), missing) if 0 < missing <= 2 else ():
            kept = [slot for place, slot in enumerate(self.slots) if place not in blank]
            values = plain(self.chunks, kept)
            if values is not None:
                rest = iter(values)
                found.append(tuple(BLANK if place in blank else next(rest) for place in range(len(self.slots))))
        return found

    @cached_property
    def with_blanks(self) -> tuple[list[Values], bool]:
        """Ways that leave cells blank, where that is to be thought of; and whether these are all."""
        if self._full_summed[0] and not self.apart:
            return (self._placed if len(self.chunks) > 1 else []), True
        found, complete = list[Values](), True
        if self.apart or len(self.chunks) > 1 or len(self.slots) == 2:
            found = list(self._placed)
        if self.sums and not self.apart and self.fills:
            more, complete = _search(self.chunks, self.slots, 1, MOST)
            found = list(dict.fromkeys([*found, *more]))
        if found or self.fills:
            return found, complete
        for blanks in range(1, len(self.slots)):
            found, complete = _search(self.chunks, self.slots, blanks, MOST)
            if found or not complete:
                return found, complete
        return [], True

    @cached_property
    def with_one_blank(self) -> list[Values]:
        """Ways that leave one cell blank, whether or not that is to be thought of."""
        return _search(self.chunks, self.slots, 1, MOST)[0]

    @cached_property
    def every(self) -> list[Values]:
        return [*self.full[0], *self.with_blanks[0]]

    @property
    def complete(self) -> bool:
        return self.full[1] and self.with_blanks[1]

    @cached_property
    def summed(self) -> list[Values]:
        """Ways in which no sum is broken; those that leave a cell blank only where they must be thought of."""
        found = list(self._full_summed[0])
        if self.sums and (not found or self.apart):
            found += [values for values in self.with_blanks[0] if self._unbroken(values)]
        return found

    @property
    def summed_complete(self) -> bool:
        return self._full_summed[1] and (bool(self._full_summed[0]) or self.with_blanks[1])

    @cached_property
    def fills(self) -> bool:
        """Whether the figures can fill all cells."""
        return bool(_search(self.chunks, self.slots, 0, 1)[0])

    @property
    def possible(self) -> bool:
        """Whether there is any way at all."""
        return self.fills or bool(self.with_blanks[0])

    @cached_property
    def blanks(self) -> int:
        """How many cells are blank at least; 0 where all may be full."""
        return 0 if self.fills else min((values.count(BLANK) for values in self.every), default=0)

    def unproved(self, values: Values) -> bool:
        """Whether a way leaves the total of a sum blank, so that no sum speaks for where the blank is."""
        return any(one.holds(values) is None for one in self.sums)


class Either(Ways):
    """A run of which it is not sure where it ends: the ways of every reading of it."""

    def __init__(self, choices: Sequence[Ways]) -> None:
        first = choices[0]
        super().__init__(first.chunks, first.slots, first.sums, apart=first.apart)
        self.choices = choices

    @cached_property
    def full(self) -> tuple[list[Values], bool]:
        return _together(one.full for one in self.choices)

    @cached_property
    def width(self) -> Values | None:
        return None

    @cached_property
    def fills(self) -> bool:
        return any(one.fills for one in self.choices)

    @cached_property
    def _full_summed(self) -> tuple[list[Values], bool]:
        return _together(one._full_summed for one in self.choices)

    @cached_property
    def with_blanks(self) -> tuple[list[Values], bool]:
        return _together(one.with_blanks for one in self.choices)


def _together(parts: Iterable[tuple[list[Values], bool]]) -> tuple[list[Values], bool]:
    known = list(parts)
    return list(dict.fromkeys(values for found, _ in known for values in found)), all(whole for _, whole in known)


def _in_blocks(sums: Sequence[Sum], size: int) -> bool:
    """Whether the sums cut the run into blocks, parts first and then their total."""
    places = [place for one in sums for place in (*one.parts, one.total)]
    return places == list(range(size))


def plain(chunks: Sequence[Chunk], slots: Sequence[Slot]) -> Values | None:
    """The values where every chunk is one whole figure and fills one slot; None otherwise."""
    if len(chunks) != len(slots):
        return None
    values = []
    for chunk, slot in zip(chunks, slots, strict=True):
        whole = next((value for end, value in _figures(chunk, 0, slot, longest=40) if end == len(chunk.text)), None)
        if whole is None or endless(whole.number):
            return None
        values.append(whole)
    return tuple(values)


# ── Search without sums ──


class _Search:
    """Depth-first over the slots: each takes a figure from the run, or stays blank."""

    def __init__(self, chunks: Sequence[Chunk], slots: Sequence[Slot], most: int) -> None:
        self.chunks, self.slots, self.most = chunks, slots, most
        self.found: list[Values] = []
        self.steps = 0
        self.dead: set[tuple[int, int, int, int]] = set()  # states from which nothing was found

    @property
    def over(self) -> bool:
        return self.steps > STEPS or len(self.found) >= self.most

    def descend(self, values: list[Value], chunk: int, place: int, blanks: int) -> None:
        """Fill the next slot from `place` in `chunk`, or leave it blank."""
        self.steps += 1
        left = len(self.slots) - len(values)
        state = (left, chunk, place, blanks)
        if self.over or state in self.dead or len(self.chunks) - chunk > left:
            return
        if not left:
            self.found.append(tuple(values))
            return
        before = len(self.found)
        if chunk < len(self.chunks):
            text = self.chunks[chunk].text
            for end, value in _figures(self.chunks[chunk], place, self.slots[len(values)], LONGEST):
                values.append(value)
                self.descend(values, *((chunk + 1, 0) if end == len(text) else (chunk, end)), blanks)
                values.pop()
        if blanks:
            values.append(BLANK)
            self.descend(values, chunk, place, blanks - 1)
            values.pop()
        if len(self.found) == before and not self.over:
            self.dead.add(state)


def _search(chunks: Sequence[Chunk], slots: Sequence[Slot], blanks: int, most: int) -> tuple[list[Values], bool]:
    if not blanks and sum(len(chunk.text) for chunk in chunks) < len(slots):
        return [], True
    search = _Search(chunks, slots, most)
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
