"""Headings, dates, names and print: what these rules see, in sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import checks, identities, report_forms
from gongkai.law.checks import Evidence
from gongkai.law.findings import Finding
from gongkai.law.heading_rules import chinese, numbered
from gongkai.law.values import number

FORM = report_forms.load("national_2021")
RULES = {check.id: check for check in checks.all_checks()}


def verdicts(rule: str, **known: object) -> list[str]:
    return [finding.verdict for finding in found(rule, **known)]


def found(rule: str, **known: object) -> list[Finding]:
    evidence = Evidence(known.pop("form", FORM), known.pop("figures", {}), **known)  # type: ignore[arg-type]
    return list(identities.run(RULES[rule], evidence))


def test_headings_are_read_in_their_usual_printings() -> None:
    lines = ["一、总体情况", "二.主动公开", "(三)监督", "\uff08四\uff09平台", "第五部分 问题", "十二、其他", "没有编号"]
    assert [(one.number, one.level) for one in numbered(lines)] == [(1, 1), (2, 1), (3, 2), (4, 2), (5, 1), (12, 1)]


@pytest.mark.parametrize(("count", "shown"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三")])
def test_numerals_of_headings(count: int, shown: str) -> None:
    assert chinese(count) == shown


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ("一二三四", "pass"),
        ("一一三四", "fail"),
        ("一二二三", "fail"),
        ("一二四", "ask"),
        ("二三四", "pass"),  # what stands before the first that was read cannot be told
        ("一二三一二四", "pass"),  # a list of its own inside part three
        ("一二三四五一二三六", "pass"),
        ("一二三四五六一二三四", "pass"),
        ("一二三四五六一二三五", "ask"),
        ("一二三四一二六", "ask"),  # the list begins again, and one of its heads was perhaps not read
    ],
)
def test_numbering(numbers: str, verdict: str) -> None:
    assert verdicts("T-NUM-01", headings=[f"{no}、第{place}件事" for place, no in enumerate(numbers)]) == [verdict]


def test_one_part_of_two_proceedings_is_announced_as_one() -> None:
    text = "本报告由概述、因政府信息公开申请行政复议、提起行政诉讼的情况、主要问题及改进措施和统计表共四个部分组成。"
    heads = ["一、概述", "二、因政府信息公开申请行政复议、提起行政诉讼的情况", "三、主要问题及改进措施", "四、统计表"]
    assert verdicts("T-PART-01", headings=heads, sections={"前言": text}) == ["pass"]


def test_rows_of_the_table_are_no_headings() -> None:
    rows = ["一、本年新收政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理"]
    assert verdicts("T-NUM-01", headings=["一、总体情况", "二、主动公开", *rows, "三、依申请公开"]) == ["pass"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("二〇一三年二月三十日", "fail"),
        ("2013年13月1日", "fail"),
        ("2012年2月29日", "pass"),
        ("2013年元月31日", "pass"),
        ("2017月1日", "fail"),
        ("2018年11日", "ask"),
    ],
)
def test_dates(text: str, verdict: str) -> None:
    assert verdicts("T-DATE-01", sections={"前言": f"于{text}印发。"}) == [verdict]


@pytest.mark.parametrize(
    ("organ", "on", "verdict"),
    [
        ("青川市水务局", date(2022, 1, 31), "pass"),
        ("青川市水务局", date(2022, 2, 1), "ask"),
        ("青川市人民政府", date(2022, 3, 31), "pass"),
        ("青川市人民政府", date(2022, 4, 1), "ask"),
    ],
)
def test_publication_after_the_date_of_law_is_asked_about(organ: str, on: date, verdict: str) -> None:
    assert verdicts("T-DUE-01", organ=organ, published_on=on, year=2021) == [verdict]


def test_a_report_of_2012_had_until_the_end_of_march() -> None:
    form = report_forms.load("jilin_city_2012")
    assert verdicts("T-DUE-01", form=form, published_on=date(2013, 3, 31), year=2012) == ["pass"]
    assert verdicts("T-DUE-01", form=form, published_on=date(2013, 4, 1), year=2012) == ["ask"]


def test_the_name_of_the_organ_misspelt_and_shortened() -> None:
    text = {"一": "青川市城市管理和执法局发文,青川市城市管理局转发。市城管局负责。"}
    (finding,) = found("T-NAME-01", organ="青川市城市管理和执法局", sections=text)
    assert finding.verdict == "ask"
    assert "市城管局" in finding.message


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("本报告由青川市水务局办公室编制。", "pass"),
        ("本报告由局办公室编制,请与市政务公开办公室联系。", "pass"),
        ("本报告由白沙县卫生健康局编制。", "ask"),
        ("如有疑问,请与白沙县教育体育局联系。", "ask"),
    ],
)
def test_who_compiled_the_report(text: str, verdict: str) -> None:
    assert verdicts("T-NAME-02", organ="青川市水务局", sections={"前言": text}) == [verdict]


def test_an_old_form_and_an_old_row_are_asked_about() -> None:
    old = report_forms.load("national_2019_2020")
    assert verdicts("S-OLD-01", form=old, year=2023) == ["ask"]
    assert verdicts("S-OLD-01", form=old, year=2020) == ["pass"]


def test_blank_for_zero_all_over_a_table_is_a_habit_and_one_blank_is_a_question() -> None:
    full = {cell.ref: number(0) for cell in FORM.cells if cell.table == "t3"}
    one_gap = {ref: value for ref, value in full.items() if ref != "t3.granted.total"}
    assert verdicts("S-CELL-01", figures=full) == ["pass"]
    (finding,) = found("S-CELL-01", figures=one_gap)
    assert (finding.verdict, finding.actual) == ("ask", "6")
    habit = {ref: value for ref, value in full.items() if ref.endswith(("natural_person", "total"))}
    assert verdicts("S-CELL-01", figures=habit) == ["pass"]


def test_a_sum_over_cells_that_were_not_settled_is_not_assessable() -> None:
    figures = {cell.ref: number(0) for cell in FORM.cells if cell.row != "granted"}
    figures |= {"t3.new_received.total": number(3), "t3.results_total.total": number(3)}
    refs = tuple(cell.ref for cell in FORM.cells if cell.row == "granted")
    findings = identities.check(FORM, figures, undecided=[(refs, len(refs))], year=2022)
    (finding,) = [one for one in findings if one.rule == "N21-T3-02" and one.message.startswith("总计")]
    assert finding.verdict == "not_assessable"
    assert "读不确定" in finding.message


def test_two_reports_with_the_same_figures() -> None:
    figures = {cell.ref: number(place % 11) for place, cell in enumerate(FORM.cells)}
    assert verdicts("S-SAME-01", figures=figures, others={"乙局": figures}) == ["ask"]
    assert verdicts("S-SAME-01", figures=figures, others={"乙局": figures | {"t3.granted.total": number(99)}}) == [
        "pass"
    ]
