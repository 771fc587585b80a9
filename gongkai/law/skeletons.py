"""Sentences known by their skeleton: the literal parts that a program wrote, and holes for what it put between them.

A sentence that was put together somewhere is recognised by its literals and said in another language; what stands in
its holes is translated when it is itself a known word, sentence or list of these, and kept as it is otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import NamedTuple

LONGEST = 2000
"""Characters of a sentence that is looked at; longer ones are kept as they are."""
DEEPEST = 6
LIGHT = 2  # a sentence with so few fixed characters may as well be several, strung together
MOST_PARTS = 120
"""Parts of one sentence that are looked at: somebody may type thousands of marks into what a sentence quotes."""
NARROW = str.maketrans("\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09", ",:;?!()")
"""Sentences are kept with half-width punctuation and shown with full-width: both are one sentence."""
STOPS = (("\u3002", ". "), (";", "; "))
LISTED = (("\u3001", ", "), (",", ", "))
COLONS = 4  # how many colons of a sentence are tried as the end of what stands before it


class Piece(NamedTuple):
    """A part of a sentence. kept: it stands as it was, in its own language."""

    text: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One sentence: its literals, the names of the holes between them, and the same of its translation."""

    literals: tuple[str, ...]
    holes: tuple[str, ...]
    said: tuple[tuple[str, str | None], ...]

    @property
    def weight(self) -> int:
        """How many characters are fixed: of two that fit, the heavier says more."""
        return sum(map(len, self.literals))

    def spans(self, text: str, *, last: bool = False) -> list[tuple[int, int]] | None:
        """Where the holes stand in the whole text, none of them empty; None when it is another sentence.

        last: each literal is looked for from the right, in case what stands before it holds the same characters.
        """
        opening, *between, closing = self.literals if self.holes else (*self.literals, "")
        start, end = len(opening), len(text) - len(closing)
        if (
            not text.startswith(opening)
            or not text.endswith(closing)
            or start > end
            or (start < end) != bool(self.holes)
        ):
            return None
        edges = [start, end]
        for literal in reversed(between) if last else between:
            place = text.rfind(literal, start + 1, end - 1) if last else text.find(literal, start + 1, end - 1)
            if place < 0:
                return None
            edges += (place, place + len(literal))
            start, end = (start, place) if last else (place + len(literal), end)
        edges.sort()
        found = list(zip(edges[::2], edges[1::2], strict=True)) if self.holes else []
        return found if all(self._whole(place, text[slice(*span)]) for place, span in enumerate(found)) else None

    def _whole(self, hole: int, text: str) -> bool:
        """Whether a quotation ends where the hole ends, and not before."""
        deep = 0
        for mark in text if self.quoted(hole) else "":
            deep += (mark == "\u201c") - (mark == "\u201d")
            if deep < 0:
                return False
        return True

    def quoted(self, hole: int) -> bool:
        """Whether what stands in the hole is quoted: a name, or what somebody wrote."""
        return self.literals[hole].endswith("\u201c") and self.literals[hole + 1].startswith("\u201d")


def skeleton(chinese: str, translation: str) -> Skeleton:
    """The skeleton of a sentence with holes as `str.format` writes them, and of its translation.

    What is hung on another sentence stands without the stop before it or the brackets around it, as it will be met.
    """
    chinese = chinese.translate(NARROW)
    if chinese[:1] in ("\u3002", ";"):
        chinese, translation = chinese[1:], translation.lstrip(".; ")
    if chinese.startswith("(") and chinese.endswith(")"):
        chinese, translation = chinese[1:-1], translation.strip()[1:-1]
    literals, holes = [""], []
    for text, hole in _parts(chinese):
        literals[-1] += text
        if hole is not None:
            holes.append(hole)
            literals.append("")
    return Skeleton(tuple(literals), tuple(holes), tuple(_parts(translation)))


def _parts(text: str) -> Iterator[tuple[str, str | None]]:
    return ((literal, name) for literal, name, _, _ in Formatter().parse(text))


class Skeletons:
    """Many skeletons, found by the pair of characters that fewest of them share."""

    def __init__(self, pairs: Mapping[str, str] | Iterable[tuple[str, str]], word: Callable[[str], str]) -> None:
        """word: the translation of a word, "" when it has none."""
        made = [skeleton(*pair) for pair in (pairs.items() if isinstance(pairs, Mapping) else pairs)]
        shared = Counter(pair for one in made for pair in _pairs(one))
        self._found: dict[str, list[Skeleton]] = defaultdict(list)
        for one in made:
            self._found[min(_pairs(one), key=lambda pair: (shared[pair], pair), default="")].append(one)
        self._word = word

    def matching(self, text: str) -> list[Skeleton]:
        """Every skeleton of which the text is a sentence, the most definite first."""
        text = text.translate(NARROW)
        keys = {text[place : place + 2] for place in range(len(text) - 1)} | {"", *text}
        fitting = [
            one for key in keys if key in self._found for one in self._found[key] if one.spans(text) is not None
        ]  # fmt: skip
        return sorted(fitting, key=lambda one: (-one.weight, one.literals))

    def translated(self, text: str) -> list[Piece] | None:
        """The sentence in the other language, in pieces; None when it is not known, or too long to be looked at."""
        return self._sentence(text, 0, iter(range(MOST_PARTS))) if len(text) <= LONGEST else None

    def _sentence(self, text: str, depth: int, parts: Iterator[int]) -> list[Piece] | None:
        if text.isascii():
            return [Piece(text, False)]
        if known := self._word(text):
            return [Piece(known, False)]
        if depth > DEEPEST or next(parts, None) is None:
            return None
        found = self.matching(text)
        if found and found[0].weight > LIGHT:
            return self._filled(found[0], text, depth, parts)
        return self._apart(text, depth, parts) or (self._filled(found[0], text, depth, parts) if found else None)

    def _filled(self, one: Skeleton, text: str, depth: int, parts: Iterator[int]) -> list[Piece]:
        narrow = text.translate(NARROW)
        made = self._with(one, one.spans(narrow) or [], text, depth, parts)
        if len(one.holes) == 1 or not any(piece.kept for piece in made):
            return made
        others = one.spans(narrow, last=True)
        other = self._with(one, others, text, depth, parts) if others and others != one.spans(narrow) else made
        return min(made, other, key=lambda pieces: sum(len(piece.text) for piece in pieces if piece.kept))

    def _with(
        self, one: Skeleton, spans: list[tuple[int, int]], text: str, depth: int, parts: Iterator[int]
    ) -> list[Piece]:
        given: dict[str, list[Piece]] = {}
        for place, (hole, (start, end)) in enumerate(zip(one.holes, spans, strict=True)):
            given[hole] = self._hole(text[start:end], one.quoted(place), depth, parts)
        pieces: list[Piece] = []
        for literal, name in one.said:
            pieces.append(Piece(literal, False))
            pieces += given.get(name, []) if name is not None else []
        return pieces

    def _hole(self, text: str, quoted: bool, depth: int, parts: Iterator[int]) -> list[Piece]:
        if quoted:
            known = self._word(text)
            return [Piece(known or text, not known and not text.isascii())]
        return self._sentence(text, depth + 1, parts) or [Piece(text, True)]

    def _apart(self, text: str, depth: int, parts: Iterator[int]) -> list[Piece] | None:
        """Sentences that were strung together, a list of words, what stands before a colon or in brackets."""
        narrow = text.translate(NARROW)
        for way in (self._bracketed, self._after_a_colon):
            if all(mark not in narrow for mark, _ in STOPS) and (made := way(text, narrow, depth, parts)):
                return made
        for mark, between in (*STOPS, *LISTED):
            if mark in narrow.rstrip("\u3002"):
                made = self._strung(text, narrow, mark, between, depth, parts)
                if made is not None:
                    return made
        return self._bracketed(text, narrow, depth, parts) or self._after_a_colon(text, narrow, depth, parts)

    def _strung(
        self, text: str, narrow: str, mark: str, between: str, depth: int, parts: Iterator[int]
    ) -> list[Piece] | None:
        pieces: list[Piece] = []
        start, known = 0, False
        split = _split(narrow.rstrip("\u3002"), mark)
        for part in split if len(split) > 1 else ():
            own = text[start : start + len(part)]
            start += len(part) + len(mark)
            made = self._sentence(own, depth + 1, parts) if own else []
            known = known or (made is not None and not own.isascii())
            pieces += [Piece(between, False)] if pieces else []
            pieces += [Piece(own, True)] if made is None else made
        return pieces if known else None

    def _bracketed(self, text: str, narrow: str, depth: int, parts: Iterator[int]) -> list[Piece] | None:
        opened = _opening(narrow) if narrow.endswith(")") else 0
        if opened <= 0:
            return None
        before, inside = (
            self._sentence(text[:opened], depth + 1, parts),
            self._sentence(text[opened + 1 : -1], depth + 1, parts),
        )
        if before is None and inside is None:
            return None
        shown = inside or [Piece(text[opened + 1 : -1], True)]
        return [*(before or [Piece(text[:opened], True)]), Piece(" (", False), *shown, Piece(")", False)]

    def _after_a_colon(self, text: str, narrow: str, depth: int, parts: Iterator[int]) -> list[Piece] | None:
        place = -1
        for _ in range(COLONS):
            place = narrow.find(":", place + 1)
            if place <= 0:
                return None
            if after := self._sentence(text[place + 1 :], depth + 1, parts):
                return [*self._hole(text[:place], False, depth, parts), Piece(": ", False), *after]
        return None


def _split(text: str, mark: str) -> list[str]:
    """The parts between the marks; what is quoted or stands in brackets is not parted."""
    parts, deep = [""], 0
    for one in text:
        deep += (one in "(\u201c") - (one in ")\u201d")
        if one == mark and deep <= 0:
            parts.append("")
        else:
            parts[-1] += one
    return parts if not deep else text.split(mark)


def _opening(text: str) -> int:
    """Where the bracket opens that the last character closes; -1 when none does."""
    deep = 0
    for place in range(len(text) - 1, -1, -1):
        deep += (text[place] == ")") - (text[place] == "(")
        if not deep:
            return place
    return -1


def _pairs(one: Skeleton) -> set[str]:
    """Pairs of neighbouring characters of its literals, or single ones where it has no pair."""
    pairs = {text[place : place + 2] for text in one.literals for place in range(len(text) - 1)}
    return pairs or {mark for text in one.literals for mark in text}
