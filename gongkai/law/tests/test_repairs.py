"""Repairs: whatever number is changed in a consistent report, the change is found and the repair names its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import identities, report_forms
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm
from gongkai.law.tests.test_identities_properties import FORMS, NAMES, consistent, equations
from gongkai.law.values import Value, number

FORM = report_forms.load("national_2021")
ZERO = Decimal(0)


def broken(form: ReportForm, figures: dict[str, Value], **known: object) -> list[Finding]:
    rules = {relation.check.id for relation in equations(form)}
    findings = identities.check(form, figures, year=form.first_year, **known)  # type: ignore[arg-type]
    return [one for one in findings if one.rule in rules and one.verdict in ("fail", "ask")]


def applied(figures: dict[str, Value], finding: Finding, place: int) -> dict[str, Value]:
    return figures | {ref: number(after) for ref, _, after in finding.repair[place].changes}


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32), change=st.integers(-60, 500).filter(bool))
def test_every_cell_that_an_identity_covers_is_found_when_changed_and_named_by_the_repair(
    form: ReportForm, seed: int, change: int
) -> None:
    right = consistent(form, seed)
    for ref in sorted({term.ref for relation in equations(form) for term in relation.terms}):
        wrong = right | {ref: number((right[ref].number or ZERO) + change)}
        findings = broken(form, wrong)
        assert findings, ref
        for finding in findings:
            back = str(right[ref])
            assert any(repair.changes == ((ref, str(wrong[ref]), back),) for repair in finding.repair), (ref, finding)


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), places=st.tuples(st.integers(0, 9999), st.integers(0, 9999)), data=st.data())
def test_every_repair_of_two_changed_cells_restores_every_identity(
    form: ReportForm, seed: int, places: tuple[int, int], data: st.DataObject
) -> None:
    if not any(relation.check.severity == "error" for relation in equations(form)):
        return  # what is only asked about is mended one by one
    figures = consistent(form, seed)
    covered = sorted({term.ref for relation in equations(form) for term in relation.terms})
    for place in places:
        ref = covered[place % len(covered)]
        figures[ref] = number((figures[ref].number or ZERO) + data.draw(st.integers(1, 90)))
    before = broken(form, figures)
    for finding in before:
        for place in range(len(finding.repair)):
            after = broken(form, applied(figures, finding, place))
            assert finding.message not in [one.message for one in after]
            assert len(after) < len(before)


def small(**changes: int) -> dict[str, Value]:
    """Four applications: two granted, one partly, one carried forward, all of natural persons."""
    rows = {"new_received": 4, "carried_over": 0, "granted": 2, "partially_granted": 1, "results_total": 3}
    rows |= {"carried_forward": 1}
    figures = {cell.ref: number(0) for cell in FORM.cells if cell.table == "t3"}
    for row, count in rows.items():
        figures |= {f"t3.{row}.natural_person": number(count), f"t3.{row}.total": number(count)}
    return figures | {f"t3.{ref.replace('__', '.')}": number(count) for ref, count in changes.items()}


def test_a_consistent_table_needs_no_repair() -> None:
    assert broken(FORM, small()) == []


def test_a_row_and_a_column_that_fail_meet_in_the_wrong_cell() -> None:
    for finding in broken(FORM, small(granted__natural_person=12)):
        assert [repair.changes for repair in finding.repair] == [(("t3.granted.natural_person", "12", "2"),)]


def test_the_same_slip_carried_into_the_total_takes_two_cells() -> None:
    findings = broken(FORM, small(granted__natural_person=12, granted__total=12))
    wanted = {("t3.granted.natural_person", "12", "2"), ("t3.granted.total", "12", "2")}
    assert findings
    assert all(wanted in [set(repair.changes) for repair in finding.repair] for finding in findings)
    assert all(len(repair.changes) == 2 for finding in findings for repair in finding.repair)


def test_two_tables_that_are_wrong_are_mended_apart() -> None:
    disputes = {
        f"t4.{row}.{column}": number(0)
        for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        for column in ("upheld", "corrected", "other_result", "pending", "total")
    }
    figures = small(granted__natural_person=12) | disputes | {"t4.reconsideration.upheld": number(3)}
    of_disputes = [one for one in broken(FORM, figures) if one.rule.startswith("N21-T4")]
    assert {repair.changes for one in of_disputes for repair in one.repair} == {
        (("t4.reconsideration.total", "0", "3"),),
        (("t4.reconsideration.upheld", "3", "0"),),
    }


def test_what_the_text_says_comes_first() -> None:
    figures = {
        "t4.reconsideration.upheld": number(3), "t4.reconsideration.corrected": number(2),
        "t4.reconsideration.other_result": number(0), "t4.reconsideration.pending": number(0),
        "t4.reconsideration.total": number(6),
    }  # fmt: skip
    silent = broken(FORM, figures)[0]
    told = broken(FORM, figures, sections={"四": "全年行政复议案件5件。"})[0]
    assert told.repair[0].changes == (("t4.reconsideration.total", "6", "5"),)
    assert "与正文“行政复议案件5件”一致" in told.repair[0].because
    assert set(silent.repair) != set(told.repair)


def test_last_years_report_decides_between_cells() -> None:
    figures = small(new_received__natural_person=9, new_received__total=9, results_total__natural_person=8)
    figures |= {"t3.results_total.total": number(8), "t3.granted.natural_person": number(7)}
    figures |= {"t3.granted.total": number(7), "t3.carried_over.natural_person": number(1)}
    figures["t3.carried_over.total"] = number(0)
    before = {"t3.carried_forward.natural_person": number(0), "t3.carried_forward.total": number(0)}
    finding = broken(FORM, figures, previous=(FORM, before))[0]
    assert finding.repair[0].changes == (("t3.carried_over.natural_person", "1", "0"),)
    assert "与上年报告相符" in finding.repair[0].because


def test_a_figure_that_a_cell_cannot_carry_is_not_proposed() -> None:
    figures = {
        "t4.reconsideration.upheld": number(10), "t4.reconsideration.corrected": number(1),
        "t4.reconsideration.other_result": number(0), "t4.reconsideration.pending": number(0),
        "t4.reconsideration.total": number(0),
    }  # fmt: skip
    (finding,) = [one for one in broken(FORM, figures) if one.rule == "N21-T4-01"]
    assert [repair.changes for repair in finding.repair] == [(("t4.reconsideration.total", "0", "11"),)]


def test_a_table_with_everything_wrong_gets_no_proposals_and_no_wait() -> None:
    figures = {cell.ref: number(place % 17) for place, cell in enumerate(FORM.cells)}
    assert all(finding.repair == () for finding in broken(FORM, figures) if finding.rule.startswith("N21-T3"))
