"""What is drawn and written is read back whole: every form, every format, every kind of value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongkai.law.report_forms import ReportForm, all_forms, load
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.papers import docx, html, pdf, text, xlsx
from gongkai.papers.paper import Paper
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.reading import read_report

FORMATS: Mapping[str, Callable[[Paper], bytes]] = {
    "html": lambda paper: html.document(paper).encode(),
    "docx": docx.write,
    "xlsx": xlsx.write,
    "pdf": pdf.write,
    "txt": lambda paper: text.write(paper).encode(),
}
marks = st.sampled_from((BLANK, NOT_REPORTED))
# What the columns of the printed form can hold: cases in the wide tables, larger counts and money in the narrow ones.
cases = st.integers(0, 99_999).map(number)
amounts = st.integers(0, 99_999_999).map(number) | st.decimals(0, 999_999, places=4).map(number)
SECTIONS = {"前言": "本报告依据条例编制。", "一": "一般情况。\n(一)机构\n1.人员\n全年办理若干事项。", "六": "无。"}


def figures_of(form: ReportForm) -> st.SearchStrategy[dict[str, Value]]:
    """Any figures: a number, a blank, or a mark, each where the form can have it; a few values dealt to all cells."""
    wide = {table.id for table in form.tables if table.print in ("applications", "disputes")}

    def deal(small: list[Value], large: list[Value], random: Random) -> dict[str, Value]:
        return {
            cell.ref: random.choice(small if cell.table in wide else large) if cell.applies else NOT_APPLICABLE
            for cell in form.cells
        }

    def few(values: st.SearchStrategy[Value]) -> st.SearchStrategy[list[Value]]:
        return st.lists(marks | values, min_size=1, max_size=12)

    return st.builds(deal, few(cases), few(amounts), st.randoms(use_true_random=True))


def doubtful(form: ReportForm, figures: Mapping[str, Value]) -> set[str]:
    """Cells of rows in which only the last is blank: in a table of text they look like rows that lost another cell."""
    found: set[str] = set()
    for table in form.tables:
        for row in table.rows:
            refs = [cell.ref for cell in form.cells if (cell.table, cell.row) == (table.id, row.id)]
            blank = [figures[ref] == BLANK for ref in refs]
            found |= set(refs) if len(refs) > 2 and blank[-1] and not any(blank[:-1]) else set()
    return found


@pytest.mark.parametrize("form_id", [form.id for form in all_forms()])
@pytest.mark.parametrize("fmt", FORMATS)
@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))  # a PDF is too slow to shrink
@given(data=st.data())
def test_every_figure_comes_back(fmt: str, form_id: str, data: st.DataObject) -> None:
    form = load(form_id)
    figures = data.draw(figures_of(form))
    facts = Facts("吉林市工业和信息化局", form.first_year, date(form.first_year + 1, 3, 20))
    found = read_report(FORMATS[fmt](draw(form, figures, SECTIONS, facts)), f"report.{fmt}")
    assert found.form is form
    assert (found.organ, found.year) == ("吉林市工业和信息化局", form.first_year)
    left = doubtful(form, figures) if fmt == "txt" else set()
    assert found.figures() | {ref: figures[ref] for ref in left} == figures
    if not left:
        assert (found.not_understood, found.undecided) == ([], [])


@pytest.mark.parametrize("form_id", [form.id for form in all_forms()])
@pytest.mark.parametrize("fmt", FORMATS)
def test_the_text_of_every_section_comes_back(fmt: str, form_id: str) -> None:
    form = load(form_id)
    figures = {cell.ref: number(1) if cell.applies else NOT_APPLICABLE for cell in form.cells}
    paper = draw(form, figures, SECTIONS, Facts("吉林市工业和信息化局", form.first_year, date(2013, 3, 20)))
    found = read_report(FORMATS[fmt](paper), f"report.{fmt}")
    assert [section.no for section in form.sections] == [no for no in found.sections if no != "前言"]
    assert "全年办理若干事项" in found.sections["一"]
    assert "本报告依据条例编制" in found.sections["前言"]


def test_a_negative_change_and_money_in_another_unit_are_read() -> None:
    form = load("national_2019_2020")
    figures = {cell.ref: number(0) for cell in form.cells} | {
        "t2_5.administrative_licensing.change_this_year": number(-18),
        "t2_9.government_procurement.purchase_amount": number(Decimal("73802895.9")),
    }
    page = html.document(draw(form, figures, {}, Facts("某局", 2019, date(2020, 1, 20))))
    assert read_report(page.encode(), "page.html").figures() == figures
    printed = page.replace(">-18<", ">减18<").replace(">73802895.9<", ">7380.28959万元<")
    assert read_report(printed.encode(), "page.html").figures() == figures
