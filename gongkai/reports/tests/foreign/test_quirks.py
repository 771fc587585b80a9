"""Every oddity of published reports, drawn here in words and figures of our own."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.law.report_forms import load
from gongkai.law.values import number
from gongkai.papers import html
from gongkai.papers.reading import Reading
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.reading import read_reading, read_report
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.shapes import GLUED, SPACED, Shape
from gongkai.reports.tests.foreign.shapes import draw as as_text

NATIONAL, TRIAL = load("national_2021"), load("national_2019_2020")


def read_text(text: str) -> ReadReport:
    return read_reading(Reading([text], "", "text"), "a.txt")


def page(report: Invented) -> str:
    return html.document(draw(report.form, report.figures, {}, Facts(report.organ, report.year, date(2024, 1, 20))))


def value(read: ReadReport, ref: str) -> str:
    found = {cell.ref: cell for cell in read.cells}.get(ref)
    return "?" if found is None else {"number": str(found.value), "blank": ""}.get(found.value.kind, "-")


def row(read: ReadReport, name: str) -> str:
    form = read.form
    assert form is not None
    table = next(table for table in form.tables if any(one.id == name for one in table.rows))
    return "|".join(value(read, f"{table.id}.{name}.{column.id}") for column in table.columns)


def settled_is_true(report: Invented, read: ReadReport) -> None:
    assert read.form is report.form
    assert {cell.ref: cell.value for cell in read.cells if report.figures[cell.ref] != cell.value} == {}


# ── Running text ──


def trial_text() -> str:
    """Table two of the trial form, run together."""
    report = invent(TRIAL, 1, size=0)
    text = as_text(report, GLUED, 1)
    figures = {
        "行政许可": "20180",
        "行政处罚": "8814314",
        "行政强制": "7114",
        "行政事业性收费": "35-15",
        "政府集中采购": "191690.9913万元",
    }
    for label, run in figures.items():
        text = re.sub(rf"{label}[\d.-]+", f"{label}{run}", text, count=1)
    return text


def test_runs_of_table_two_are_open_with_the_true_way_among_the_candidates() -> None:
    read = read_text(trial_text())
    ways = {one.raw: ["|".join(str(value) for value in option) for option in one.candidates] for one in read.undecided}
    assert "20|18|0" in ways["20180"]
    assert "88|143|14" in ways["8814314"]
    assert "7|11|4" in ways["7114"]
    assert "19|16909913" in ways["191690.9913万元"]


def test_the_number_of_the_next_row_is_not_a_figure() -> None:
    text = as_text(invent(NATIONAL, 2, size=1), GLUED, 2)
    assert re.search(r"\d{7}2\.其他法律", text)
    settled_is_true(invent(NATIONAL, 2, size=1), read_text(text))


@pytest.mark.parametrize(
    ("run", "figures"),
    [
        ("200 000121", "20|0|0|0|0|1|21"),
        (" 0 00 0 0 0 0", "0|0|0|0|0|0|0"),
        ("000000 0", "0|0|0|0|0|0|0"),
        ("5 00000 5", "5|0|0|0|0|0|5"),
    ],
)
def test_stray_spaces_in_a_run(run: str, figures: str) -> None:
    report = invent(NATIONAL, 3, size=0)
    report.figures.update({cell.ref: number(0) for cell in NATIONAL.cells})
    text = as_text(report, GLUED, 3)
    for label in ("申请数量", "予以公开", "（七）总计"):
        text = re.sub(rf"{label}\d+", f"{label}{run}", text, count=1)
    assert row(read_text(text), "granted") == figures


def test_fifteen_figures_of_table_four_in_one_run() -> None:
    text = as_text(invent(NATIONAL, 3, size=0), GLUED, 3)
    text = re.sub(r"(尚未审结总计) \d+", r"\1 25380363300630003", text)
    read = read_text(text)
    assert row(read, "reconsideration") == "25|3|8|0|36"
    assert row(read, "litigation_after_reconsideration") == "3|0|0|0|3"


def test_a_group_heading_printed_again_behind_a_page_break() -> None:
    report = invent(NATIONAL, 5, size=1)
    text = as_text(report, SPACED, 5).replace("（四）无法提供", "\n— 7 —\n 三、本年度办 理结果 （四）无法提供")
    settled_is_true(report, read_text(text))
    assert len(read_text(text).cells) == len(report.figures)


def test_a_table_that_breaks_off_has_no_cells_behind_its_end() -> None:
    report = invent(NATIONAL, 5, size=1)
    text = as_text(report, GLUED, 5)
    read = read_text(text[: text.index("4.无正当理由大量反复申请") + len("4.无正当理由大量反复申请")])
    settled_is_true(report, read)
    assert value(read, "t3.not_processed_publication.total") != "?"
    assert value(read, "t3.not_processed_excessive.total") == "?"


def test_what_stands_around_the_text_of_a_saved_page() -> None:
    report = invent(NATIONAL, 6, size=1)
    junk = "索 引 号：XX-0300-2024-001 1111MicrosoftInternetExplorer402DocumentNotSpecified7.8 磅Normal0 "
    text = (
        f"首页 > 政务公开 > 年报 {junk} 微信 微博 <!--[if !supportLists]-->7、<!--[endif]-->\n"
        + as_text(report, GLUED, 6)
        + "\n附件下载 上一篇"
    )
    read = read_text(text)
    settled_is_true(report, read)
    assert "首页" not in read.text[slice(*read.body)]
    assert "上一篇" not in read.text[slice(*read.body)]
    assert "Microsoft" not in read.text


WRAPPED = """2024年报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容        本年制发件数          本年废止件数   现行有效件数
规章          0               0        4
行政规范性文件     31              7        210
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况
                                           法人或其他组织
                                  自然人                               总计
                                           商业   科研   社会公益 法律服务 其他
                                           企业   机构   组织   机构
一、本年新收政府信息公开申请数量                  41      3     0   0    0     0    44
二、上年结转政府信息公开申请数量                   2      0     0   0    0     0    2
三   （一）予以公开                        30      2     0   0    0     0    32
、
本             1.属于国家秘密             1       0     0   0    0     0    1
年
度             2.其他法律行政法规禁止公
办             开                    2       0     0   0    0     0   2
理    （三）
      不予       3.危及“三安全一稳定”         0       0     0   0    0     0    0
     公开       4.保护第三方合法权益          4       1     0   0    0     0    5
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况
                                  自然人                               总计
              5.要求行政机关确认或重新
                                   1       0     0   0    0     0    1
              出具已获取信息
     （六）     1.逾期不补正              3      0     0   0    0     0    3
     其他      2.逾期不缴费              0      0     0   0    0     0    0
     处理      3.其他                  0      0     0   0    0     0    0
    （七）总计                         41      3     0   0    0     0   44
四、结转下年度继续办理                       2      0     0   0    0     0    2
四、政府信息公开行政复议、行政诉讼情况
"""


def test_labels_shortened_and_wrapped_around_their_figures() -> None:
    """As a program that prints PDF text by its layout leaves it, a label running down beside the table."""
    read = read_text(WRAPPED)
    assert read.year == 2024
    assert row(read, "normative_documents") == "31|7|210"
    assert row(read, "refused_prohibited_by_law") == "2|0|0|0|0|0|2"
    assert row(read, "refused_third_party_rights") == "4|1|0|0|0|0|5"
    assert row(read, "not_processed_confirm_reissue") == "1|0|0|0|0|0|1"
    assert row(read, "other_correction_overdue") == "3|0|0|0|0|0|3"
    cell = next(cell for cell in read.cells if cell.ref == "t3.other_correction_overdue.total")
    assert cell.row_label.endswith("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")


def test_a_row_whose_words_are_not_of_the_form_takes_nothing_from_its_neighbours() -> None:
    report = invent(NATIONAL, 7, size=2)
    text = as_text(report, SPACED, 7).replace("3.补正后申请内容仍不明确", "3.本地增设的统计口径")
    read = read_text(text)
    settled_is_true(report, read)
    assert value(read, "t3.unable_still_unclear.total") == "?"
    assert value(read, "t3.unable_creation_required.total") != "?"
    assert any("本地增设" in one for one in read.not_understood)


def test_columns_of_another_form_are_not_read() -> None:
    report = invent(NATIONAL, 8, size=1)
    text = as_text(report, SPACED, 8).replace("本年制发件数 本年废止件数 现行有效件数", "上年件数 今年件数 合计件数")
    read = read_text(text)
    assert value(read, "t2_1.rules.in_force") == "?"
    assert any("栏目与格式不符" in one for one in read.not_understood)


def test_figures_that_stand_before_their_labels_are_not_read() -> None:
    """A converter put every row of figures above its label: nothing can be taken for certain."""
    report = invent(NATIONAL, 9, size=3)
    lines = as_text(report, Shape(between=" ", around=" ", after="\n"), 9)
    shifted = re.sub(r"^(\D*?\S*?[\u4e00-\u9fff”）]) ((?:\d+ ){6}\d+)$", r"\2\n\1", lines, flags=re.MULTILINE)
    read = read_text(shifted)
    settled_is_true(report, read)


def test_a_table_torn_into_labels_and_figures_is_not_read() -> None:
    report = invent(NATIONAL, 9, size=2)
    labels = [f"{one.label}" for one in NATIONAL.table("t3").rows]
    runs = [
        " ".join(str(report.figures[f"t3.{one.id}.{column.id}"]) for column in NATIONAL.table("t3").columns)
        for one in NATIONAL.table("t3").rows
        if one.role != "header"
    ]
    text = (
        f"{report.title}\n三、收到和处理政府信息公开申请情况\n"
        "申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
        + "\n".join(labels)
        + "\n"
        + "\n".join(runs)
    )
    read = read_text(text)
    assert [cell for cell in read.cells if report.figures[cell.ref] != cell.value] == []


# ── Pages ──


def test_labels_in_spans_of_one_letter_and_broken_lines() -> None:
    report = invent(NATIONAL, 10, size=1)
    source = page(report).replace(
        "三、本年度办理结果", "<span>三</span><span>、</span><span>本</span>年<b>度</b><p>办理</p><p>结果</p>"
    )
    source = source.replace("本年制发件数", "本年<br>制发件数").replace(
        "科研机构", "科研<o:p></o:p><span></span><br/>机构"
    )
    read = read_report(source.encode(), "a.html")
    assert read.figures() == report.figures


@pytest.mark.parametrize("blank", ["&nbsp;", "<o:p> </o:p>", "<p></p>", "<p>　&nbsp;</p>"])
def test_blank_is_not_zero(blank: str) -> None:
    report = invent(NATIONAL, 11, size=1)
    report.figures["t3.granted.natural_person"] = report.figures["t3.granted.total"]._replace(kind="blank", number=None)
    source = page(report)
    at = source.index("（一）予以公开")
    source = source[:at] + re.sub(r"(<td[^>]*>)\s*(</td>)", rf"\1{blank}\2", source[at:], count=1)
    assert row(read_report(source.encode(), "a.html"), "granted").startswith("|")


@pytest.mark.parametrize(
    "zero", ["&nbsp;0", "0 ", "　&nbsp;&nbsp;0", "<p>0</p><p>&nbsp;</p>", "<span>0</span><o:p></o:p>"]
)
def test_zero_is_zero_however_it_is_padded(zero: str) -> None:
    report = invent(NATIONAL, 12, size=0)
    source = re.sub(r">0<", f">{zero}<", page(report))
    assert read_report(source.encode(), "a.html").figures() == report.figures


def test_money_in_another_unit_and_in_two_spans() -> None:
    report = invent(TRIAL, 13, size=0)
    report.figures["t2_9.government_procurement.purchase_amount"] = number(0)
    source = page(report)
    at = source.index("政府集中采购")
    end = source.index("</tr>", at)
    source = (
        source[:at] + re.sub(r">0<", "><span>73802895.90</span><span>元</span><p></p><", source[at:end]) + source[end:]
    )
    assert value(read_report(source.encode(), "a.html"), "t2_9.government_procurement.purchase_amount") == "73802895.9"


def test_marks_of_absence_stay_apart_from_zero_and_blank() -> None:
    report = invent(NATIONAL, 14, size=0)
    report.figures.update({cell.ref: number(0) for cell in NATIONAL.cells if cell.row == "granted"})
    source = page(report)
    at = source.index("（一）予以公开")
    read = read_report((source[:at] + source[at:].replace(">0<", ">-<", 1)).encode(), "a.html")
    assert row(read, "granted") == "-|0|0|0|0|0|0"


# ── Markdown ──


def test_one_table_in_many_pieces_and_a_remark_behind_a_figure() -> None:
    text = """# 某某市财政局2023年政府信息公开工作年度报告

## 二、主动公开政府信息情况

| 第二十条第（一）项 | | | |
|---|---|---|---|
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| **规章** | 0 | 0 | 0 |
| 行政规范性文件 | 22（其中修订 16 件） | 3 | 55（含自然失效 29 件） |

## 三、收到和处理政府信息公开申请情况

| 申请人情况 | | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
|---|---|---|---|---|---|---|---|---|
| 一、本年新收政府信息公开申请数量 | | 8 | 1 | 0 | 0 | 0 | 0 | 9 |
| 二、上年结转政府信息公开申请数量 | | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

| 三、本年度办理结果 | （一）予以公开 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |
|---|---|---|---|---|---|---|---|---|

| （七）总计 | | 8 | 1 | 0 | 0 | | 0 | 9 |
|---|---|---|---|---|---|---|---|---|
| 四、结转下年度继续办理 | 0 | | 0 | 0 | 0 | 0 | 0 | |
"""
    read = read_report(text.encode(), "a.md")
    assert row(read, "normative_documents") == "22|3|55"
    assert row(read, "new_received") == "8|1|0|0|0|0|9"
    assert row(read, "granted") == "8|1|0|0|0|0|9"
    assert row(read, "results_total") == "8|1|0|0||0|9"
    assert row(read, "carried_forward") == "?|?|?|?|?|?|?"


# ── Annexes of a province ──


@pytest.mark.parametrize(
    ("total", "online", "appeals", "number"),
    [
        ("受理政府信息公开申请总数", "网络申请数", "行政申诉、举报数", "．"),
        ("受理政府信息依申请公开总数", "网上申请数", "接受行政诉讼、举报数", "、"),
        ("受理依申请公开信息总数", "网络申请数", "行政申诉数", "．"),
    ],
)
def test_a_provinces_annex_in_its_many_wordings(total: str, online: str, appeals: str, number: str) -> None:
    text = f"""某某县林业局2016年政府信息公开工作年度报告
附件：政府信息公开情况统计表
指标名称 计量 单位 2016 年度 历年累计
主动公开文件数 条 152 1130 其中：1{number}政府网站公开数 条 150 1100 2{number}政府公报公开数 条 2 30
{total} 件 7 19 其中：1{number}当面申请数 件 2 8 2{number}{online} 件 4 9 3{number}信函、传真申请数 件 1 2
对申请的答复总数 件 7 19 其中：1{number}同意公开答复数 件 6 17 2{number}同意部分公开答复数 件 0 0
3{number}不予公开答复数 件 1 2 4{number}其他类型答复数 件 0 0
{appeals} 件 0 0 行政复议数 件 1 1 行政诉讼数 件 0 0
"""
    read = read_text(text)
    assert read.form is load("local-fujian-2014")
    assert len(read.cells) == 30
    assert row(read, "disclosed_total") == "152|1130"
    assert row(read, "applications_online") == "4|9"
    cell = next(cell for cell in read.cells if cell.ref == "annex.applications_online.year")
    assert cell.row_label.endswith(online)
    assert cell.column_label == "2016年度"


def test_an_annex_with_one_column_of_figures() -> None:
    text = """某某镇人民政府2010年政府信息公开工作年度报告 统计表 指标名称 计量单位 2010年度
主动公开信息数 条 40 其中：1.网站公开 条 38 2.政府公报公开 条 2 受理依申请公开信息总数 条 0
其中：1.当面申请数 条 0 2.传真申请数 条 0 3.电子邮件申请数 条 0 4.网上申请数 条 0 5.信函申请数 条 0
对申请的答复数 条 0 其中：1.同意公开答复数 条 0 2.同意部分公开答复数 条 0 3.否决公开答复数 条 0
行政复议数 条 0 行政诉讼数 条 0 行政申诉数 条 0"""
    read = read_text(text)
    assert read.form is load("local-fujian-2011")
    assert value(read, "annex.disclosed_on_website.year") == "38"
    assert value(read, "annex.disclosed_on_website.cumulative") == "?"
    assert value(read, "annex.applications_other_form.year") == "?"
