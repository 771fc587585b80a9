"""A working-day year as twelve month tables: each day worked or free, and why."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from gongkai.law import calendar

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Day:
    """One day. kind: "working", "weekend", "holiday" (a weekday made free) or "makeup" (a weekend day worked)."""

    day: date
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None fills the places before its first and after its last day."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]


def _day(day: date) -> Day:
    why = calendar.why_off(day)
    if not why:
        return Day(day, "makeup" if calendar.is_makeup(day) else "working", "")
    return Day(day, "weekend" if day.weekday() >= SATURDAY else "holiday", why)


def year_in_months(year: int) -> tuple[Month, ...]:
    """The twelve months of a year that the book knows; Refused when it has no page."""
    grid = months.Calendar(firstweekday=0)
    found = []
    for number in range(1, 13):
        weeks = grid.monthdatescalendar(year, number)
        rows = tuple(tuple(_day(day) if day.month == number else None for day in week) for week in weeks)
        found.append(Month(date(year, number, 1), rows))
    return tuple(found)
