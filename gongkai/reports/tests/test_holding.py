"""A report held against the registers: what agrees, what is asked, what was not registered then; the list behind it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.channels.models import Channel, Issue
from gongkai.guides.models import Edition
from gongkai.law import holdings
from gongkai.law.checks import Check
from gongkai.law.holdings import PRINTED
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import number
from gongkai.organs.models import Organ
from gongkai.reports import holding
from gongkai.reports.counting import MEASURES
from gongkai.reports.holding import Line, Told
from gongkai.reports.periods import Period
from gongkai.reports.tests import cast

FORM = load("jilin_city_2012")
TOTAL, COLUMN = "annex.disclosed_total.year", "annex.disclosed_on_website.year"


def told(organ: Organ, text: str = "", year: int = 2012, *, everything: bool = True, **figures: int) -> Told:
    """A report with this text and these figures of the year."""
    values = {FORM.resolve(f"annex.{row}.year").ref: number(value) for row, value in figures.items()}
    return Told(organ, FORM, Period(year), values, {"二": text}, everything)


def verdicts(told: Told) -> dict[str, str]:
    """Verdict by rule, or by cell."""
    return {
        line.finding.cells[0] if line.finding.cells else line.finding.rule: line.finding.verdict for line in lines(told)
    }


def lines(told: Told) -> list[Line]:
    return holding.lines(told)


@pytest.mark.parametrize("rule", [rule for rule in holdings.rules() if rule.kind != PRINTED], ids=lambda rule: rule.id)
def test_a_rule_about_the_text_counts_by_a_measure_and_its_dimensions(rule: Check) -> None:
    name, where = holdings.measures(rule)
    assert set(where) <= set(MEASURES[name].by)


def test_what_a_page_calls_public_are_measures() -> None:
    assert set(holdings.rules(PRINTED)[0].terms["public"]) <= set(MEASURES)


def test_text_and_table_agree_with_the_registers_or_are_asked_about(organ: Organ) -> None:
    text = "全年公开政府信息10条。在信息公开专栏发布信息9条。举办公开培训1次。在网站等载体上共发布信息7条。"
    found = verdicts(told(organ, text, disclosed_total=10, disclosed_on_website=9))
    assert found == {
        "K-ITEM-01": "pass", "K-COL-01": "ask", "K-TRAIN-01": "pass", "K-POST-01": "pass",
        TOTAL: "pass", COLUMN: "ask",
    }  # fmt: skip


def test_a_figure_of_the_table_fails_once_its_register_was_kept_before_the_year(organ: Organ) -> None:
    cast.disclosures(organ, 2011, other=1)
    assert verdicts(told(organ, "全年公开政府信息12条。", disclosed_total=12)) == {"K-ITEM-01": "ask", TOTAL: "fail"}


def test_a_year_before_the_register_is_not_counted(organ: Organ) -> None:
    found = lines(told(organ, "全年公开政府信息12条。", 2010, disclosed_total=12))
    assert {line.finding.verdict for line in found} == {"not_assessable"}
    assert {line.place for line in found} == {""}
    assert all("当时没有登记" in line.message for line in found)


def test_an_empty_register_beside_others_holds_nothing(organ: Organ) -> None:
    assert verdicts(told(organ, "全年没有收取任何费用。编印《简报》3期。")) == {"K-FEE-01": "pass", "K-JOUR-01": "ask"}
    stranger = cast.bureau("new")
    assert verdicts(told(stranger, "全年没有收取任何费用。")) == {"K-FEE-01": "not_assessable"}


def test_issues_to_date_are_counted_from_the_beginning(organ: Organ) -> None:
    channel = Channel.objects.create(organ=organ, number="j", name="经济动态", kind="periodical")
    for place, year in enumerate((2010, 2011, 2012)):
        Issue.objects.create(
            organ=organ, number=f"i{place}", channel=channel, issue_no=f"{place}", issued_on=date(year, 5, 1)
        )
    found = lines(told(organ, "截至目前,共创办《经济动态》3期。全年编印《经济动态》1期。"))
    assert [(line.finding.verdict, line.place) for line in found] == [("pass", "K-JOUR-01~"), ("pass", "K-JOUR-01")]


def test_a_revised_guide_has_an_edition_of_that_year(organ: Organ) -> None:
    text = "修订了政府信息公开指南。"
    assert verdicts(told(organ, text)) == {"K-GUIDE-01": "ask"}
    zhang, li = cast.zhang(organ), cast.li(organ)
    Edition.objects.create(
        organ=organ, kind="guide", code="guide", title="指南", state="published", submitted_by=zhang, approved_by=li,
        published_at=datetime(2012, 12, 31, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
    )  # fmt: skip
    assert verdicts(told(organ, text)) == {"K-GUIDE-01": "pass"}
    assert verdicts(told(organ, text, 2013)) == {"K-GUIDE-01": "ask"}


def test_the_list_behind_a_number_is_the_same_query(organ: Organ) -> None:
    said = told(organ, "全年公开政府信息10条。", disclosed_total=9, disclosed_on_website=7, training_attendances=0)
    for line in lines(said):
        behind = holding.records(said, line.place)
        assert str(behind.number) == line.finding.expected
    assert [row.number for row in holding.records(said, TOTAL).page(0, 2)] == [
        "2012-normative_documents-0000", "2012-normative_documents-0001",
    ]  # fmt: skip
    for place in ("", "K-NONE-01", "K-CELL-01", "K-ITEM-01~x", "annex.nothing.year"):
        with pytest.raises(Refused, match="没有"):
            holding.records(said, place)


def test_the_organ_above_looks_into_public_registers_only(organ: Organ) -> None:
    said = told(organ, "全年公开政府信息10条。收到政府信息公开申请9件。", disclosed_total=10, everything=False)
    assert verdicts(said) == {"K-ITEM-01": "pass", TOTAL: "pass", "K-APP-01": "not_assessable"}
    assert holding.records(said, "K-ITEM-01").count == 10
    for place in ("K-APP-01", "annex.applications_total.year"):
        with pytest.raises(Refused):
            holding.records(said, place)


def test_the_number_of_queries_does_not_grow_with_the_records(organ: Organ) -> None:
    text = "全年公开政府信息10条。举办公开培训1次。"
    with CaptureQueriesContext(connection) as few:
        lines(told(organ, text, disclosed_total=10))
    cast.disclosures(organ, 2012, public_funds=40)
    with CaptureQueriesContext(connection) as many:
        lines(told(organ, text * 3, disclosed_total=50, disclosed_on_website=7, training_attendances=0))
    assert len(many) == len(few) <= 6
