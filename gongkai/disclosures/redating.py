"""Which disclosures get new days when the calendar or a time limit changes: those not yet published or delivered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.disclosures import timing
from gongkai.disclosures.flow import WITHDRAWN
from gongkai.disclosures.models import Disclosure
from gongkai.records.redating import Dated

UNPUBLISHED = Q(published_on__isnull=True)
UNDELIVERED = Q(is_document="yes", delivered_on__isnull=True)


def _open() -> QuerySet[Any]:
    return (
        Disclosure.objects.filter(UNPUBLISHED | UNDELIVERED, attribute="proactive")
        .exclude(state=WITHDRAWN)
        .order_by("pk")
    )


def _days(row: Disclosure) -> dict[str, date | None]:
    """The days that may still move: a disclosure that was published keeps the one it was judged by."""
    timed = timing.timed(timing.facts_of(row), row.organ.jurisdictions)
    days = {}
    if row.published_on is None:
        days["due_on"] = timed["due_on"]
    if row.delivered_on is None and (row.published_on is None or row.is_document == "yes"):
        days["delivery_due_on"] = timed["delivery_due_on"]
    return days


DATED = Dated("公开信息", _open, _days)
