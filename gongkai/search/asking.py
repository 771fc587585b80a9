"""What is put on a shelf, what is asked of it and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Order = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True)
class Document:
    """What the public may find. id: of the desk's own making, stable; organ: its name as it is printed.

    facets: name of the facet -> its value, or values; only facets that the shelf declares are kept.
    attachments: the text of all attachments, one after another.
    """

    id: str
    title: str
    number: str
    body: str
    attachments: str
    day: date
    facets: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    organ: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. words: parts between white space, each must stand in the document; none: everything.

    filters: facet -> values, any of them; different facets all hold. first, last: days, both included.
    order: "relevance" without words is "newest". offset, limit: which hits, counted from 0.
    """

    words: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text as it is written in the document (not HTML); marked: it is what was asked for."""

    text: str
    marked: bool = False


Passage = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. passages: where the words stand in body and attachments; without words its beginning."""

    id: str
    title: Passage
    number: Passage
    passages: tuple[Passage, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Answer:
    """total: how many documents match. counts: facet -> value -> how many there would be with that value chosen.

    behind: changes that could not be taken in yet; what is withdrawn is left out all the same. suggestions: other
    words that find something, when these find nothing.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    behind: int = 0
    suggestions: tuple[str, ...] = ()
