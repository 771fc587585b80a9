"""The window of the records to the outside: daily anchors, nothing of the entries; from where requests come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum

from gongkai.law.refusal import Refused
from gongkai.records import anchors
from gongkai.records.addresses import address_of, may_lock, network_of
from gongkai.records.models import Chain, DailyAnchor

__all__ = [
    "PublishedAnchor", "address_of", "anchor_days", "anchor_file", "may_lock", "network_of", "published_anchors",
    "stamp",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedAnchor:
    """An anchor as the list shows it. chains: how many chains it holds the heads of."""

    day: date
    made_at: datetime
    chains: int
    digest: str


def stamp(organ_code: str | None = None) -> str:
    """Another text after anything was done by anybody, or for one organ: what was drawn before may be out of date."""
    if organ_code is not None:
        return Chain.objects.filter(pk=organ_code).values_list("digest", flat=True).first() or ""
    heads = Chain.objects.aggregate(done=Sum("seq"), chains=Count("pk"))
    return f"{heads['done']}/{heads['chains']}"


def anchor_days() -> int:
    """How many days have an anchor."""
    return DailyAnchor.objects.count()


def published_anchors(start: int, count: int) -> list[PublishedAnchor]:
    """So many anchors from a place on, the latest first."""
    rows = DailyAnchor.objects.order_by("-day")[start : start + count]
    return [PublishedAnchor(row.day, row.made_at, len(row.heads), row.digest) for row in rows]


def anchor_file(day: date) -> bytes:
    """The anchor of a day as JSON, to be kept. Refused "not_found" when the day has none."""
    found = DailyAnchor.objects.filter(day=day).first()
    if found is None:
        raise Refused("not_found", f"{day} 没有日锚")
    return json.dumps(anchors.as_json(found), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
