"""A received file deleted for a reason: no word of it stays, a tombstone does; and it may be received again."""

from __future__ import annotations

import pytest

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.received import actions, beside, examining, queries
from gongkai.received.models import Received
from gongkai.received.tests.conftest import NAME, failing, make_bureau, received
from gongkai.received.tests.test_beside import COPIED
from gongkai.records.models import Entry
from gongkai.reports.checking.judging import judge
from gongkai.reports.checking.opening import open_report
from gongkai.reports.checking.output import Checked, digest_of
from gongkai.reports.tests.cast import AT
from gongkai.reports.tests.checking import drawn

DAY = AT.date()


def removed(one: Received, by: Staff) -> Received:
    return actions.remove(one, "附有个人信息", by=by, at=AT)


def test_nothing_of_the_words_stays_and_a_tombstone_does(faulty: Received, li: Staff) -> None:
    rules = list(faulty.findings.values_list("rule", "verdict"))
    gone = removed(faulty, li)
    assert (bytes(gone.content), gone.reading, gone.organ_name) == (b"", None, NAME)
    assert (gone.removed_on, gone.removed_by, gone.removal_reason) == (DAY, li, "附有个人信息")
    assert list(gone.findings.values_list("rule", "verdict")) == rules
    for row in gone.findings.all():
        assert (row.message, row.evidence, row.repairs, row.question_text, row.told) == ("", [], [], "", {})
    entry = Entry.objects.get(act="remove_report")
    assert (entry.after["reason"], entry.before["digest"]) == ("附有个人信息", faulty.digest)
    assert list(queries.removed_by(gone.keeper)) == [gone]
    assert not queries.received_by(gone.keeper, DAY).exists()
    assert queries.years_of(gone.keeper) == []


def test_the_same_file_may_be_received_again(faulty: Received, li: Staff, qian: Staff) -> None:
    content = bytes(faulty.content)
    removed(faulty, li)
    again = received(qian, ("教育局.html", content))[0]
    assert again.pk != faulty.pk
    assert queries.received_by(again.keeper, DAY).get() == again


def test_questions_are_settled_first_and_then_quote_nothing(faulty: Received, qian: Staff, zhang: Staff) -> None:
    question = actions.ask(faulty, [failing(faulty).digest], DAY, by=qian, at=AT)[0]
    with pytest.raises(Refused, match="1 个询问没有了结"):
        removed(faulty, qian)
    actions.answer(question, "已更正", "will_correct", by=zhang, at=AT)
    actions.accept(question, by=qian, at=AT)
    removed(faulty, qian)
    question.refresh_from_db()
    assert (question.text, question.evidence, question.answer) == (actions.GONE, [], "已更正")


def test_a_removal_needs_a_reason_and_happens_once(faulty: Received, li: Staff) -> None:
    for reason, code in (("", "no_reason"), ("长" * 501, "too_long")):
        with pytest.raises(Refused) as refused:
            actions.remove(faulty, reason, by=li, at=AT)
        assert refused.value.code == code
    removed(faulty, li)
    with pytest.raises(Refused, match="已经删除"):
        removed(faulty, li)


def test_a_clerk_does_not_remove(faulty: Received, zhang: Staff) -> None:
    with pytest.raises(Refused) as refused:
        removed(faulty, zhang)
    assert refused.value.code in ("not_your_role", "not_yours")


def test_what_is_removed_while_other_reports_are_read_stays_removed(county: Organ, qian: Staff, li: Staff) -> None:
    make_bureau("water", "松山县水利局", county)
    first = received(qian, ("甲.html", drawn.page(drawn.consistent(7), sections=COPIED)))[0]
    copy = drawn.page(drawn.consistent(9, "松山县水利局"), sections=COPIED)
    report = open_report("乙.html", copy)
    checked = Checked("乙.html", digest_of(copy), report, judge(report))
    held = beside.between(qian.organ, [checked])
    assert held.earlier[first.pk].findings
    removed(first, li)
    actions.receive(qian.organ, [examining.Examined(checked, copy)], held.earlier, by=qian, at=AT)
    assert not first.findings.exclude(message="").exists()


def test_nothing_is_done_with_what_is_removed(faulty: Received, li: Staff, qian: Staff) -> None:
    digest, content, organ = failing(faulty).digest, bytes(faulty.content), faulty.organ
    assert organ is not None
    checked = examining.examine_again(faulty, content)
    removed(Received.objects.get(pk=faulty.pk), li)
    for act in (
        lambda: actions.check(faulty, checked, by=qian, at=AT),
        lambda: actions.waive(faulty, digest, "另案", DAY, by=li, at=AT),
        lambda: actions.ask(faulty, [digest], DAY, by=qian, at=AT),
        lambda: actions.assign(faulty, organ, by=qian, at=AT),
    ):
        with pytest.raises(Refused, match="已经删除"):
            act()


def test_the_entry_book_does_not_quote_the_report(faulty: Received, qian: Staff) -> None:
    question = actions.ask(faulty, [failing(faulty).digest], DAY, by=qian, at=AT)[0]
    entry = Entry.objects.get(act="ask_organ")
    assert question.text not in str(entry.after)
    assert entry.after["digest"] == question.digest
