"""An absent person's duty handed over for some days, and taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import (
    day_of,
    lock_person,
    require_administrator,
    require_another,
    require_no_clash,
)
from gongkai.organs.actions.saving import save
from gongkai.organs.models import Handover, Staff
from gongkai.records import entries
from gongkai.records.roles import Role


@transaction.atomic
def hand_over(
    from_staff: Staff, *, to_staff: Staff, role: str, from_on: date, until_on: date, reason: str, by: object,
    at: datetime,
) -> Handover:  # fmt: skip
    """Let `to_staff` do a duty of `from_staff` between two days; by that person, or by the security administrator.

    Refused when the duty is not held then, is handed over already, or excludes a role of the deputy; to a deputy of
    another organ; and to whoever would hand it to themselves.
    """
    _require_giver(from_staff, by, at)
    require_another(by, to_staff, "移交给本人")
    _require_span(from_on, until_on, day_of(at))
    lock_person(to_staff)
    if to_staff.organ_id != from_staff.organ_id or not to_staff.user.is_active:
        raise Refused("not_a_colleague", f"{to_staff.name} 不是本机关在用账号的工作人员，不能代办；请另选代办人")
    if role not in from_staff.own_roles_on(from_on):
        raise Refused("role_not_held", f"{from_staff.name} 在 {from_on} 不任{Role(role).label}，没有可移交的职责")
    _require_once(from_staff, role, from_on, until_on)
    require_no_clash(to_staff, role, from_on, until_on)
    handover = Handover(
        from_staff=from_staff, to_staff=to_staff, role=role, from_on=from_on, until_on=until_on, reason=reason.strip()
    )
    save(handover)
    entries.write(
        organ_code=from_staff.organ.code, by=by, at=at, act="hand_over", subject=handover,
        after={
            "from": from_staff.name, "to": to_staff.name, "role": role, "from_on": from_on, "until_on": until_on,
            "reason": handover.reason,
        },
    )  # fmt: skip
    return handover


@transaction.atomic
def take_back(handover: Handover, *, by: object, at: datetime) -> None:
    """End a handover at once; by the person whose duty it is, or by the security administrator. Refused when ended."""
    _require_giver(handover.from_staff, by, at)
    standing = Handover.objects.filter(pk=handover.pk, taken_back_at__isnull=True, until_on__gte=day_of(at))
    if not standing.update(taken_back_at=at):
        raise Refused("handover_ended", f"{handover} 已经结束，不需要收回")
    handover.taken_back_at = at
    entries.write(
        organ_code=handover.from_staff.organ.code, by=by, at=at, act="take_back", subject=handover,
        before={"taken_back_at": None}, after={"taken_back_at": at},
    )  # fmt: skip


def _require_giver(owner: Staff, by: object, at: datetime) -> None:
    """One's own duty is handed over as oneself: a deputy does not hand on what was handed to them."""
    if isinstance(by, Staff) and by.pk == owner.pk and by.acting_for is None:
        return
    require_administrator(by, Role.SECURITY_ADMIN, owner.organ, at=at, act="移交他人的职责")


def _require_span(first: date, last: date, today: date) -> None:
    if last < first:
        raise Refused("span", f"截止日期 {last} 早于起始日期 {first}；请核对这两个日期")
    if first < today:
        raise Refused("span", f"起始日期 {first} 已过；移交不能追溯，请从今日 {today} 或以后起")


def _require_once(owner: Staff, role: str, first: date, last: date) -> None:
    standing = owner.given.filter(role=role, taken_back_at__isnull=True, from_on__lte=last, until_on__gte=first)
    if (other := standing.first()) is not None:
        raise Refused(
            "handed_over", f"{other} 已自 {other.from_on} 至 {other.until_on}；同一职责一个时期只移交一人，请先收回"
        )
