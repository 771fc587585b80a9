"""What the outside gets to see of disclosures: frozen, and nothing in it that is not public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


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
    """A version that is or was public; the newest is the one in force of reading. note: what it changed.

    withdrawn: it may not be read any more, and its title is not told.
    """

    number: int
    title: str
    published_at: datetime
    note: str
    current: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PublicAttachment:
    """A file to be downloaded, its clean copy. position: its key within the version; size in bytes.

    masked: in how many places something is masked; grounds: on which articles.
    """

    position: int
    name: str
    media_type: str
    size: int
    sha256: str
    masked: int = 0
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where an item was put: channel, its kind in Chinese, and the day."""

    channel: str
    kind: str
    posted_on: date


@dataclass(frozen=True, slots=True)
class PublicItem:
    """The page of an item. body: plain text, a paragraph a line.

    shown: the version of the words and files here; title, document number and summary are those of that version, while
    the card tells how the item stands today. shown_at: when that version became public.
    """

    card: ItemCard
    title: str
    document_number: str
    summary: str
    body: str
    keywords: tuple[str, ...]
    department: str
    shown: int
    shown_at: datetime
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
class Chosen:
    """By what a list is narrowed; "" and None: not at all. theme: a class takes in its sub-classes.

    words: each must stand in title, index number or document number.
    """

    organ_code: str = ""
    disclosure_item: str = ""
    theme: str = ""
    genre: str = ""
    year: int | None = None
    validity: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a narrowed list, newest first; `total` counts all that match.

    counts: name in Chosen -> code -> how many there would be with that code chosen in its place; only codes that have
    some. A theme counts for its class and for itself.
    """

    total: int
    items: tuple[ItemCard, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file as sent: always to be saved, never to be shown in place."""

    name: str
    media_type: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A line of a feed, or a notice that something is gone (withdrawn: then only numbers, moments and reason)."""

    organ_code: str
    organ_name: str
    number: str
    title: str
    summary: str
    theme: Code
    validity: Code
    published_at: datetime
    updated_at: datetime
    withdrawn: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A public item as a sitemap names it."""

    organ_code: str
    number: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Notice that something is not disclosed proactively: no title, only the kind, ground and article, and the day."""

    number: str
    attribute: Code
    ground: Code
    cite: str
    made_on: date
    re_review_on: date | None
