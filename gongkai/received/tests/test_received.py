"""Reports received as files: kept with findings, waived for what stands in them, asked about, answered, settled."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.papers.workbook import read_sheets
from gongkai.received import actions, examining, outputs, queries
from gongkai.received.flow import ACCEPTED, ANSWERED, REJECTED
from gongkai.received.models import Question, Received
from gongkai.received.tests.conftest import CELL, NAME, examined, failing, received, rename
from gongkai.records.models import Entry
from gongkai.reports.checking import output
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn
from gongkai.reports.tests.foreign.invention import Invented

DAY = AT.date()
SCHEMA = Path(__file__).parents[3] / "docs" / "check-schema.json"
UNTIL = date(2013, 12, 31)
YEAR = drawn.consistent().year


def counted(one: Received, day: date = DAY) -> Any:
    return queries.received_by(one.keeper, day).get(pk=one.pk)


def again(one: Received, by: Staff) -> Received:
    """Checked anew, as the page does."""
    return actions.check(one, examining.examine_again(one, bytes(one.content)), by=by, at=AT)


def test_a_received_file_is_kept_with_what_was_found_and_whose_it_is(faulty: Received, bureau: Organ) -> None:
    assert faulty.organ == bureau
    assert (faulty.organ_name, faulty.year, faulty.form_id) == (NAME, YEAR, "national_2021")
    assert counted(faulty).seriousness == "严重"
    assert failing(faulty).repairs
    assert Entry.objects.get(act="receive_report").organ_code == "county"


def test_the_same_file_is_not_kept_twice(faulty: Received, qian: Staff) -> None:
    twice = received(qian, ("别名.html", bytes(faulty.content)))[0]
    assert twice.pk == faulty.pk
    assert Received.objects.count() == 1
    assert Entry.objects.filter(act="check").count() == 1


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(bureau: Organ, qian: Staff) -> None:
    one = received(qian, ("图片.png", b"\x89PNG\r\n\x1a\n\x00\x00"))[0]
    assert one.reading is None
    assert one.refused
    assert counted(one).seriousness == "未读"
    assert json.loads(outputs.as_json(one, one.findings.all(), DAY))["refused"]["reason"] == one.refused


def test_only_a_clerk_or_supervisor_of_the_keeper_receives(bureau: Organ, li: Staff) -> None:
    with pytest.raises(Refused) as refused:
        received(li, ("教育局.html", drawn.page(drawn.consistent())))
    assert refused.value.code == "not_your_role"


def test_a_waived_finding_counts_no_more_until_its_day(faulty: Received, li: Staff) -> None:
    before = counted(faulty)
    assert before.errors
    for row in faulty.findings.filter(verdict="fail"):
        if row.digest not in queries.standing(faulty, DAY):
            actions.waive(faulty, row.digest, "已另文说明", UNTIL, by=li, at=AT)
    assert counted(faulty).failing == 0
    assert counted(faulty, UNTIL + timedelta(days=1)).failing == before.failing


def test_a_waiver_survives_another_check_and_a_corrected_file_with_the_same_figures(
    faulty: Received, li: Staff, qian: Staff
) -> None:
    row = failing(faulty)
    actions.waive(faulty, row.digest, "已另文说明", UNTIL, by=li, at=AT)
    again(faulty, qian)
    assert faulty.findings.get(position=row.position).waiver is not None
    other = {**drawn.SECTIONS, "六": "本年度无其他事项。"}
    corrected = received(qian, ("更正.html", drawn.page(drawn.broken(CELL, 3), sections=other)))[0]
    assert corrected.pk != faulty.pk
    assert corrected.findings.filter(digest=row.digest, waiver__isnull=False).exists()


def test_a_waiver_does_not_cover_other_figures(faulty: Received, li: Staff, qian: Staff) -> None:
    for row in faulty.findings.filter(verdict="fail"):
        if row.digest not in queries.standing(faulty, DAY):
            actions.waive(faulty, row.digest, "已另文说明", UNTIL, by=li, at=AT)
    other = received(qian, ("更正.html", drawn.page(drawn.broken(CELL, 4))))[0]
    assert counted(other).failing
    assert not any(CELL in row.told["cells"] for row in other.findings.filter(waiver__isnull=False))


def test_a_waiver_taken_back_holds_no_more(faulty: Received, li: Staff) -> None:
    waiver = actions.waive(faulty, failing(faulty).digest, "已另文说明", UNTIL, by=li, at=AT)
    before = counted(faulty).failing
    actions.take_back_waiver(waiver, by=li, at=AT)
    assert counted(faulty).failing > before
    with pytest.raises(Refused, match="已经撤销"):
        actions.take_back_waiver(waiver, by=li, at=AT)


@pytest.mark.parametrize(
    ("reason", "until", "code"),
    [("", UNTIL, "no_reason"), ("另案", DAY - timedelta(days=1), "past_day")],
)
def test_a_waiver_needs_a_reason_and_a_day_to_come(
    reason: str, until: date, code: str, faulty: Received, li: Staff
) -> None:
    with pytest.raises(Refused) as refused:
        actions.waive(faulty, failing(faulty).digest, reason, until, by=li, at=AT)
    assert refused.value.code == code


def test_the_object_of_a_file_says_what_was_waived(faulty: Received, li: Staff) -> None:
    row = failing(faulty)
    actions.waive(faulty, row.digest, "已另文说明", UNTIL, by=li, at=AT)
    rows = list(faulty.findings.select_related("waiver__by"))
    made = json.loads(outputs.as_json(faulty, rows, DAY))
    jsonschema.validate(made, json.loads(SCHEMA.read_text(encoding="utf-8")))
    told = made["findings"]
    assert told[row.position]["waived"] is True
    told = json.loads(outputs.as_json(faulty, rows, UNTIL + timedelta(days=1)))["findings"]
    assert told[row.position]["waived"] is False


def asked(faulty: Received, by: Staff) -> Question:
    return actions.ask(faulty, [failing(faulty).digest], UNTIL, by=by, at=AT)[0]


def test_a_question_is_asked_answered_sent_back_answered_again_and_settled(
    faulty: Received, qian: Staff, zhang: Staff
) -> None:
    before = counted(faulty).failing
    question = asked(faulty, qian)
    assert list(queries.waiting_for(zhang, {"clerk"})) == [question]
    actions.answer(question, "漏计三件", "will_correct", by=zhang, at=AT)
    assert question.state == ANSWERED
    assert list(queries.waiting_for(qian, {"supervisor"})) == [question]
    actions.reject(question, "请写明更正日期", by=qian, at=AT)
    assert question.state == REJECTED
    actions.answer(question, "三日内更正", "will_correct", by=zhang, at=AT)
    actions.accept(question, by=qian, at=AT)
    assert question.state == ACCEPTED
    assert counted(faulty).failing < before
    again(faulty, qian)
    assert faulty.findings.filter(question=question).exists()
    acts = Entry.objects.filter(organ_code="edu").order_by("seq").values_list("act", flat=True)
    assert list(acts)[-5:] == ["ask_organ", "answer_question", "reject_answer", "answer_again", "accept_answer"]


def test_a_finding_is_not_asked_about_twice_unless_the_question_was_taken_back(faulty: Received, qian: Staff) -> None:
    question = asked(faulty, qian)
    with pytest.raises(Refused, match="已经问过"):
        asked(faulty, qian)
    actions.withdraw(question, by=qian, at=AT)
    assert asked(faulty, qian).pk != question.pk


def test_a_report_of_an_unknown_organ_is_asked_about_once_somebody_says_whose_it_is(bureau: Organ, qian: Staff) -> None:
    rename(bureau, "松山县教体局")
    one = received(qian, ("教育局.html", drawn.page(drawn.broken(CELL, 3))))[0]
    assert one.organ is None
    with pytest.raises(Refused) as refused:
        asked(one, qian)
    assert refused.value.code == "whose"
    actions.assign(one, bureau, by=qian, at=AT)
    assert asked(one, qian).organ == bureau


def test_ones_own_report_before_publication_is_checked_but_not_asked_about(
    bureau: Organ, zhang: Staff, qian: Staff
) -> None:
    one = received(zhang, ("本局.html", drawn.page(drawn.broken(CELL, 3))))[0]
    assert one.organ == bureau
    with pytest.raises(Refused):
        asked(one, zhang)
    with pytest.raises(Refused):
        asked(one, qian)


def years(seed: int = 7) -> tuple[bytes, bytes]:
    """Last year's report, and this year's that carries in what the other did not carry out."""
    one: Invented = drawn.consistent(seed)
    return drawn.page(one, YEAR - 1), drawn.page(one, YEAR)


def test_years_are_held_together_whether_they_came_together_or_one_after_the_other(bureau: Organ, qian: Staff) -> None:
    before, after = years()
    together = examined(qian, ("前.html", before), ("后.html", after))
    found = {row.rule for row in together[1].findings.exclude(verdict="not_assessable")}
    assert together[1].previous == "前.html"
    Received.objects.get(pk=together[1].pk).findings.all().delete()
    Received.objects.filter(pk=together[1].pk).delete()
    apart = examined(qian, ("后.html", after))[0]
    assert apart.previous == "前.html"
    alone = {row.rule for row in apart.findings.exclude(verdict="not_assessable")}
    assert {rule for rule in found - alone if not rule.startswith(output.BETWEEN)} == set()


def test_the_workbook_says_who_what_how_serious_what_to_ask_and_what_became_of_it(
    faulty: Received, li: Staff, qian: Staff, zhang: Staff
) -> None:
    question = asked(faulty, qian)
    actions.answer(question, "漏计三件", "will_correct", by=zhang, at=AT)
    other = next(row for row in faulty.findings.filter(verdict="fail") if row.digest != question.digest)
    actions.waive(faulty, other.digest, "另文说明", UNTIL, by=li, at=AT)
    rows = list(faulty.findings.select_related("waiver__by", "question__organ"))
    sheets = read_sheets(outputs.workbook([(faulty, rows)], DAY))
    said = json.dumps([[str(cell) for cell in row] for sheet in sheets for row in sheet.rows], ensure_ascii=False)
    for word in (NAME, "严重", "请核实并更正", "漏计三件", "另文说明", "已豁免", "已答复"):
        assert word in said
