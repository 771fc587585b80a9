"""The window through which the public searches what is disclosed: words, filters with counts, passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.disclosures.findable import FACETS, SHELF, key_of, rows_of
from gongkai.disclosures.public import settle
from gongkai.law.vocabulary import choices, term
from gongkai.organs.models import Organ
from gongkai.organs.within import legal_day
from gongkai.search.asking import Answer, Hit, Order, Passage, Question, Segment

__all__ = ["FACETS", "Choice", "FoundItem", "FoundItems", "Order", "Passage", "Segment", "search"]

VOCABULARIES = {
    "theme": "themes", "genre": "genres", "information_class": "information_classes", "instrument": "instruments",
    "disclosure_item": "disclosure_items",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item found. title, number and passages are text in segments, those asked for marked; never HTML.

    number: document and index number. in_force: "in_force", or another code of the vocabulary `validities`.
    """

    organ_code: str
    organ_name: str
    item_number: str
    title: Passage
    number: Passage
    passages: tuple[Passage, ...]
    published_on: date
    in_force: str
    provenance: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its code, its name in Chinese and in English, and how many items it would leave."""

    code: str
    zh: str
    en: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FoundItems:
    """total: all that match. choices: facet -> its values, the commonest first. behind: changes still to be taken in.

    suggestions: other words that find something, when these find nothing.
    """

    total: int
    items: tuple[FoundItem, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    behind: int
    suggestions: tuple[str, ...]


def search(
    words: str, *, at: datetime, filters: Mapping[str, Sequence[str]], first: date | None = None,
    last: date | None = None, order: Order = "relevance", offset: int = 0, limit: int = 20,
) -> FoundItems:  # fmt: skip
    """Public items that hold every part of `words`; filters: of FACETS -> codes, any of them; days of publication.

    Codes that no vocabulary has are passed over. Refused while a first large index is being made.
    """
    settle(at)
    filters = {facet: _known(facet, chosen) for facet, chosen in filters.items()}
    question = Question(words, filters, first, last, order, offset, limit)
    answer = SHELF.ask(question)
    found = {key_of(row): row for row in rows_of([hit.id for hit in answer.hits])}
    items = tuple(_item(found[hit.id], hit, legal_day(at)) for hit in answer.hits if hit.id in found)
    return FoundItems(answer.total, items, _choices(answer, filters), answer.behind, answer.suggestions)


def _known(facet: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Those codes that the facet can have; an address may hold anything."""
    known = {code for code, _ in choices(VOCABULARIES[facet])} if facet in VOCABULARIES else set(codes)
    return tuple(code for code in codes if code in known)


def _item(row: Any, hit: Hit, day: date) -> FoundItem:
    return FoundItem(
        row.organ.code, str(row.organ), row.number, hit.title, hit.number, hit.passages, row.published_on,
        row.validity_on(day), row.provenance,
    )  # fmt: skip


def _choices(answer: Answer, filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[Choice, ...]]:
    codes = set(answer.counts.get("organ", {})) | set(filters.get("organ", ()))
    organs = {organ.code: str(organ) for organ in Organ.objects.filter(code__in=codes).prefetch_related("names")}
    return {
        facet: tuple(
            Choice(code, *_named(facet, code, organs), count, code in filters.get(facet, ()))
            for code, count in _in_order(facet, answer.counts.get(facet, {}), filters.get(facet, ()))
        )
        for facet in FACETS
    }


def _in_order(facet: str, counts: Mapping[str, int], chosen: Sequence[str]) -> list[tuple[str, int]]:
    """The commonest first, years the latest first; what is chosen stays, also where nothing is left of it."""
    every = {**dict.fromkeys(chosen, 0), **counts}
    if facet == "year":
        return sorted(every.items(), reverse=True)
    return sorted(every.items(), key=lambda each: (-each[1], each[0]))


def _named(facet: str, code: str, organs: Mapping[str, str]) -> tuple[str, str]:
    if facet in VOCABULARIES:
        known = term(VOCABULARIES[facet], code)
        return known.zh, known.en
    name = organs.get(code, code)
    return name, name
