"""The list behind a figure, and the public window: as published beside as of today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.disclosures.models import Disclosure
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions as reports
from gongkai.reports import public, queries
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"
WEBSITE = "annex.disclosed_on_website.year"


@pytest.fixture
def organ(db: None) -> Organ:
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def zhang(organ: Organ) -> Staff:
    return cast.zhang(organ)


def published(organ: Organ, zhang: Staff, year: int = 2012, form_id: str | None = None) -> Report:
    report = reports.create(organ, year, form_id, by=zhang, at=AT)
    reports.compile(report, by=zhang, at=AT)
    reports.draft_narrative(report, by=zhang, at=AT)
    return cast.published(report, zhang)


def test_every_counted_figure_equals_the_length_of_its_list(organ: Organ, zhang: Staff) -> None:
    report = published(organ, zhang)
    counted = [one for one in report.figures.select_related("frozen") if one.list_count is not None]
    assert len(counted) > 60
    for one in counted:
        summed = one.row in (
            "training_attendances",
            "press_conference_items",
            "fees_total",
            "fees_cost_recovery",
            "fees_other",
        )
        summed = summed or one.row in ("gazette_copies_distributed", "other_bulletins")
        assert summed or one.value == one.list_count == len(one.frozen.numbers), one.ref


def test_the_list_shows_records_with_chinese_words(organ: Organ, zhang: Staff) -> None:
    found = queries.figure_list(published(organ, zhang), TOTAL)
    assert (found.count, found.headers[0]) == (10, "登记号")
    row = found.page(0, 3)[0]
    assert row.number == "2012-normative_documents-0000"
    assert "normative_documents" not in row.values[1:]
    assert len(found.page(8, 20)) == 2


def test_what_was_published_stays_listed_when_records_change(organ: Organ, zhang: Staff) -> None:
    report = published(organ, zhang)
    Disclosure.objects.filter(number="2012-other-0004").delete()
    cast.disclosures(organ, 2012, public_funds=1)
    today, then = queries.figure_list(report, TOTAL), queries.figure_list(report, TOTAL, "published")
    assert (today.count, then.count) == (10, 10)
    gone = [row for row in then.page(0, 20) if row.pk is None]
    assert [row.number for row in gone] == ["2012-other-0004"]
    changed = queries.differences(report, TOTAL)
    assert (changed.gone, changed.added) == (("2012-other-0004",), ("2012-public_funds-0000",))


def test_a_document_on_two_carriers_of_a_kind_stands_once_in_the_frozen_list(organ: Organ, zhang: Staff) -> None:
    cast.place(organ, list(Disclosure.objects.filter(organ=organ)[:3]), "disclosure_column")
    report = published(organ, zhang)
    then = queries.figure_list(report, WEBSITE, "published")
    assert then.figure.value == then.count == 7
    assert len(then.page(0, 20)) == 7


def test_a_list_over_several_organs_names_the_organ_of_each_record(organ: Organ) -> None:
    county = cast.bureau("county", kind="county_government")
    town = Organ.objects.create(code="town", kind="township_government", region_path="吉林省/吉林市", parent=county)
    cast.disclosures(county, 2012, other=2)
    cast.disclosures(town, 2012, other=2)
    report = published(county, cast.zhang(county))
    then = queries.figure_list(report, "annex.area_disclosed_total.year", "published")
    assert {row.organ_code for row in then.page(0, 10)} == {"county", "town"}
    assert all(row.pk for row in then.page(0, 10))
    assert then.count == 4


def test_a_figure_without_a_list_says_why(organ: Organ, zhang: Staff) -> None:
    report = reports.create(organ, 2012, by=zhang, at=AT)
    with pytest.raises(Refused, match="还没有编制"):
        queries.figure_list(report, TOTAL)
    reports.compile(report, by=zhang, at=AT)
    with pytest.raises(Refused, match="还没有发布"):
        queries.figure_list(report, TOTAL, "published").page(0, 1)
    with pytest.raises(Refused, match="不由登记簿统计"):
        queries.figure_list(report, "annex.website_hits.year")


def test_the_public_page_is_the_frozen_one(organ: Organ, zhang: Staff) -> None:
    report = published(organ, zhang)
    page = public.report_page(organ.code, 2012)
    assert page.report.title == "吉林市测试局2012年政府信息公开工作年度报告"
    assert f'data-figure="{TOTAL}"' in page.html
    assert [one.format for one in page.downloads] == ["html", "docx", "pdf", "xlsx", "json"]
    content = public.download(organ.code, 2012, "json")
    assert content.sha256 == report.digest == page.report.digest
    assert [one.size for one in page.downloads if one.format == "json"] == [len(content.content)]
    with pytest.raises(Refused, match="1999"):
        public.report_page(organ.code, 1999)
    with pytest.raises(Refused, match="exe"):
        public.download(organ.code, 2012, "exe")


def test_only_published_reports_are_public(organ: Organ, zhang: Staff) -> None:
    reports.create(organ, 2012, by=zhang, at=AT)
    assert public.published() == []
    assert public.series(organ.code) == []
    with pytest.raises(Refused):
        public.report_page(organ.code, 2012)


def test_a_series_across_forms_breaks_where_the_definition_moved(organ: Organ, zhang: Staff) -> None:
    cast.registers(organ, 2016)
    cast.registers(organ, 2022)
    for year in (2012, 2016, 2022):
        published(organ, zhang, year)
    series = {one.id: one for one in public.series(organ.code)}
    received = series["applications_received"]
    assert {point.year: point.value for point in received.points} == dict.fromkeys((2012, 2016, 2022), number(2))
    assert received.breaks == ()
    disclosed = series["items_proactively_disclosed"]
    assert [point.value.kind for point in disclosed.points] == ["number", "number", "blank"]
    assert {(broken.before, broken.after) for broken in disclosed.breaks} >= {(2016, 2022)}


def test_the_list_of_published_reports_needs_few_queries(organ: Organ, zhang: Staff) -> None:
    published(organ, zhang)
    with CaptureQueriesContext(connection) as one:
        public.published()
    cast.registers(organ, 2022)
    published(organ, zhang, 2022)
    with CaptureQueriesContext(connection) as two:
        public.published()
    assert len(two) == len(one) <= 3
