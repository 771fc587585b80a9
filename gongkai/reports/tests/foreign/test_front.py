"""What a report says of itself: title, organ, year, dates, headings, and its text by sections with places that hold."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.report_forms import load
from gongkai.papers.reading import Reading
from gongkai.reports.foreign.front import dates, front
from gongkai.reports.foreign.outline import headings
from gongkai.reports.foreign.reading import read_reading
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.foreign.wording import column_label, row_label
from gongkai.reports.tests.foreign.invention import invent
from gongkai.reports.tests.foreign.shapes import SHAPES, draw


def read_text(text: str) -> ReadReport:
    return read_reading(Reading([text], "", "text"), "a.txt")


@pytest.mark.parametrize(
    ("text", "organ", "year"),
    [
        ("首页 政务公开 年报 松山县水利局2015年度政府信息公开工作年度报告 来源：", "松山县水利局", 2015),
        ("临江市人民政府\n2024 年政府信息公开工作年度报告\n本报告由", "临江市人民政府", 2024),
        ("2023年报告\n一、总体情况", "", 2023),
        ("河口区教育局2017年信息公开工作年度报告\n现将我局2017年政府信息公开工作报告如下", "河口区教育局", 2017),
        ("河口区教育局二〇一三年政府信息公开年度报告", "河口区教育局", 2013),
        ("河口区教育局二0一0年政府信息公开年度报告", "河口区教育局", 2010),
        ("青石镇人民政府 2019年政务公开工作年度报告", "青石镇人民政府", 2019),
        ("现公布2011年度政府信息公开年度报告。 望海新区管理委员会\n2012年3月2日", "望海新区管理委员会", 2011),
        ("本报告由松山县统计局根据条例编制，数据自2020年1月1日起至2020年12月31日止。", "松山县统计局", 2020),
    ],
)
def test_the_organ_and_the_year(text: str, organ: str, year: int) -> None:
    said = front(text, len(text))
    assert (said.organ, said.year) == (organ, year)


@pytest.mark.parametrize(
    ("file", "organ"),
    [
        ("reports/松山县水利局2021年政府信息公开工作年度报告.txt", "松山县水利局"),
        ("80628_河口区管委会办公室2022年度政府信息公开工作年度报告/page.txt", "河口区管委会办公室"),
        ("2021年报告（望海新区管理委员会）.pdf", "望海新区管理委员会"),
        ("JIANGSU-SHIZHENGFU-2023.txt", ""),
        ("2023年政府信息公开工作年度报告.docx", ""),
    ],
)
def test_the_name_of_the_file_tells_the_organ_where_the_text_does_not(file: str, organ: str) -> None:
    text = "一、总体情况 2022年,各项工作按要求开展。"
    assert front(text, len(text), file).organ == organ


def test_the_full_name_goes_before_a_shortened_one() -> None:
    text = "松山市工信局2012年政府信息公开工作年度报告 如有疑问请与松山市工业和信息化局联系。松山市财政局等协助。"
    assert front(text, len(text)).organ == "松山市工业和信息化局"


def test_a_report_without_a_name_is_of_the_place_that_it_calls_its_own_and_that_is_said() -> None:
    text = "一、总体情况 我市各级机关公开信息。我市收费的有临江市公安局、临江市自然资源和规划局,松山县民政局。"
    read = read_text(text * 3)
    assert read.organ == "临江市"
    assert any("推为“临江市”" in one for one in read.not_understood)
    assert read_text("我局依规办理。我局收到临江市公安局来函,临江市财政局来函。").organ == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012年2月20日", date(2012, 2, 20)),
        ("２０１２年２月２０日", date(2012, 2, 20)),
        ("二○一二年二月二十日", date(2012, 2, 20)),
        ("二〇一三年元月十六日", date(2013, 1, 16)),
        ("2022-01-19 09:28", date(2022, 1, 19)),
        ("2022 年 1 月13 日", date(2022, 1, 13)),
    ],
)
def test_a_date_in_any_writing(text: str, day: date) -> None:
    said = front(text, len(text))
    assert [found for found, _ in said.dates or []] == [day]


@pytest.mark.parametrize("text", ["2018年11日", "2017月1日", "自至", "2012年13月40日", "0598-7500615"])
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert list(dates(text)) == []


def test_the_days_of_period_publication_and_signature() -> None:
    text = (
        "来源： 时间：2022-01-19 09:28 松山县水利局2021年政府信息公开工作年度报告 "
        "统计期限自2021年7月1日起至2021年12月31日止。一、总体情况 有序推进。 松山县水利局 2022年1月13日 附件下载"
    )
    read = read_text(text)
    assert read.published_on == date(2022, 1, 19)
    assert read.signed_on == date(2022, 1, 13)
    assert read.period == (date(2021, 7, 1), date(2021, 12, 31))


def test_a_report_that_ends_with_its_period_is_not_signed_by_it() -> None:
    assert (
        read_text("松山县水利局2021年政府信息公开工作年度报告 期限自2021年1月1日起至2021年12月31日止。").signed_on
        is None
    )


def test_headings_in_one_line_and_numbers_used_twice() -> None:
    found = headings(
        "报告［略］ 一、 概述 ［略］ 一、主动公开政府信息情况 （一）主动公开政府信息的数量 2014年共152条。"
        "三、收费情况 没有。"
    )
    assert [(one.level, one.no, one.title) for one in found] == [
        (1, "一", "概述"), (1, "一", "主动公开政府信息情况"), (2, "一", "主动公开政府信息的数量"),
        (1, "三", "收费情况"),
    ]  # fmt: skip


def test_a_heading_run_into_the_text_behind_it_ends_where_titles_do() -> None:
    found = headings("本年2069条。三、政府信息依申请公开工作情况2018年未收到申请。四、主要问题和改进措施有待提高")
    assert [one.title for one in found] == ["政府信息依申请公开工作情况", "主要问题和改进措施"]


def test_a_row_of_a_table_is_no_heading() -> None:
    report = invent(load("national_2021"), 1)
    read = read_text(draw(report, SHAPES["spaced"], 1))
    assert [one.title for one in read.headings if one.level == 1] == [section.title for section in report.form.sections]


@pytest.mark.parametrize("shape", ["glued", "spaced", "lines"])
def test_sections_keep_their_places_and_tables_are_blanked(shape: str) -> None:
    report = invent(load("national_2021"), 2)
    report.prose["三"] = "今年办结申请若干件。"
    read = read_text(draw(report, SHAPES[shape], 2))
    assert list(read.sections) == ["前言", "一", "二", "三", "四", "五", "六"]
    at = read.sections["三"].index("今年")
    place = read.offsets["三"] + at
    assert read.text[place : place + 10] == "今年办结申请若干件。"
    assert not any(character.isdigit() for character in read.sections["二"] + read.sections["三"])


def test_a_cell_of_running_text_has_its_span() -> None:
    report = invent(load("national_2021"), 2, size=2)
    read = read_text(draw(report, SHAPES["spaced"], 2))
    for cell in read.cells:
        assert cell.where.span is not None
        assert read.text[slice(*cell.where.span)] == cell.raw == str(cell.value)


def test_labels_run_from_group_to_row() -> None:
    form = load("national_2021")
    assert row_label(form, "t3", "refused_state_secret") == "三、本年度办理结果/（三）不予公开/1.属于国家秘密"
    assert row_label(form, "t3", "partially_granted") == "三、本年度办理结果/（二）部分公开"
    assert row_label(form, "t2_1", "rules") == "第二十条第（一）项/规章"
    assert row_label(form, "t4", "litigation_direct") == "行政诉讼/未经复议直接起诉"
    annex = load("local-fujian-2014")
    assert row_label(annex, "annex", "applications_online", "网络申请数") == "受理依申请公开信息总数/2.网络申请数"
    assert column_label(annex, "annex", "year", 2017) == "2017年度"
    assert column_label(load("jilin_city_2012"), "annex", "year", 2013) == "2013年发生数"


def test_json_has_the_kinds_of_nothing_apart() -> None:
    report = invent(load("national_2021"), 3, size=0)
    text = draw(report, SHAPES["spaced"], 3)
    told = read_text(text).as_json()
    assert told["form"] == "national_2021"
    assert {cell["kind"] for cell in told["cells"]} == {"number"}
    cell = next(cell for cell in told["cells"] if cell["row"] == "granted" and cell["column"] == "total")
    assert set(cell) == {
        "table",
        "row",
        "row_label",
        "column",
        "column_label",
        "value",
        "kind",
        "raw",
        "where",
        "settled_by",
    }
