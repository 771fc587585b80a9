"""Who may change a report, and when it may still be changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.organs import within
from gongkai.organs.models import Organ
from gongkai.organs.within import legal_day, require_said, roles_within
from gongkai.records.roles import Role
from gongkai.reports.flow import OPEN, PUBLISHED
from gongkai.reports.models import Report

__all__ = [
    "CHANGED_MEANWHILE", "CLERK", "legal_day", "locked", "opened", "require_role", "require_said", "require_seen",
    "roles_within",
]  # fmt: skip
CLERK = Role.CLERK.value
CHANGED_MEANWHILE = "changed_meanwhile"


def require_role(organ: Organ, by: Any, at: datetime, act: str, *roles: str) -> None:
    """Refused when `by` holds none of the roles in the organ on the day; no roles named means the clerk's."""
    within.require_role(organ, by, at, act, *(roles or (CLERK,)))


def locked(report: Report) -> Report:
    """The report locked and read anew: of several who act at once each sees what the one before did."""
    report.refresh_from_db(from_queryset=Report.objects.select_for_update())
    return report


def opened(report: Report) -> Report:
    """The report locked, for an act that changes its content; Refused while others look at it and once published."""
    locked(report)
    if report.state == PUBLISHED:
        raise Refused("report_published", f"{report} 已发布并封存,不能再改;需要更正的,请建立更正版")
    if report.state not in OPEN:
        shown = report.get_state_display()
        raise Refused("report_in_review", f"{report} 现为“{shown}”,内容不能改;请先撤回,或由审定人、发布人退回")
    return report


def require_seen(revision: int, seen: int | None, what: str) -> None:
    """Refused when somebody has changed a text or figure since its editor read it; `seen` None asks for no check."""
    if seen is not None and seen != revision:
        raise Refused(
            CHANGED_MEANWHILE,
            f"您打开“{what}”之后,别人已经改过它;您写的没有保存,也没有丢失。请对照两份内容,合成一份后再保存",
        )
