"""The moments of the demonstration: when an office would have done what it shows, so that every run is the same."""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.law.calendar import on_or_before
from gongkai.records.moves import LEGAL_TIME


def at(day: date, hour: int) -> datetime:
    """An hour of a day in the legal time zone."""
    return datetime.combine(day, time(hour), LEGAL_TIME)


def first_day(year: int) -> date:
    """When work on the report of a year begins; it is published some days later, within the legal time."""
    return on_or_before(date(year + 1, 3, 20) if year == 2012 else date(year + 1, 1, 20))


def publication_day(year: int) -> date:
    """When the report of a year comes out."""
    return on_or_before(date(year + 1, 3, 29) if year == 2012 else date(year + 1, 1, 28))
