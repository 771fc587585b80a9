"""One concept followed through the generations of the form."""

from __future__ import annotations

import pytest

from gongkai.law import crosswalk, report_forms
from gongkai.law.refusal import Refused
from gongkai.law.tests.specimens import CITY_2025, OFFICE_2019, annex_2012, matrix
from gongkai.law.values import BLANK


def test_every_concept_points_to_cells_of_the_forms() -> None:
    for concept in crosswalk.concepts():
        for form_id, refs in crosswalk.series(concept).cells.items():
            assert all(report_forms.load(form_id).cell(ref) for ref in refs)


def test_cells_added_up_have_one_unit() -> None:
    for concept in crosswalk.concepts():
        for form_id, refs in crosswalk.series(concept).cells.items():
            assert len({report_forms.load(form_id).cell(ref).unit for ref in refs}) <= 1, (concept, form_id)


def test_a_concept_is_read_from_reports_on_different_forms() -> None:
    received = crosswalk.series("applications_received")
    assert str(received.value("jilin_city_2012", annex_2012())) == "0"
    assert str(received.value("national_2019_2020", matrix("national_2019_2020", OFFICE_2019))) == "859"
    assert str(received.value("national_2021", matrix("national_2021", CITY_2025))) == "14069"
    assert received.breaks == ()


def test_parts_are_added_where_the_forms_cut_differently() -> None:
    litigation = crosswalk.series("litigation")
    assert str(litigation.value("national_2021", matrix("national_2021", CITY_2025))) == "212"


def test_what_a_form_does_not_count_is_blank_and_breaks_the_line() -> None:
    items = crosswalk.series("items_proactively_disclosed")
    assert items.value("national_2021", matrix("national_2021", CITY_2025)) is BLANK
    assert ("national_2014_2018", "national_2019_2020", "not_counted") in [
        (gap.before, gap.after, gap.kind) for gap in items.breaks
    ]


def test_a_moved_definition_breaks_the_line_with_a_note() -> None:
    moved = [gap for gap in crosswalk.series("results_total").breaks if gap.kind == "moved"]
    assert moved
    assert all(gap.note for gap in moved)


def test_fees_of_different_units_are_not_compared() -> None:
    assert crosswalk.series("fees").breaks[0].kind == "incomparable"


def test_an_unknown_concept_is_refused() -> None:
    with pytest.raises(Refused, match="weather"):
        crosswalk.series("weather")
