"""The second factor: codes from an authenticator app (RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import require_another
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.workbench.accounts import passwords, sessions
from gongkai.workbench.accounts.models import Authenticator, DeskSession
from gongkai.workbench.accounts.passwords import LETTERS
from gongkai.workbench.accounts.persons import chain_of, self_of
from gongkai.workbench.accounts.sealing import seal

RECOVERY_CODES = 10
KEY_BYTES = 20  # as RFC 4226 recommends
APP, RECOVERY = "authenticator", "recovery"


def is_enrolled(user: Any) -> bool:
    """Whether signing in asks this person for a code."""
    return bool(Authenticator.objects.filter(user=user, confirmed=True).exists())


def codes_left(user: Any) -> int:
    """How many recovery codes are unused."""
    return int(StaticToken.objects.filter(device__user=user, device__name=RECOVERY).count())


def pending(user: Any) -> Authenticator:
    """The authenticator that is being set up: made once, so that the same picture is shown again after a reload."""
    device: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=False).order_by("pk").first()
    if device is None:
        device = Authenticator(user=user, name=APP, confirmed=False, key=seal(secrets.token_bytes(KEY_BYTES)))
        device.save()
    return device


def secret_of(device: Authenticator) -> str:
    """The device's key for typing by hand, in groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


@transaction.atomic
def enrol(user: Any, *, code: str, by: object, at: datetime) -> list[str]:
    """Take the pending authenticator into use once it gives a right code; gives the recovery codes, told here once.

    An authenticator used before is replaced. Refused for a wrong code.
    """
    device = Authenticator.objects.select_for_update().get(pk=pending(user).pk)
    if not device.verify_token(_digits(code)):
        raise Refused("wrong_code", "验证码不对；请核对手机时间是否准确，再输入应用中现在显示的六位数字")
    Authenticator.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    codes = _renew_codes(user)
    _write(user, "enrol_second_factor", by, at, {"recovery_codes": len(codes)})
    return codes


@transaction.atomic
def verify(user: Any, code: str) -> str:
    """Check a code, which is used up by it: gives "totp" or "recovery"; "" when wrong, used, or too fast."""
    typed = _digits(code)
    if len(typed) == 6 and typed.isdecimal():
        devices: Any = Authenticator.objects.select_for_update().filter(user=user, confirmed=True)
        return "totp" if any(device.verify_token(typed) for device in devices) else ""
    found = StaticDevice.objects.select_for_update().filter(user=user, name=RECOVERY)
    return "recovery" if any(device.verify_token(_fingerprint(user, typed)) for device in found) else ""


@transaction.atomic
def renew_codes(user: Any, *, by: object, at: datetime) -> list[str]:
    """New recovery codes, told here once; the old ones are void. Refused without an authenticator."""
    if not is_enrolled(user):
        raise Refused("no_second_factor", "还没有设置第二因子，没有恢复码可换；请先设置")
    codes = _renew_codes(user)
    _write(user, "renew_recovery_codes", by, at, {"recovery_codes": len(codes)})
    return codes


def remove(user: Any, *, code: str, by: object, at: datetime) -> None:
    """Do without a second factor again, with a right code. Whether a role demands it is the door's to say."""
    if not verify(user, code):  # in a transaction of its own: a wrong code is counted although the act is refused
        raise Refused("wrong_code", "验证码不对或已用过；请等应用中显示下一个验证码再输入")
    with transaction.atomic():
        _clear(user)
        _write(user, "remove_second_factor", by, at, {})


@transaction.atomic
def reset(staff: Staff, *, by: object, at: datetime) -> None:
    """Take a lost authenticator away; by the security administrator, never one's own. The person's sessions end.

    The password stays as it is: that is the system administrator's, so that neither of the two opens an account alone.
    """
    require_another(by, staff, "重置第二因子")
    passwords.require_over_all(staff, by, Role.SECURITY_ADMIN, at, "重置第二因子")
    if not is_enrolled(staff.user):
        raise Refused("no_second_factor", f"{staff.name} 没有设置第二因子，不需要重置")
    _clear(staff.user)
    ended = sessions.close(sessions.open_sessions(staff.user), ending=DeskSession.Ending.ENDED, at=at)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="reset_second_factor", subject=staff,
        after={"sessions_ended": ended},
    )  # fmt: skip


def _digits(code: str) -> str:
    """A code as typed, without the gaps that make it readable."""
    return "".join(code.split()).replace("-", "").lower()


def _clear(user: Any) -> None:
    Authenticator.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _renew_codes(user: Any) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY)
    plain = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_fingerprint(user, code)) for code in plain)
    return [f"{code[:5]}-{code[5:]}" for code in plain]


def _fingerprint(user: Any, code: str) -> str:
    """What is stored of a recovery code: 16 characters, 80 bits, from which it cannot be read."""
    digest = salted_hmac("gongkai.recovery", f"{user.pk}:{code}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()


def _write(user: Any, act: str, by: object, at: datetime, after: dict[str, Any]) -> None:
    staff = self_of(user)
    entries.write(organ_code=chain_of(staff), by=by, at=at, act=act, subject=staff or user, after=after)
