"""Duties come round by their cycle; each task is answered by what was disclosed, or by why there was nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongkai.duties import actions, periods, queries
from gongkai.duties.ledgers import DUTIES, completed_duty
from gongkai.duties.measures import MEASURES
from gongkai.duties.models import Duty, DutyTask
from gongkai.duties.tests.conftest import AT, QUARTERLY, disclosed, moment
from gongkai.guides.tests.conftest import make_organ
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries, workbooks
from gongkai.records.importing import import_workbook
from gongkai.records.measures import Scope
from gongkai.records.models import Entry


def test_a_duty_takes_its_cycle_and_article_from_the_statutory_item(duty: Duty) -> None:
    assert (duty.cycle, duty.basis) == ("P3M", "《政府信息公开条例》(2019)第二十条第四项")


def test_a_duty_by_periods_without_a_first_day_is_refused_at_its_column() -> None:
    with pytest.raises(Refused) as no:
        completed_duty({**QUARTERLY, "starts_on": None}, None)
    assert no.value.code == "starts_on"


def test_what_changes_by_event_needs_no_first_day() -> None:
    values = completed_duty({**QUARTERLY, "disclosure_item": "20-02", "starts_on": None}, None)
    assert values["cycle"] == "event"


def test_a_workbook_of_duties_is_imported_like_any_register(bureau: Organ, zhang: Staff) -> None:
    book = workbooks.filled([DUTIES], {"duties": [{**QUARTERLY, "limit_days": 10}]})
    result = import_workbook(book, organ=bureau, ledgers=[DUTIES], by=zhang, at=AT)
    assert (result.faults, result.added) == ([], 1)
    assert Duty.objects.get(organ=bureau).limit_days == 10


@pytest.mark.parametrize(
    ("cycle", "first", "second"),
    [
        ("P7D", date(2024, 1, 8), date(2024, 1, 15)),
        ("P1M", date(2024, 2, 1), date(2024, 3, 1)),
        ("P3M", date(2024, 4, 1), date(2024, 7, 1)),
        ("P6M", date(2024, 7, 1), date(2025, 1, 1)),
        ("P1Y", date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_task_arises_on_the_day_after_each_period(cycle: str, first: date, second: date) -> None:
    duty = Duty(cycle=cycle, starts_on=date(2024, 1, 1))
    found = list(periods.ended(duty, second))
    assert [occasion.on for occasion in found] == [first, second]
    assert found[0].since == date(2024, 1, 1)
    assert periods.next_on(duty, first) == second


@given(
    cycle=st.sampled_from(["P7D", "P1M", "P3M", "P6M", "P1Y"]),
    starts=st.dates(date(2010, 1, 1), date(2024, 12, 31)),
    days=st.integers(0, 1500),
)
def test_periods_follow_each_other_without_gap_or_overlap(cycle: str, starts: date, days: int) -> None:
    duty = Duty(cycle=cycle, starts_on=starts)
    day = starts + timedelta(days=days)
    found = list(periods.ended(duty, day))
    assert all(one.on == later.since for one, later in pairwise(found))
    assert all(one.since < one.on <= day for one in found)
    assert not found or found[0].since == starts
    following = periods.next_on(duty, day)
    assert following is not None
    assert following > day


def test_no_task_arises_of_a_period_that_the_duty_did_not_outlast() -> None:
    duty = Duty(cycle="P3M", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 29))
    assert [one.on for one in periods.ended(duty, date(2025, 1, 1))] == [date(2024, 4, 1)]
    duty.ends_on = date(2024, 6, 30)
    assert [one.on for one in periods.ended(duty, date(2025, 1, 1))] == [date(2024, 4, 1), date(2024, 7, 1)]
    assert periods.next_on(duty, date(2024, 7, 1)) is None


@pytest.mark.parametrize(
    ("limit", "unit", "due"),
    [
        (None, "working_day", date(2025, 2, 5)),  # across the Spring Festival; Sunday 26 January is worked
        (10, "working_day", date(2025, 1, 15)),
        (15, "natural_day", date(2025, 1, 15)),
        (11, "natural_day", date(2025, 1, 13)),  # Saturday the 11th runs to Monday
    ],
)
def test_a_task_of_the_year_that_ended_is_due_within_its_limit(limit: int | None, unit: str, due: date) -> None:
    duty = Duty(cycle="P3M", starts_on=date(2024, 1, 1), limit_days=limit, limit_unit=unit)
    assert periods.due(duty, periods.Occasion(date(2024, 10, 1), date(2025, 1, 1))) == due


def test_where_the_calendar_is_not_out_the_day_is_left_open() -> None:
    duty = Duty(cycle="P3M", starts_on=date(2024, 1, 1), limit_days=30)
    assert periods.due(duty, periods.Occasion(date(2098, 10, 1), date(2099, 1, 1))) is None


def test_a_register_filled_in_today_asks_for_the_last_period_only_and_later_for_each(bureau: Organ, duty: Duty) -> None:
    (made,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    assert (made.number, made.since, made.due_on) == ("ZR-01@2025-01-01", date(2024, 10, 1), date(2025, 2, 5))
    assert actions.raise_due(bureau, by="gongkai work", at=AT) == []
    later = actions.raise_due(bureau, by="gongkai work", at=moment(date(2025, 7, 2)))
    assert [task.number for task in later] == ["ZR-01@2025-04-01", "ZR-01@2025-07-01"]
    assert Entry.objects.filter(act="raise_tasks").count() == 2
    last = DutyTask.objects.get(number="ZR-01@2025-07-01")
    assert [entry.act for entry in entries.about(last, "gxj")] == ["raise_tasks"]
    assert entries.verify() == []


def test_a_task_is_answered_with_what_was_disclosed(bureau: Organ, duty: Duty, zhang: Staff) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    row = disclosed(bureau, "2025-001", zhang, made_on=date(2025, 1, 10), published_on=date(2025, 1, 20))
    actions.fulfil(task, disclosure=row, by=zhang, at=moment(date(2025, 1, 21)))
    task.refresh_from_db()
    assert (task.state, task.disclosure, task.timing, task.closed_on) == ("done", row, "within", date(2025, 1, 21))


def test_late_is_judged_by_the_day_of_disclosure_and_needs_a_reason(bureau: Organ, duty: Duty, zhang: Staff) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    row = disclosed(bureau, "2025-001", zhang, made_on=date(2025, 1, 10), published_on=date(2025, 2, 10))
    with pytest.raises(Refused) as no:
        actions.fulfil(task, disclosure=row, by=zhang, at=moment(date(2025, 2, 11)))
    assert no.value.code == "late_reason"
    actions.fulfil(task, disclosure=row, late_reason="数据核定推迟", by=zhang, at=moment(date(2025, 2, 11)))
    task.refresh_from_db()
    assert (task.timing, task.late_reason) == ("over", "数据核定推迟")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"made_on": date(2025, 1, 10)}, "没有公开"),
        ({"made_on": date(2025, 1, 10), "attribute": "on_application"}, "没有公开"),
        ({"made_on": date(2024, 9, 1), "published_on": date(2024, 9, 30)}, "早于本期"),
    ],
)
def test_what_is_not_public_or_older_than_the_period_answers_nothing(
    values: dict[str, object], said: str, bureau: Organ, duty: Duty, zhang: Staff
) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    row = disclosed(bureau, "2025-001", zhang, **values)
    with pytest.raises(Refused, match=said):
        actions.fulfil(task, disclosure=row, by=zhang, at=AT)
    task.refresh_from_db()
    assert task.state == "open"


def test_nothing_arose_needs_a_word_and_can_be_sent_back_by_the_head(
    bureau: Organ, duty: Duty, zhang: Staff, zhao: Staff
) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    with pytest.raises(Refused):
        actions.report_nothing(task, reason=" ", by=zhang, at=AT)
    actions.report_nothing(task, reason="本季度停报", by=zhang, at=AT)
    with pytest.raises(Refused) as no:
        actions.reopen(task, reason="有数据", by=zhang, at=AT)
    assert no.value.code == "not_your_role"
    actions.reopen(task, reason="有数据", by=zhao, at=AT)
    task.refresh_from_db()
    assert (task.state, task.closed_on, task.reason) == ("open", None, "有数据")


def test_an_event_gives_cause_once_a_day(bureau: Organ, duty: Duty, zhang: Staff, wang: Staff) -> None:
    on = date(2025, 1, 3)
    with pytest.raises(Refused):
        actions.raise_event(duty, occasion="负责人变更", on=on, by=wang, at=AT)
    with pytest.raises(Refused) as no:
        actions.raise_event(duty, occasion="负责人变更", on=date(2025, 1, 7), by=zhang, at=AT)
    assert no.value.code == "on"
    actions.raise_event(duty, occasion="负责人变更", on=on, by=zhang, at=AT)
    with pytest.raises(Refused):
        actions.raise_event(duty, occasion="再变更", on=on, by=zhang, at=AT)


def test_a_column_is_stale_when_its_period_and_limit_have_passed_without_a_word(
    bureau: Organ, duty: Duty, zhang: Staff
) -> None:
    def stale(day: date) -> bool:
        (line,) = queries.lines(bureau, day)
        return line.is_stale

    assert not stale(date(2024, 4, 26))
    assert stale(date(2024, 5, 15))  # the first quarter of 2024 was due on 2024-04-28
    task = actions.raise_event(duty, occasion="首季", on=date(2024, 4, 1), by=zhang, at=AT)
    row = disclosed(bureau, "2024-001", zhang, made_on=date(2024, 4, 10), published_on=date(2024, 4, 20))
    actions.fulfil(task, disclosure=row, by=zhang, at=AT)
    assert not stale(date(2024, 5, 15))
    assert stale(date(2024, 12, 31))


def test_a_column_of_which_nothing_arose_is_not_stale(bureau: Organ, duty: Duty, zhang: Staff) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    assert queries.lines(bureau, date(2025, 2, 28))[0].is_stale
    actions.report_nothing(task, reason="停报", by=zhang, at=AT)
    assert not queries.lines(bureau, date(2025, 2, 28))[0].is_stale
    assert queries.lines(bureau, date(2025, 5, 31))[0].is_stale


def test_the_list_of_duties_costs_the_same_however_many(
    bureau: Organ, duty: Duty, zhang: Staff, django_assert_num_queries: object
) -> None:
    def asked() -> list[queries.Line]:
        with django_assert_num_queries(2):  # type: ignore[operator]
            return queries.lines(bureau, date(2025, 1, 6))

    assert len(asked()) == 1
    for place in range(2, 12):
        actions.record(organ=bureau, values={**QUARTERLY, "number": f"ZR-{place:02}"}, by=zhang, at=AT)
    assert len(asked()) == 11


def test_what_was_answered_is_counted_by_outcome_and_timing(bureau: Organ, duty: Duty, zhang: Staff) -> None:
    (task,) = actions.raise_due(bureau, by="gongkai work", at=AT)
    actions.report_nothing(task, reason="停报", by=zhang, at=AT)
    measures = {measure.name: measure for measure in MEASURES}
    scope = Scope((bureau.pk,), date(2025, 1, 1), date(2025, 12, 31))
    assert measures["duties.closed"].grouped(scope, ("state", "timing")) == {("nothing", "within"): 1}
    assert measures["duties.standing"].grouped(scope, ()) == {(): 1}


@pytest.mark.django_db(transaction=True)
def test_of_many_rounds_at_once_each_task_is_made_once() -> None:
    bureau = make_organ("gxj")
    for place in range(5):
        values = {**QUARTERLY, "number": f"ZR-{place:02}"}
        actions.record(organ=bureau, values=values, by="准备", at=AT)

    def one_round() -> int:
        try:
            return len(actions.raise_due(bureau, by="gongkai work", at=AT))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(one_round) for _ in range(4)]]
    assert sorted(made) == [0, 0, 0, 5]
    assert DutyTask.objects.count() == 5
    assert Entry.objects.filter(act="raise_tasks").count() == 1
