"""Working days, held day by day against two public packages."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import book, calendar
from gongkai.law.refusal import Misprint, Refused

SHARED = Path(__file__).resolve().parents[4] / "shared" / "law" / "workday_calendar_2008_2026.toml"
FIRST, LAST = date(2008, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
days = st.dates(FIRST, date(2026, 6, 30))


def test_every_day_agrees_with_both_packages() -> None:
    china = holidays.country_holidays("CN")
    for day in DAYS:
        assert calendar.is_working_day(day) == china.is_working_day(day) == chinese_calendar.is_workday(day), day


def test_the_book_has_the_transcribed_calendar_and_nothing_more() -> None:
    if not SHARED.exists():
        pytest.skip(f"没有 {SHARED},不能与抄录的日历核对")
    for stated in tomllib.loads(SHARED.read_text(encoding="utf-8"))["year"]:
        year = calendar.year(stated["year"])
        assert sorted(year.holidays) == stated["weekday_holidays"]
        assert sorted(year.makeup) == stated["makeup_workdays"]
        assert book.page("calendar", str(year.number))["workdays"] == stated["workdays"]
    assert calendar.known_years() == tuple(range(2008, 2027))


def test_a_day_off_says_why() -> None:
    assert calendar.why_off(date(2012, 10, 1)) == "国庆节放假"
    assert calendar.why_off(date(2012, 9, 30)) == "周末"
    assert calendar.why_off(date(2012, 9, 29)) == ""
    assert calendar.is_makeup(date(2012, 9, 29))


def test_new_years_eve_of_2024_was_a_working_day() -> None:
    assert calendar.is_working_day(date(2024, 2, 9))


def test_a_year_without_a_page_is_never_guessed() -> None:
    with pytest.raises(Refused, match=r"calendar/2027\.toml") as no:
        calendar.is_working_day(date(2027, 3, 1))
    assert no.value.code == "calendar_year_unknown"


def test_a_calendar_is_loaded_only_when_a_day_of_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "_years", {})
    calendar.working_days_after(date(2012, 12, 20), 10)
    assert [number for _, number in calendar._years] == [2012, 2013]


PAGE = 'year = 2011\nworkdays = {}\nmakeup_workdays = [{}]\n[weekday_holidays]\n"元旦" = [{}]\n'


@pytest.mark.parametrize(
    ("workdays", "makeup", "off", "fault"),
    [
        (259, "", "2011-01-03", None),
        (260, "2011-01-08", "2011-01-03", None),
        (261, "", "2011-01-03", "全年应有 261 个工作日,按所列日期却是 259 个"),
        (259, "", "2011-01-01", "星期不对"),
        (260, "2011-01-07", "2011-01-03", "星期不对"),
        (259, "", "2012-01-03", "不在 2011 年"),
        (258, "", "2011-01-03, 2011-01-03", "写了两次"),
        (261, "2011-01-08, 2011-01-08", "2011-01-03", "写了两次"),
    ],
)
def test_a_year_whose_days_do_not_balance_is_a_misprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workdays: int, makeup: str, off: str, fault: str | None
) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2011.toml").write_text(PAGE.format(workdays, makeup, off), encoding="utf-8")
    monkeypatch.setattr(book, "ROOT", str(tmp_path))
    if fault is None:
        assert not calendar.is_working_day(date(2011, 1, 3))
        return
    with pytest.raises(Misprint, match=fault):
        calendar.year(2011)


@given(days, st.integers(1, 60))
def test_the_nth_working_day_is_a_working_day_with_n_of_them_up_to_it(start: date, n: int) -> None:
    end = calendar.working_days_after(start, n)
    assert chinese_calendar.is_workday(end)
    assert calendar.working_days_between(start, end) == n
    assert len(chinese_calendar.get_workdays(start + timedelta(days=1), end)) == n


@given(days)
def test_the_nearest_working_day_lies_on_the_right_side(day: date) -> None:
    after, before = calendar.on_or_after(day), calendar.on_or_before(day + timedelta(days=30))
    assert after >= day
    assert before <= day + timedelta(days=30)
    assert calendar.is_working_day(after)
    assert calendar.is_working_day(before)
    assert (after == day) == calendar.is_working_day(day)
