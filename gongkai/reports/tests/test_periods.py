"""Quarters and halves by the same means: counted for their days, drawn as tables, kept off the public list."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.papers import html, xlsx
from gongkai.reports import actions as reports
from gongkai.reports import assembling, package, public
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.models import Report
from gongkai.reports.periods import PERIODS, Period
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total"


def compiled(organ: Organ, zhang: Staff, code: str, year: int = 2012, form_id: str | None = None) -> Report:
    made = reports.create(organ, year, form_id, by=zhang, at=AT, period_code=code)
    return reports.compile(made, by=zhang, at=AT)


def value(report: Report, ref: str) -> int:
    found = assembling.values(report)[ref].number
    assert found is not None
    return int(found)


def test_periods_follow_each_other_without_gap_and_overlap() -> None:
    for code, _ in PERIODS:
        period = Period(2012, code)
        assert (period.first - period.before.last).days == 1
    quarters = [Period(2012, f"q{place}") for place in (1, 2, 3, 4)]
    assert (quarters[0].first, quarters[3].last) == (Period(2012).first, Period(2012).last)
    assert Period(2012, "q1").last == date(2012, 3, 31)
    with pytest.raises(Refused, match="期间"):
        Period(2012, "q5")


def test_the_quarters_add_up_to_the_year(organ: Organ, zhang: Staff) -> None:
    cast.disclosures(organ, 2012, public_funds=300)
    whole = value(compiled(organ, zhang, "year"), f"{TOTAL}.year")
    quarters = [value(compiled(organ, zhang, f"q{place}"), f"{TOTAL}.year") for place in (1, 2, 3, 4)]
    halves = [value(compiled(organ, zhang, code), f"{TOTAL}.year") for code in ("h1", "h2")]
    assert sum(quarters) == sum(halves) == whole == 310
    assert all(quarters)


def test_the_cumulative_column_counts_up_to_the_last_day_of_the_period(organ: Organ, zhang: Staff) -> None:
    cast.disclosures(organ, 2011, public_funds=4)
    cast.disclosures(organ, 2012, public_funds=300)
    second = compiled(organ, zhang, "q2")
    first = compiled(organ, zhang, "q1")
    assert value(first, f"{TOTAL}.cumulative") == 4 + value(first, f"{TOTAL}.year")
    assert value(second, f"{TOTAL}.cumulative") == value(first, f"{TOTAL}.cumulative") + value(second, f"{TOTAL}.year")


def test_a_part_of_the_year_is_drawn_as_tables_and_goes_through_the_same_hands(organ: Organ, zhang: Staff) -> None:
    quarter = compiled(organ, zhang, "q1")
    assert not quarter.sections.exists()
    assert reports.check(quarter, by=zhang, at=AT)
    published = cast.published(quarter, zhang, accepting="")
    page = bytes(published.files.get(format="html").content).decode()
    assert "2012年第一季度政府信息公开工作统计表" in page
    assert "2012年第一季度发生数" in page
    assert "2012年1月1日至3月31日期间" in page
    read = package.parse(bytes(published.files.get(format="json").content))
    assert (read.period_code, read.values) == ("q1", assembling.values(published))


@pytest.mark.parametrize("form_id", cast.FOUR)
@pytest.mark.parametrize("code", ["q2", "h2"])
def test_its_tables_are_read_back(organ: Organ, zhang: Staff, form_id: str, code: str) -> None:
    quarter = compiled(organ, zhang, code, 2012, form_id)
    paper = assembling.paper(quarter)
    shown = {ref: str(value) for ref, value in assembling.values(quarter).items()}
    for name, data in (("page.html", html.document(paper).encode()), ("book.xlsx", xlsx.write(paper))):
        found = read_report(data, name)
        assert found.form is not None
        assert found.form.id == form_id
        assert {ref: str(value) for ref, value in found.figures().items()} == shown


def test_a_part_of_the_year_is_not_among_the_public_annual_reports(organ: Organ, zhang: Staff) -> None:
    cast.published(compiled(organ, zhang, "q1"), zhang, accepting="")
    assert public.published() == []
    with pytest.raises(Refused):
        public.report_page(organ.code, 2012)


def test_every_period_of_a_year_has_one_report_a_form(organ: Organ, zhang: Staff) -> None:
    compiled(organ, zhang, "q1")
    compiled(organ, zhang, "q2")
    with pytest.raises(Refused, match=r"第一季度.*已经建立"):
        compiled(organ, zhang, "q1")


def test_what_a_quarter_carries_over_is_held_against_the_quarter_before(organ: Organ, zhang: Staff) -> None:
    cast.application(organ, "open", date(2022, 3, 30))
    first = compiled(organ, zhang, "q1", 2022)
    assert assembling.values(first)["t3.carried_forward.total"] == number(2)
    second = compiled(organ, zhang, "q2", 2022)
    told = {one.rule: one.verdict for one in reports.check(second, by=zhang, at=AT)}
    assert told["N21-T3-04"] == "pass"
