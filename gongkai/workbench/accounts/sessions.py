"""Sessions at the desk: begun, seen, ended; a session ended by another is gone at its next request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import QuerySet

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import require_administrator
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.workbench.accounts.models import DeskSession
from gongkai.workbench.accounts.persons import chain_of, self_of


def open_sessions(user: Any) -> QuerySet[DeskSession]:
    """The sessions of a person that have not ended, the latest first."""
    return DeskSession.objects.filter(user=user, ended_at__isnull=True)


@transaction.atomic
def begin(user: Any, *, key: str, address: str, agent: str, second_factor: str, at: datetime) -> DeskSession:
    """Write that somebody has signed in. second_factor: totp | recovery | "" where none was asked."""
    session = DeskSession.objects.create(
        user=user, key=key, address=address, agent=agent[:200], begun_at=at, seen_at=at
    )
    _write(user, "sign_in", at, {"address": address, "second_factor": second_factor})
    return session


@transaction.atomic
def finish(user: Any, *, key: str, ending: str, at: datetime) -> None:
    """Write that a session ended by itself: signed out, idle, too long. Nothing is written twice."""
    if DeskSession.objects.filter(key=key, ended_at__isnull=True).update(ended_at=at, ending=ending):
        _write(user, "sign_out", at, {"ending": ending})


def seen(key: str, at: datetime) -> None:
    """Note that a session is in use; no act, so no entry."""
    DeskSession.objects.filter(key=key).update(seen_at=at)


def moved(old: str, new: str) -> None:
    """A session that has got a new key (after a change of password) stays the same session."""
    DeskSession.objects.filter(key=old).update(key=new)


@transaction.atomic
def end(session: DeskSession, *, by: Staff, at: datetime) -> None:
    """End a session, one's own or, as security administrator, another's. Refused when it has ended already."""
    owner = self_of(session.user)
    if by.user_id != session.user_id:
        _require_over(session.user, by, at)
    if not close([session], ending=DeskSession.Ending.ENDED, at=at):
        raise Refused("session_ended", "这次登录已经结束，不需要终止")
    entries.write(
        organ_code=chain_of(owner), by=by, at=at, act="end_session", subject=owner or session,
        after={"begun_at": session.begun_at, "address": session.address},
    )  # fmt: skip


@transaction.atomic
def end_others(user: Any, *, keep: str, by: Staff, at: datetime) -> int:
    """End all of one's sessions but the present one; gives how many."""
    ended = close(open_sessions(user).exclude(key=keep), ending=DeskSession.Ending.ENDED, at=at)
    if ended:
        _write(user, "end_session", at, {"sessions": ended}, by)
    return ended


def close(sessions: Iterable[DeskSession], *, ending: str, at: datetime) -> int:
    """Take sessions away and mark them ended, as part of an act that writes its own entry; gives how many."""
    keys = [session.key for session in sessions]
    closed = DeskSession.objects.filter(key__in=keys, ended_at__isnull=True).update(ended_at=at, ending=ending)
    for key in keys:
        SessionStore(key).delete()
    return closed


def _require_over(user: Any, by: Staff, at: datetime) -> None:
    for post in Staff.objects.filter(user=user).select_related("organ"):
        require_administrator(by, Role.SECURITY_ADMIN, post.organ, at=at, act="终止登录会话")


def _write(user: Any, act: str, at: datetime, after: dict[str, Any], by: object = None) -> None:
    staff = self_of(user)
    entries.write(
        organ_code=chain_of(staff), by=by or staff or user, at=at, act=act, subject=staff or user, after=after
    )
