"""What screening found in a version, the same text under the same rule together, however often it occurs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.disclosures.models import ScreeningFinding


@dataclass(frozen=True, slots=True)
class Hit:
    """One text found by one rule, with every place where it stands, at least one."""

    places: list[ScreeningFinding]

    @property
    def first(self) -> ScreeningFinding:
        """The place that stands for all in a form."""
        return self.places[0]

    @property
    def judgement(self) -> str:
        """The judgement that they share; "" where they were judged apart."""
        return self.first.judgement if len({one.judgement for one in self.places}) == 1 else ""

    @property
    def alone_ids(self) -> list[str]:
        """What the forms are called in which its places are judged one by one."""
        return [f"alone-{one.pk}" for one in self.places]


def hits(findings: Iterable[ScreeningFinding]) -> list[Hit]:
    """The findings of a version by what was found, in the order in which it first occurs."""
    found: dict[str, list[ScreeningFinding]] = {}
    for one in findings:
        found.setdefault(one.key, []).append(one)
    return [Hit(places) for places in found.values()]
