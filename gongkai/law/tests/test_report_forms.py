"""The pages of the report forms: complete, consistent, and countable."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from gongkai.law import report_forms, vocabulary
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import Cell, ReportForm

FORMS = report_forms.all_forms()
# Measures and their dimensions as the desks declare them; "name" without a dimension is counted whole.
MEASURES: dict[str, set[str]] = {
    "organs.staff": {"engagement"},
    "organs.trainings": {"organised_by"},
    "organs.training_attendances": {"organised_by"},
    "organs.meetings": set(),
    "organs.dedicated_units": set(),
    "organs.special_budget": set(),
    "channels.issue_copies": {"kind"},
    "channels.press_conferences": {"principal"},
    "channels.press_conference_items": set(),
    "channels.interviews": {"principal"},
    "channels.responses": {"way"},
    "channels.hot_topics": set(),
    "channels.site_hits": set(),
    "channels.reading_places": {"electronic"},
    "channels.reading_place_holdings": {"medium"},
    "channels.reading_place_visitors": set(),
    "channels.reading_place_loans": set(),
    "disclosures.published": {"category", "public_interest", "organ_kind"},
    "disclosures.placed": {"column", "carrier"},
    "disclosures.put_online": {"online_timing"},
    "disclosures.delivered": {"delivery_timing"},
    "disclosures.instruments_issued": {"instrument"},
    "disclosures.instruments_disclosed": {"instrument"},
    "disclosures.instruments_repealed": {"instrument"},
    "disclosures.instruments_disclosed_total": {"instrument"},
    "disclosures.instruments_in_force": {"instrument"},
    "applications.received": {"channel", "applicant_type"},
    "applications.concluded": {"outcome", "applicant_type", "timeliness", "ground"},
    "applications.carried_over": {"applicant_type"},
    "applications.carried_forward": {"applicant_type"},
    "disputes.filed": {"kind"},
    "disputes.accepted": {"kind"},
    "disputes.concluded": {"kind", "result"},
    "disputes.in_year": {"kind", "standing"},
    "disputes.complaints": set(),
    "fees.collected": {"kind"},
    "approvals.decisions": {"power"},
    "approvals.items_at_start": {"power"},
    "approvals.items_change": {"power"},
    "approvals.charges": set(),
    "approvals.purchases": set(),
    "approvals.purchase_amounts": set(),
}
# The vocabulary whose codes a dimension takes.
VOCABULARY = {
    "applicant_type": "applicant_types",
    "channel": "application_channels",
    "outcome": "outcomes",
    "ground": "grounds",
    "category": "information_classes",
    "instrument": "instruments",
    "power": "powers",
    "engagement": "engagements",
    "organ_kind": "reporter_kinds",
    "result": "dispute_results",
    "way": "response_ways",
    "organised_by": "training_organisers",
}


def every_cell() -> list[tuple[ReportForm, Cell]]:
    return [(form, cell) for form in FORMS for cell in form.cells]


def test_the_forms_have_all_their_rows_and_cells() -> None:
    assert [(form.id, sum(len(table.rows) for table in form.tables), len(form.cells)) for form in FORMS] == [
        ("local-fujian-2011", 17, 34),
        ("jilin_city_2012", 54, 108),
        ("local-fujian-2014", 16, 32),
        ("national_2014_2018", 65, 58),
        ("national_2019_2020", 38, 198),
        ("national_2021", 39, 200),
    ]


def test_every_cell_counts_a_declared_measure_in_declared_dimensions() -> None:
    for form, cell in every_cell():
        if form.row(cell.table, cell.row).note and not cell.counts and form.id.startswith("local-"):
            continue  # a form of others may have a cell that no register counts; its page says so
        assert cell.counts in MEASURES, f"{form.id} {cell.ref}"
        assert set(cell.where) <= MEASURES[cell.counts], f"{form.id} {cell.ref}"


def test_every_value_that_a_cell_filters_on_is_a_code_of_its_vocabulary() -> None:
    for form, cell in every_cell():
        for dimension, values in cell.where.items():
            if dimension in VOCABULARY:
                assert set(values) <= set(vocabulary.terms(VOCABULARY[dimension])), f"{form.id} {cell.ref}"


def test_cells_of_one_row_and_column_differ_in_what_they_count() -> None:
    for form in FORMS:
        rows = [row for table in form.tables for row in table.rows if row.role in ("part", "subset")]
        for one, other in combinations(rows, 2):
            if one.parent == other.parent and one.table == other.table:
                assert (one.counts, one.where) != (other.counts, other.where), f"{form.id}: {one.id}, {other.id}"


def test_the_outcomes_of_parts_make_up_the_outcomes_of_their_total() -> None:
    for form in FORMS:
        for table in form.tables:
            for total in table.rows:
                parts = [row for row in table.rows if row.parent == total.id and row.role == "part"]
                if parts and "outcome" in total.where:
                    outcomes = {outcome for row in parts for outcome in row.where["outcome"]}
                    assert outcomes == set(total.where["outcome"]), f"{form.id} {total.id}"


def test_every_outcome_known_today_has_one_row_in_the_forms_since_2019() -> None:
    for form in (form for form in FORMS if form.first_year >= 2019):
        rows = [row for row in form.table("t3").rows if row.role == "part"]
        counted = [outcome for row in rows for outcome in row.where["outcome"]]
        assert sorted(counted) == sorted(vocabulary.terms("outcomes")), form.id


def test_outcomes_that_came_after_the_old_forms_do_not_enter_them() -> None:
    for form_id, row in (("jilin_city_2012", "annex"), ("national_2014_2018", "stats")):
        counted = report_forms.load(form_id).row(row, "replies_total").where["outcome"]
        assert "not_processed_repeat" not in counted
        assert "other_fee_unpaid" not in counted


def test_parents_and_groups_are_rows_of_the_same_table() -> None:
    for form in FORMS:
        for table in form.tables:
            ids = [row.id for row in table.rows]
            assert len(ids) == len(set(ids)), f"{form.id} {table.id}"
            for row in table.rows:
                assert {row.parent, row.group} - {""} <= set(ids), f"{form.id} {row.id}"


def test_tables_belong_to_a_section_or_to_the_annex() -> None:
    for form in FORMS:
        numbers = {section.no for section in form.sections}
        assert all(table.part in numbers | {""} for table in form.tables)
        assert all(table.print in {"annex", "list", "items", "applications", "disputes"} for table in form.tables)


def test_one_place_and_one_year_have_one_form() -> None:
    for year in range(2008, 2027):
        for place in ("吉林市", "福建省", "全国"):
            assert sum(form.jurisdiction == place and form.covers(year) for form in FORMS) <= 1


@pytest.mark.parametrize(
    ("year", "places", "form"),
    [
        (2012, ("吉林市", "吉林省", "全国"), "jilin_city_2012"),
        (2014, ("吉林市", "吉林省", "全国"), "national_2014_2018"),
        (2013, ("平潭县", "福建省", "全国"), "local-fujian-2011"),
        (2014, ("平潭县", "福建省", "全国"), "local-fujian-2014"),
        (2020, ("全国",), "national_2019_2020"),
        (2025, ("吉林市", "全国"), "national_2021"),
    ],
)
def test_the_nearest_form_in_force_is_chosen(year: int, places: tuple[str, ...], form: str) -> None:
    assert report_forms.in_force(year, places).id == form


def test_a_year_without_a_form_is_refused() -> None:
    with pytest.raises(Refused, match="2013"):
        report_forms.in_force(2013, ("吉林市", "全国"))


def test_starred_rows_are_for_counties_and_development_zones() -> None:
    form = report_forms.load("jilin_city_2012")
    starred = [row.no for row in form.table("annex").rows if row.star]
    assert starred == ["4", "4(1)", "4(2)", "7", "8", "8(1)", "9", "9(1)", "9(2)", "10", "11"]
    hits = form.resolve("website_hits.year")
    assert form.may_fill(hits, "county_government")
    assert not form.may_fill(hits, "department")


def test_a_stock_has_no_cumulative_figure() -> None:
    form = report_forms.load("jilin_city_2012")
    assert not form.cell("annex.staff_total.cumulative").applies
    assert form.cell("annex.staff_total.year").applies
    assert form.cell("annex.disclosed_total.cumulative").applies


def test_money_is_counted_in_yuan_and_printed_in_the_unit_of_the_form() -> None:
    charges = report_forms.load("national_2021").cell("t2_8.administrative_fees.amount_10k_yuan")
    assert (charges.counts, charges.scale, charges.decimals, charges.unit) == ("approvals.charges", 10000, 6, "万元")


def test_a_short_ref_must_be_unambiguous() -> None:
    form = report_forms.load("jilin_city_2012")
    assert form.resolve("disclosed_total.year").ref == "annex.disclosed_total.year"
    with pytest.raises(Misprint, match="2 个单元格"):
        form.resolve("disclosed_total")
    with pytest.raises(Misprint, match=r"没有单元格"):
        form.cell("annex.nothing.year")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(Refused, match="national_2030"):
        report_forms.load("national_2030")


def test_the_2012_annex_keeps_its_printed_blocks_and_parts() -> None:
    rows = report_forms.load("jilin_city_2012").table("annex").rows
    assert list(dict.fromkeys(row.block for row in rows)) == [
        "人员配置", "学习培训", "公开数量", "公开的内容", "公开的形式", "公开的及时性",
        "申请情况", "申请处理情况", "行政复议", "行政诉讼", "收费",
    ]  # fmt: skip
    assert len(dict.fromkeys(row.part for row in rows)) == 5


def test_the_book_lists_one_page_per_form() -> None:
    pages = Path(report_forms.__file__).parent / "book" / "report_forms"
    assert {path.stem for path in pages.glob("*.toml")} == {form.id for form in FORMS}
