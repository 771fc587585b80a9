"""A single wrong cell does not stay hidden: whatever a consistent table holds, the changed cell is found and named."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import checks, identities, report_forms
from gongkai.law.relations import COMPILERS, Relation, compiled
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value, number

FORMS = report_forms.all_forms()
NAMES = [form.id for form in FORMS]
SINCE_2019 = [report_forms.load("national_2019_2020"), report_forms.load("national_2021")]


def equations(form: ReportForm) -> list[Relation]:
    """The identities within one report that must hold; where a form has none, those that are asked about."""
    found = [
        relation
        for check in checks.load(form.id)
        if check.kind in COMPILERS
        for relation in compiled(check, form)
        if relation.sign == "=" and relation.right and not relation.previous_form
    ]
    return [relation for relation in found if relation.check.severity == "error"] or found


def consistent(form: ReportForm, seed: int) -> dict[str, Value]:
    """Random figures, the totals put right until every identity holds."""
    chance = random.Random(seed)
    numbers = {cell.ref: Decimal(chance.randint(0, 60)) for cell in form.cells}
    for _ in range(4):
        for relation in equations(form):
            if relation.check.kind in ("sum", "row_sum"):
                numbers[relation.right[0].ref] = sum((numbers[term.ref] for term in relation.left), Decimal(0))
            else:
                others = sum((numbers[term.ref] for term in relation.left[1:]), Decimal(0))
                numbers[relation.left[0].ref] = sum((numbers[term.ref] for term in relation.right), Decimal(0)) - others
    return {ref: number(value) for ref, value in numbers.items()}


def broken(form: ReportForm, figures: dict[str, Value]) -> list[tuple[str, ...]]:
    """The suspects of each identity that fails or is asked about."""
    rules = {relation.check.id for relation in equations(form)}
    findings = identities.check(form, figures, year=form.first_year)
    return [finding.cells for finding in findings if finding.rule in rules and finding.verdict in ("fail", "ask")]


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_consistent_table_fails_no_identity(form: ReportForm, seed: int) -> None:
    assert broken(form, consistent(form, seed)) == []


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), place=st.integers(0, 10_000), change=st.integers(1, 500))
def test_one_changed_cell_is_found_and_is_among_the_suspects(
    form: ReportForm, seed: int, place: int, change: int
) -> None:
    figures = consistent(form, seed)
    covered = sorted({term.ref for relation in equations(form) for term in relation.terms})
    ref = covered[place % len(covered)]
    figures[ref] = number((figures[ref].number or Decimal(0)) + change)
    suspects = broken(form, figures)
    assert suspects
    assert all(ref in cells for cells in suspects)


@pytest.mark.parametrize("form", SINCE_2019, ids=[form.id for form in SINCE_2019])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), place=st.integers(0, 10_000), change=st.integers(1, 500))
def test_a_changed_result_in_table_three_is_the_first_suspect(
    form: ReportForm, seed: int, place: int, change: int
) -> None:
    figures = consistent(form, seed)
    results = [row.id for row in form.table("t3").rows if row.role == "part"]
    columns = [column.id for column in form.table("t3").columns if column.id != "total"]
    ref = f"t3.{results[place % len(results)]}.{columns[place % len(columns)]}"
    figures[ref] = number((figures[ref].number or Decimal(0)) + change)
    assert [cells[0] for cells in broken(form, figures)] == [ref, ref]
