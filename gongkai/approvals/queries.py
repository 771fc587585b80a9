"""What the register of items says on a day: figures for the narrative of a report, each with the items behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongkai.approvals.models import Item, ItemStatus

Limit = tuple[int, str]
"""A time limit as (number, unit code)."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Items of some organs on a day.

    statutory: shortest and longest, None where no item states a limit or their units differ. comparable: items that
    state both limits in the same unit; shortened: those of them whose promised limit is shorter; halved: by half or
    more; halved_share: the share of these in `comparable` (0 to 1), None when there are none. cut: smallest and largest
    shortening in per cent. filed: items filed (报备) by that day.
    """

    total: int
    running: int
    suspended: int
    statutory: tuple[Limit, Limit] | None
    comparable: int
    shortened: int
    halved: int
    halved_share: float | None
    cut: tuple[float, float] | None
    filed: int


def standing(organs: tuple[int, ...], day: date, power: str = "licensing") -> QuerySet[Any]:
    """The items in force on a day, each with `status_now` ("running" | "suspended") as of that day."""
    latest = ItemStatus.objects.filter(item=OuterRef("pk"), from_on__lte=day).order_by("-from_on")
    status = Coalesce(
        Subquery(latest.values("status")[:1]), Value(ItemStatus.Status.RUNNING.value), output_field=CharField()
    )
    items: QuerySet[Any] = Item.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), organ_id__in=organs, power=power, from_on__lte=day
    )
    dated: QuerySet[Any] = items.annotate(status_now=status)
    return dated


def suspended(organs: tuple[int, ...], day: date, power: str = "licensing") -> QuerySet[Any]:
    """The items suspended on a day."""
    return standing(organs, day, power).filter(status_now=ItemStatus.Status.SUSPENDED)


def halved(organs: tuple[int, ...], day: date, power: str = "licensing") -> QuerySet[Any]:
    """The items whose promised limit is at most half of the statutory one, both in the same unit."""
    return standing(organs, day, power).filter(
        statutory_unit=F("promised_unit"), statutory_limit__gte=F("promised_limit") * 2
    )


def overview(organs: tuple[int, ...], day: date, power: str = "licensing") -> Overview:
    """The figures of one power on a day, from one query."""
    items = list(standing(organs, day, power))
    paused = sum(item.status_now == ItemStatus.Status.SUSPENDED for item in items)
    pairs = [
        (item.statutory_limit, item.promised_limit)
        for item in items
        if item.statutory_limit and item.promised_limit and item.statutory_unit == item.promised_unit
    ]
    cuts = [100 * (by_law - promised) / by_law for by_law, promised in pairs if promised < by_law]
    half = sum(2 * promised <= by_law for by_law, promised in pairs)
    return Overview(
        total=len(items),
        running=len(items) - paused,
        suspended=paused,
        statutory=_extremes(items),
        comparable=len(pairs),
        shortened=len(cuts),
        halved=half,
        halved_share=half / len(pairs) if pairs else None,
        cut=(min(cuts), max(cuts)) if cuts else None,
        filed=sum(item.filed_on is not None and item.filed_on <= day for item in items),
    )


def _extremes(items: list[Any]) -> tuple[Limit, Limit] | None:
    """Shortest and longest statutory limit; None when none is stated, or units differ and cannot be compared."""
    limits = [(item.statutory_limit, item.statutory_unit) for item in items if item.statutory_limit]
    if len({unit for _, unit in limits}) != 1:
        return None
    return min(limits), max(limits)
