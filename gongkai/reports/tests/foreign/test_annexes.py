"""Annexes of one column or two, rows that some printings add or move, and figures that count but do not add up."""

from __future__ import annotations

import re

from gongkai.law.report_forms import load
from gongkai.reports.checking.judging import judge
from gongkai.reports.tests.foreign.invention import invent
from gongkai.reports.tests.foreign.shapes import GLUED
from gongkai.reports.tests.foreign.shapes import draw as as_text
from gongkai.reports.tests.foreign.test_quirks import NATIONAL, read_text, row

ANNEX = """望海县水务局2014年政府信息公开工作年度报告 一、概述 今年开展了工作。二、主动公开政府信息情况
全年公开信息,2014年度的情况如下。七、附表 指标名称
计量单位年末统计主动公开信息数条51其中:1、网站公开条51
2、政府公报公开条0受理依申请公开信息总数条2其中:1、当面申请数条0 2、传真申请数条1 3、电子邮件申请数条1
望海县水务局2015年1月9日"""


def test_an_annex_of_one_column_says_nothing_of_years_before() -> None:
    read = read_text(ANNEX)
    assert read.form is load("local-fujian-2011")
    assert row(read, "disclosed_total") == row(read, "disclosed_on_website") == "51|?"
    assert row(read, "applications_received") == "2|?"
    assert row(read, "applications_by_email") == "1|?"
    assert {cell.column_label for cell in read.cells} == {"年末统计"}
    assert read.undecided == []
    failed = {one.rule for one in judge(read) if one.verdict == "fail"}
    assert not failed & {"F-02", "F11-01", "F11-02"}


def test_the_text_before_a_table_is_not_taken_for_its_head() -> None:
    read = read_text(ANNEX)
    assert "2014年度的情况如下" in "".join(read.sections.values())


def test_rows_behind_the_last_of_the_form_and_numbers_without_a_point_are_read() -> None:
    lines = [
        "望海县水务局2016年政府信息公开情况统计表 指标名称 单位 2016年度 历年累计 主动公开文件数 条 7 90",
        "其中:1.政府网站公开数条 7 90 2.政府公报公开数条 0 0 受理政府信息公开申请总数条 3 8",
        "其中:1.当面申请数条 0 0 2.网络申请数条 1 2 3.信函申请数条 2 6 对申请的答复总数条 3 8",
        "其中:1同意公开答复数条 2 7 2.同意部分公开答复数条 1 1 3.不予公开答复数条 0 0 4.其他类型答复数条 0 0",
        "政府信息公开收费减免金额元 40 60 行政复议数件 0 1 行政诉讼数件 0 2 接受行政申诉、举报数件 0 3",
    ]
    read = read_text(" ".join(lines))
    assert row(read, "replies_total") == "3|8"
    assert row(read, "replies_granted") == "2|7"
    assert row(read, "applications_by_letter_or_fax") == "2|6"
    assert row(read, "fee_reductions") == "40|60"
    assert row(read, "complaints") == "0|3"


def test_as_many_digits_as_cells_are_a_figure_each_though_the_sums_are_wrong() -> None:
    report = invent(NATIONAL, 2, size=0)
    text = as_text(report, GLUED, 1)
    head, _, rest = text.rpartition("总计")
    run = re.match(r"\D*(\d+)", rest)
    assert run is not None
    read = read_text(f"{head}总计{rest.replace(run[1], '010000000000000', 1)}")
    assert row(read, "reconsideration") == "0|1|0|0|0"
    assert row(read, "litigation_direct") == "0|0|0|0|0"


def test_a_title_broken_by_a_blank_does_not_cut_the_name_of_the_organ() -> None:
    read = read_text("望海县水务局2017 年政府信息公开工作年度报告引言根据条例编制。一、概述工作有序开展。")
    assert read.text[slice(*read.body)].startswith("望海县水务局2017")


def test_a_head_with_one_letter_wrong_is_still_the_head() -> None:
    report = invent(NATIONAL, 4, size=0)
    text = as_text(report, GLUED, 1)
    assert "本年废止件数" in text
    read = read_text(text.replace("本年废止件数", "本年废纸件数"))
    assert row(read, "rules") == row(read_text(text), "rules") != "?|?|?"


def test_heads_of_a_matrix_that_stand_one_letter_above_the_other_are_known() -> None:
    report = invent(NATIONAL, 4, size=0)
    head, _, rest = as_text(report, GLUED, 1).rpartition("总计")
    start = head.rindex("行政复议")
    stacked = (
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        + "结 结 其 尚\n果 果 他 未 总\n维 纠 结 审 计\n持 正 果 结\n" * 3
    )
    run = re.match(r"\D*(\d+)", rest)
    assert run is not None
    figures = "2 0 1 0 3 0 0 0 0 0 1 0 0 0 1"
    read = read_text(head[:start] + stacked + figures + "\n" + rest[len(run[0]) :])
    assert row(read, "reconsideration") == "2|0|1|0|3"
    assert row(read, "litigation_after_reconsideration") == "1|0|0|0|1"


def test_a_run_that_its_number_of_digits_cuts_against_a_limit_is_not_decided() -> None:
    """130 may be 1, 3 and 0, or 13, 0 and a blank: more issued than in force makes the blank likely."""
    report = invent(NATIONAL, 4, size=0)
    text = re.sub(r"规章\d{3}", "规章130", as_text(report, GLUED, 1), count=1)
    read = read_text(text)
    assert row(read, "rules") == "?|?|?"
    (one,) = [one for one in read.undecided if one.raw == "130"]
    ways = ["|".join(str(value) for value in option) for option in one.candidates]
    assert "1|3|0" in ways
    assert "13|0|" in ways
    assert row(read_text(text.replace("规章130", "规章103")), "rules") == "1|0|3"


def test_the_text_may_tell_where_the_figures_of_all_years_begin() -> None:
    """6262027 is cut by the sum of all years that the text gives, whatever it says of this year."""
    text = "望海县国土局2017年政府信息公开年度报告\n一、概述\n二、主动公开政府信息的情况\n"
    text += "2017年度,主动公开政府信息733条。历年累计主动公开政府信息2027条。\n七、附表\n"
    text += "指标名称单位2017年度历年累计主动公开文件数条6262027其中:1.政府网站公开数条62620272.政府公报公开数条00"
    text += "受理政府信息公开申请总数条1423其中:1.当面申请数条152.网上申请数条243.信函、传真申请数条1114"
    text += "对申请的答复总数条1423其中:1.同意公开答复数条1102.同意部分公开答复数条553.不予公开答复数条00"
    text += "4.其他类型答复数条88"
    found = read_text(text)
    assert row(found, "disclosed_total") == "626|2027"
    assert row(found, "disclosed_on_website") == "626|2027"


def test_where_figures_are_misread_a_year_beyond_all_years_is_not_taken_for_one() -> None:
    """A figure torn by a gap beside a blank that left nothing."""
    text = "望海县国土局2012年政府信息公开年度报告\n一、概述\n附件:政府信息公开情况统计表\n"
    text += "指标名称 计量单位 2012年度 历年累计\n主动公开信息数 条 {} 31\n受理依申请公开信息总数 条 4 9\n"
    text += "对申请的答复数 条 4 9\n行政复议数 件 76 7\n行政诉讼数 件 0 0\n行政申诉、举报数 件 0 2\n"
    assert row(read_text(text.format("9")), "reconsideration") == "76|7"
    assert row(read_text(text.format("I9")), "reconsideration") == "?|?"
