"""A human verdict on a finding survives checking anew; it lapses with the figures, the day, or when taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions as reports
from gongkai.reports import assembling, package, waiving
from gongkai.reports.models import Report, StoredFinding, Waiver
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"
UNTIL = date(2013, 12, 31)


@pytest.fixture
def faulty(report: Report, zhang: Staff) -> Report:
    """Its total is entered as 12 where the parts make 10."""
    reports.enter_figure(report, TOTAL, number(12), "两条未入库", source="台账", by=zhang, at=AT)
    reports.check(report, by=zhang, at=AT)
    return report


def failing(report: Report) -> StoredFinding:
    return next(one for one in report.findings.filter(verdict="fail") if TOTAL in one.cells)


def waive(report: Report, li: Staff, until: date = UNTIL) -> Waiver:
    return reports.waive(report, failing(report).digest, "两条已另案说明", until, by=li, at=AT)


def is_waived(report: Report, on: date | None = None) -> bool:
    return any(one.waived and TOTAL in one.cells for one in assembling.stored_findings(report, on))


def test_a_waiver_survives_checking_and_compiling_anew(faulty: Report, zhang: Staff, li: Staff) -> None:
    waive(faulty, li)
    reports.check(faulty, by=zhang, at=AT)
    assert is_waived(faulty)
    reports.compile(faulty, by=zhang, at=AT)
    reports.check(faulty, by=zhang, at=AT)
    assert is_waived(faulty)


def test_a_waiver_lapses_when_the_figure_changes_and_not_when_another_does(
    faulty: Report, zhang: Staff, li: Staff
) -> None:
    waive(faulty, li)
    reports.enter_figure(faulty, "annex.staff_part_time.year", number(9), "核对", source="台账", by=zhang, at=AT)
    assert is_waived(faulty)
    reports.enter_figure(faulty, TOTAL, number(13), "又一条", source="台账", by=zhang, at=AT)
    assert not is_waived(faulty)


def test_a_waiver_ends_on_its_day(faulty: Report, zhang: Staff, li: Staff) -> None:
    waive(faulty, li)
    assert is_waived(faulty, UNTIL)
    assert not is_waived(faulty, UNTIL + timedelta(days=1))
    reports.check(faulty, by=zhang, at=AT + timedelta(days=300))
    assert not is_waived(faulty)


def test_a_waived_finding_holds_nothing_up_and_is_still_shown_and_counted(
    report: Report, zhang: Staff, li: Staff
) -> None:
    for no in ("一", "三", "四", "五"):
        reports.write_section(report, no, "情况如附表。", by=zhang, at=AT)
    reports.enter_figure(report, TOTAL, number(12), "两条未入库", source="台账", by=zhang, at=AT)
    reports.check(report, by=zhang, at=AT)
    for one in report.findings.filter(verdict="fail", severity="error").order_by("position"):
        if not StoredFinding.objects.get(pk=one.pk).waiver:
            reports.waive(report, one.digest, "另案说明", UNTIL, by=li, at=AT)
    reports.submit(report, by=zhang, at=AT)
    reports.approve(report, by=li, at=AT)
    reports.publish(report, by=zhang, at=AT)
    packed = bytes(report.files.get(format="json").content)
    assert b'"waived": ' in packed
    read = package.parse(packed)
    waived = [finding for finding in read.findings if finding.waived]
    assert waived
    assert all(finding.verdict == "fail" for finding in waived)
    assert package.write(read) == packed


def test_a_waiver_that_ran_out_stops_publication(report: Report, zhang: Staff, li: Staff) -> None:
    for no in ("一", "三", "四", "五"):
        reports.write_section(report, no, "情况如附表。", by=zhang, at=AT)
    reports.enter_figure(report, TOTAL, number(12), "两条未入库", source="台账", by=zhang, at=AT)
    reports.check(report, by=zhang, at=AT)
    for digest in set(report.findings.filter(verdict="fail").values_list("digest", flat=True)):
        reports.waive(report, digest, "另案说明", date(2013, 3, 25), by=li, at=AT)
    cast.approved(report, zhang, accepting="")
    with pytest.raises(Refused, match="豁免"):
        reports.publish(report, by=zhang, at=AT + timedelta(days=10))


def test_a_published_report_keeps_the_waivers_that_it_was_published_with(
    faulty: Report, zhang: Staff, li: Staff
) -> None:
    waiver = waive(faulty, li)
    cast.published(faulty, zhang)
    assert is_waived(faulty)
    with pytest.raises(Refused, match="不能再撤销"):
        reports.take_back_waiver(waiver, by=li, at=AT)


def test_a_waiver_is_taken_back_once(faulty: Report, li: Staff) -> None:
    waiver = waive(faulty, li)
    reports.take_back_waiver(waiver, by=li, at=AT)
    assert not is_waived(faulty)
    with pytest.raises(Refused, match="已经撤销"):
        reports.take_back_waiver(waiver, by=li, at=AT)


def test_who_answers_for_the_figures_does_not_waive(organ: Organ, faulty: Report, zhang: Staff, li: Staff) -> None:
    digest = failing(faulty).digest
    with pytest.raises(Refused, match="审核员"):
        reports.waive(faulty, digest, "好", UNTIL, by=zhang, at=AT)
    with pytest.raises(Refused, match="理由"):
        reports.waive(faulty, digest, " ", UNTIL, by=li, at=AT)
    with pytest.raises(Refused, match="有效期"):
        reports.waive(faulty, digest, "好", date(2013, 3, 19), by=li, at=AT)
    for none in ("", "0" * 64):
        with pytest.raises(Refused, match="没有这一条"):
            reports.waive(faulty, none, "好", UNTIL, by=li, at=AT)
    waive(faulty, li)
    with pytest.raises(Refused, match="已经豁免"):
        waive(faulty, li)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_digest_speaks_of_its_own_cells_only(total: int, other: int, elsewhere: int) -> None:
    finding = Finding("R", "fail", "error", "合计", "不等", cells=("t.a.year", "t.b.year"))
    figures = {"t.a.year": number(total), "t.b.year": number(3)}
    digest = waiving.digest(finding, figures)
    assert digest == waiving.digest(finding, {**figures, "t.c.year": number(elsewhere)})
    assert (digest == waiving.digest(finding, {**figures, "t.a.year": number(other)})) == (total == other)
