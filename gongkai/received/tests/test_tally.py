"""How often a rule spoke and how often wrongly: over received and own reports, the list behind each number."""

from __future__ import annotations

from datetime import date

from gongkai.organs.models import Organ, Staff
from gongkai.received import actions, public, tally
from gongkai.received.models import Received, ReceivedFinding
from gongkai.received.tally import RuleTally
from gongkai.received.tests.conftest import CELL, received
from gongkai.reports import actions as reports
from gongkai.reports.models import StoredFinding
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn

UNTIL = date(2099, 1, 1)


def told(organ: Organ | None, rule: str) -> RuleTally:
    return next(one for one in tally.tallies(organ) if one.rule == rule)


def rows(one: Received) -> list[ReceivedFinding]:
    """Failing findings, each of another rule."""
    found = {row.rule: row for row in one.findings.filter(verdict="fail")}
    return list(found.values())


def settle(row: ReceivedFinding, answered_as: str, qian: Staff, zhang: Staff) -> None:
    question = actions.ask(row.received, [row.digest], UNTIL, by=qian, at=AT)[0]
    actions.answer(question, "见附件", answered_as, by=zhang, at=AT)
    actions.accept(question, by=qian, at=AT)


def test_waived_and_denied_findings_count_as_no_error_once_each(
    faulty: Received, county: Organ, li: Staff, qian: Staff, zhang: Staff
) -> None:
    waived, denied = rows(faulty)[:2]
    settle(denied, "wrong_finding", qian, zhang)
    actions.waive(faulty, waived.digest, "另案", UNTIL, by=li, at=AT)
    actions.waive(faulty, denied.digest, "另案", UNTIL, by=li, at=AT)
    assert (told(county, waived.rule).waived, told(county, waived.rule).denied) == (1, 0)
    both = told(county, denied.rule)
    assert (both.waived, both.denied, both.settled) == (1, 1, 1)
    assert both.share == round(100 / both.fired, 1)


def test_an_answer_that_the_report_is_wrong_or_means_something_else_is_no_false_alarm(
    faulty: Received, county: Organ, qian: Staff, zhang: Staff
) -> None:
    for row, kind in zip(rows(faulty), ("will_correct", "other_meaning"), strict=False):
        settle(row, kind, qian, zhang)
        assert told(county, row.rule).settled == 0


def test_a_waiver_counts_after_its_day_and_not_once_taken_back(faulty: Received, county: Organ, li: Staff) -> None:
    row = rows(faulty)[0]
    waiver = actions.waive(faulty, row.digest, "另案", AT.date(), by=li, at=AT)
    row.waiver = None  # as another check after its day leaves it
    ReceivedFinding.objects.filter(pk=row.pk).update(waiver=None)
    assert told(county, row.rule).waived == 1
    actions.take_back_waiver(waiver, by=li, at=AT)
    assert told(county, row.rule).waived == 0


def test_every_number_is_as_long_as_its_list(faulty: Received, county: Organ, li: Staff, qian: Staff) -> None:
    received(qian, ("水利局.html", drawn.page(drawn.broken(CELL, 4, drawn.consistent(9, "松山县水利局")))))
    actions.waive(faulty, rows(faulty)[0].digest, "另案", UNTIL, by=li, at=AT)
    found = tally.tallies(county)
    assert found
    for one in found:
        for kind in tally.KINDS:
            behind = tally.listed(county, one.rule, kind)
            assert getattr(one, kind) == sum(len(rows) for rows in behind), (one.rule, kind)
        assert one.reports == len({row.received_id for row in tally.listed(county, one.rule, "fired")[0]})


def test_own_reports_count_and_drafts_are_not_made_public(faulty: Received, bureau: Organ, zhang: Staff) -> None:
    report = reports.create(bureau, 2012, "national_2021", by=zhang, at=AT)
    StoredFinding.objects.create(
        report=report, position=1, rule="T-WORD-01", verdict="fail", severity="info", title="重字", message="重"
    )
    assert told(bureau, "T-WORD-01").fired == 1
    assert "T-WORD-01" not in public.rule_tallies()
    assert rows(faulty)[0].rule in public.rule_tallies()


def test_a_removed_report_still_counts(faulty: Received, county: Organ, li: Staff) -> None:
    before = tally.tallies(county)
    actions.remove(faulty, "交错了", by=li, at=AT)
    assert tally.tallies(county) == before


def test_nothing_was_found_nothing_is_told(bureau: Organ) -> None:
    assert tally.tallies(bureau) == []
