"""Tables whose cells bars keep apart, as programs that take the text of pages leave them; blanks keep their places."""

from __future__ import annotations

from gongkai.law.report_forms import load
from gongkai.reports.checking.judging import judge
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.test_quirks import row

HEAD = """望海新区水务局2023年政府信息公开工作年度报告
一、总体情况
本报告所列数据的统计期限为2023年1月1日至2023年12月31日。
二、主动公开政府信息情况
"""
FORM = load("national_2021")
RECEIVED = {"一、本年新收政府信息公开申请数量": "8|2|||1||11", "二、上年结转政府信息公开申请数量": "1||||||1"}
RESULTS = {
    "(一)予以公开": "4|1|||1||6", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)": "2||||||2",
    "1.属于国家秘密": "||||||0", "2.其他法律行政法规禁止公开": "||||||", "8.属于行政查询事项": "1||||||1",
    "1.本机关不掌握相关政府信息": "2|1|||||3", "(七)总计": "9|2|||1||12", "四、结转下年度继续办理": "||||||",
}  # fmt: skip


def read(text: str, name: str = "a.txt") -> ReadReport:
    return read_report(text.encode(), name)


def lines_of_cells(*, leading: bool) -> str:
    """A row a line, ended by a bar; rows under a group begin with one too, those above do not."""
    lines = ["第二十条第(一)项 |", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "规章 | / | / | / |"]
    lines += [
        "行政规范性文件 | 3 | 1 | 20 |",
        "三、收到和处理政府信息公开申请情况",
        "(本列数据的勾稽关系为:第一项) | 申请人情况 |",
    ]
    lines += ["自然人 | 法人或其他组织 | 总计 |", "商业 | 科研 | 社会公益组织 | 法律服务机构 | 其他 |", "企业 | 机构 |"]
    for label, figures in (RECEIVED | RESULTS).items():
        lines.append(f"{'| ' if leading and label in RESULTS else ''}{label} | {' | '.join(figures.split('|'))} |")
    return HEAD + "\n".join(lines) + "\n五、存在的主要问题及改进情况\n人手不足。\n"


def a_cell_a_line() -> str:
    """Every cell on a line of its own with a bar behind it, and bars for the places that a merged cell covers."""
    lines = ["三、收到和处理政府信息公开申请情况", "申请人情况 |", "|||||||"]
    lines += ["自然人 |", "商业企业 |", "科研机构 |", "社会公益组织 |", "法律服务机构 |", "其他 |", "总计 |", "||"]
    for label, figures in (RECEIVED | RESULTS).items():
        lines += [f"{label} |", *(f"{figure} |" if figure else "|" for figure in figures.split("|"))]
        lines += ["||"] if label in RECEIVED else []
    return HEAD + "\n".join(lines) + "\n五、存在的主要问题及改进情况\n人手不足。\n"


def right(found: ReadReport) -> None:
    assert found.form is FORM
    assert row(found, "new_received") == "8|2|||1||11"
    assert row(found, "carried_over") == "1||||||1"
    assert row(found, "granted") == "4|1|||1||6"
    assert row(found, "refused_state_secret") == "||||||0"
    assert row(found, "refused_prohibited_by_law") == "||||||"
    assert row(found, "results_total") == "9|2|||1||12"
    assert found.undecided == []


def test_blank_cells_between_bars_keep_their_places() -> None:
    found = read(lines_of_cells(leading=False))
    right(found)
    assert row(found, "normative_documents") == "3|1|20"
    assert row(found, "rules") == "-|-|-"


def test_rows_that_begin_with_a_bar_and_rows_that_do_not_are_one_table() -> None:
    right(read(lines_of_cells(leading=True)))


def test_a_cell_a_line_with_bars_behind_is_a_table() -> None:
    right(read(a_cell_a_line()))


def test_a_row_that_may_have_lost_a_cell_is_not_decided() -> None:
    """A bar ends every line; where blank cells leave nothing, it looks like a blank one at the end."""
    rows = {"行政复议数": "2 |\n5 |", "行政诉讼数": "4 |", "行政申诉、举报数": "0 |\n0 |"}
    lines = ["指标名称 |", "计量单位 |", "2012年度 |", "历年累计 |", "主动公开信息数 |", "条 |", "9 |", "31 |", "|"]
    for label, figures in rows.items():
        lines += [f"{label} |", "件 |", figures, "|"]
    text = "望海县水务局2012年政府信息公开工作年度报告\n一、概述\n附件:政府信息公开情况统计表\n" + "\n".join(lines)
    found = read(text)
    assert row(found, "reconsideration") == "2|5"
    assert row(found, "litigation") == "?|?"


def test_a_gap_inside_a_cell_between_bars_ends_no_cell() -> None:
    """One figure torn by a gap, beside a blank that left nothing, looks like two cells."""
    lines = ["指标名称 | 计量单位 | 2012年度 | 历年累计", "主动公开信息数 | 条 | 9 | 31", "行政复议数 | 件 | 1 64"]
    lines += ["行政诉讼数 | 件 | 0 | 0", "行政申诉、举报数 | 件 | 0 | 2"]
    text = "望海县水务局2012年政府信息公开工作年度报告\n一、概述\n附件:政府信息公开情况统计表\n"
    found = read(text + "\n".join(lines))
    assert row(found, "reconsideration") == "?|?"
    (undecided,) = found.undecided
    shown = {tuple("" if value.number is None else str(value.number) for value in one) for one in undecided.candidates}
    assert {("1", "64"), ("164", ""), ("", "164")} <= shown


def test_a_gap_in_a_line_ends_no_cell_where_every_figure_has_its_own_line() -> None:
    text = "望海县水务局2012年政府信息公开工作年度报告\n一、概述\n附件:政府信息公开情况统计表\n"
    lines = [
        "指标名称",
        "计量单位",
        "2012年度",
        "历年累计",
        "主动公开信息数",
        "条",
        "9",
        "31",
        "受理依申请公开信息总数",
        "条",
        "4",
        "9",
    ]
    lines += ["行政复议数", "件", "1 64", "行政诉讼数", "件", "0", "0", "行政申诉、举报数", "件", "0", "2"]
    found = read(text + "\n".join(lines))
    assert row(found, "applications_received") == "4|9"
    assert row(found, "reconsideration") == "?|?"


def test_small_tables_under_lines_that_name_the_proceedings_are_one_matrix() -> None:
    def table(*figures: int) -> str:
        cells = " | ".join(map(str, figures))
        return f"| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n| {cells} |\n\n"

    text = lines_of_cells(leading=False).partition("五、存在")[0]
    text += "## 四、政府信息公开行政复议、行政诉讼情况\n\n"
    text += "### 行政复议\n" + table(5, 1, 2, 0, 8) + "### 行政诉讼(未经复议直接起诉)\n" + table(1, 0, 0, 0, 1)
    text += "### 行政诉讼(复议后起诉)\n" + table(0, 0, 1, 2, 3)
    found = read(text, "a.md")
    assert row(found, "reconsideration") == "5|1|2|0|8"
    assert row(found, "litigation_direct") == "1|0|0|0|1"
    assert row(found, "litigation_after_reconsideration") == "0|0|1|2|3"


def test_text_begins_with_the_name_however_far_the_title_is_from_it() -> None:
    title = HEAD.replace("水务局2023", "水务局 \n  2023").replace("\n一、", "\n水务局编制。\n一、", 1)
    found = read(title + "好。\n")
    assert found.organ == "望海新区水务局"
    assert found.sections["前言"].startswith("望海新区水务局")


def test_a_row_of_the_table_that_was_not_found_is_unknown_and_not_nothing() -> None:
    """Its group's sum would be held against a blank."""
    full = lines_of_cells(leading=False)
    without = "\n".join(line for line in full.splitlines() if not line.startswith("1.本机关不掌握"))
    found = judge(read(without))
    assert [one.rule for one in found if one.verdict == "fail" and one.rule.startswith("N21-T3")] == []


def converted(rows: dict[str, str]) -> str:
    """A table as a converter left it: the first row for a head, and no other."""
    lines = [f"| {label} | {' | '.join(cells.split('|'))} |" for label, cells in rows.items()]
    lines.insert(1, f"|{'---|' * 8}")
    return (
        HEAD
        + "三、收到和处理政府信息公开申请情况\n\n"
        + "\n".join(lines)
        + "\n\n五、存在的主要问题及改进情况\n人手不足。\n"
    )


def test_a_converted_row_that_lost_a_cell_is_not_decided() -> None:
    """Its last place is blank because one before it is gone; which, nothing tells."""
    labels = [one.label for one in FORM.table("t3").rows if one.role != "header"]
    rows = dict.fromkeys(labels, "0|0|0|0|0|0|0") | {"一、本年新收政府信息公开申请数量": "8|2|0|0|1|0|11"}
    found = read(converted(rows | {"四、结转下年度继续办理": "1|0|0|0|0|0|"}), "a.md")
    assert row(found, "new_received") == "8|2|0|0|1|0|11"
    assert {one.ref for one in found.cells if ".carried_forward." in one.ref} == set()
    assert len([one for one in found.undecided if ".carried_forward." in one.refs[0]]) == 1


def test_crumbs_of_labels_between_the_pieces_of_a_table_are_no_headings() -> None:
    labels = [one.label for one in FORM.table("t3").rows if one.role != "header"]
    whole = converted(dict.fromkeys(labels, "0|0|0|0|0|0|0")).split("\n")
    middle = next(place for place, line in enumerate(whole) if "重复申请" in line)
    crumbs = ["", "(五)不", "三、本予处理", "年度办", "", f"| {' | '.join('00000000')} |", f"|{'---|' * 8}"]
    found = read("\n".join([*whole[:middle], *crumbs, *whole[middle:]]), "a.md")
    assert [one.no for one in found.headings if one.level == 1] == ["一", "二", "三", "五"]
