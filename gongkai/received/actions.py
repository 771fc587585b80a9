"""Every change of what was received: one function a verb, one transaction, one entry for each thing changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.organs.models import Organ, Staff
from gongkai.organs.queries import is_within
from gongkai.received import beside
from gongkai.received.beside import Earlier
from gongkai.received.examining import Examined
from gongkai.received.flow import ANSWERED, ANSWERS, ASKED, FLOW, REJECTED, SUPERVISOR, WITHDRAWN
from gongkai.received.models import LONGEST_TEXT, Question, Received, ReceivedFinding, ReceivedWaiver
from gongkai.received.queries import JUDGES, RECEIVERS, known_organs, open_on, standing, whose
from gongkai.records import entries
from gongkai.records.moves import carry_out
from gongkai.reports.actions.permission import legal_day, require_role, require_said, roles_within
from gongkai.reports.checking import wording
from gongkai.reports.checking.folder import TWICE
from gongkai.reports.checking.keeping import keep, keep_finding, kept, kept_finding
from gongkai.reports.checking.output import Checked, excerpt
from gongkai.reports.checking.state import engine
from gongkai.reports.waiving import WAIVABLE, digest

REASON = 500  # characters
GONE = "（报告已删除，原文不再保存）"


@transaction.atomic
def receive(
    keeper: Organ, files: Sequence[Examined], earlier: Mapping[int, Earlier] | None = None, *, by: Staff, at: datetime
) -> list[Received]:
    """Keep files with what was found in them. A file that the organ has already is checked anew, not kept twice.

    earlier: what was found of reports received before now that these stand beside them.
    """
    require_role(keeper, by, at, "收报告", *RECEIVERS)
    organs = known_organs(keeper)
    entries.locked_head(keeper.code)
    found = []
    for checked, content in files:
        standing = Received.objects.filter(keeper=keeper, digest=checked.digest, removed_on__isnull=True)
        received = standing.defer("content", "reading").first()
        act = "check" if received else "receive_report"
        received = received or Received(
            keeper=keeper, digest=checked.digest, content=content, received_at=at, received_by=by
        )
        _keep(received, checked, organs, at)
        after = {"file": received.file_name, "digest": received.digest, **checked.tally}
        entries.write(organ_code=keeper.code, by=by, at=at, act=act, subject=received, after=after)
        found.append(received)
    # What was removed while these were being read stays removed.
    others = Received.objects.filter(keeper=keeper, pk__in=earlier or (), removed_on__isnull=True)
    for received in others.defer("content", "reading"):
        _keep_between(received, (earlier or {})[received.pk], by=by, at=at)
    return found


def _keep_between(received: Received, told: Earlier, *, by: Staff, at: datetime) -> None:
    """Put what was found between a report and others in place of what was, or beside it; an entry where it changes."""
    stored = [row for row in received.findings.all() if beside.is_between(kept_finding(row.told))]
    reading = Received.objects.values_list("reading", flat=True).get(pk=received.pk)
    report = kept(reading) if reading is not None else None
    checked = Checked(received.file_name, received.digest, report, told.findings)
    rows = {row.digest: row for row in _rows(received, checked)}
    known = {row.digest for row in stored}
    # That a report came twice in one upload is not looked at again: only the last of each organ and year is.
    gone = [row.pk for row in stored if row.digest not in rows and row.rule != TWICE] if told.whole else []
    added = [row for row in rows.values() if row.digest not in known]
    if not gone and not added:
        return
    received.findings.filter(pk__in=gone).delete()
    last = received.findings.order_by("-position").values_list("position", flat=True).first()
    for position, row in enumerate(added, start=0 if last is None else last + 1):
        row.position = position
    _keep_rows(received, added, legal_day(at))
    after = {"file": received.file_name, "gone": len(gone), "added": len(added)}
    entries.write(organ_code=received.keeper.code, by=by, at=at, act="check", subject=received, after=after)


@transaction.atomic
def check(received: Received, checked: Checked, *, by: Staff, at: datetime) -> Received:
    """Put new findings in place of the old; waivers and questions stay with what they were given for."""
    require_role(received.keeper, by, at, "重新检查", *RECEIVERS)
    if checked.digest != received.digest:
        raise Refused("other_file", "检查的不是这一份文件；请重新打开页面再试")
    _locked(received)
    _keep(received, checked, (), at)
    after = {"file": received.file_name, **checked.tally}
    entries.write(organ_code=received.keeper.code, by=by, at=at, act="check", subject=received, after=after)
    return received


def _keep(received: Received, checked: Checked, organs: Iterable[Organ], at: datetime) -> None:
    report = checked.report
    received.checked_at, received.engine = at, engine()
    received.file_name, received.previous = checked.name[:255], checked.previous[:255]
    received.refused = checked.refused.reason if report is None and checked.refused else ""
    received.reading = keep(report) if report else None
    if report:
        received.organ_name, received.year = report.organ[:200], report.year or None
        received.form_id = report.form.id if report.form else ""
        received.undecided = sum(len(one.refs) for one in report.undecided)
        received.organ = received.organ or whose(report.organ, organs)
    received.save()
    _keep_findings(received, checked, legal_day(at))


def _keep_findings(received: Received, checked: Checked, day: date) -> None:
    received.findings.all().delete()
    _keep_rows(received, list(_rows(received, checked)), day)


def _keep_rows(received: Received, rows: Sequence[ReceivedFinding], day: date) -> None:
    """With the waivers and questions that were given for the same."""
    waivers = standing(received, day)
    questions = {one.digest: one for one in received.questions.exclude(state=WITHDRAWN).order_by("pk")}
    for row in rows:
        row.waiver, row.question = waivers.get(row.digest), questions.get(row.digest)
    ReceivedFinding.objects.bulk_create(rows)


def _rows(received: Received, checked: Checked) -> Iterator[ReceivedFinding]:
    report = checked.report
    if report is None:
        return
    for position, finding in enumerate(checked.findings):
        live = finding.verdict in WAIVABLE
        yield ReceivedFinding(
            received=received, position=position, rule=finding.rule, verdict=finding.verdict, severity=finding.severity,
            title=typeset(finding.title)[:300], message=typeset(finding.message), told=keep_finding(finding),
            evidence=wording.evidence(report, finding) if live else [],
            repairs=wording.repairs(report.form, finding) if live else [],
            question_text=wording.question(report.form, finding) if live else "",
            digest=bound_to(checked, finding) if live else "",
        )  # fmt: skip


def bound_to(checked: Checked, finding: Finding) -> str:
    """What a waiver of a finding is bound to: rule, cells and their figures, passages, both sides."""
    report = checked.report
    if report is None:
        return ""
    texts = [excerpt(report, finding.section, span)["text"] for span in finding.spans]
    return digest(finding, report.figures(), texts)


@transaction.atomic
def assign(received: Received, organ: Organ, *, by: Staff, at: datetime) -> Received:
    """Say whose report it is: of the keeper or an organ under it."""
    require_role(received.keeper, by, at, "指明报告机关", *RECEIVERS)
    if not is_within(organ, received.keeper):
        raise Refused("not_yours", f"{organ} 不是本机关或下级机关，不能把报告归到它名下")
    _locked(received)
    before = received.organ.code if received.organ else ""
    received.organ = organ
    received.save(update_fields=["organ"])
    change = {"before": {"organ": before}, "after": {"organ": organ.code}}
    entries.write(organ_code=received.keeper.code, by=by, at=at, act="assign_report", subject=received, **change)
    return received


@transaction.atomic
def remove(received: Received, reason: str, *, by: Staff, at: datetime) -> Received:
    """Delete the file and every word of it: handed in by mistake, or with somebody's personal data in it. What stays is
    whose report it was, who removed it and why, and by which rules it was found wanting. Refused while questions about
    it are open: they quote it.
    """
    require_role(received.keeper, by, at, "删除收到的报告", *JUDGES)
    said = _text(reason, "no_reason", "删除须写明理由，例如交错了文件，或文件里有不该留存的个人信息", REASON)
    _locked(received)
    if waiting := received.questions.filter(state__in=(ASKED, ANSWERED, REJECTED)).count():
        raise Refused("open_questions", f"还有 {waiting} 个询问没有了结；请先撤回，或认可答复，再删除")
    Received.objects.filter(pk=received.pk).update(
        content=b"", reading=None, refused="", undecided=0, removed_on=legal_day(at), removed_by=by,
        removal_reason=said,
    )  # fmt: skip
    received.findings.update(message="", evidence=[], repairs=[], question_text="", told={})
    received.questions.update(text=GONE, evidence=[])
    before = {"file": received.file_name, "digest": received.digest}
    after = {"reason": said, "findings": received.findings.count()}
    entries.write(
        organ_code=received.keeper.code, by=by, at=at, act="remove_report", subject=received, before=before, after=after
    )
    received.refresh_from_db()
    return received


@transaction.atomic
def waive(received: Received, digest: str, reason: str, expires_on: date, *, by: Staff, at: datetime) -> ReceivedWaiver:
    """Accept a finding until a day. It stays accepted however often the file is checked, and when the organ sends a
    corrected file, as long as the same figures and passages stand there.
    """
    require_role(received.keeper, by, at, "豁免检查结果", *JUDGES)
    said = require_said(reason, "no_reason", "豁免须写明理由，例如依据哪份文件、为何这一条在此不适用")
    today = legal_day(at)
    if expires_on < today:
        raise Refused("past_day", f"有效期 {expires_on} 已过；请填今天（{today}）或以后的日期")
    _locked(received)
    found = _finding(received, digest)
    if digest in standing(received, today):
        raise Refused("already_waived", "这一条已经豁免")
    waiver = ReceivedWaiver.objects.create(
        received=received, rule=found.rule, title=found.title, cells=found.told["cells"], digest=digest, reason=said,
        by=by, waived_on=today, expires_on=expires_on,
    )  # fmt: skip
    received.findings.filter(digest=digest).update(waiver=waiver)
    after = {"rule": found.rule, "cells": waiver.cells, "reason": said, "expires_on": expires_on}
    entries.write(organ_code=received.keeper.code, by=by, at=at, act="waive", subject=received, after=after)
    return waiver


@transaction.atomic
def take_back_waiver(waiver: ReceivedWaiver, *, by: Staff, at: datetime) -> ReceivedWaiver:
    """The finding counts again. Refused for a waiver taken back already."""
    received = waiver.received
    require_role(received.keeper, by, at, "撤销豁免", *JUDGES)
    rows = ReceivedWaiver.objects.filter(pk=waiver.pk, taken_back_on__isnull=True)
    if not rows.update(taken_back_on=legal_day(at)):
        raise Refused("already_taken_back", "这一豁免已经撤销")
    waiver.taken_back_on = legal_day(at)
    ReceivedFinding.objects.filter(waiver=waiver).update(waiver=None)
    before = {"rule": waiver.rule, "cells": waiver.cells, "reason": waiver.reason}
    entries.write(
        organ_code=received.keeper.code, by=by, at=at, act="take_back_waiver", subject=received, before=before
    )
    return waiver


@transaction.atomic
def ask(received: Received, digests: Collection[str], due_on: date, *, by: Staff, at: datetime) -> list[Question]:
    """Send findings to the organ whose report it is, one question each; to be answered by a day.

    Refused where the organ is not known or not under the keeper, for nothing chosen, for a day past, and for findings
    that are settled or asked about already.
    """
    organ = received.organ
    if organ is None:
        raise Refused("whose", "还不知道这是哪个机关的报告；请先指明报告机关，再发询问")
    require_role(received.keeper, by, at, "询问下级机关", SUPERVISOR)
    if organ.pk == received.keeper_id or not is_within(organ, received.keeper):
        raise Refused("not_yours", f"{organ} 不是下级机关，不能向它发询问")
    today = legal_day(at)
    if due_on < today:
        raise Refused("due_on", f"要求答复的日期 {due_on} 已过；请填今天（{today}）或以后的日期")
    if not digests:
        raise Refused("nothing_chosen", "没有选择要问的问题；请至少选一条")
    _locked(received)
    entries.locked_head(organ.code)
    return [_asked(received, organ, one, due_on, by=by, at=at) for one in dict.fromkeys(digests)]


def _asked(received: Received, organ: Organ, digest: str, due_on: date, *, by: Staff, at: datetime) -> Question:
    found = _finding(received, digest)
    if not received.findings.filter(open_on(legal_day(at)), digest=digest, question__isnull=True).exists():
        raise Refused("already_asked", f"“{found.title}”已经问过或已豁免；请重新打开页面再看")
    question = Question.objects.create(
        received=received, organ=organ, sender=received.keeper, rule=found.rule, title=found.title,
        text=found.question_text, evidence=found.evidence, digest=digest, due_on=due_on, asked_at=at,
    )  # fmt: skip
    received.findings.filter(digest=digest).update(question=question)
    # What is quoted from the report stays out of the entry book, from which nobody can ever remove it.
    after = {"rule": found.rule, "digest": digest, "due_on": due_on, "sender": received.keeper.code}
    entries.write(organ_code=organ.code, by=by, at=at, act="ask_organ", subject=question, after=after)
    return question


def _locked(received: Received) -> None:
    """Of several who act on a report each waits for the one before. Refused when that one removed it."""
    entries.locked_head(received.keeper.code)
    if not Received.objects.filter(pk=received.pk, removed_on__isnull=True).exists():
        raise Refused("already_removed", "这份报告已经删除")


def _finding(received: Received, digest: str) -> ReceivedFinding:
    found = received.findings.filter(digest=digest, verdict__in=WAIVABLE).first() if digest else None
    if found is None:
        raise Refused("no_finding", "没有这一条检查结果，或重新检查后结果已变；请重新打开页面再看")
    return found


@transaction.atomic
def answer(question: Question, said: str, answered_as: str, *, by: Staff, at: datetime) -> None:
    """The organ explains or says what it will correct; answered_as: one of flow.ANSWERS."""
    text = _text(said, "no_answer", "答复是空的；请说明原因，或写明将如何更正")
    if answered_as not in dict(ANSWERS):
        raise Refused("no_kind", "请选一项：报告有误将更正，或报告无误而口径不同，或检查有误")
    name = "answer_again" if question.state == REJECTED else "answer_question"
    within = roles_within(question.organ)
    carry_out(FLOW, name, question, by=by, at=at, role_of=within, answer=text, answered_as=answered_as, answered_at=at)


@transaction.atomic
def accept(question: Question, remark: str = "", *, by: Staff, at: datetime) -> None:
    """The answer settles the finding, which counts no more."""
    _decide("accept_answer", question, remark.strip()[:LONGEST_TEXT], by=by, at=at)


@transaction.atomic
def reject(question: Question, remark: str, *, by: Staff, at: datetime) -> None:
    """The answer settles nothing: the organ is to answer again, and is told why."""
    text = _text(remark, "no_reason", "退回须写明理由，机关才知道还要说明什么")
    _decide("reject_answer", question, text, by=by, at=at)


def _decide(name: str, question: Question, remark: str, *, by: Any, at: datetime) -> None:
    within = roles_within(question.sender)
    carry_out(FLOW, name, question, by=by, at=at, role_of=within, remark=remark, decided_at=at)


@transaction.atomic
def withdraw(question: Question, *, by: Staff, at: datetime) -> None:
    """The question is taken back; the finding can be asked about anew."""
    name = "withdraw_question" if question.state in (ASKED, ANSWERED) else "withdraw_rejected"
    carry_out(FLOW, name, question, by=by, at=at, role_of=roles_within(question.sender))
    ReceivedFinding.objects.filter(question=question).update(question=None)


def _text(said: str, code: str, reason: str, longest: int = LONGEST_TEXT) -> str:
    text = require_said(said, code, reason)
    if len(text) > longest:
        raise Refused("too_long", f"写了 {len(text)} 个字，超过 {longest} 个字的上限；请缩短")
    return text
