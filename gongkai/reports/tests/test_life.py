"""The life of a report: created, compiled, written, checked, published, and closed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongkai.applications.models import Application
from gongkai.disclosures.models import Disclosure
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.records.models import Entry
from gongkai.reports import actions as reports
from gongkai.reports import assembling, package
from gongkai.reports.models import Figure, FrozenList, Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"


@pytest.fixture
def organ(db: None) -> Organ:
    made = cast.bureau()
    cast.registers(made)
    return made


@pytest.fixture
def zhang(organ: Organ) -> Staff:
    return cast.zhang(organ)


@pytest.fixture
def report(organ: Organ, zhang: Staff) -> Report:
    made = reports.create(organ, 2012, by=zhang, at=AT)
    reports.compile(made, by=zhang, at=AT)
    reports.draft_narrative(made, by=zhang, at=AT)
    reports.write_section(made, "六", "公开内容不够全面。明年充实目录。", by=zhang, at=AT)
    return made


def figure(report: Report, ref: str) -> Figure:
    return next(one for one in report.figures.all() if one.ref == ref)


def test_the_form_in_force_in_the_place_is_chosen(organ: Organ, zhang: Staff) -> None:
    assert reports.create(organ, 2012, by=zhang, at=AT).form_id == "jilin_city_2012"
    assert reports.create(organ, 2022, by=zhang, at=AT).form_id == "national_2021"
    assert reports.create(organ, 2012, "national_2014_2018", by=zhang, at=AT).form_id == "national_2014_2018"
    with pytest.raises(Refused, match="2013 年度"):
        reports.create(organ, 2013, by=zhang, at=AT)
    with pytest.raises(Refused, match="已经建立"):
        reports.create(organ, 2012, by=zhang, at=AT)


def test_compiling_anew_keeps_an_entered_figure_and_puts_the_count_beside_it(
    organ: Organ, zhang: Staff, report: Report
) -> None:
    reports.enter_figure(report, TOTAL, number(12), "两条未入库", source="台账", by=zhang, at=AT)
    cast.disclosures(organ, 2012, public_funds=1)
    reports.compile(report, by=zhang, at=AT)
    kept = figure(report, TOTAL)
    assert (kept.printed, kept.counted, kept.origin, kept.reason) == (number(12), number(11), "entered", "两条未入库")
    reports.restore_counted(report, TOTAL, by=zhang, at=AT)
    assert (figure(report, TOTAL).printed, figure(report, TOTAL).origin) == (number(11), "counted")


@pytest.mark.parametrize(
    ("ref", "reason", "said"),
    [
        (TOTAL, " ", "理由"),
        ("annex.website_hits.year", "听说", "本部门不予统计"),
        ("annex.staff_total.cumulative", "听说", "时点数"),
        ("annex.nothing.year", "听说", "没有"),
    ],
)
def test_a_figure_is_not_entered_where_it_may_not_be(
    zhang: Staff, report: Report, ref: str, reason: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        reports.enter_figure(report, ref, number(1), reason, source="台账", by=zhang, at=AT)


def test_the_draft_follows_the_figures_and_what_a_person_wrote_stays(
    organ: Organ, zhang: Staff, report: Report
) -> None:
    reports.write_section(report, "三", "本年收到申请{annex.applications_received.year}件。", by=zhang, at=AT)
    before = assembling.resolved_texts(report)
    assert "主动公开政府信息10条" in before["二"]
    assert "规范性文件类2条,占20.0%" in before["二"]
    cast.disclosures(organ, 2012, public_funds=6)
    cast.application(organ, "later", date(2012, 6, 1))
    reports.compile(report, by=zhang, at=AT)
    after = assembling.resolved_texts(report)
    assert "主动公开政府信息16条" in after["二"]
    assert after["三"] == "本年收到申请3件。"
    assert after["六"] == before["六"]


def test_text_that_quotes_what_it_may_not_is_refused(zhang: Staff, report: Report) -> None:
    for text, said in (
        ("点击{annex.website_hits.year}次。", "本部门不予统计"),
        ("公开{annex.total.year}条。", r"\{annex.total.year\}"),
        ("占{share:annex.disclosed_total.year}。", "占比"),
        ("公开量上升,主要原因是领导重视。", "主要原因"),
    ):
        with pytest.raises(Refused, match=said):
            reports.write_section(report, "二", text, by=zhang, at=AT)
    with pytest.raises(Refused, match="没有“九”"):
        reports.write_section(report, "九", "无。", by=zhang, at=AT)


def test_a_typed_claim_is_held_against_the_table(zhang: Staff, report: Report) -> None:
    reports.write_section(report, "二", "2012年,我局共公开政府信息总数为99条。", by=zhang, at=AT)
    failing = [finding for finding in reports.check(report, by=zhang, at=AT) if finding.verdict == "fail"]
    assert any(TOTAL in finding.cells for finding in failing)
    assert report.findings.count() > 20


def test_publication_freezes_the_lists_and_the_files(organ: Organ, zhang: Staff, report: Report) -> None:
    cast.published(report, zhang)
    kept = figure(report, TOTAL)
    assert len(kept.frozen.numbers) == 10
    assert kept.list_count == 10
    assert report.published_on == date(2013, 3, 20)
    files = {file.format: file for file in report.files.all()}
    assert set(files) == {"fragment", "html", "docx", "pdf", "xlsx", "json"}
    assert files["json"].sha256 == report.digest
    read = package.parse(bytes(files["json"].content))
    assert read.values == assembling.values(report)
    assert read.figures[TOTAL].list_digest == kept.list_digest != ""
    for act in (
        lambda: reports.compile(report, by=zhang, at=AT),
        lambda: reports.enter_figure(report, TOTAL, number(1), "改", source="台账", by=zhang, at=AT),
        lambda: reports.write_section(report, "二", "改", by=zhang, at=AT),
        lambda: reports.publish(report, by=zhang, at=AT),
    ):
        with pytest.raises(Refused, match="已发布"):
            act()


def test_a_report_with_faults_leaves_the_clerk_only_with_a_reason(zhang: Staff, report: Report) -> None:
    reports.write_section(report, "二", "2012年,我局共公开政府信息总数为99条。", by=zhang, at=AT)
    with pytest.raises(Refused, match="带问题送审的理由"):
        reports.submit(report, by=zhang, at=AT)
    assert Report.objects.get().state == "compiled"
    assert cast.published(report, zhang, accepting="已与上级说明").accepted_reason == "已与上级说明"


def test_figures_that_the_registers_no_longer_bear_out_are_not_published(
    organ: Organ, zhang: Staff, report: Report
) -> None:
    cast.disclosures(organ, 2012, public_funds=1)
    with pytest.raises(Refused, match="重新编制"):
        cast.published(report, zhang)


def test_the_same_records_give_the_same_bytes(zhang: Staff, report: Report) -> None:
    """Published, undone in the database, compiled and published again the same day by another clock."""
    cast.published(report, zhang)
    first = {file.format: bytes(file.content) for file in report.files.all()}
    report.files.all().delete()
    FrozenList.objects.all().delete()
    Report.objects.update(
        state="compiled", digest="", published_on=None, published_at=None, submitted_by=None, approved_by=None
    )
    report.refresh_from_db()
    reports.compile(report, by=zhang, at=AT)
    cast.published(report, zhang, at=AT + timedelta(hours=3))
    assert {file.format: bytes(file.content) for file in report.files.all()} == first


def test_only_those_with_the_role_in_this_organ_may_act(organ: Organ, zhang: Staff, report: Report) -> None:
    wang = cast.zhang(cast.bureau("other"))
    with pytest.raises(Refused, match="登记员"):
        reports.write_section(report, "二", "好。", by=wang, at=AT)
    with pytest.raises(Refused, match="发布员"):
        reports.publish(report, by=cast.li(organ), at=AT)
    with pytest.raises(Refused, match="登记员"):
        reports.submit(report, by=wang, at=AT, accepting="演示")
    with pytest.raises(Refused, match="登记员"):
        reports.compile(report, by=wang, at=AT)


def test_every_act_leaves_one_entry(organ: Organ, zhang: Staff, report: Report) -> None:
    reports.check(report, by=zhang, at=AT)
    reports.enter_figure(report, TOTAL, number(10), "核对", source="台账", by=zhang, at=AT)
    reports.set_opening_balance(
        organ, form_id="jilin_city_2012", table="annex", row="disclosed_total", value=Decimal(5),
        as_of=date(2011, 12, 31), source="2011年度报告", by=zhang, at=AT,
    )  # fmt: skip
    reports.compile(report, by=zhang, at=AT)
    cast.published(report, zhang)
    acts = list(Entry.objects.filter(organ_code=organ.code).order_by("seq").values_list("act", flat=True))
    assert acts == [
        "create", "compile", "draft_narrative", "write_section", "check", "enter_figure", "set_opening_balance",
        "recompile", "submit", "approve", "publish",
    ]  # fmt: skip


def test_an_opening_balance_needs_a_cumulative_row_and_a_source(organ: Organ, zhang: Staff) -> None:
    given: dict[str, Any] = {
        "form_id": "jilin_city_2012",
        "table": "annex",
        "value": Decimal(1),
        "as_of": date(2011, 12, 31),
    }
    with pytest.raises(Refused, match="没有累计数"):
        reports.set_opening_balance(organ, row="staff_total", source="年报", by=zhang, at=AT, **given)
    with pytest.raises(Refused, match="出处"):
        reports.set_opening_balance(organ, row="disclosed_total", source="", by=zhang, at=AT, **given)


def test_last_years_report_is_held_against_this_one(organ: Organ, zhang: Staff) -> None:
    """结转下年度 of 2021 and 上年结转 of 2022 disagree when a record of 2021 is deleted in between."""
    cast.application(organ, "2021-1", date(2021, 12, 20))
    first = reports.create(organ, 2021, by=zhang, at=AT)
    reports.compile(first, by=zhang, at=AT)
    Application.objects.filter(number="2021-1").delete()
    second = reports.create(organ, 2022, by=zhang, at=AT)
    reports.compile(second, by=zhang, at=AT)
    failing = {finding.rule for finding in reports.check(second, by=zhang, at=AT) if finding.verdict == "fail"}
    assert "N21-T3-04" in failing


def test_the_package_goes_out_and_comes_back(report: Report) -> None:
    made = assembling.package(report)
    again = package.parse(package.write(made))
    assert again == replace(made, figures=dict(made.figures))
    assert package.write(again) == package.write(made)


def test_a_deleted_record_stays_in_the_published_list(zhang: Staff, report: Report) -> None:
    cast.published(report, zhang)
    Disclosure.objects.filter(number="2012-other-0004").delete()
    assert len(figure(report, TOTAL).frozen.numbers) == 10
