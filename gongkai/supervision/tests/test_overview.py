"""How the organs below stand: published ones with their findings, of others the progress alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.organs.models import Organ, Staff
from gongkai.reports.tests.cast import AT
from gongkai.supervision import actions as supervision
from gongkai.supervision import queries
from gongkai.supervision.tests.conftest import YEAR, make_bureau, publish


def test_each_organ_below_is_told_of_with_how_far_it_has_come(bureaus: list[Organ], city: Organ) -> None:
    told = [(one.organ.code, one.state, one.is_published) for one in queries.overview(city, YEAR)]
    assert told == [("A", "published", True), ("B", "published", True), ("C", "compiled", False), ("D", "", False)]


def test_of_a_draft_nothing_but_its_progress_is_given(bureaus: list[Organ], city: Organ) -> None:
    draft = queries.overview(city, YEAR)[2]
    assert (draft.report, draft.failing) == (None, 0)


def test_what_a_published_report_fails_is_counted(bureaus: list[Organ], city: Organ) -> None:
    first = queries.overview(city, YEAR)[0]
    assert first.report is not None
    assert first.failing == first.report.findings.filter(verdict="fail").count() > 0


def test_the_statutory_day_and_its_article_are_given(bureaus: list[Organ], city: Organ) -> None:
    late = queries.overview(city, YEAR)[3]
    assert late.due == date(2025, 1, 31)
    assert "第四十九条" in late.cite
    assert late.is_overdue(date(2025, 2, 1))
    assert not late.is_overdue(date(2025, 1, 31))
    assert not queries.overview(city, YEAR)[0].is_overdue(date(2026, 1, 1))


def test_organs_that_did_not_exist_then_and_organs_further_down_are_left_out(bureaus: list[Organ], city: Organ) -> None:
    Organ.objects.filter(code="A").update(established_on=date(2025, 5, 1))
    Organ.objects.filter(code="B").update(abolished_on=date(2024, 6, 30))
    make_bureau("C1", "松江市C局下属", bureaus[2])
    assert [one.organ.code for one in queries.overview(city, YEAR)] == ["C", "D"]


def test_the_number_of_queries_does_not_grow_with_organs(
    bureaus: list[Organ], city: Organ, qian: Staff, django_assert_max_num_queries: Any
) -> None:
    asked = []
    for more in (0, 3):
        for n in range(more):
            publish(make_bureau(f"M{n}", f"松江市M{n}局", city), n)
        with django_assert_max_num_queries(5) as counted:
            queries.overview(city, YEAR)
        asked.append(len(counted))
    assert asked[0] == asked[1]


def test_who_is_late_and_not_reminded_is_told_by_one_query_as_the_overview_tells_it(
    bureaus: list[Organ], city: Organ, qian: Staff, django_assert_num_queries: Any
) -> None:
    today = date(2025, 3, 20)
    supervision.remind(bureaus[3], year=YEAR, due_on=date(2025, 3, 21), letter="请报。", by=qian, at=AT)
    make_bureau("E", "松江市E局", city)
    for day in (date(2025, 1, 31), today, date(2025, 3, 22)):
        late = [
            one.organ.code
            for one in queries.overview(city, YEAR)
            if one.is_overdue(day) and not any(sent.due_on >= day for sent in one.reminders)
        ]
        with django_assert_num_queries(1):
            assert [organ.code for organ, _ in queries.unreminded(city, YEAR, day)] == late
    assert late == ["C", "D", "E"]
