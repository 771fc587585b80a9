"""Tables kept as tables: torn over pages, with blanks that are blanks, and blanks that a converter made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, NOT_REPORTED, number
from gongkai.papers import docx, html, xlsx
from gongkai.papers.grid import grid
from gongkai.papers.reading import Grid, Reading
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.reading import read_reading, read_report
from gongkai.reports.foreign.report import ReadReport

TITLE = "松山县财政局2022年政府信息公开工作年度报告"
FORM = load("national_2021")


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    rowspan: int = 1
    colspan: int = 1


def applications(rows: Sequence[tuple[str, ...]]) -> list[Grid]:
    """Table three as a PDF prints it: head repeated on the second page, the vertical head torn into letters."""
    head = [
        ("(本列数据的勾稽关系为:…)", "", "", "申请人情况", "", "", "", "", "", ""),
        ("", "", "", "自然 人", "法人或其他组织", "", "", "", "", "总 计"),
        ("", "", "", "", "商业企业", "科研机构", "社会公益\n组织", "法律服\n务机构", "其他", ""),
    ]
    middle = len(rows) // 2
    return [grid([[Cell(text) for text in row] for row in [*head, *part]]) for part in (rows[:middle], rows[middle:])]


def test_a_table_torn_over_two_pages_with_broken_labels() -> None:
    rows = [
        ("一、本年新收政府信息 公开申请数量", "", "", "2", "9", "0", "0", "0", "0", "11"),
        ("二、上年结转政府信息公开申请数量", "", "", "0", "0", "0", "0", "0", "0", "0"),
        ("三、本\n年度办", "(一)予以公开", "", "1", "", "", "", "", "", "1"),
        ("理结果", "(三)不予 公开", "1.属于国家秘密", "/", "0", "0", "0", "0", "0", "0"),
        ("", "", "4.保护第三方\n合法权益", "1", "0", "0", "0", "0", "0", "1"),
        ("", "(七)总 计", "", "2", "9", "0", "0", "0", "0", "11"),
        ("四、结转下年度继续办理", "", "", "0", "0", "0", "0", "0", "0", "0"),
    ]
    read = read_reading(Reading([TITLE, *applications(rows)], "", "pdf"), "a.pdf")
    figures = read.figures()
    assert (read.form, read.organ, read.year) == (FORM, "松山县财政局", 2022)
    assert figures["t3.new_received.commercial_enterprise"] == number(9)
    assert figures["t3.granted.research_institution"] == BLANK
    assert figures["t3.refused_state_secret.natural_person"] == NOT_REPORTED
    assert figures["t3.refused_third_party_rights.total"] == number(1)
    assert figures["t3.results_total.total"] == number(11)
    assert "t3.partially_granted.total" not in figures


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_a_table_left_blank_is_blank(kind: str) -> None:
    figures = {cell.ref: BLANK if cell.table == "t4" else number(3) for cell in FORM.cells}
    paper = draw(FORM, figures, {}, Facts("松山县财政局", 2022, date(2023, 1, 20)))
    data = {"html": html.document(paper).encode(), "docx": docx.write(paper), "xlsx": xlsx.write(paper)}[kind]
    assert read_report(data, f"report.{kind}").figures() == figures


def lines(*rows: str) -> ReadReport:
    """Rows of the table of instruments as a converter writes them."""
    head = ["| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "| --- | --- | --- | --- |"]
    return read_report("\n".join([TITLE, "第二十条第（一）项", *head, *rows]).encode(), "a.md", form_id=FORM.id)


def instruments(read: ReadReport, row: str) -> list[str]:
    found = {cell.ref: cell.value for cell in read.cells}
    refs = [f"t2_1.{row}.{column.id}" for column in FORM.table("t2_1").columns]
    return [(str(found[ref]) or found[ref].kind) if ref in found else "?" for ref in refs]


def test_a_blank_in_a_whole_converted_table_is_a_blank() -> None:
    read = lines("| 规章 | 0 | | 3 |", "| 行政规范性文件 | 4 | 0 | 20 |")
    assert instruments(read, "rules") == ["0", "blank", "3"]
    assert instruments(read, "normative_documents") == ["4", "0", "20"]


def test_a_blank_at_the_end_of_a_converted_row_may_be_a_cell_lost_before_it() -> None:
    read = lines("| 规章 | 0 | 0 | 3 |", "| 行政规范性文件 | 4 | 20 | |")
    assert instruments(read, "rules") == ["0", "0", "3"]
    assert instruments(read, "normative_documents") == ["?", "?", "?"]


def test_a_row_that_is_shorter_than_its_head_makes_the_blanks_of_the_table_doubtful() -> None:
    read = lines("| 规章 | 0 | | 3 |", "| 行政规范性文件 | 4 | 20 |")
    assert instruments(read, "rules") == ["?", "?", "?"]
