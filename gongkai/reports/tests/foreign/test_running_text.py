"""Tables that have become running text: whatever is settled is true, and nearly everything is settled that can be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.report_forms import all_forms, load
from gongkai.law.values import number
from gongkai.papers.reading import Reading
from gongkai.reports.foreign.reading import read_reading
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.shapes import SHAPES, blank_one, break_one, draw, with_lump

FORMS = [form.id for form in all_forms()]
APART = ("spaced", "lines", "broken", "repeated", "bars", "barred")  # shapes in which cells are kept apart
WHOLE = ("spaced", "lines", "broken", "bars", "barred")  # of these, those in which nothing stands between the cells
RUN = sorted(set(SHAPES) - set(APART))
seeds = st.integers(0, 10**9)
quick = settings(max_examples=6, deadline=None)


def read_text(text: str) -> ReadReport:
    return read_reading(Reading([text], "", "text"), "report.txt")


def untrue(report: Invented, read: ReadReport) -> list[str]:
    """Cells settled otherwise than they are."""
    return [f"{cell.ref}: {cell.value}" for cell in read.cells if report.figures.get(cell.ref) != cell.value]


def share(report: Invented, read: ReadReport) -> float:
    return len(read.cells) / len(report.figures)


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("shape", SHAPES)
@quick
@given(seed=seeds)
def test_what_is_settled_is_true(form_id: str, shape: str, seed: int) -> None:
    report = invent(load(form_id), seed)
    read = read_text(draw(report, SHAPES[shape], seed))
    assert read.form is report.form
    assert (read.year, read.organ) == (report.year, report.organ)
    assert untrue(report, read) == []
    assert shape not in WHOLE or share(report, read) == 1.0


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("shape", APART)
@quick
@given(seed=seeds)
def test_a_report_with_a_wrong_figure_is_read_as_it_is(form_id: str, shape: str, seed: int) -> None:
    report = invent(load(form_id), seed)
    break_one(report, Random(seed))
    assert untrue(report, read_text(draw(report, SHAPES[shape], seed))) == []


@pytest.mark.parametrize("form_id", FORMS)
def test_a_wrong_figure_in_a_run_hardly_ever_looks_right_when_cut_otherwise(form_id: str) -> None:
    """Another cutting may add up by chance where the true one does not: in fewer than one cell of two thousand."""
    wrong = cells = 0
    for shape, seed in product(RUN, range(10)):
        report = invent(load(form_id), seed)
        break_one(report, Random(seed))
        read = read_text(draw(report, SHAPES[shape], seed))
        wrong, cells = wrong + len(untrue(report, read)), cells + len(read.cells)
    assert wrong <= cells / 2000


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("shape", APART)
@quick
@given(seed=seeds)
def test_a_blank_that_left_no_trace_is_not_given_a_place(form_id: str, shape: str, seed: int) -> None:
    report = invent(load(form_id), seed)
    blank_one(report, Random(seed))
    read = read_text(draw(report, SHAPES[shape], seed))
    assert untrue(report, read) == []


def test_a_figure_between_bars_is_not_cut_because_the_total_is_blank() -> None:
    """393, 0, 0, 42 and a blank total: 39 + 3 + 0 + 0 = 42 would add up."""
    report = invent(load("national_2021"), 492088)
    blank_one(report, Random(492088))
    assert untrue(report, read_text(draw(report, SHAPES["barred"], 492088))) == []


@pytest.mark.parametrize("shape", SHAPES)
@quick
@given(seed=seeds)
def test_other_handling_printed_as_one_row_is_read_as_the_rest(shape: str, seed: int) -> None:
    report = invent(load("national_2021"), seed)
    with_lump(report.form, report)
    read = read_text(draw(report, SHAPES[shape], seed, lump=True))
    assert read.form is report.form
    assert untrue(report, read) == []
    lumped = [cell for cell in read.cells if cell.ref.startswith("t3.other_remaining.")]
    assert all(cell.row_label == "三、本年度办理结果/（六）其他处理" for cell in lumped)
    assert read.variants


@cache
def sound(form_id: str, seed: int) -> tuple[Invented, ReadReport]:
    """A sound report glued together, and as read; several tests look at the same."""
    report = invent(load(form_id), seed)
    return report, read_text(draw(report, SHAPES["glued"], seed))


def mean(shares: Iterable[float]) -> float:
    found = list(shares)
    return sum(found) / len(found)


@pytest.mark.parametrize(
    ("form_id", "least"),
    [("national_2021", 0.96), ("national_2019_2020", 0.91), ("national_2014_2018", 1.0), ("local-fujian-2011", 0.6)],
)
def test_sums_settle_most_of_what_runs_together(form_id: str, least: float) -> None:
    assert mean(share(*sound(form_id, seed)) for seed in range(40)) >= least


def test_a_wrong_figure_leaves_most_of_the_table_settled() -> None:
    shares = []
    for seed in range(40):
        report = invent(load("national_2021"), seed)
        break_one(report, Random(seed))
        shares.append(share(report, read_text(draw(report, SHAPES["glued"], seed))))
    assert mean(shares) >= 0.8


def test_a_true_way_is_among_the_candidates() -> None:
    for seed in range(60):
        report, read = sound("national_2021", seed)
        for open_row in read.undecided:
            true = tuple(report.figures[ref] for ref in open_row.refs)
            assert true in open_row.candidates or not open_row.complete


def test_a_row_with_one_wrong_figure_in_a_table_without_a_blank_is_read_as_it_is() -> None:
    """8100008 could hide a blank; no other row does, and one figure put right mends it all."""
    report = invent(load("national_2021"), 3, size=2)
    rows = [one.id for one in report.form.table("t3").rows if one.role != "header"]
    columns = [one.id for one in report.form.table("t3").columns]
    for name in rows:
        for column in columns:
            report.figures[f"t3.{name}.{column}"] = number(0)
    for name, value in {"new_received": 9, "granted": 1, "partially_granted": 8, "results_total": 9}.items():
        for column in ("natural_person", "total"):
            report.figures[f"t3.{name}.{column}"] = number(value)
    report.figures["t3.partially_granted.commercial_enterprise"] = number(1)
    read = read_text(draw(report, SHAPES["glued"], 3))
    assert untrue(report, read) == []
    assert {f"t3.partially_granted.{column}" for column in columns} <= {cell.ref for cell in read.cells}
