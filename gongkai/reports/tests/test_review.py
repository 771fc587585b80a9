"""From the clerk to the reviewer to the publisher: who may do what, and that no one approves what is their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Handover, Organ, Staff, StaffRole
from gongkai.records.models import Entry
from gongkai.records.moves import may
from gongkai.reports import actions as reports
from gongkai.reports.flow import FLOW
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

TOTAL = "annex.disclosed_total.year"


def submitted(report: Report, zhang: Staff) -> Report:
    return reports.submit(report, by=zhang, at=AT, accepting="演示")


def test_a_report_goes_from_the_clerk_to_the_reviewer_to_the_publisher(report: Report, zhang: Staff, li: Staff) -> None:
    submitted(report, zhang)
    assert (report.state, report.submitted_by, report.accepted_reason) == ("submitted", zhang, "演示")
    reports.approve(report, by=li, at=AT)
    assert (report.state, report.approved_by) == ("approved", li)
    reports.publish(report, by=zhang, at=AT)
    report.refresh_from_db()
    assert (report.state, report.submitted_by, report.approved_by) == ("published", zhang, li)


def test_nobody_approves_what_they_submitted(report: Report, zhang: Staff) -> None:
    StaffRole.objects.create(staff=zhang, role="reviewer", from_on=date(2005, 1, 1))
    submitted(report, zhang)
    with pytest.raises(Refused, match="另一人") as refused:
        reports.approve(report, by=zhang, at=AT)
    assert refused.value.code == "same_person"
    assert [move.name for move in may(FLOW, report, {"reviewer"}, zhang)] == ["send_back"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(approved_by=zhang)


def test_standing_in_for_the_reviewer_does_not_let_the_clerk_approve_his_own(
    report: Report, zhang: Staff, li: Staff
) -> None:
    Handover.objects.create(
        from_staff=li,
        to_staff=zhang,
        role="reviewer",
        from_on=date(2013, 3, 1),
        until_on=date(2013, 3, 31),
        reason="出差",
    )
    submitted(report, zhang)
    standing_in = Staff.objects.get(pk=zhang.pk)
    standing_in.acting_for = li
    assert standing_in.has_role("reviewer", date(2013, 3, 20))
    with pytest.raises(Refused, match="另一人"):
        reports.approve(report, by=standing_in, at=AT)


def test_the_head_of_the_office_may_approve_as_well(report: Report, organ: Organ, zhang: Staff) -> None:
    lead = cast.li(organ)
    lead.roles.update(role="office_lead")
    submitted(report, zhang)
    assert reports.approve(report, by=lead, at=AT).state == "approved"


def test_what_is_sent_back_is_open_again_with_the_reason(report: Report, zhang: Staff, li: Staff) -> None:
    submitted(report, zhang)
    with pytest.raises(Refused, match="原因"):
        reports.send_back(report, " ", by=li, at=AT)
    reports.send_back(report, "第三部分数字与正文不符", by=li, at=AT)
    assert (report.state, report.sent_back_reason) == ("compiled", "第三部分数字与正文不符")
    assert report.submitted_by is None
    submitted(report, zhang)
    assert report.sent_back_reason == ""
    reports.approve(report, by=li, at=AT)
    reports.send_back(report, "附件缺页", by=zhang, at=AT)
    assert (report.state, report.approved_by) == ("compiled", None)
    assert Entry.objects.latest("seq").act == "return"


def test_the_clerk_takes_back_what_nobody_has_approved_yet(report: Report, zhang: Staff, li: Staff) -> None:
    submitted(report, zhang)
    assert reports.withdraw(report, by=zhang, at=AT).state == "compiled"
    cast.approved(report, zhang)
    with pytest.raises(Refused, match="现为“已审定”"):
        reports.withdraw(report, by=zhang, at=AT)


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_others_look_at_is_not_changed_under_their_eyes(report: Report, zhang: Staff, state: str) -> None:
    (submitted if state == "submitted" else cast.approved)(report, zhang)
    acts: list[Callable[[], object]] = [
        lambda: reports.compile(report, by=zhang, at=AT),
        lambda: reports.draft_narrative(report, by=zhang, at=AT),
        lambda: reports.write_section(report, "二", "改", by=zhang, at=AT),
        lambda: reports.enter_figure(report, TOTAL, number(1), "改", source="台账", by=zhang, at=AT),
        lambda: reports.check(report, by=zhang, at=AT),
    ]
    for act in acts:
        with pytest.raises(Refused, match="内容不能改"):
            act()


def test_a_report_is_not_published_before_it_is_approved(report: Report, zhang: Staff) -> None:
    for step in (lambda: None, lambda: submitted(report, zhang)):
        step()
        with pytest.raises(Refused, match="只能在“已审定”"):
            reports.publish(report, by=zhang, at=AT)


def test_what_the_registers_no_longer_bear_out_is_not_published_though_approved(
    organ: Organ, report: Report, zhang: Staff
) -> None:
    cast.approved(report, zhang)
    cast.disclosures(organ, 2012, public_funds=1)
    with pytest.raises(Refused, match="重新编制"):
        reports.publish(report, by=zhang, at=AT)
    report.refresh_from_db()
    assert (report.state, report.digest) == ("approved", "")
