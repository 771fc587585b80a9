"""Every change to the staff of an organ: enrolled, appointed, dismissed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import lock_person, require_administrator, require_another, require_no_clash
from gongkai.organs.actions.saving import save
from gongkai.organs.models import Organ, Staff, StaffRole, in_force
from gongkai.records import entries
from gongkai.records.roles import ADMINISTRATORS, Role


@transaction.atomic
def enrol(user: Any, *, organ: Organ, name: str, by: object, at: datetime) -> Staff:
    """Make a user a member of staff of an organ, as yet without a role. Refused when they are one."""
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="登记人员")
    if Staff.objects.filter(user=user, organ=organ).exists():
        raise Refused("enrolled", f"账号“{user}”已是本机关工作人员")
    staff = Staff(user=user, organ=organ, name=name)
    save(staff)
    after = {"user": user.get_username(), "name": name}
    entries.write(organ_code=organ.code, by=by, at=at, act="enrol", subject=staff, after=after)
    return staff


@transaction.atomic
def appoint(staff: Staff, *, role: str, from_on: date, by: object, at: datetime) -> StaffRole:
    """Give a role from a day. Refused when it is held on that day, or a later appointment to it stands; when the
    person holds a role that excludes it; and to whoever would give it to themselves.
    """
    require_administrator(by, Role.SECURITY_ADMIN, staff.organ, at=at, act="任命角色")
    require_another(by, staff, "任命角色")
    lock_person(staff)
    held = staff.roles.filter(in_force(from_on) | models.Q(from_on__gte=from_on), role=role).first()
    if held is not None:
        raise Refused("role_held", f"{staff.name} 自 {held.from_on} 起已任“{held}”，不需要再次任命")
    require_no_clash(staff, role, from_on)
    appointed = StaffRole(staff=staff, role=role, from_on=from_on)
    save(appointed)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="appoint", subject=staff,
        after={"role": role, "from_on": from_on},
    )  # fmt: skip
    return appointed


@transaction.atomic
def dismiss(staff: Staff, *, role: str, until_on: date, by: object, at: datetime) -> None:
    """End a role; `until_on` is its last day. Refused when it is not held then, and for the last administrator."""
    require_administrator(by, Role.SECURITY_ADMIN, staff.organ, at=at, act="免去角色")
    lock_person(staff)
    if role in ADMINISTRATORS:
        _require_successor(staff, role)
    ended = staff.roles.filter(role=role, from_on__lte=until_on, until_on__isnull=True).update(until_on=until_on)
    if not ended:
        raise Refused("role_not_held", f"{staff.name} 在 {until_on} 没有可免去的“{StaffRole.Role(role).label}”角色")
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="dismiss", subject=staff,
        before={"role": role, "until_on": None}, after={"role": role, "until_on": until_on},
    )  # fmt: skip


def _require_successor(staff: Staff, role: str) -> None:
    """An organ without its administrators could not be administered from within again."""
    others = StaffRole.objects.filter(staff__organ=staff.organ_id, role=role, until_on__isnull=True)
    if not others.exclude(staff__user=staff.user_id).filter(staff__user__is_active=True).exists():
        label = StaffRole.Role(role).label
        raise Refused("last_administrator", f"{staff.name} 是本机关唯一的{label}，不能免去；请先任命另一位{label}")
