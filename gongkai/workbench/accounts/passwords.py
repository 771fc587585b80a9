"""Passwords: made for a first sign-in, changed by their owner, reset by the system administrator."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from gongkai.organs.actions.permission import require_administrator, require_another
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.workbench.accounts import sessions
from gongkai.workbench.accounts.models import Account, DeskSession
from gongkai.workbench.accounts.persons import chain_of, self_of

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another: no i, l, o, 0, 1


def fresh() -> str:
    """A password that nobody has chosen, easy to copy from paper: three groups of five, 74 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def give(user: Any, password: str, *, must_change: bool, at: datetime) -> None:
    """Set a password, as part of an act that writes its own entry."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Account.objects.update_or_create(user=user, defaults={"must_change": must_change, "password_set_at": at})


def is_due(account: Account | None, age: timedelta | None, at: datetime) -> bool:
    """Whether a password must be changed before anything else: it was given by another, or it is too old."""
    if account is None:
        return False
    return account.must_change or (age is not None and at - account.password_set_at >= age)


@transaction.atomic
def change(user: Any, new: str, *, keep: str, by: object, at: datetime) -> None:
    """Change one's own password; other sessions end. keep: the key of the present one.

    django.core.exceptions.ValidationError, with sentences for the form, when the rules forbid the new password.
    """
    validate_password(new, user)
    give(user, new, must_change=False, at=at)
    others = sessions.open_sessions(user).exclude(key=keep)
    ended = sessions.close(others, ending=DeskSession.Ending.PASSWORD, at=at)
    staff = self_of(user)
    entries.write(
        organ_code=chain_of(staff), by=by, at=at, act="change_password", subject=staff or user,
        after={"sessions_ended": ended},
    )  # fmt: skip


@transaction.atomic
def reset(staff: Staff, *, by: object, at: datetime) -> str:
    """Give a person a new first password, shown once to the system administrator; their sessions end.

    Refused unless the administrator is over every organ where the person works: else one organ could take over
    an account of another. The second factor stays as it is: that is the security administrator's.
    """
    require_another(by, staff, "重置密码")
    require_over_all(staff, by, Role.SYSTEM_ADMIN, at, "重置密码")
    password = fresh()
    give(staff.user, password, must_change=True, at=at)
    ended = sessions.close(sessions.open_sessions(staff.user), ending=DeskSession.Ending.PASSWORD, at=at)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="reset_password", subject=staff,
        after={"sessions_ended": ended},
    )  # fmt: skip
    return password


def require_over_all(staff: Staff, by: object, role: Role, at: datetime, act: str) -> None:
    """Refused unless `by` administers every organ where the person works."""
    for post in Staff.objects.filter(user=staff.user_id).select_related("organ"):
        require_administrator(by, role, post.organ, at=at, act=act)
