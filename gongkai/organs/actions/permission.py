"""Who may administer whom: an administrator acts in their organ and in those under it, never for themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db.models import Q

from gongkai.law.refusal import Refused
from gongkai.organs import queries
from gongkai.organs.models import Handover, Organ, Staff, StaffRole
from gongkai.records.moves import LEGAL_TIME
from gongkai.records.roles import Role, clash


def day_of(at: datetime) -> date:
    """The legal day of a moment."""
    return at.astimezone(LEGAL_TIME).date()


def require_administrator(by: object, role: Role, organ: Organ, *, at: datetime, act: str) -> None:
    """Refused when `by` is a member of staff who does not hold the administrator's role over the organ.

    Whoever is not staff is the keeper of the machine: the command line, or the first set-up.
    """
    if not isinstance(by, Staff):
        return
    if role not in by.roles_on(day_of(at)):
        raise Refused("not_your_role", f"“{act}”须由{role.label}办理；{by} 当日没有这一角色")
    if not queries.is_within(organ, by.organ):
        raise Refused("not_yours", f"“{act}”只能对本机关及下级机关办理；{organ} 不在其中")


def require_another(by: object, staff: Staff, act: str) -> None:
    """Refused when somebody does to themselves what must be done by another."""
    if isinstance(by, Staff) and by.user_id == staff.user_id:
        raise Refused("own_role", f"不能对自己办理“{act}”；请由另一位管理员办理")


def lock_person(staff: Staff) -> None:
    """Of those who change the roles of one person at once, the second sees what the first did."""
    get_user_model().objects.select_for_update().get(pk=staff.user_id)


def require_no_clash(staff: Staff, role: str, first: date, last: date | None = None) -> None:
    """Refused when the person has, in any organ and on any day of the span, a role that excludes this one."""
    overlapping = Q(until_on__isnull=True) | Q(until_on__gte=first)
    if last is not None:
        overlapping &= Q(from_on__lte=last)
    held = StaffRole.objects.filter(overlapping, staff__user=staff.user_id).values_list("role", flat=True)
    handed = Handover.objects.filter(overlapping, to_staff__user=staff.user_id, taken_back_at__isnull=True)
    for other in (*held, *handed.values_list("role", flat=True)):
        if clash(role, other):
            raise Refused(
                "roles_clash",
                f"{staff.name} 同期担任{Role(other).label}，不能再任{Role(role).label}：系统、安全、审计三类管理员"
                "须由不同的人担任，且不得兼办业务；请先免去前一角色，或另任他人",
                "GB/T 22239-2019 第8.1.5条",
            )
