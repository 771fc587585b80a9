"""What is seen of a file: its visible text piece by piece with places, and everything that a reader does not see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gongkai.screening.findings import Finding, Place
from gongkai.screening.rules import Rules
from gongkai.screening.text import finding_of, screen_text, screen_unseen

SHOWN = 80  # characters of a hidden text that a finding repeats
Edit = Callable[[str, int], str]  # (a piece of visible text, where it begins) → what stands there in a clean copy


def unchanged(piece: str, start: int) -> str:
    """The edit that masks nothing."""
    return piece


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something that a reader does not see: the structural rule that it falls under, and its text if it has any."""

    rule: str
    where: Place
    text: str
    zone: str = "text"


@dataclass(slots=True)
class Sight:
    """Collects while a file is walked. The same walk with an `edit` writes the clean copy, so places agree."""

    edit: Edit = unchanged
    unseen: list[Unseen] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)
    _length: int = 0

    def say(self, piece: str, place: Place) -> str:
        """Add visible text; gives it back as it stands in the clean copy."""
        start = self._length
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)
            if not self._places or self._places[-1] != place:
                self._starts.append(start)
                self._places.append(place)
        return self.edit(piece, start)

    def gap(self, mark: str) -> None:
        """What separates pieces: a line end, a tab between cells. No part of the file, never masked."""
        self._pieces.append(mark)
        self._length += len(mark)

    def hide(self, rule: str, where: Place, text: str = "", zone: str = "text") -> None:
        """Note what a reader does not see. Its text is screened by all rules of the zone as well.

        rule "" only screens the text, which may well be there: the address of a link, a text for the blind.
        """
        self.unseen.append(Unseen(rule, where, text.strip(), zone))

    @property
    def text(self) -> str:
        """The visible text so far."""
        return "".join(self._pieces)

    def place(self, offset: int) -> Place:
        """Where a character of the visible text stands."""
        found = bisect_right(self._starts, offset) - 1
        return self._places[found] if found >= 0 else Place()

    def findings(self, rules: Rules) -> Iterator[Finding]:
        """Everything found: first what is visible, then what is not."""
        for found in screen_text(self.text, rules):
            assert found.span is not None
            where = self.place(found.span[0])
            line = 0 if where.page or where.sheet or where.paragraph else found.where.line
            yield Finding(
                found.kind, found.rule, Place(where.part, where.sheet, where.cell, where.page, where.paragraph, line),
                found.text, found.severity, found.mask, found.basis, found.span, found.title,
            )  # fmt: skip
        for one in self.unseen:
            shown = one.text if len(one.text) <= SHOWN else one.text[:SHOWN] + "…"
            if one.rule:
                yield finding_of(rules.structure(one.rule), shown, one.where, rules, None)
            if one.text:
                yield from screen_unseen(one.text, one.where, rules, one.zone)
