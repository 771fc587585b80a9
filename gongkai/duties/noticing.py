"""Reminders before, at and after a day: each given once, and kept, so that nobody can say they were not told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from gongkai.duties.matters import matters
from gongkai.duties.models import Notice
from gongkai.organs.models import Organ
from gongkai.organs.within import legal_day
from gongkai.records import entries

NOTICE = timedelta(days=7)
"""So long before its day a matter comes up. Ours: no rule sets it."""


@transaction.atomic
def notify(organ: Organ, *, by: object, at: datetime) -> list[Notice]:
    """Give the reminders that are wanting today, with one entry for all of them; done again it gives none."""
    today = legal_day(at)
    entries.locked_head(organ.code)
    wanted = [
        Notice(
            organ=organ, kind=one.kind, subject=one.subject, due_on=one.due_on, stage=one.stage(today), given_on=today
        )
        for one in matters(organ, today, today + NOTICE)
    ]
    given = set(_given(organ, [one.due_on for one in wanted]))
    new = [one for one in wanted if (one.kind, one.subject, one.due_on, one.stage) not in given]
    if new:
        Notice.objects.bulk_create(new)
        told = [{"kind": one.kind, "subject": one.subject, "due_on": one.due_on, "stage": one.stage} for one in new]
        entries.write(
            organ_code=organ.code, by=by, at=at, act="give_notice", subject=("duties.notice", today.isoformat()),
            after={"notices": told},
        )  # fmt: skip
    return new


def _given(organ: Organ, days: list[date]) -> list[tuple[str, str, date, str]]:
    if not days:
        return []
    rows = Notice.objects.filter(organ=organ, due_on__gte=min(days), due_on__lte=max(days))
    return list(rows.values_list("kind", "subject", "due_on", "stage"))


def given(organ: Organ) -> QuerySet[Notice]:
    """The reminders that were given, the latest first."""
    return Notice.objects.filter(organ=organ).order_by("-given_on", "-pk")
