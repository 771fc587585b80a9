"""Submit a report, withdraw it, approve it by another person, or send it back with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.records.moves import carry_out, require
from gongkai.reports import soundness
from gongkai.reports.actions.checking import keep_findings
from gongkai.reports.actions.permission import locked, require_said, roles_within
from gongkai.reports.differences import differences
from gongkai.reports.flow import APPROVED, DRAFT, FLOW
from gongkai.reports.models import Report


@transaction.atomic
def submit(report: Report, *, by: Any, at: datetime, accepting: str = "") -> Report:
    """Hand a report over to be approved; its content is then closed.

    accepting: the reason for handing it over although rules fail with severity error or a part of the text is empty;
    Refused without one, when the registers have changed since it was compiled, and for a correction without any
    difference.
    """
    locked(report)
    if report.state == DRAFT:
        raise Refused("not_compiled", f"{report} 还没有编制,不能送审;请先编制、检查")
    role_of = roles_within(report.organ)
    require(FLOW, "submit", report, by=by, at=at, role_of=role_of)
    soundness.require_current(report)
    soundness.require_sound(report, [one.finding for one in keep_findings(report, at)], accepting)
    if report.supersedes and not differences(report.supersedes, report):
        raise Refused("no_difference", f"{report} 与上一版没有任何差别;请先改正数字或正文再送审")
    carry_out(
        FLOW, "submit", report, by=by, at=at, role_of=role_of, submitted_by=by, approved_by=None,
        accepted_reason=accepting.strip(), sent_back_reason="",
    )  # fmt: skip
    return report


@transaction.atomic
def withdraw(report: Report, *, by: Any, at: datetime) -> Report:
    """The clerk goes on working on what was submitted and not yet approved."""
    locked(report)
    carry_out(FLOW, "withdraw", report, by=by, at=at, role_of=roles_within(report.organ), submitted_by=None)
    return report


@transaction.atomic
def approve(report: Report, *, by: Any, at: datetime) -> Report:
    """Approve what another submitted."""
    locked(report)
    carry_out(FLOW, "approve", report, by=by, at=at, role_of=roles_within(report.organ), approved_by=by)
    return report


@transaction.atomic
def send_back(report: Report, reason: str, *, by: Any, at: datetime) -> Report:
    """Back to the clerk with the reason: instead of approving, or by the publisher instead of publishing."""
    locked(report)
    said = require_said(reason, "no_reason", "退回须写明原因,让登记员知道要改什么")
    move = "return" if report.state == APPROVED else "send_back"
    carry_out(
        FLOW, move, report, by=by, at=at, role_of=roles_within(report.organ), sent_back_reason=said[:500],
        submitted_by=None, approved_by=None,
    )  # fmt: skip
    return report
