"""A shelf in memory, and the plain scan that says what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gongkai.search.asking import Document, Question
from gongkai.search.folding import fold, parts
from gongkai.search.shelf import Shelf

FACETS = ("organ", "theme")


def document(key: str, title: str = "", body: str = "", **rest: object) -> Document:
    """A document of which only what matters is said."""
    told: dict[str, object] = {"number": "", "attachments": "", "day": date(2020, 1, 1), "facets": {}} | rest
    return Document(id=key, title=title, body=body, **told)  # type: ignore[arg-type]


class Memory:
    """Documents in memory, as a desk would give them."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.held = {each.id: each for each in documents}
        self.walks = 0

    def documents(self, keys: Sequence[str]) -> list[Document]:
        return [self.held[key] for key in keys if key in self.held]

    def after(self, key: str, most: int) -> list[Document]:
        self.walks += 1
        return [self.held[each] for each in sorted(self.held) if each > key][:most]

    def count(self) -> int:
        return len(self.held)


def shelf(source: Memory) -> Shelf:
    return Shelf("memory", source, FACETS)


def stands(words: str, held: Document) -> bool:
    """Whether every part stands somewhere in the document, by looking at it."""
    texts = [fold(text) for text in (held.title, held.number, held.body, held.attachments)]
    return all(any(way in text for way in part for text in texts) for part in parts(words))


def chosen(question: Question, held: Document, *, apart_from: str = "") -> bool:
    """Whether the document meets everything that is asked."""
    for facet, wanted in question.filters.items():
        if wanted and facet != apart_from and not set(wanted) & set(_values(held, facet)):
            return False
    days = (question.first or date.min) <= held.day <= (question.last or date.max)
    return days and stands(question.words, held)


def counted(question: Question, every: Iterable[Document]) -> Mapping[str, Mapping[str, int]]:
    """How many documents each value of each facet would leave."""
    every = list(every)
    return {
        facet: Counter(
            value for held in every if chosen(question, held, apart_from=facet) for value in set(_values(held, facet))
        )
        for facet in FACETS
    }


def _values(held: Document, facet: str) -> tuple[str, ...]:
    value = held.facets.get(facet, ())
    return tuple(filter(None, (value,) if isinstance(value, str) else value))
