"""Converted tables whose rows lost their labels, or their heads: their turn and their sums tell what they are."""

from __future__ import annotations

from gongkai.law.report_forms import load
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.test_bars import HEAD
from gongkai.reports.tests.foreign.test_quirks import row

RULE = f"|{'---|' * 7}"
NAMED = {
    "一、本年新收政府信息公开申请数量": "8|2|0|0|0|0|10", "二、上年结转政府信息公开申请数量": "1|0|0|0|0|0|1",
    "（一）予以公开": "4|1|0|0|0|0|5", "": "2|0|0|0|0|0|2", "1.属于国家秘密": "0|0|0|0|0|0|0",
    "2.其他法律行政法规禁止公开": "1|0|0|0|0|0|1", "3.危及“三安全一稳定”": "0|0|0|0|0|0|0",
}  # fmt: skip
REST = [one.label for one in load("national_2021").table("t3").rows if one.role != "header"][7:-2]
TOTAL = {"（七）总计": "7|1|0|0|0|0|8", "四、结转下年度继续办理": "2|1|0|0|0|0|3"}
PROCEEDINGS = "四、政府信息公开行政复议、行政诉讼情况\n行政复议行政诉讼\n未经复议直接起诉复议后起诉\n总计总计\n"


def converted(rows: dict[str, str], proceedings: str = "") -> ReadReport:
    """Every row as a small table of its own, one without a label with nothing before its figures."""
    text = HEAD + "三、收到和处理政府信息公开申请情况\n\n"
    for label, cells in rows.items():
        figures = " | ".join(cells.split("|"))
        text += f"| {figures} |\n{RULE}\n\n" if not label else f"| {label} | {figures} |\n{RULE}---|\n\n"
    return read_report((text + proceedings + "\n五、存在的主要问题及改进情况\n人手不足。\n").encode(), "a.md")


def test_a_row_without_a_label_is_the_one_that_is_lacking_between_two() -> None:
    found = converted(NAMED | dict.fromkeys(REST, "0|0|0|0|0|0|0") | TOTAL)
    assert row(found, "partially_granted") == "2|0|0|0|0|0|2"
    assert row(found, "refused_prohibited_by_law") == "1|0|0|0|0|0|1"


def test_a_row_without_a_label_in_a_table_that_does_not_add_up_stays_unread() -> None:
    """It may be the row before or behind, whose label stands over other figures."""
    found = converted(NAMED | dict.fromkeys(REST, "0|0|0|0|0|0|0") | TOTAL | {"（七）总计": "6|1|0|0|0|0|7"})
    assert row(found, "granted") == "4|1|0|0|0|0|5"
    assert row(found, "partially_granted") == "?|?|?|?|?|?|?"


def test_of_two_rows_without_labels_where_one_is_lacking_none_is_taken() -> None:
    rows = dict(NAMED)
    del rows["1.属于国家秘密"]
    found = converted(rows | dict.fromkeys(REST, "0|0|0|0|0|0|0") | TOTAL)
    assert row(found, "partially_granted") == "?|?|?|?|?|?|?"


def test_a_line_for_all_proceedings_whose_heads_were_lost_is_read_by_its_sums() -> None:
    def read(line: str) -> ReadReport:
        figures = f"| {' | '.join(line.split())} |\n|{'---|' * 15}\n"
        rows = {label: cells for label, cells in NAMED.items() if label} | dict.fromkeys(REST, "0|0|0|0|0|0|0")
        return converted(rows | TOTAL, PROCEEDINGS + figures)

    found = read("4 0 1 2 7 2 0 3 1 6 0 0 0 0 0")
    assert row(found, "reconsideration") == "4|0|1|2|7"
    assert row(found, "litigation_direct") == "2|0|3|1|6"
    assert row(found, "litigation_after_reconsideration") == "0|0|0|0|0"
    assert row(read("4 0 1 2 7 2 0 3 1 5 0 0 0 0 0"), "reconsideration") == "?|?|?|?|?"
