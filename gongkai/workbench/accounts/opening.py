"""Accounts opened, closed and opened again by the system administrator."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs
from gongkai.organs.actions.permission import require_administrator, require_another
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.workbench.accounts import passwords, sessions
from gongkai.workbench.accounts.models import DeskSession


@transaction.atomic
def open_account(organ: Organ, *, username: str, name: str, by: object, at: datetime) -> tuple[Staff, str]:
    """An account for a new member of staff, and its first password, which is told here and never again.

    Refused when the name is taken or cannot be one.
    """
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="开设账号")
    users = get_user_model()
    user = users(username=users.normalize_username(username.strip()))
    if users.objects.filter(username__iexact=user.username).exists():
        raise Refused("username_taken", f"账号“{user.username}”已被使用；请换一个，例如在后面加数字")
    password = passwords.fresh()
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as fault:
        raise Refused("bad_username", f"账号“{user.username}”不能用：{'；'.join(fault.messages)}") from fault
    user.save()
    passwords.give(user, password, must_change=True, at=at)
    return organs.enrol(user, organ=organ, name=name.strip(), by=by, at=at), password


@transaction.atomic
def join(organ: Organ, *, username: str, name: str, by: object, at: datetime) -> Staff:
    """Enrol somebody who has an account in another organ under the same administrator. Refused otherwise."""
    staff = Staff.objects.filter(user__username=username.strip()).select_related("user", "organ").first()
    if staff is None:
        raise Refused("no_account", f"没有账号“{username}”；请核对，或为此人新开账号")
    passwords.require_over_all(staff, by, Role.SYSTEM_ADMIN, at, "登记外机关人员")
    return organs.enrol(staff.user, organ=organ, name=name.strip() or staff.name, by=by, at=at)


@transaction.atomic
def close_account(staff: Staff, *, by: object, at: datetime) -> None:
    """Stop an account: nobody signs in with it any more, and its sessions end. Refused for one's own, and twice."""
    require_another(by, staff, "停用账号")
    passwords.require_over_all(staff, by, Role.SYSTEM_ADMIN, at, "停用账号")
    if not get_user_model().objects.filter(pk=staff.user_id, is_active=True).update(is_active=False):
        raise Refused("account_closed", f"{staff.name} 的账号已经停用")
    ended = sessions.close(sessions.open_sessions(staff.user), ending=DeskSession.Ending.ENDED, at=at)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="close_account", subject=staff,
        before={"is_active": True}, after={"is_active": False, "sessions_ended": ended},
    )  # fmt: skip


@transaction.atomic
def reopen_account(staff: Staff, *, by: object, at: datetime) -> str:
    """Open a stopped account again, with a new first password, told here once. Refused when it is open."""
    require_another(by, staff, "恢复账号")
    passwords.require_over_all(staff, by, Role.SYSTEM_ADMIN, at, "恢复账号")
    if not get_user_model().objects.filter(pk=staff.user_id, is_active=False).update(is_active=True):
        raise Refused("account_open", f"{staff.name} 的账号正在使用，不需要恢复")
    staff.user.is_active = True
    password = passwords.fresh()
    passwords.give(staff.user, password, must_change=True, at=at)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="reopen_account", subject=staff,
        before={"is_active": False}, after={"is_active": True},
    )  # fmt: skip
    return password
