"""The port: what every engine can do. Engines hold folded text in character pairs and know no desk, no database."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from gongkai.search.asking import Document
from gongkai.search.folding import Alternatives, fold

VERSION = 1
"""Of the layout on disk, in the name of the folder: raised when folding, cutting or fields change."""

GAP = "\uffff"  # stands in no folded text
MOST_VALUES = 1000  # of a facet that are counted


class Foreign(Exception):
    """The index does not belong to this database, or is older than the log reaches: it must be made anew."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index has followed the log of changes. top, token: the last change taken in; (0, ""): none.

    gaps: numbers below top that had not been committed, as first, last and the second when they were missed. walked:
    the last document of a walk over all that is under way; None when every document has been walked. fresh: documents
    written since the index was last tidied, as far as it lies in parts (see `Parted`).
    """

    top: int = 0
    token: str = ""
    gaps: tuple[tuple[int, int, int], ...] = ()
    walked: str | None = None
    fresh: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Position:
        """From what `as_json` gave."""
        gaps = tuple((first, last, missed) for first, last, missed in values["gaps"])
        fresh = tuple(values.get("fresh", ()))  # indexes made by earlier versions do not have it
        return cls(top=values["top"], token=values["token"], gaps=gaps, walked=values["walked"], fresh=fresh)


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as an engine takes it: parts folded, days, what to leave out; counted: whether counts are wanted."""

    parts: tuple[Alternatives, ...]
    filters: Mapping[str, Sequence[str]]
    first: date | None
    last: date | None
    by_relevance: bool
    offset: int
    limit: int
    counted: bool = True
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: ids in order; counts as in `Answer`."""

    total: int
    ids: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]


class Engine(Protocol):
    """An index in a folder of its own. Any number of readers, in any number of processes; one writer at a time."""

    def position(self) -> Position:
        """Where the index stands; Foreign when it never was made. Documents may be further than this, never behind."""

    def write(self, documents: Iterable[Document], gone: Iterable[str], position: Position) -> None:
        """Replace these documents and remove those, durably; then, and not before, the index stands at `position`."""

    def ask(self, plan: Plan) -> Found:
        """What matches now."""

    def count(self) -> int:
        """How many documents there are."""


@runtime_checkable
class Parted(Engine, Protocol):
    """An engine whose every write leaves a part. Parts must be merged, which takes seconds and may hold up nobody."""

    def crowded(self) -> bool:
        """Whether one more part sets off a merge with parts that are large."""

    def copy(self, place: Path) -> None:
        """The same index in a new folder, at once; while nobody writes."""

    def tidy(self) -> None:
        """Merge the small parts into one, however long it takes: of an index that nobody waits for."""


Maker = Callable[[Path, Sequence[str]], Engine]
"""Opens the index in a folder, or makes an empty one there; with the names of the facets that are kept."""


def texts(document: Document) -> list[str]:
    """The folded texts of a document; a part of a question must stand within one of them."""
    whole = (document.title, document.number, document.body, document.attachments)
    return [folded for folded in map(fold, whole) if folded]


def cut(folded: Iterable[str]) -> str:
    """Folded texts as character pairs with a space between them; each run ends in its last character and a gap.

    The gap is what keeps pairs of two runs from being taken for neighbours, also by every second pair.
    """
    tokens: list[str] = []
    for text in folded:
        for run in filter(None, text.split(" ")):
            tokens.extend(map(operator.add, run, run[1:]))
            tokens += (run[-1], GAP)
    return " ".join(tokens)


def pairs(part: str) -> list[str]:
    """The character pairs of a part of two characters or more."""
    return list(map(operator.add, part, part[1:]))


def values(document: Document, facet: str) -> tuple[str, ...]:
    """The values of a document's facet; empty ones do not count."""
    held = document.facets.get(facet, ())
    return tuple(value for value in ((held,) if isinstance(held, str) else held) if value)
