"""Which tasks get a new day when the calendar or a time limit changes: those not yet answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.duties.flow import OPEN
from gongkai.duties.models import DutyTask
from gongkai.duties.periods import Occasion, due
from gongkai.records.redating import Dated


def _open() -> QuerySet[Any]:
    return DutyTask.objects.filter(state=OPEN).select_related("duty").order_by("pk")


def _days(task: DutyTask) -> dict[str, date | None]:
    return {"due_on": due(task.duty, Occasion(task.since, task.occasion_on))}


DATED = Dated("公开任务", _open, _days)
