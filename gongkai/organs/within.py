"""The roles that somebody holds within one organ: what they hold elsewhere counts for nothing there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ
from gongkai.records.moves import LEGAL_TIME, RolesOf
from gongkai.records.roles import Role


def roles_within(organ: Organ) -> RolesOf:
    """What `carry_out` asks: which roles a person holds in this organ on a day."""

    def roles(by: Any, day: date) -> Collection[str]:
        if getattr(by, "organ_id", organ.pk) != organ.pk:
            return frozenset()
        held: Collection[str] = by.roles_on(day)
        return held

    return roles


def legal_day(at: datetime) -> date:
    """The day of a moment in Asia/Shanghai."""
    return at.astimezone(LEGAL_TIME).date()


def require_role(organ: Organ, by: Any, at: datetime, act: str, *roles: str) -> None:
    """Refused when `by` holds none of the roles in the organ on the day of `at`."""
    if not set(roles) & set(roles_within(organ)(by, legal_day(at))):
        named = "或".join(Role(role).label for role in roles)
        raise Refused("not_your_role", f"“{act}”须由本机关{named}办理;{by} 当日没有这一角色")


def require_said(said: str, code: str, reason: str) -> str:
    """The text without blanks around it; Refused when nothing was said."""
    if not said.strip():
        raise Refused(code, reason)
    return said.strip()
