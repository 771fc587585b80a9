"""Working days of state organs, year by year from the holiday notices of the State Council General Office.

A working day is Monday to Friday without the days that the year's notice frees, plus the weekend days that it makes
worked (调休). A year is loaded when a day in it is first asked for.
"""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ONE_DAY = timedelta(days=1)
SATURDAY = 5
CITE = "《全国年节及纪念日放假办法》及国务院办公厅年度放假通知"

_years: dict[tuple[str, int], Year] = {}


class Year:
    """One page of the calendar. holidays: weekday -> the festival that frees it; makeup: weekend days worked."""

    __slots__ = ("holidays", "makeup", "number")

    def __init__(self, number: int, holidays: Mapping[date, str], makeup: Collection[date]) -> None:
        self.number, self.holidays, self.makeup = number, holidays, frozenset(makeup)

    def works(self, day: date) -> bool:
        if day.weekday() < SATURDAY:
            return day not in self.holidays
        return day in self.makeup


def year(number: int) -> Year:
    """The calendar of a year.

    Refused `calendar_year_unknown` when the book has no page for it: the notice usually comes out in the autumn before,
    and a date is never guessed. Misprint when the days of the page do not balance.
    """
    key = (book.ROOT, number)
    if key not in _years:
        _years[key] = _read(number)
    return _years[key]


def _read(number: int) -> Year:
    if not book.has("calendar", str(number)):
        raise Refused(
            "calendar_year_unknown",
            f"法规册没有 {number} 年的工作日历,不能推算到该年的日期;"
            f"请在国务院办公厅发布 {number} 年放假通知后补上 calendar/{number}.toml,再算一次",
            CITE,
        )
    page = book.page("calendar", str(number))
    holidays = {day: name for name, days in page["weekday_holidays"].items() for day in days}
    stated = sum(len(days) for days in page["weekday_holidays"].values())
    _balance(number, page["workdays"], holidays, page["makeup_workdays"], stated)
    return Year(number, holidays, page["makeup_workdays"])


def known_years() -> tuple[int, ...]:
    """The years that have a page, in order."""
    return tuple(int(name) for name in book.pages("calendar"))


def is_working_day(day: date) -> bool:
    """Whether state organs work on this day. Refused in a year without a page."""
    return year(day.year).works(day)


def is_makeup(day: date) -> bool:
    """Whether this is a weekend day that the year's notice makes a working day."""
    return day in year(day.year).makeup


def why_off(day: date) -> str:
    """Why nobody works on this day ("春节放假", "周末"), or "" on a working day."""
    known = year(day.year)
    if known.works(day):
        return ""
    return f"{known.holidays[day]}放假" if day in known.holidays else "周末"


def working_days_after(start: date, n: int) -> date:
    """The n-th working day (n ≥ 1) after `start`, which is day 0 and may be a rest day (《民法典》第二百零一条)."""
    day = start
    while n > 0:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def on_or_after(day: date) -> date:
    """The day itself if it is worked, otherwise the next working day (《民法典》第二百零三条)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def on_or_before(day: date) -> date:
    """The day itself if it is worked, otherwise the last working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def _balance(number: int, workdays: int, holidays: Mapping[date, str], makeup: list[date], stated: int) -> None:
    """Refuse a page whose days are in the wrong year or on the wrong weekday, or do not add up to its own sum."""
    page = f"calendar/{number}.toml"
    strangers = [day for day in (*holidays, *makeup) if day.year != number]
    strangers += [day for day in holidays if day.weekday() >= SATURDAY]
    strangers += [day for day in makeup if day.weekday() < SATURDAY]
    if strangers:
        raise Misprint(
            page,
            f"{strangers[0]} 不在 {number} 年,或者星期不对",
            "weekday_holidays 只列周一至周五,makeup_workdays 只列周六、周日",
        )
    if len(holidays) != stated or len(set(makeup)) != len(makeup):
        raise Misprint(page, "有一天写了两次", "每一天只写一次")
    counted = _weekdays(number) - len(holidays) + len(makeup)
    if counted != workdays:
        raise Misprint(page, f"全年应有 {workdays} 个工作日,按所列日期却是 {counted} 个", "对照放假通知核对日期")


def _weekdays(number: int) -> int:
    """Mondays to Fridays in a year: 52 whole weeks and the one or two days left over."""
    days = (date(number + 1, 1, 1) - date(number, 1, 1)).days
    first = date(number, 1, 1).weekday()
    return 52 * SATURDAY + sum((first + extra) % 7 < SATURDAY for extra in range(days - 364))
