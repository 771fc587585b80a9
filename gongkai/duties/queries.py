"""Reads of duties: each with its tasks and how its column stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from gongkai.disclosures.models import Placement
from gongkai.duties.flow import NOTHING, OPEN
from gongkai.duties.models import Duty, DutyTask
from gongkai.duties.periods import EVENT, due, ended, next_on
from gongkai.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Line:
    """A duty as it stands on a day. waiting, late: open tasks, and those past their day.

    updated_on: when something was last disclosed for it, None when never. is_stale: whether its own cycle has passed
    since, with the time it has to publish.
    """

    duty: Duty
    waiting: int
    late: int
    next_on: date | None
    updated_on: date | None
    is_stale: bool


def tasks_of(organ: Organ) -> QuerySet[DutyTask]:
    """The organ's tasks with their duties, the most urgent first."""
    return (
        DutyTask.objects.filter(organ=organ).select_related("organ", "duty", "disclosure").order_by("due_on", "number")
    )


def departments_of(organ: Organ) -> list[str]:
    """The departments that have duties, by name."""
    names = Duty.objects.filter(organ=organ).order_by("department").values_list("department", flat=True)
    return list(names.distinct())


def lines(organ: Organ, day: date, department: str = "") -> list[Line]:
    """The duties that hold on a day, of one department or all; three queries, however many there are."""
    rows = Duty.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), organ=organ)
    rows = rows.filter(department=department) if department else rows
    counted = rows.select_related("channel").annotate(
        waiting=Count("tasks", filter=Q(tasks__state=OPEN)),
        late=Count("tasks", filter=Q(tasks__state=OPEN, tasks__due_on__lt=day)),
        fulfilled_on=Max("tasks__disclosure__published_on"),
        nothing_since=Max("tasks__since", filter=Q(tasks__state=NOTHING)),
    )
    placed = _placed(organ)
    return [_line(duty, day, placed) for duty in counted.order_by("department", "number")]


def _placed(organ: Organ) -> dict[tuple[int, str], date]:
    """(channel, statutory item) -> the day on which something of the item was last put there."""
    rows = Placement.objects.filter(organ=organ).values_list("posting__channel", "disclosure__disclosure_item")
    return {(channel, item): last for channel, item, last in rows.annotate(last=Max("posting__posted_on"))}


def _line(duty: Any, day: date, placed: dict[tuple[int, str], date]) -> Line:
    days = [duty.fulfilled_on, placed.get((duty.channel_id, duty.disclosure_item))]
    updated = max((one for one in days if one is not None), default=None)
    return Line(
        duty, duty.waiting, duty.late, next_on(duty, day), updated, is_stale(duty, day, updated, duty.nothing_since)
    )


def is_stale(duty: Duty, day: date, updated_on: date | None, nothing_since: date | None = None) -> bool:
    """Whether a period has ended, its time to publish has passed, and nothing was disclosed since it began.

    nothing_since: the first day of the latest period of which somebody said that nothing arose.
    """
    if duty.cycle == EVENT:
        return False
    for one in reversed(list(ended(duty, day))):
        last = due(duty, one)
        if last is not None and last < day:
            return all(known is None or known < one.since for known in (updated_on, nothing_since))
    return False
