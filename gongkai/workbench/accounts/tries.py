"""Failed tries to sign in, counted before a password is looked at, so that many at once gain nothing; locks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import require_administrator
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.addresses import address_of, may_lock, network_of
from gongkai.records.roles import Role
from gongkai.workbench.accounts import rules
from gongkai.workbench.accounts.models import Tries
from gongkai.workbench.accounts.persons import SITE, chain_of, posts_of, self_of
from gongkai.workbench.accounts.rules import Door

ADDRESS_QUIET = timedelta(minutes=30)
TOLD_COUNTS = {1, 10, 100, 1000, 10_000, 100_000}  # tries with unknown names flood no chain


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in. user: None where there is no such account; address: "" where it is not known."""

    username: str
    user: Any
    address: str
    door: Door


def of(request: HttpRequest, username: str, user: Any) -> Try:
    """The try that a request makes; user: None where there is no such account."""
    door = rules.door_of(posts_of(user) if user is not None else ())
    return Try(username, user, address_of(request), door)


def locked_sentence(locked: Tries) -> str:
    """Until when a lock holds, and who can lift it."""
    until = f"{localtime(locked.locked_until):%H:%M}"
    if locked.kind == Tries.Kind.ADDRESS:
        told = gettext("从您所在的网络地址登录失败次数过多，已暂停登录到 %(until)s；请到时再试，或请安全管理员解除。")
    else:
        told = gettext("登录失败次数过多，此账号已锁定到 %(until)s；请到时再试，或请本机关安全管理员解除锁定。")
    return told % {"until": until}


def key_of(kind: str, text: str) -> str:
    """The digest under which a name or address is counted, 64 hexadecimal digits."""
    return salted_hmac(f"gongkai.tries.{kind}", text.strip().casefold(), algorithm="sha256").hexdigest()


@transaction.atomic
def begin(one: Try, *, at: datetime) -> Tries | None:
    """Count a try in advance; gives the lock that forbids it, or None when it may go on.

    The tries of one name queue here: of any number at once, only as many as the rules allow see a password checked.
    """
    account, address = _rows(one)
    for row, most, quiet in _limits(one, account, address):
        if row.is_locked(at):
            return row
        if row.counted(at, quiet) >= most:
            return _lock(row, at + quiet)
    for row, _, quiet in _limits(one, account, address):
        row.count, row.last_at, row.locked_until = row.counted(at, quiet) + 1, at, None
        row.save()
    return None


@transaction.atomic
def succeed(one: Try, *, wholly: bool) -> None:
    """Give back the try counted in advance. wholly: signed in, so that the name's earlier failures are forgotten too.

    After the password alone they are not: else it would buy new tries at the second factor. Nor are those of the
    address: else whoever has an account of their own could go on trying others.
    """
    account, address = _rows(one)
    account.count = 0 if wholly else max(account.count - 1, 0)
    address.count = max(address.count - 1, 0)
    account.save()
    address.save()


@transaction.atomic
def fail(one: Try, *, step: str, at: datetime) -> Tries | None:
    """Write a failed try; gives the lock when it was one too many. step: password | second_factor | change_password."""
    account, address = _rows(one)
    locked = None
    for row, most, quiet in _limits(one, account, address):
        if row.count >= most:
            locked = _lock(row, at + quiet)
    staff = self_of(one.user) if one.user is not None else None
    if staff is not None or locked is not None or address.count in TOLD_COUNTS:
        entries.write(
            organ_code=chain_of(staff), by=f"未登录（{one.address or '来源不明'}）", at=at, act="sign_in_failed",
            subject=staff or ("auth.user", "未知账号"),
            after={
                "step": step, "address": one.address, "tries": account.count if staff else address.count,
                "locked": locked.kind if locked else None, "locked_until": locked.locked_until if locked else None,
            },
        )  # fmt: skip
    return locked


@transaction.atomic
def unlock(staff: Staff, *, by: object, at: datetime) -> None:
    """Let a locked account try again; by the security administrator. Refused when it is not locked."""
    require_administrator(by, Role.SECURITY_ADMIN, staff.organ, at=at, act="解除锁定")
    rows = Tries.objects.select_for_update().filter(user=staff.user_id, kind=Tries.Kind.ACCOUNT)
    locked = [row for row in rows if row.is_locked(at)]
    if not locked:
        raise Refused("not_locked", f"{staff.name} 的账号没有锁定，不需要解除")
    before = {"locked_until": locked[0].locked_until}
    rows.update(count=0, locked_until=None)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="unlock_account", subject=staff, before=before,
        after={"locked_until": None},
    )  # fmt: skip


@transaction.atomic
def unlock_address(row: Tries, *, by: Staff, at: datetime) -> None:
    """Let a locked address try again; by the security administrator of a topmost organ. Refused when not locked."""
    require_administrator(by, Role.SECURITY_ADMIN, by.organ, at=at, act="解除来源地址锁定")
    if by.organ.parent_id is not None:
        raise Refused("not_yours", "来源地址由最上级机关的安全管理员解锁；请联系该机关")
    rows = Tries.objects.filter(pk=row.pk, kind=Tries.Kind.ADDRESS, locked_until__gt=at)
    if not rows.update(count=0, locked_until=None):
        raise Refused("not_locked", f"来源地址 {row.address} 没有锁定，不需要解除")
    entries.write(
        organ_code=SITE, by=by, at=at, act="unlock_address", subject=("accounts.tries", row.address),
        before={"locked_until": row.locked_until}, after={"locked_until": None},
    )  # fmt: skip


def _rows(one: Try) -> tuple[Tries, Tries]:
    """The two tallies, made where missing and locked, always the account's first so that nobody waits in a ring."""
    network = network_of(one.address)
    wanted = (
        Tries(kind=Tries.Kind.ACCOUNT, key=key_of("account", one.username), user=one.user),
        Tries(kind=Tries.Kind.ADDRESS, key=key_of("address", network), address=network),
    )
    Tries.objects.bulk_create(wanted, ignore_conflicts=True)
    account, address = (Tries.objects.select_for_update().get(kind=row.kind, key=row.key) for row in wanted)
    if account.user_id is None and one.user is not None:  # the name was tried before the account was made
        account.user = one.user
    return account, address


def _limits(one: Try, account: Tries, address: Tries) -> list[tuple[Tries, int, timedelta]]:
    most = settings.GONGKAI_TRIES_PER_ADDRESS if may_lock(one.address) else 10**9
    return [(account, one.door.most_failures, one.door.lock), (address, most, ADDRESS_QUIET)]


def _lock(row: Tries, until: datetime) -> Tries:
    row.locked_until = until
    row.save()
    return row
