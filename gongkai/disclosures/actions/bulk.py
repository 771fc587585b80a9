"""One move on many items: each its own transaction, its own entry and its own answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.disclosures.models import Disclosure
from gongkai.law.refusal import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one item: refused is None where the move was made."""

    item: Disclosure
    refused: Refused | None


def each(items: Iterable[Disclosure], act: Callable[[Disclosure], object]) -> list[Answer]:
    """Do an act on every item, in the order given; a refusal of one does not stop the others."""
    return [Answer(item, _refusal(act, item)) for item in items]


def _refusal(act: Callable[[Disclosure], object], item: Disclosure) -> Refused | None:
    try:
        act(item)
    except Refused as refused:
        return refused
    return None
