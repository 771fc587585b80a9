"""Who may change a report, and when it may still be changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ
from gongkai.records.moves import LEGAL_TIME, RolesOf
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Report

CLERK = "clerk"


def roles_within(organ: Organ) -> RolesOf:
    """The roles that a person holds in this organ: those held elsewhere count for nothing here."""

    def roles(by: Any, day: date) -> Collection[str]:
        if getattr(by, "organ_id", organ.pk) != organ.pk:
            return frozenset()
        held: Collection[str] = by.roles_on(day)
        return held

    return roles


def require_clerk(organ: Organ, by: Any, at: datetime, act: str) -> None:
    """Refused when `by` does not hold the clerk's role in the organ on the day."""
    if CLERK not in roles_within(organ)(by, at.astimezone(LEGAL_TIME).date()):
        raise Refused("not_your_role", f"“{act}”须由本机关登记员办理;{by} 当日没有这一角色")


def opened(report: Report) -> Report:
    """The report locked and read anew, for an act that changes it; Refused once it is published."""
    report.refresh_from_db(from_queryset=Report.objects.select_for_update())
    if report.state == PUBLISHED:
        raise Refused("report_published", f"{report} 已发布并封存,不能再改;需要更正的,请另发更正说明")
    return report
