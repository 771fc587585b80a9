"""Two reports in one document: parted where that can be told, else refused; a cell with two figures is undecided."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import zip_longest

import pypdfium2
import pytest

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.papers import pdf
from gongkai.papers.pdf.sides import read_sides
from gongkai.papers.reading import Grid, Reading
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.reading import read_reading, read_report, read_reports
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.misreadings import beside
from gongkai.reports.tests.foreign.shapes import LINES
from gongkai.reports.tests.foreign.shapes import draw as draw_text

LONG = invent(load("national_2019_2020"), 1, size=3)
SHORT = replace(invent(load("national_2019_2020"), 2, size=0), organ="青石镇人民政府")


def printed(report: Invented) -> bytes:
    return pdf.write(draw(report.form, report.figures, {}, Facts(report.organ, report.year, date(2021, 1, 20))))


def as_one(left: Invented, right: Invented) -> Reading:
    """Two reports as a reader gives them that does not part them: a table of one, then a table of the other."""
    readings = [pdf.read(printed(one)) for one in (left, right)]
    return Reading([part for pair in zip_longest(*(one.parts for one in readings)) for part in pair if part], "", "pdf")


@pytest.mark.parametrize("pair", [(LONG, SHORT), (SHORT, LONG)])
def test_the_longer_of_two_reports_side_by_side_goes_on_alone(pair: tuple[Invented, Invented]) -> None:
    files = [printed(one) for one in pair]
    assert len({len(pypdfium2.PdfDocument(one)) for one in files}) == 2
    both = read_reports(beside(*files), "both.pdf")
    assert [one.figures() for one in both] == [one.figures for one in pair]


def test_two_columns_are_not_cut_where_a_figure_stands_across_the_gutter() -> None:
    """What stands on the last sheet moved to the middle: half a figure would be taken for the whole."""
    sound = beside(printed(LONG), printed(SHORT))
    assert len(read_sides(sound)) == 2
    document = pypdfium2.PdfDocument(sound)
    last = document[len(document) - 1]
    for thing in last.get_objects(max_depth=1):
        thing.transform(pypdfium2.PdfMatrix().translate(last.get_width() / 4, 0))
    last.gen_content()
    moved = io.BytesIO()
    document.save(moved)
    assert len(read_sides(moved.getvalue())) == 1
    with pytest.raises(Refused, match="几份年度报告"):
        read_report(moved.getvalue(), "both.pdf")


def test_two_reports_mixed_in_one_document_are_refused() -> None:
    with pytest.raises(Refused, match="几份年度报告") as refused:
        read_reading(as_one(LONG, SHORT), "both.pdf")
    assert refused.value.code == "several_reports"


def test_two_reports_without_the_names_of_their_organs_are_refused() -> None:
    texts = [draw_text(one, LINES, 1).replace(one.organ, "") for one in (LONG, SHORT)]
    with pytest.raises(Refused, match="几份年度报告"):
        read_report("\n".join(texts).encode(), "both.txt")


def test_one_report_that_stands_twice_in_a_document_is_read() -> None:
    text = draw_text(LONG, LINES, 1)
    assert read_report(f"{text}\n{text}".encode(), "report.txt").figures() == LONG.figures


def test_a_cell_for_which_a_document_gives_two_figures_is_undecided() -> None:
    reading = pdf.read(printed(LONG))
    other = pdf.read(printed(SHORT))
    matrix = [one for one in other.parts if isinstance(one, Grid)][-1]
    read = read_reading(Reading([*reading.parts, matrix], reading.title, "pdf"), "report.pdf")
    differing = {ref for ref, value in LONG.figures.items() if ref.startswith("t4.") and SHORT.figures[ref] != value}
    assert differing
    assert {ref for one in read.undecided for ref in one.refs} == differing
    assert all((LONG.figures[one.refs[0]],) in one.candidates and len(one.candidates) == 2 for one in read.undecided)
    assert read.figures() == {ref: value for ref, value in LONG.figures.items() if ref not in differing}
