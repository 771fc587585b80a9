"""What changed last for the public, withdrawals told, and the addresses of all that is public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.public.rows import GONE, coded, local, public_rows, settle, validity_of
from gongkai.disclosures.public.shapes import Address, Code, FeedEntry
from gongkai.organs.within import legal_day

NOTHING = Code("", "")


def feed(
    *, at: datetime, organ_code: str = "", disclosure_item: str = "", theme: str = "", first: int = 0, count: int = 50
) -> tuple[FeedEntry, ...]:
    """What was published, changed or withdrawn, the latest first. theme: a class takes in its sub-classes."""
    settle(at)
    wanted = Q(public_version__isnull=False) | GONE
    wanted &= Q(organ__code=organ_code) if organ_code else Q()
    wanted &= Q(disclosure_item=disclosure_item) if disclosure_item else Q()
    wanted &= Q(theme__startswith=theme) if theme else Q()
    found = Disclosure.objects.filter(wanted).select_related("organ").prefetch_related("organ__names")
    rows = found.order_by("-updated_at", "-pk")[first : first + count]
    return tuple(_entry(row, legal_day(at)) for row in rows)


def addresses(*, at: datetime, first: int = 0, count: int = 50_000) -> tuple[Address, ...]:
    """The public items in the order they were registered, so that new ones come last."""
    settle(at)
    found = public_rows().order_by("pk").values_list("organ__code", "number", "updated_at")
    return tuple(Address(code, number, local(moment)) for code, number, moment in found[first : first + count])


def _entry(row: Any, day: date) -> FeedEntry:
    published, updated = local(row.published_at), local(row.updated_at)
    if row.public_version_id is None:
        return FeedEntry(
            row.organ.code, str(row.organ), row.number, "", "", NOTHING, NOTHING, published, updated, True,
            row.withdrawn_reason,
        )  # fmt: skip
    return FeedEntry(
        row.organ.code, str(row.organ), row.number, row.title, row.summary, coded(row, "theme"), validity_of(row, day),
        published, updated, False,
    )  # fmt: skip
