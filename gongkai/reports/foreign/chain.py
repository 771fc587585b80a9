"""Finding the labels of a form in running text: of all places where they occur, the row of places that is the table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.reports.foreign.stream import Stream
from gongkai.reports.foreign.wording import UNITS, Item, Words

_OFTEN = 24  # places looked at for one key
_WINDOW = 400  # letters in which a label that is not found word for word is looked for
_BACK = 64  # places before one that may come before it in the table
_BEHIND = 24  # letters behind the last row in which one may follow that the form has further up
_NEAR = 12  # letters that may stand between two labels at no cost
_FOLLOWED = re.compile(
    rf"\s{{0,200}}\W{{0,4}}(?:\([^()]{{0,60}}\)\s*)?(?:(?:{'|'.join(UNITS)})\s*)?"
    r"(?:[-−–—]?\d(?!\d?\s*[.、)]\s*[\u4e00-\u9fff])"  # the number of the next row is no figure
    r"|\|\s{0,9}(?:[-−–—/]{1,2}\s{0,9})?\|)"  # a cell between bars that is blank or marked so
)
SHORT = 4  # a key of so few letters counts only where a figure follows or its number stands before it
_NUMBERED = re.compile(
    r"(?:(?:其中\s*[::]?\s*)?(?:\(\s*[一二三四五六七八九十]{1,3}\s*\)|[一二三四五六七八九十]{1,3}\s*、|\d{1,2}\s*[.、)]|\(\s*\d{1,2}\s*\))\s*"
    r"|其中\s*[::]?\s*)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An item found at [start, end) of the bare text, by `key`. exact: word for word."""

    item: Item
    start: int
    end: int
    key: str
    followed: bool
    exact: bool = True

    @property
    def weight(self) -> float:
        if self.item.kind != "row":
            return 0.8 + 0.1 * min(len(self.key), 12)
        return 1.0 + 0.25 * min(len(self.key), 12) + (1.5 if self.followed else 0.0)


def locate(words: Words, stream: Stream) -> list[Place]:
    """The items of a form in a text, in the order of the text; empty where there is no table of the form."""
    places = sorted(occurrences(words, stream), key=lambda place: (place.start, -place.end))
    chain = _best(places)
    if not chain:
        return []
    chain = _with_near(words, stream, chain)
    return _with_moved(stream, chain, places)


def occurrences(words: Words, stream: Stream) -> Iterator[Place]:
    """Every place where a label of the form may stand, in the order of the form."""
    for item in words.items:
        for one in item.keys:
            start = stream.bare.find(one)
            for _ in range(_OFTEN):
                if start < 0:
                    break
                end = start + len(one)
                place = Place(item, start, end, one, _followed(stream, end))
                if start and stream.bare[start - 1] in words.before[one]:
                    pass  # the end of another row's label
                elif len(one) > SHORT or item.kind != "row" or place.followed or _number_before(stream, start, item):
                    yield place
                start = stream.bare.find(one, start + 1)


def _followed(stream: Stream, end: int) -> bool:
    return _FOLLOWED.match(stream.narrow, stream.after(end)) is not None


def _number_before(stream: Stream, start: int, item: Item) -> bool:
    before = numbering(stream, start)
    return bool(before and item.marker and item.marker.strip("()") in before)


def numbering(stream: Stream, start: int) -> str:
    """The numbering that stands right before a place of the bare text: "2.", "(三)", "其中:1、" or ""."""
    place = stream.place(start)
    found = _NUMBERED.search(stream.narrow, max(place - 14, 0), place)
    return found[0] if found else ""


def _best(places: list[Place]) -> list[Place]:
    """The places that follow the order of the form and lie close together: the heaviest chain."""
    scores: list[float] = []
    before: list[int] = []
    for number, place in enumerate(places):
        best, link = 0.0, -1
        for other in range(max(number - _BACK, 0), number):
            earlier = places[other]
            if earlier.end > place.start or earlier.item.order >= place.item.order:
                continue
            score = scores[other] - _gap(earlier, place)
            if score > best:
                best, link = score, other
        scores.append(best + place.weight)
        before.append(link)
    chain: list[Place] = []
    number = max(range(len(places)), key=scores.__getitem__, default=-1)
    while number >= 0:
        chain.append(places[number])
        number = before[number]
    return chain[::-1]


def _gap(earlier: Place, place: Place) -> float:
    letters = max(place.start - earlier.end - _NEAR, 0)
    return min(letters * 0.04, 5.0) + 0.1 * (place.item.order - earlier.item.order - 1)


def _with_near(words: Words, stream: Stream, chain: list[Place]) -> list[Place]:
    """Rows beside or between the places of the chain whose label is misprinted: looked for by what is left."""
    first, last = chain[0], chain[-1]
    own = [item.order for item in words.items if item.table == first.item.table]
    found = _between(words, stream, range(min(own), first.item.order), max(first.start - _WINDOW, 0), first.start)
    for place, behind in pairwise(chain):
        orders = range(place.item.order + 1, behind.item.order)
        found += [place, *_between(words, stream, orders, place.end, behind.start)]
    own = [item.order for item in words.items if item.table == last.item.table]
    return [
        *found,
        last,
        *_between(words, stream, range(last.item.order + 1, max(own) + 1), last.end, last.end + _WINDOW),
    ]


def _between(words: Words, stream: Stream, orders: range, start: int, end: int) -> list[Place]:
    """Rows of these orders found in turn by what is left of their labels."""
    found = []
    for item in words.items[orders.start : orders.stop]:
        if item.kind == "row" and (near := _near(item, stream, start, min(end, start + _WINDOW))):
            found.append(near)
            start = near.end
    return found


def _near(item: Item, stream: Stream, start: int, end: int) -> Place | None:
    window = stream.bare[start:end]
    for one in item.keys:
        # A label with a number in it ("20个工作日") would leave that number among the figures.
        at = None if any(character.isdigit() for character in one) else _resembling(one, window)
        if at is not None:
            place = Place(item, start + at[0], start + at[1], one, False, exact=False)
            return replace(place, followed=_followed(stream, place.end))
    return None


def _resembling(wanted: str, window: str) -> tuple[int, int] | None:
    """Where a label begins and ends that lacks letters, or is broken by what stands beside it."""
    size = len(wanted)
    if size >= 5 and (nearly := _with_one_lost(wanted, window) or _with_one_wrong(wanted, window)):
        return nearly
    for length in range(size - 1, max(3, (size * 2 + 4) // 5) - 1, -1):
        at = window.find(wanted[:length])
        if at >= 0:
            return at, at + length
    for length in range(size - 1, max(4, (size * 3 + 4) // 5) - 1, -1):
        at = window.find(wanted[-length:])
        if at >= 0:
            start = at
            while start > 0 and at - start < size - length + 1 and window[start - 1] in wanted:
                start -= 1
            return start, at + length
    return _with_one_lost(wanted, window, letters=2) if size >= 10 else None


def _with_one_lost(wanted: str, window: str, letters: int = 1) -> tuple[int, int] | None:
    """The first label inside which a letter is lost, or two beside each other: one further on is of another row."""
    half = len(wanted) // 2  # one of the halves is whole, whatever is lost
    if wanted[:half] not in window and wanted[half + letters - 1 :] not in window:
        return None
    left = {wanted[:at] + wanted[at + letters :] for at in range(1, len(wanted) - letters)}
    found = min((at for one in left if (at := window.find(one)) >= 0), default=None)
    return None if found is None else (found, found + len(wanted) - letters)


def _with_one_wrong(wanted: str, window: str) -> tuple[int, int] | None:
    """A label with one letter read wrong: all others stand in their places. A figure behind it is no letter of it."""
    size = len(wanted)
    most = 1 + size // 8
    for at in _with_a_part_right(wanted, window, most + 1):
        wrong = [other for one, other in zip(wanted, window[at : at + size], strict=True) if one != other]
        if len(wrong) <= most and not any(other.isdigit() for other in wrong):
            return at, at + size
    return None


def _with_a_part_right(wanted: str, window: str, parts: int) -> list[int]:
    """Where a label may begin that has fewer letters wrong than `parts`: one of so many parts is then word for word."""
    size = len(wanted)
    if size > len(window):
        return []
    edges = [number * size // parts for number in range(parts + 1)]
    found = set()
    for start, end in pairwise(edges):
        last = len(window) - (size - end)  # so that the rest of the label still fits behind the part
        at = window.find(wanted[start:end], start, last)
        while at >= 0:
            found.add(at - start)
            at = window.find(wanted[start:end], at + 1, last)
    return sorted(found)


def _with_moved(stream: Stream, chain: list[Place], places: Iterable[Place]) -> list[Place]:
    """Rows that stand in the table in another order than on the form: found word for word, with a figure, in a gap."""
    have = {place.item.order for place in chain}
    tables = {place.item.table for place in chain if place.item.kind == "row"}
    taken = sorted((place.start, place.end) for place in chain)
    starts = [start for start, _ in taken]
    found = list(chain)
    for place in places:
        if place.item.order in have or place.item.table not in tables or not place.followed or place.item.kind != "row":
            continue
        if len(place.key) <= SHORT and not _number_before(stream, place.start, place.item):
            continue
        at = bisect_left(starts, place.start)
        inside = 0 < at < len(taken) and taken[at - 1][1] <= place.start and place.end <= taken[at][0]
        behind = at == len(taken) and 0 <= place.start - taken[-1][1] <= _BEHIND
        if (inside or behind) and _same_table(chain, place, at):
            have.add(place.item.order)
            found.append(place)
    return sorted(found, key=lambda place: place.start)


def _same_table(chain: list[Place], place: Place, at: int) -> bool:
    return chain[at - 1].item.table == place.item.table == chain[min(at, len(chain) - 1)].item.table
