"""The only window of disclosures to the outside: what is public, its tombstones, and nothing of what is not.

An item is public while it has a public version; ledger rows never have one. Every function takes the moment of the
look, `at`: what was scheduled for then or before is let out first, and validity is judged on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.disclosures.actions.publishing import release_due
from gongkai.disclosures.flow import WITHDRAWN, WITHHELD
from gongkai.disclosures.models import Attachment, Disclosure, Version
from gongkai.law.vocabulary import term
from gongkai.organs.within import legal_day
from gongkai.records.moves import LEGAL_TIME
from gongkai.records.words import words_of

EXISTENCE_TOLD = (
    "trade_secret", "personal_privacy", "other_third_party_rights", "internal_affairs", "process_information",
    "enforcement_file",
)  # fmt: skip
"""Grounds of which the public may know that something was closed; of the others even that may say too much."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a vocabulary with its Chinese name; both "" where nothing was chosen."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether an item is in force on the day of the look. code: of the vocabulary `validities`."""

    code: str
    label: str
    effective_on: date | None
    lapses_on: date | None
    repealed_on: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item in a list or a feed. number: its key in addresses, with the organ's code; published_at never changes.

    updated_at: of the last change that the public sees: new version, validity. provenance: code, so that rebuilt or
    invented items are labelled. Moments are in Asia/Shanghai.
    """

    organ_code: str
    organ_name: str
    number: str
    index_number: str
    title: str
    summary: str
    document_number: str
    information_class: Code
    instrument: Code
    theme: Code
    genre: Code
    disclosure_item: Code
    made_on: date
    published_on: date
    published_at: datetime
    updated_at: datetime
    validity: Validity
    provenance: str


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """A version that is or was public; the newest is the one in force of reading. note: what it changed."""

    number: int
    title: str
    published_at: datetime
    note: str
    current: bool


@dataclass(frozen=True, slots=True)
class PublicAttachment:
    """A file to be downloaded, its clean copy. position: its key within the version; size in bytes."""

    position: int
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where an item was put: channel, its kind in Chinese, and the day."""

    channel: str
    kind: str
    posted_on: date


@dataclass(frozen=True, slots=True)
class PublicItem:
    """The page of an item. body: plain text, a paragraph a line. shown: the version of the words and files here."""

    card: ItemCard
    body: str
    keywords: tuple[str, ...]
    department: str
    shown: int
    versions: tuple[PublicVersion, ...]
    attachments: tuple[PublicAttachment, ...]
    places: tuple[PublicPlace, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where an item was (410): its numbers and days, when it was withdrawn and why; none of its words."""

    organ_code: str
    organ_name: str
    number: str
    index_number: str
    published_at: datetime
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """A page of a list: `total` counts all that match."""

    total: int
    items: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many items of a list have a code."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file as sent: always to be saved, never to be shown in place."""

    name: str
    media_type: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A line of a feed, of the sitemap, or a notice that something is gone (withdrawn: then only numbers are told)."""

    organ_code: str
    number: str
    title: str
    summary: str
    published_at: datetime
    updated_at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Notice that something is not disclosed proactively: no title, only the kind, ground and article, and the day."""

    number: str
    attribute: Code
    ground: Code
    cite: str
    made_on: date
    re_review_on: date | None


FACETS = ("theme", "genre", "disclosure_item", "information_class", "instrument")


def settle(at: datetime) -> None:
    """Let out what was scheduled for `at` or before; for a door that keeps pages, before it looks for a kept one."""
    if Disclosure.objects.filter(publish_at__lte=at, state="scheduled").exists():
        release_due(at)


def item(organ_code: str, number: str, *, at: datetime, version: int | None = None) -> PublicItem | Tombstone | None:
    """The page of an item, or of an earlier version of it; its tombstone once withdrawn; None for all else."""
    settle(at)
    found = _rows().filter(organ__code=organ_code, number=number)
    row = found.select_related("public_version").first()
    if row is None:
        gone = _withdrawn().filter(organ__code=organ_code, number=number).first()
        return None if gone is None else _tombstone(gone)
    versions = list(row.versions.filter(published_at__isnull=False).order_by("-number"))
    shown = next((one for one in versions if version is None or one.number == version), None)
    return None if shown is None else _page(row, shown, versions, legal_day(at))


def attachment(
    organ_code: str, number: str, position: int, *, at: datetime, version: int | None = None
) -> PublicFile | None:
    """The clean copy of a file of a public item; None when there is none that the public may have."""
    settle(at)
    row = _rows().filter(organ__code=organ_code, number=number).first()
    if row is None:
        return None
    files = Attachment.objects.filter(version__item=row, version__published_at__isnull=False, position=position)
    chosen = files.filter(version=row.public_version_id) if version is None else files.filter(version__number=version)
    file = chosen.select_related("public_copy").first()
    if file is None:
        return None
    return PublicFile(file.name, file.media_type, file.public_copy_id, bytes(file.public_copy.content))


def items(
    *, at: datetime, organ_code: str = "", year: int | None = None, validity: str = "", words: str = "",
    codes: Mapping[str, str] | None = None, first: int = 0, count: int = 20,
) -> ItemList:  # fmt: skip
    """Public items, newest first. codes: of FACETS -> code; words: each must stand in title or numbers."""
    settle(at)
    found = _narrowed(legal_day(at), organ_code, year, validity, words, codes or {})
    rows = found.order_by("-published_at", "-pk")[first : first + count]
    return ItemList(found.count(), tuple(_card(row, legal_day(at)) for row in rows))


def facets(
    facet: str, *, at: datetime, organ_code: str = "", year: int | None = None, codes: Mapping[str, str] | None = None
) -> tuple[Facet, ...]:
    """How many public items have each code of one of FACETS, in the order of the vocabulary; none is left out."""
    if facet not in FACETS:
        raise ValueError(f"no facet {facet}")
    settle(at)
    found = _narrowed(legal_day(at), organ_code, year, "", "", codes or {})
    counted = dict(found.order_by().values_list(facet).annotate(count=Count("pk")))
    labels = Disclosure._meta.get_field(facet).flatchoices  # type: ignore[union-attr]
    return tuple(Facet(str(code), str(label), counted[code]) for code, label in labels if counted.get(code))


def years(organ_code: str = "") -> tuple[int, ...]:
    """The years in which items were first published, the latest first."""
    found = _rows().filter(organ__code=organ_code) if organ_code else _rows()
    return tuple(day.year for day in found.order_by().dates("published_on", "year", order="DESC"))


def total(organ_code: str = "") -> int:
    """How many items are public."""
    found = _rows().filter(organ__code=organ_code) if organ_code else _rows()
    return found.count()


def feed(
    *, at: datetime, organ_code: str = "", codes: Mapping[str, str] | None = None, count: int = 50
) -> tuple[FeedEntry, ...]:
    """What changed last for the public: published, changed, withdrawn; the latest first."""
    settle(at)
    named = Q(organ__code=organ_code) if organ_code else Q()
    seen = Q(public_version__isnull=False) | Q(state=WITHDRAWN)
    chosen = {name: code for name, code in (codes or {}).items() if name in FACETS}
    found = Disclosure.objects.filter(named, seen, **chosen).select_related("organ")
    return tuple(_entry(row) for row in found.order_by("-updated_at", "-pk")[:count])


def closed(organ_code: str, *, first: int = 0, count: int = 50) -> tuple[Closed, ...]:
    """Notices of what an organ decided not to disclose proactively, the latest first (grounds in EXISTENCE_TOLD)."""
    found = Disclosure.objects.filter(organ__code=organ_code, state=WITHHELD, ground__in=EXISTENCE_TOLD)
    rows = found.order_by("-made_on", "-pk")[first : first + count]
    return tuple(
        Closed(
            row.number, _code(row, "attribute"), _code(row, "ground"), term("grounds", row.ground).cite, row.made_on,
            row.re_review_on,
        )
        for row in rows
    )  # fmt: skip


# ── From rows to windows ──


def _rows() -> QuerySet[Any]:
    found = Disclosure.objects.filter(public_version__isnull=False)
    return found.select_related("organ").prefetch_related("organ__names")


def _withdrawn() -> QuerySet[Any]:
    return Disclosure.objects.filter(state=WITHDRAWN).select_related("organ").prefetch_related("organ__names")


def _narrowed(
    day: date, organ_code: str, year: int | None, validity: str, words: str, codes: Mapping[str, str]
) -> QuerySet[Any]:
    found = _rows()
    if organ_code:
        found = found.filter(organ__code=organ_code)
    if year is not None:
        found = found.filter(published_on__range=(date(year, 1, 1), date(year, 12, 31)))
    if validity:
        found = found.filter(in_validity(validity, day))
    for word in words_of(words):
        found = found.filter(
            Q(title__icontains=word) | Q(index_number__icontains=word) | Q(document_number__icontains=word)
        )
    return found.filter(**{name: code for name, code in codes.items() if name in FACETS})


def in_validity(code: str, day: date) -> Q:
    """The condition for what `Disclosure.validity_on` judges alike."""
    repealed, lapsed = Q(repealed_on__lte=day), Q(lapses_on__lte=day)
    standing = (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)) & (
        Q(lapses_on__isnull=True) | Q(lapses_on__gt=day)
    )
    waiting = Q(effective_on__gt=day)
    begun = Q(effective_on__isnull=True) | Q(effective_on__lte=day)
    found = {
        "repealed": repealed, "lapsed": lapsed & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)),
        "not_yet": standing & waiting, "in_force": standing & begun,
    }  # fmt: skip
    return found.get(code, Q(pk__in=()))


def _code(row: Any, field: str) -> Code:
    code = getattr(row, field)
    return Code(code, getattr(row, f"get_{field}_display")() if code else "")


def _card(row: Any, day: date) -> ItemCard:
    validity = row.validity_on(day)
    return ItemCard(
        organ_code=row.organ.code, organ_name=str(row.organ), number=row.number, index_number=row.index_number,
        title=row.title, summary=row.summary, document_number=row.document_number,
        information_class=_code(row, "information_class"), instrument=_code(row, "instrument"),
        theme=_code(row, "theme"), genre=_code(row, "genre"), disclosure_item=_code(row, "disclosure_item"),
        made_on=row.made_on, published_on=row.published_on, published_at=_local(row.published_at),
        updated_at=_local(row.updated_at), validity=Validity(
            validity, term("validities", validity).zh, row.effective_on, row.lapses_on, row.repealed_on,
            row.validity_basis,
        ),
        provenance=row.provenance,
    )  # fmt: skip


def _page(row: Any, shown: Version, versions: list[Version], day: date) -> PublicItem:
    files = shown.attachments.select_related("public_copy").defer("public_copy__content", "text").order_by("position")
    places = row.placements.select_related("posting__channel").order_by("posting__posted_on", "pk")
    return PublicItem(
        card=_card(row, day), body=shown.body, keywords=tuple(shown.keywords.split()), department=row.department,
        shown=shown.number,
        versions=tuple(
            PublicVersion(
                one.number, one.title, _local(one.published_at), one.change_note, one.pk == row.public_version_id
            )
            for one in versions
        ),
        attachments=tuple(
            PublicAttachment(file.position, file.name, file.media_type, file.public_copy.size, file.public_copy_id)
            for file in files
        ),
        places=tuple(
            PublicPlace(
                place.posting.channel.name, place.posting.channel.get_kind_display(), place.posting.posted_on
            )
            for place in places
        ),
    )  # fmt: skip


def _tombstone(row: Any) -> Tombstone:
    return Tombstone(
        row.organ.code, str(row.organ), row.number, row.index_number, _local(row.published_at),
        _local(row.withdrawn_at), row.withdrawn_reason,
    )  # fmt: skip


def _entry(row: Any) -> FeedEntry:
    gone = row.public_version_id is None
    return FeedEntry(
        row.organ.code, row.number, "" if gone else row.title, "" if gone else row.summary, _local(row.published_at),
        _local(row.updated_at), gone,
    )  # fmt: skip


def _local(moment: datetime | None) -> datetime:
    assert moment is not None, "a constraint of the register"
    return moment.astimezone(LEGAL_TIME)
