"""Figures counted from real records, on every form, with a number of queries that does not grow."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.fees.models import Payment
from gongkai.law.report_forms import ReportForm, all_forms, load
from gongkai.law.values import NOT_APPLICABLE, NOT_REPORTED, number
from gongkai.organs.models import Organ
from gongkai.reports import counting
from gongkai.reports.models import OpeningBalance
from gongkai.reports.periods import Period
from gongkai.reports.tests import cast


@pytest.fixture
def organ(db: None) -> Organ:
    return cast.bureau()


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_every_cell_names_a_real_measure_and_dimensions_that_it_has(form: ReportForm) -> None:
    for cell in form.cells:
        if cell.counts:
            assert cell.counts in counting.MEASURES, cell.ref
            assert set(cell.where) <= set(counting.MEASURES[cell.counts].by), cell.ref


@pytest.mark.parametrize("form_id", cast.FOUR)
def test_every_cell_of_the_four_forms_is_counted_by_something(form_id: str) -> None:
    assert [cell.ref for cell in load(form_id).cells if not cell.counts] == []


def test_totals_and_parts_are_counted_from_the_same_records(organ: Organ) -> None:
    cast.registers(organ)
    counted = counting.count(load("jilin_city_2012"), organ, Period(2012))
    values = {ref.split(".", 1)[1]: found.value for ref, found in counted.items()}
    assert values["disclosed_total.year"] == number(10)
    assert values["disclosed_normative_documents.year"] == number(2)
    assert values["disclosed_public_funds.year"] == number(0)
    assert values["disclosed_on_website.year"] == number(7)
    assert values["staff_total.cumulative"] == NOT_APPLICABLE
    assert values["staff_part_time.year"] == number(1)
    assert values["website_hits.year"] == NOT_REPORTED
    assert values["applications_received.year"] == number(2)
    assert values["applications_received.cumulative"] == number(3)
    assert values["reconsideration_accepted.year"] == number(1)


def test_the_2021_form_keeps_its_identity_in_every_column(organ: Organ) -> None:
    cast.registers(organ, 2022)
    counted = counting.count(load("national_2021"), organ, Period(2022))
    values = {ref: found.value.number or Decimal(0) for ref, found in counted.items()}
    for column in load("national_2021").table("t3").columns:
        came = values[f"t3.new_received.{column.id}"] + values[f"t3.carried_over.{column.id}"]
        assert came == values[f"t3.results_total.{column.id}"] + values[f"t3.carried_forward.{column.id}"]
    assert values["t3.carried_over.total"] == 1
    assert values["t3.carried_forward.research_institution"] == 1
    assert values["t4.reconsideration.pending"] == 1


def test_an_uncategorised_record_is_in_the_total_and_in_no_part(organ: Organ) -> None:
    cast.application(organ, "1", date(2022, 3, 1), applicant_type="")
    counted = counting.count(load("national_2021"), organ, Period(2022))
    values = {ref: found.value.number for ref, found in counted.items()}
    row = [values[f"t3.new_received.{column.id}"] for column in load("national_2021").table("t3").columns]
    assert row == [0, 0, 0, 0, 0, 0, 1]


def test_an_opening_balance_is_carried_and_records_before_it_are_not_counted_twice(organ: Organ) -> None:
    cast.disclosures(organ, 2011, other=4)
    cast.disclosures(organ, 2012, other=3)
    OpeningBalance.objects.create(
        organ=organ, form_id="jilin_city_2012", table="annex", row="disclosed_total", value=Decimal(100),
        as_of=date(2011, 12, 31), source="2011年度报告",
    )  # fmt: skip
    counted = counting.count(load("jilin_city_2012"), organ, Period(2012))
    total = counted["annex.disclosed_total.cumulative"]
    assert (total.value, total.origin) == (number(103), "carried")
    assert "期初余额100" in total.basis
    other = counted["annex.disclosed_other.cumulative"]
    assert (other.value, other.origin) == (number(7), "counted")


def test_yuan_become_ten_thousand_yuan_only_where_the_cell_says_so(organ: Organ) -> None:
    Payment.objects.create(
        organ=organ, number="1", kind="cost_recovery", paid_on=date(2016, 5, 1), amount=Decimal("1234.5")
    )
    counted = counting.count(load("national_2014_2018"), organ, Period(2016))
    assert counted["stats.fees_collected.value"].value == number("0.12345")


def test_starred_rows_of_a_county_speak_of_its_whole_area(organ: Organ) -> None:
    county = cast.bureau("county", kind="county_government")
    township = Organ.objects.create(code="town", kind="township_government", region_path="吉林省/吉林市", parent=county)
    cast.disclosures(county, 2012, other=2)
    cast.disclosures(township, 2012, other=5)
    cast.disclosures(organ, 2012, other=11)
    values = {ref: found.value for ref, found in counting.count(load("jilin_city_2012"), county, Period(2012)).items()}
    assert values["annex.area_disclosed_total.year"] == number(7)
    assert values["annex.area_disclosed_township_level.year"] == number(5)
    assert values["annex.disclosed_total.year"] == number(2)


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_the_number_of_queries_does_not_grow_with_the_records(organ: Organ, form: ReportForm) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            counting.count(form, organ, Period(form.first_year))
        return len(captured)

    before = queries()
    cast.registers(organ, form.first_year)
    cast.registers(organ, form.first_year + 5)
    assert queries() == before
    measures = {cell.counts for cell in form.cells}
    assert before <= 2 * len(measures) + 6
