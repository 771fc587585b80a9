"""When a duty comes round: the periods of its cycle, the day a task arises, and the day it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.duties.models import Duty
from gongkai.law import calendar, clocks
from gongkai.law.clocks import months_later
from gongkai.law.refusal import Refused

STATUTORY = "proactive_disclosure"
EVENT = Duty.Cycle.EVENT.value
MONTHS = {"P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A period that has ended: its first day, and the day after its last, on which the task arises.

    Of an event both are its own day.
    """

    since: date
    on: date


def begins(duty: Duty, place: int) -> date:
    """The first day of the n-th period, n from 0."""
    assert duty.starts_on is not None
    if duty.cycle == Duty.Cycle.WEEK:
        return duty.starts_on + place * WEEK
    return months_later(duty.starts_on, place * MONTHS[duty.cycle])


def ended(duty: Duty, day: date, after: date | None = None) -> Iterator[Occasion]:
    """The periods that have ended on or before a day, oldest first; after: only those whose task arose later.

    A period that was not yet over when the duty ended gives cause for nothing.
    """
    if duty.cycle == EVENT or duty.starts_on is None:
        return
    place = 0
    while (on := begins(duty, place + 1)) <= day:
        over = duty.ends_on is not None and on > duty.ends_on + timedelta(days=1)
        if not over and (after is None or on > after):
            yield Occasion(begins(duty, place), on)
        place += 1


def next_on(duty: Duty, day: date) -> date | None:
    """The day after today on which the next task arises; None for events and duties that end before."""
    if duty.cycle == EVENT or duty.starts_on is None:
        return None
    place = 1
    while (on := begins(duty, place)) <= day:
        place += 1
    return None if duty.ends_on is not None and on > duty.ends_on + timedelta(days=1) else on


def due(duty: Duty, occasion: Occasion) -> date | None:
    """Until when what arose is to be disclosed; None while the calendar of that year is not out.

    The day itself is not counted. Natural days that end on a rest day run to the next working day, as in
    《民法典》第二百零一条、第二百零三条.
    """
    # Of an event its own day is day 0; the task of a period arises the day after it, so that its last day is day 0.
    start = occasion.on if occasion.since == occasion.on else occasion.on - timedelta(days=1)
    try:
        if duty.limit_days is None:
            return clocks.due(STATUTORY, start).due
        if duty.limit_unit == Duty.Unit.WORKING:
            return calendar.working_days_after(start, duty.limit_days)
        return calendar.on_or_after(start + timedelta(days=duty.limit_days))
    except Refused as refused:
        if refused.code != "calendar_year_unknown":
            raise
        return None
