"""What the outside may see of disclosures: those published, and nothing of those that are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.disclosures.models import Disclosure


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where a disclosure was put: channel, its kind in Chinese, and the day."""

    channel: str
    kind: str
    posted_on: date


@dataclass(frozen=True, slots=True)
class PublicDisclosure:
    """One published disclosure, labels in Chinese. provenance: code, so that rebuilt or invented data are labelled."""

    organ_code: str
    organ_name: str
    number: str
    title: str
    summary: str
    index_number: str
    document_number: str
    information_class: str
    instrument: str
    theme: str
    genre: str
    disclosure_item: str
    made_on: date
    published_on: date
    effective_on: date | None
    repealed_on: date | None
    provenance: str
    places: tuple[PublicPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page of a list: `total` counts all that match."""

    total: int
    items: tuple[PublicDisclosure, ...]


def published(
    *, organ_code: str = "", year: int | None = None, information_class: str = "", words: str = "", first: int = 0,
    count: int = 20,
) -> PublicPage:  # fmt: skip
    """Published disclosures, newest first; words: each must stand in title, index number or document number."""
    found = _open()
    if organ_code:
        found = found.filter(organ__code=organ_code)
    if year is not None:
        found = found.filter(published_on__range=(date(year, 1, 1), date(year, 12, 31)))
    if information_class:
        found = found.filter(information_class=information_class)
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(index_number__icontains=word) | Q(document_number__icontains=word)
        )
    rows = found.order_by("-published_on", "-pk")[first : first + count]
    return PublicPage(total=found.count(), items=tuple(_shown(row) for row in rows))


def one(organ_code: str, number: str) -> PublicDisclosure | None:
    """A published disclosure with the places it was put, or None when there is none that the public may see."""
    row = _open().filter(organ__code=organ_code, number=number).first()
    if row is None:
        return None
    places = row.placements.select_related("posting__channel").order_by("posting__posted_on", "pk")
    return _shown(
        row,
        tuple(
            PublicPlace(
                channel=place.posting.channel.name,
                kind=place.posting.channel.get_kind_display(),
                posted_on=place.posting.posted_on,
            )
            for place in places
        ),
    )


def _open() -> QuerySet[Any]:
    return (
        Disclosure.objects.filter(attribute="proactive", published_on__isnull=False)
        .select_related("organ")
        .prefetch_related("organ__names")
    )


def _shown(row: Any, places: tuple[PublicPlace, ...] = ()) -> PublicDisclosure:
    return PublicDisclosure(
        organ_code=row.organ.code, organ_name=str(row.organ), number=row.number, title=row.title, summary=row.summary,
        index_number=row.index_number, document_number=row.document_number,
        information_class=row.get_information_class_display(), instrument=row.get_instrument_display(),
        theme=row.get_theme_display(), genre=row.get_genre_display(),
        disclosure_item=row.get_disclosure_item_display(), made_on=row.made_on, published_on=row.published_on,
        effective_on=row.effective_on, repealed_on=row.repealed_on, provenance=row.provenance, places=places,
    )  # fmt: skip
