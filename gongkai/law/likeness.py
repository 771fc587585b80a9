"""Passages that one report shares with another: found by fingerprints, aligned, required phrases left out.

Winnowing (Schleimer, Wilkerson, Aiken, 2003): of every `WINDOW` neighbouring shingles the one with the least hash is
kept, so that any passage of `WINDOW + SHINGLE - 1` characters in common shares a fingerprint.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from zlib import crc32

from gongkai.law import book
from gongkai.law.report_forms import all_forms

SHINGLE = 12
WINDOW = 8
SHORTEST = 20  # characters that a passage must have, without signs and with every number as one
GAP = 8  # characters changed between two pieces of one passage
COMMON = 40  # a fingerprint in more reports than this marks text that everybody has; it pairs nobody
BREAK = "\0"
_KEPT = re.compile(r"[0-9\uff10-\uff19]+(?:\.[0-9]+)?|[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Alignment:
    """A passage in common: its spans in the two texts as given; length: its characters, signs not counted."""

    one: tuple[int, int]
    other: tuple[int, int]
    length: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a report shares with another. new: the share (0 to 1) of its own text that the other does not have."""

    one: str
    other: str
    alignments: tuple[Alignment, ...]
    new: float


@dataclass(slots=True, eq=False)
class Text:
    """A report ready for comparing. bare: letters and numbers, each number one character, phrases broken
    out; offsets: where each stands; own: its characters but for the phrases; marks: (hash, place)."""

    name: str
    bare: str
    offsets: list[int]
    own: int
    marks: list[tuple[int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text as given."""
        return self.offsets[start], self.offsets[end - 1] + 1


def prepared(name: str, text: str) -> Text:
    """A text made ready. Numbers count as alike: who copies a report changes its figures."""
    chars: list[str] = []
    offsets: list[int] = []
    for match in _KEPT.finditer(text):
        chars.append("#" if match[0][0].isdigit() else match[0])
        offsets.append(match.start())
    bare = _required().sub(lambda match: BREAK * len(match[0]), "".join(chars))
    return Text(name, bare, offsets, len(bare) - bare.count(BREAK), list(_marks(bare)))


@cache
def _required() -> re.Pattern[str]:
    """Phrases of the book and headings and labels of the forms, longest first."""
    phrases = set(book.page("phrases", "required")["phrases"])
    for form in all_forms():
        phrases |= {section.title for section in form.sections}
        phrases |= {row.label for table in form.tables for row in table.rows}
        phrases |= {column.label for table in form.tables for column in table.columns}
    bare = {"".join("#" if one[0].isdigit() else one for one in _KEPT.findall(phrase)) for phrase in phrases}
    return re.compile("|".join(sorted(map(re.escape, filter(lambda one: len(one) > 3, bare)), key=len, reverse=True)))


def _marks(bare: str) -> Iterator[tuple[int, int]]:
    """(hash, place) of the fingerprints of each stretch between breaks."""
    for stretch in re.finditer(f"[^{BREAK}]{{{SHINGLE},}}", bare):
        start = stretch.start()
        data = stretch[0].encode("utf-16-le", "surrogatepass")
        width = 2 * SHINGLE
        hashes = [crc32(data[place : place + width]) for place in range(0, len(data) - width + 1, 2)]
        kept = _least(hashes, 0, WINDOW)
        yield hashes[kept], start + kept
        for right in range(WINDOW, len(hashes)):
            if kept <= right - WINDOW:  # the least left the window: look at it anew
                kept = _least(hashes, right - WINDOW + 1, right + 1)
            elif hashes[right] <= hashes[kept]:
                kept = right
            else:
                continue
            yield hashes[kept], start + kept


def _least(hashes: list[int], left: int, right: int) -> int:
    """The place of the least hash of a window; the rightmost of equals, because it stays longest."""
    window = hashes[left:right]
    return left + len(window) - 1 - window[::-1].index(min(window))


def compare(one: Text, other: Text) -> Likeness:
    """What `one` shares with `other`, passage by passage."""
    there: dict[int, list[int]] = defaultdict(list)
    for mark, place in other.marks:
        there[mark].append(place)
    pieces = _pieces(one, other, there)
    alignments = tuple(
        Alignment(one.span(start, end), other.span(at, at_end), end - start)
        for start, end, at, at_end in _joined(pieces)
    )
    covered = _covered(one, ((start, end) for start, end, _ in pieces))
    return Likeness(one.name, other.name, alignments, 1 - covered / one.own if one.own else 1.0)


def _pieces(one: Text, other: Text, there: Mapping[int, list[int]]) -> list[tuple[int, int, int]]:
    """Maximal equal stretches: start and end in one, start in the other; each stretch of one is used once."""
    found: list[tuple[int, int, int]] = []
    done = -1
    for mark, place in one.marks:
        if place < done:
            continue
        ends = [_grown(one.bare, other.bare, place, at) for at in there.get(mark, ())[:COMMON]]
        if ends:
            start, end, at = max(ends, key=lambda grown: grown[1] - grown[0])
            if end - start >= SHORTEST:
                found.append((start, end, at))
                done = end
    return found


def _grown(one: str, other: str, place: int, at: int) -> tuple[int, int, int]:
    """The equal stretch around two places; empty where the hashes agree and the text does not."""
    if one[place : place + SHINGLE] != other[at : at + SHINGLE]:
        return place, place, at
    left = 0
    while left < min(place, at) and one[place - left - 1] == other[at - left - 1] != BREAK:
        left += 1
    right = SHINGLE
    most = min(len(one) - place, len(other) - at)
    while right < most and one[place + right] == other[at + right] != BREAK:
        right += 1
    return place - left, place + right, at - left


def _joined(pieces: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Pieces that follow each other in both texts, a few characters apart, as one passage."""
    passages: list[tuple[int, int, int, int]] = []
    for start, end, at in pieces:
        at_end = at + end - start
        if passages:
            before, before_end, there, there_end = passages[-1]
            if 0 <= start - before_end <= GAP and 0 <= at - there_end <= GAP:
                passages[-1] = (before, end, there, at_end)
                continue
        passages.append((start, end, at, at_end))
    return passages


def _covered(text: Text, stretches: Iterable[tuple[int, int]]) -> int:
    taken = 0
    reached = 0
    for start, end in sorted(stretches):
        taken += max(0, end - max(start, reached))
        reached = max(reached, end)
    return min(taken, text.own)


@dataclass(slots=True, eq=False)
class Corpus:
    """Many reports side by side; a thousand of them take seconds."""

    texts: dict[str, Text] = field(default_factory=dict)
    _where: dict[int, list[str]] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Take a report in; a second of the same name replaces nothing and is refused by KeyError."""
        if name in self.texts:
            raise KeyError(name)
        ready = prepared(name, text)
        self.texts[name] = ready
        for mark in {mark for mark, _ in ready.marks}:
            self._where.setdefault(mark, []).append(name)

    def pairs(self, least: int = 3) -> list[tuple[str, str, int]]:
        """Reports with at least so many fingerprints in common, most first; what everybody has pairs nobody."""
        shared: Counter[tuple[str, str]] = Counter()
        for names in self._where.values():
            if 1 < len(names) <= COMMON:
                shared.update(combinations(names, 2))
        return [(one, other, count) for (one, other), count in shared.most_common() if count >= least]

    def copied(self, longest: int = 60) -> list[Likeness]:
        """The pairs that share a passage of at least so many characters, those with the least new text first."""
        found = []
        for one, other, _ in self.pairs():
            likeness = compare(self.texts[one], self.texts[other])
            if any(alignment.length >= longest for alignment in likeness.alignments):
                found.append(likeness)
        return sorted(found, key=lambda likeness: (likeness.new, likeness.one, likeness.other))

    def new(self, name: str) -> float:
        """The share of a report's text that no other report has."""
        text = self.texts[name]
        alone = [(place, place + SHINGLE) for mark, place in text.marks if len(self._where[mark]) == 1]
        shared = [(place, place + SHINGLE) for mark, place in text.marks if len(self._where[mark]) > 1]
        total = len(alone) + len(shared)
        return len(alone) / total if total else 1.0
