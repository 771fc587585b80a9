"""Deadlines: the book's examples, the published vectors, and what must hold for every date."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import book, calendar, clocks, proofreading, time_limits
from gongkai.law.clocks import Event, due, event
from gongkai.law.refusal import Refused

SHARED = Path(__file__).resolve().parents[4] / "shared" / "law" / "workday_examples.toml"
WORKING_DAY_RULES = [
    name for name in time_limits.names() if {v.unit for v in time_limits.rule(name).versions} == {"working_day"}
]
ONE_DAY = timedelta(days=1)
received = st.dates(date(2019, 5, 15), date(2026, 6, 30))


def book_examples() -> list[Any]:
    """Every example of every time-limit page."""
    return [
        pytest.param(name, example, id=f"{name}-{example['start']}-{'-'.join(example.get('events', ()))}")
        for name in book.pages("time_limits")
        for example in book.page("time_limits", name)["example"]
    ]


@pytest.mark.parametrize(("rule", "example"), book_examples())
def test_an_example_of_the_book_comes_out_as_written(rule: str, example: dict[str, Any]) -> None:
    assert proofreading.outcome(rule, example) == example.get("due", example.get("refused"))


def vectors() -> list[dict[str, Any]]:
    if not SHARED.exists():
        return []
    found: list[dict[str, Any]] = tomllib.loads(SHARED.read_text(encoding="utf-8"))["example"]
    return found


def test_every_published_vector_is_an_example_of_the_book() -> None:
    if not SHARED.exists():
        pytest.skip(f"没有 {SHARED},不能与算例核对")
    kept: dict[str, list[object]] = {}
    for name in book.pages("time_limits"):
        for example in book.page("time_limits", name)["example"]:
            kept.setdefault(example.get("id", ""), []).append(example.get("due", example.get("refused")))
    for vector in vectors():
        expected = vector.get("expect") or vector["expect_error"].partition(":")[0]
        assert kept[vector["id"]] == [expected] * len(kept[vector["id"]])


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: str(vector["id"]))
def test_a_published_vector_counts_as_published(vector: dict[str, Any]) -> None:
    start, n = vector["start"], vector["n"]
    if "expect_error" in vector:
        with pytest.raises(Refused, match="2027") as no:
            calendar.working_days_after(start, n)
        assert f"{no.value.code}:2027" == vector["expect_error"]
    elif vector["unit"] == "wd":
        assert calendar.working_days_after(start, n) == vector["expect"]
    else:
        assert calendar.on_or_after(start + timedelta(days=n)) == vector["expect"]


def test_a_document_made_before_national_day_is_due_after_it() -> None:
    found = due("proactive_disclosure", date(2012, 9, 26))
    assert found.due == date(2012, 10, 30)
    assert found.made_up == (date(2012, 9, 29),)
    assert (date(2012, 10, 1), "国庆节放假") in found.skipped
    assert (date(2012, 9, 30), "周末") in found.skipped
    assert (found.limit, found.unit, found.mark) == (20, "working_day", "M")
    assert found.cite == "《政府信息公开条例》(2007)第十八条"


@given(st.sampled_from(WORKING_DAY_RULES), received)
def test_a_deadline_in_working_days_equals_the_naive_count(rule: str, start: date) -> None:
    try:
        found = due(rule, start)
    except Refused as no:
        assert no.code in ("rule_not_in_force", "calendar_year_unknown")  # noqa: PT017 - both are right answers
        return
    span = [start + timedelta(days=n) for n in range(1, (found.due - start).days + 1)]
    worked = [day for day in span if chinese_calendar.is_workday(day)]
    assert len(worked) == found.limit
    assert worked[-1] == found.due
    assert [day for day, _ in found.skipped] == [day for day in span if day not in worked]
    assert list(found.made_up) == [day for day in worked if day.weekday() >= 5]


@given(received, st.integers(0, 20))
def test_what_arrives_later_is_never_due_earlier(start: date, later: int) -> None:
    second = min(start + timedelta(days=later), date(2026, 6, 30))
    assert due("reply", start).due <= due("reply", second).due


@given(received, st.integers(0, 15), st.integers(0, 40))
def test_a_suspension_moves_the_deadline_by_the_working_days_it_takes(start: date, wait: int, length: int) -> None:
    start = min(start, date(2026, 3, 1))
    sent = start + timedelta(days=wait)
    answered = sent + timedelta(days=length)
    plain, suspended = due("reply", start), due("reply", start, [Event("suspend", sent, answered)])
    lost = calendar.working_days_between(sent, answered)
    assert suspended.due == (calendar.working_days_after(plain.due, lost) if lost else plain.due)


@given(received, st.integers(0, 60))
def test_a_restart_forgets_everything_before_it(start: date, wait: int) -> None:
    start = min(start, date(2026, 3, 1))
    again = start + timedelta(days=wait)
    before = [Event("suspend", start, start + ONE_DAY), Event("extend")] if wait else []
    assert due("reply", start, [*before, Event("restart", again)]).due == due("reply", again).due


@given(received, st.integers(1, 20))
def test_an_extension_runs_on_from_the_first_deadline(start: date, days: int) -> None:
    start = min(start, date(2026, 3, 1))
    first = due("reply", start).due
    assert due("reply", start, [Event("extend", amount=days)]).due == calendar.working_days_after(first, days)
    assert due("reply", start, [event("extend")]).due == due("reply_extension_max", first).due


@given(st.dates(date(2024, 1, 1), date(2026, 6, 1)))
def test_a_period_of_natural_days_ends_on_the_first_working_day_from_its_last_day(start: date) -> None:
    found = due("reconsideration_application", start)
    last = start + timedelta(days=60)
    assert found.due == next(day for n in range(30) if chinese_calendar.is_workday(day := last + n * ONE_DAY))


@given(st.dates(date(2015, 5, 1), date(2026, 3, 1)))
def test_six_months_end_on_the_same_day_of_the_month_or_at_its_end(start: date) -> None:
    found = due("litigation_direct", start)
    last = min((day for day, _ in found.skipped), default=found.due)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == 6
    assert last.day == start.day or (last.day < start.day and (last + ONE_DAY).day == 1)


def test_a_fixed_date_on_a_sunday_stays_and_names_the_last_working_day_before() -> None:
    found = due("report_all", date(2012, 12, 31))
    assert found.due == date(2013, 3, 31)
    assert any("2013-03-29" in note for note in found.notes)


def test_a_fixed_date_is_the_first_one_after_the_start() -> None:
    assert due("report_government", date(2024, 3, 30)).due == date(2024, 3, 31)
    assert due("report_government", date(2024, 3, 31)).due == date(2025, 3, 31)


def test_a_fixed_date_in_a_year_without_calendar_is_known_but_its_weekday_is_not_judged() -> None:
    found = due("report_department", date(2026, 12, 31))
    assert found.due == date(2027, 1, 31)
    assert any("没有 2027 年的工作日历" in note for note in found.notes)


def test_an_application_across_the_change_of_law_keeps_the_old_period_and_is_flagged() -> None:
    found = due("reply", date(2019, 5, 6))
    assert (found.due, found.limit) == (date(2019, 5, 27), 15)
    assert any("请人工确认" in note for note in found.notes)
    assert not due("reply", date(2019, 4, 15)).notes[0].startswith("新旧")
    assert due("reply", date(2019, 5, 15)).limit == 20
    assert due("reply", date(2019, 5, 6), on=date(2019, 5, 15)).limit == 20


def test_a_local_rule_says_where_it_applies() -> None:
    assert any(note.startswith("吉林市") for note in due("reading_point_delivery", date(2012, 9, 20)).notes)


def test_hours_run_through_the_holiday_to_the_minute() -> None:
    found = due("opinion_event_response", datetime(2026, 10, 1, 9, 30))
    assert found.due == date(2026, 10, 3)
    assert "至 2026-10-03 09:30" in found.notes


def test_a_consultation_longer_than_the_law_allows_is_noted() -> None:
    found = due("reply", date(2024, 3, 1), [event("suspend:2024-03-04/2024-04-30")])
    assert any("请核对收到日" in note for note in found.notes)


def test_a_suspension_after_the_deadline_changes_nothing_and_says_so() -> None:
    found = due("reply", date(2024, 3, 1), [event("suspend:2024-04-15/2024-04-30")])
    assert found.due == due("reply", date(2024, 3, 1)).due
    assert any("已经届满" in note for note in found.notes)


@pytest.mark.parametrize(
    ("rule", "start", "events", "code"),
    [
        ("correction_notice", "2012-01-16", [], "rule_not_in_force"),
        ("report_all", "2019-12-31", [], "rule_not_in_force"),
        ("correction_notice", "2023-01-16", ["extend"], "event_not_known"),
        ("reply", "2023-01-16", ["restart:2023-01-15"], "event_too_early"),
        ("reply", "2023-01-16", ["suspend:2023-02-03/2023-02-02"], "event_backwards"),
        ("reply", "2023-01-16", ["extend:21"], "extension_too_long"),
        ("reply", "2018-01-16", ["extend:16"], "extension_too_long"),
        ("reply", "2023-01-16", ["extend:5", "extend:5"], "already_extended"),
        ("reply", "2026-12-14", [], "calendar_year_unknown"),
    ],
)
def test_what_the_rule_does_not_allow_is_refused(rule: str, start: str, events: list[str], code: str) -> None:
    with pytest.raises(Refused) as no:
        due(rule, date.fromisoformat(start), [event(text) for text in events])
    assert no.value.code == code
    assert no.value.cite


@pytest.mark.parametrize(
    "text", ["", "pause", "restart", "restart:soon", "suspend:2024-01-01", "extend:many", "extend:1.5"]
)
def test_an_event_that_cannot_be_read_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(Refused, match="restart:2023-02-03") as no:
        clocks.event(text)
    assert no.value.code == "bad_event"
