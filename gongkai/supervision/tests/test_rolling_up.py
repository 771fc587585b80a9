"""Roll-up: published figures added cell by cell, whatever the registers say now; who is missing is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.applications.models import Application
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, number
from gongkai.organs.models import Organ
from gongkai.reports.tests import cast
from gongkai.supervision import rolling_up
from gongkai.supervision.rolling_up import RollUp
from gongkai.supervision.tests.conftest import RECEIVED, YEAR, make_bureau, publish

FORM = "national_2021"


def rolled(city: Organ, form_id: str = FORM) -> RollUp:
    return rolling_up.rolled_up(city, YEAR, load(form_id))


def test_published_figures_are_added_and_the_missing_named(bureaus: list[Organ], city: Organ) -> None:
    found = rolled(city)
    assert found.cells[RECEIVED].value == number(35)
    assert found.cells[RECEIVED].told == 2
    assert [report.organ.code for report in found.reports] == ["A", "B"]
    assert [organ.code for organ in found.missing] == ["C", "D"]


def test_every_cell_is_the_sum_of_its_parts(bureaus: list[Organ], city: Organ) -> None:
    found = rolled(city)
    for ref, added in found.cells.items():
        parts = rolling_up.parts(city, YEAR, found.form, ref)
        numbers = [part.figure.value for part in parts if part.figure and part.figure.value is not None]
        assert added.told == len(numbers)
        assert added.value == (number(sum(numbers, Decimal(0))) if numbers else BLANK), ref


def test_records_are_not_counted_again(bureaus: list[Organ], city: Organ) -> None:
    before = rolled(city).values
    cast.application(bureaus[0], "late", date(YEAR, 6, 1))
    assert Application.objects.filter(organ=bureaus[0]).exists()
    assert rolled(city).values == before


def test_a_blank_is_no_zero(bureaus: list[Organ], city: Organ) -> None:
    """What nobody told stays blank; what one of two told is said to be told by one."""
    found = rolled(city)
    blanks = [ref for ref, added in found.cells.items() if added.value == BLANK]
    for ref in blanks:
        assert all(
            not part.figure or part.figure.value is None for part in rolling_up.parts(city, YEAR, found.form, ref)
        )


def test_a_report_on_another_form_is_not_added_and_told_of(bureaus: list[Organ], city: Organ) -> None:
    other = make_bureau("E", "松江市E局", city)
    publish(other, 7, form_id="national_2019_2020")
    found = rolled(city)
    assert found.cells[RECEIVED].value == number(35)
    assert [report.organ.code for report in found.on_other_forms] == ["E"]
    assert [form.id for form in rolling_up.forms_used(city, YEAR)] == [FORM, "national_2019_2020"]
    assert rolled(city, "national_2019_2020").cells[RECEIVED].value == number(7)


def test_starred_rows_and_cells_without_meaning_are_not_added(bureaus: list[Organ], city: Organ) -> None:
    form = load("jilin_city_2012")
    star = next(cell for cell in form.cells if cell.star)
    stock = next(cell for cell in form.cells if not cell.applies)
    found = rolled(city, form.id)
    assert found.cells[star.ref].value == NOT_REPORTED
    assert found.cells[stock.ref].value == NOT_APPLICABLE
    assert not rolling_up.adds(star)


def test_where_the_own_report_says_otherwise_is_told(bureaus: list[Organ], city: Organ) -> None:
    publish(city, 40)
    differing = {ref: (own, summed) for ref, _, own, summed in rolled(city).differing}
    assert differing[RECEIVED] == (number(40), number(35))


def test_organs_further_down_are_in_the_report_of_the_organ_above_them(bureaus: list[Organ], city: Organ) -> None:
    publish(make_bureau("A1", "松江市A局下属", bureaus[0]), 1000)
    assert rolled(city).cells[RECEIVED].value == number(35)


def test_a_cell_that_is_none_is_refused(bureaus: list[Organ], city: Organ) -> None:
    with pytest.raises(Refused) as refused:
        rolling_up.parts(city, YEAR, load(FORM), "no.such.cell")
    assert refused.value.code == "unknown_figure"


def test_the_number_of_queries_does_not_grow_with_organs(
    bureaus: list[Organ], city: Organ, django_assert_max_num_queries: Any
) -> None:
    asked = []
    for more in (0, 3):
        for n in range(more):
            publish(make_bureau(f"M{n}", f"松江市M{n}局", city), n)
        with django_assert_max_num_queries(8) as counted:
            rolled(city)
        asked.append(len(counted))
    assert asked[0] == asked[1]
