"""Check a report and keep what was found; accept a finding with a reason until a day, and take that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law.findings import Finding, Tally
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.reports import assembling, waiving
from gongkai.reports.actions.permission import legal_day, locked, opened, require_role, require_said
from gongkai.reports.flow import COMPILED, DRAFT, SUBMITTED
from gongkai.reports.models import Report, StoredFinding, Waiver
from gongkai.reports.waiving import Judged

JUDGES = (Role.REVIEWER.value, Role.OFFICE_LEAD.value)


@transaction.atomic
def check(report: Report, *, by: Any, at: datetime) -> list[Finding]:
    """Run every rule of the form on figures and text, and keep the findings. Refused before the first compilation."""
    report = opened(report)
    require_role(report.organ, by, at, "检查报告")
    if report.state == DRAFT:
        raise Refused("not_compiled", f"{report} 还没有编制,没有数字可查;请先编制")
    judged = keep_findings(report, at)
    tally = Tally()
    for one in judged:
        tally.add(one.finding)
    after = {**tally.counts, "waived": sum(one.finding.waived for one in judged)}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="check", subject=report, after=after)
    return [one.finding for one in judged]


def keep_findings(report: Report, at: datetime) -> Sequence[Judged]:
    """Every finding on the report as it stands, in place of those kept before; part of a larger act."""
    figures = assembling.values(report)
    judged = waiving.judged(report, assembling.evaluated(report), figures, legal_day(at))
    report.findings.all().delete()
    StoredFinding.objects.bulk_create(
        [
            StoredFinding(
                report=report, position=position, section=one.finding.section, digest=one.digest, waiver=one.waiver,
                **one.finding.as_json(),
            )
            for position, one in enumerate(judged)
        ]
    )  # fmt: skip
    return judged


def refresh_findings(report: Report, at: datetime) -> None:
    """After a change: what was found before spoke of other figures. Nothing to do where nobody has checked yet."""
    if report.findings.exists():
        keep_findings(report, at)


@transaction.atomic
def waive(report: Report, digest: str, reason: str, expires_on: date, *, by: Staff, at: datetime) -> Waiver:
    """Accept a finding of the last check: it is shown as waived and holds nothing up, until the day or until the
    figures change.

    digest: of the finding, as stored. Refused to the clerk who answers for the figures, without a reason, for a day
    that is past, and for a finding that is not there (any more) or waived already.
    """
    report = locked(report)
    require_role(report.organ, by, at, "豁免检查结果", *JUDGES)
    if report.state not in (COMPILED, SUBMITTED):
        raise Refused("not_now", f"{report} 现为“{report.get_state_display()}”;只能在编制后、审定前豁免检查结果")
    said = require_said(reason, "no_reason", "豁免须写明理由,例如依据哪份文件、为何这一条在此不适用")
    today = legal_day(at)
    if expires_on < today:
        raise Refused("past_day", f"有效期 {expires_on} 已过;请填今天({today})或以后的日期")
    found = report.findings.filter(digest=digest, verdict__in=waiving.WAIVABLE).first() if digest else None
    if found is None:
        raise Refused("no_finding", "没有这一条检查结果,或数字已改、结果已变;请重新打开页面再看")
    if digest in waiving.standing(report, today):
        raise Refused("already_waived", "这一条已经豁免")
    waiver = Waiver.objects.create(
        report=report, rule=found.rule, title=found.title, cells=found.cells, digest=digest, reason=said, by=by,
        waived_on=today, expires_on=expires_on,
    )  # fmt: skip
    report.findings.filter(digest=digest).update(waiver=waiver)
    after = {"rule": found.rule, "cells": found.cells, "reason": said, "expires_on": expires_on}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="waive", subject=report, after=after)
    return waiver


@transaction.atomic
def take_back_waiver(waiver: Waiver, *, by: Staff, at: datetime) -> Waiver:
    """The finding counts again. Refused once the report is approved, and for a waiver taken back already."""
    report = locked(waiver.report)
    require_role(report.organ, by, at, "撤销豁免", *JUDGES)
    if report.state not in (COMPILED, SUBMITTED):
        raise Refused("not_now", f"{report} 现为“{report.get_state_display()}”,不能再撤销豁免")
    rows = Waiver.objects.filter(pk=waiver.pk, taken_back_on__isnull=True)
    if not rows.update(taken_back_on=legal_day(at)):
        raise Refused("already_taken_back", "这一豁免已经撤销")
    waiver.taken_back_on = legal_day(at)
    report.findings.filter(waiver=waiver).update(waiver=None)
    before = {"rule": waiver.rule, "cells": waiver.cells, "reason": waiver.reason}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="take_back_waiver", subject=report, before=before)
    return waiver
