"""Codes from an authenticator: set up, asked for, used once; recovery codes; who takes a lost one away."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records.models import Entry
from gongkai.workbench.accounts import rules, sealing, second_factor
from gongkai.workbench.accounts.models import Authenticator
from gongkai.workbench.accounts.tests.conftest import sign_in
from gongkai.workbench.tests.conftest import SignedIn, make_staff

CODES = re.compile(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>")


def code_of(device: Authenticator, drift: int = 0) -> str:
    """What an authenticator with this key shows now, or some steps later."""
    return f"{totp(device.bin_key, drift=drift):06d}"


def enrolled(staff: Staff) -> tuple[Authenticator, list[str]]:
    """An authenticator in use, its last code long ago, and its recovery codes."""
    device = second_factor.pending(staff.user)
    codes = second_factor.enrol(staff.user, code=code_of(device), by=staff, at=now())
    Authenticator.objects.filter(pk=device.pk).update(last_t=-1)
    device.refresh_from_db()
    return device, codes


def unthrottle() -> None:
    """As if some seconds had passed since the last wrong code."""
    Authenticator.objects.update(throttling_failure_timestamp=now() - timedelta(hours=1))


def test_setting_up_shows_a_picture_a_key_and_once_the_recovery_codes(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    page = client.get("/desk/account/second-factor/").content.decode()
    device = Authenticator.objects.get(user=zhang.user)
    assert "<svg" in page
    assert "style=" not in page
    assert second_factor.secret_of(device) in page
    wrong = client.post("/desk/account/second-factor/", {"code": "000000"}).content.decode()
    assert "验证码不对" in wrong
    assert second_factor.secret_of(device) in wrong, "the same key: what the telephone has scanned still holds"
    unthrottle()
    shown = CODES.findall(client.post("/desk/account/second-factor/", {"code": code_of(device)}).content.decode())
    assert len(shown) == len(set(shown)) == second_factor.RECOVERY_CODES
    assert not CODES.findall(client.get("/desk/account/second-factor/").content.decode())
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not {code.replace("-", "") for code in shown} & stored, "only digests are stored"


def test_who_has_one_is_asked_for_a_code_and_not_let_in_before(client: Client, zhang: Staff) -> None:
    device, _ = enrolled(zhang)
    answer = sign_in(client, "zhang")
    assert answer["Location"] == "/desk/sign-in/code/"
    assert client.get("/desk/")["Location"].startswith("/desk/sign-in/")
    assert client.post("/desk/sign-in/code/", {"code": code_of(device)})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert Entry.objects.filter(act="sign_in").latest("seq").after["second_factor"] == "totp"


def test_the_page_that_was_wanted_is_reached_over_both_steps(client: Client, zhang: Staff) -> None:
    device, _ = enrolled(zhang)
    client.post("/desk/sign-in/", {"username": "zhang", "password": "丰满水库-2012", "next": "/desk/reports/"})
    assert client.post("/desk/sign-in/code/", {"code": code_of(device)})["Location"] == "/desk/reports/"


def test_a_code_works_once(client: Client, zhang: Staff) -> None:
    device, _ = enrolled(zhang)
    code = code_of(device)
    assert second_factor.verify(zhang.user, code) == "totp"
    sign_in(client, "zhang")
    assert "已用过" in client.post("/desk/sign-in/code/", {"code": code}).content.decode()


def test_a_recovery_code_works_once_as_typed_with_or_without_its_hyphen(client: Client, zhang: Staff) -> None:
    _, codes = enrolled(zhang)
    sign_in(client, "zhang")
    typed = codes[0].replace("-", " ").upper()
    assert client.post("/desk/sign-in/code/", {"code": typed}).status_code == 302
    assert second_factor.codes_left(zhang.user) == second_factor.RECOVERY_CODES - 1
    assert second_factor.verify(zhang.user, codes[0]) == ""


def test_wrong_codes_lock_the_account_and_a_right_password_buys_no_new_tries(client: Client, zhang: Staff) -> None:
    device, _ = enrolled(zhang)
    told = []
    for _ in range(5):
        sign_in(client, "zhang")
        told.append(client.post("/desk/sign-in/code/", {"code": "000000"}).status_code)
        unthrottle()
    assert told == [200, 200, 200, 200, 429]
    assert client.post("/desk/sign-in/code/", {"code": code_of(device)}).status_code == 429
    assert sign_in(Client(), "zhang").status_code == 429


def test_the_second_step_waits_five_minutes_and_is_nothing_by_itself(client: Client, zhang: Staff) -> None:
    device, _ = enrolled(zhang)
    assert client.get("/desk/sign-in/code/")["Location"] == "/desk/sign-in/"
    sign_in(client, "zhang")
    session = client.session
    session["pending"] = {**session["pending"], "at": now().timestamp() - 301}
    session.save()
    assert client.post("/desk/sign-in/code/", {"code": code_of(device)})["Location"] == "/desk/sign-in/"


def test_a_role_that_demands_one_lets_nobody_further_before_it_is_set_up(
    client: Client, bureau: Organ, zhang: Staff
) -> None:
    rules.set_rules(bureau, values={"second_factor_roles": ["clerk"]}, by="安装", at=now())
    sign_in(client, "zhang")
    assert client.get("/desk/reports/")["Location"] == "/desk/account/second-factor/"
    page = client.get("/desk/account/second-factor/").content.decode()
    assert "您的角色须用第二因子登录" in page
    code = code_of(Authenticator.objects.get(user=zhang.user))
    client.post("/desk/account/second-factor/", {"code": code})
    assert client.get("/desk/reports/").status_code == 200
    removal = client.post("/desk/account/second-factor/remove/", {"code": code})
    assert "不能取消" in removal.content.decode()
    assert second_factor.is_enrolled(zhang.user)


def test_administrators_need_one_unless_the_organ_sets_otherwise(client: Client, bureau: Organ) -> None:
    make_staff(bureau, "sun", "孙七", "system_admin")
    sign_in(client, "sun")
    assert client.get("/desk/people/")["Location"] == "/desk/account/second-factor/"


def test_a_session_begun_without_it_cannot_replace_it_nor_get_new_recovery_codes(
    zhang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(zhang)
    enrolled(zhang)
    for place in ("/desk/account/second-factor/?new=1",):
        assert client.get(place).status_code == 409
    pending = second_factor.pending(zhang.user)
    assert client.post("/desk/account/second-factor/", {"code": code_of(pending)}).status_code == 409
    assert client.post("/desk/account/second-factor/codes/").status_code == 409
    assert Authenticator.objects.filter(user=zhang.user, confirmed=True).get().pk != pending.pk


def test_with_it_one_changes_telephones_and_recovery_codes(client: Client, zhang: Staff) -> None:
    device, codes = enrolled(zhang)
    sign_in(client, "zhang")
    client.post("/desk/sign-in/code/", {"code": code_of(device)})
    fresh = CODES.findall(client.post("/desk/account/second-factor/codes/").content.decode())
    assert second_factor.verify(zhang.user, codes[1]) == ""
    client.get("/desk/account/second-factor/?new=1")
    pending = Authenticator.objects.get(user=zhang.user, confirmed=False)
    client.post("/desk/account/second-factor/", {"code": code_of(pending)})
    assert Authenticator.objects.get(user=zhang.user).pk == pending.pk
    assert second_factor.verify(zhang.user, fresh[0]) == "", "a new telephone has new recovery codes"


def test_it_is_removed_with_a_right_code_only_and_wrong_ones_are_slowed(zhang: Staff, as_staff: SignedIn) -> None:
    device, _ = enrolled(zhang)
    client = as_staff(zhang)
    assert "验证码不对" in client.post("/desk/account/second-factor/remove/", {"code": "000000"}).content.decode()
    device.refresh_from_db()
    assert device.throttling_failure_count == 1, "counted although the act was refused"
    unthrottle()
    assert client.post("/desk/account/second-factor/remove/", {"code": code_of(device)}).status_code == 302
    assert not second_factor.is_enrolled(zhang.user)


def test_a_lost_one_is_reset_by_the_security_administrator_whose_power_ends_there(
    zhang: Staff, zhou: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    enrolled(zhang)
    victim = as_staff(zhang)
    with pytest.raises(Refused, match="须由安全管理员办理"):
        second_factor.reset(zhang, by=sun, at=now())
    assert as_staff(zhou).post(f"/desk/people/{zhang.pk}/reset-second-factor/").status_code == 302
    assert not second_factor.is_enrolled(zhang.user)
    assert "reset_second_factor" in Entry.objects.values_list("act", flat=True)
    assert as_staff(zhou).post(f"/desk/people/{zhang.pk}/reset-password/").status_code == 409
    assert victim.get("/desk/").status_code == 200, "a session made by a test has no row to end"


def test_the_security_administrator_does_not_reset_his_own(zhou: Staff) -> None:
    enrolled(zhou)
    with pytest.raises(Refused, match="不能对自己办理"):
        second_factor.reset(zhou, by=zhou, at=now())


def test_entries_hold_neither_keys_nor_codes(zhang: Staff) -> None:
    device, codes = enrolled(zhang)
    told: Any = str(list(Entry.objects.values("before", "after", "by")))
    assert device.key not in told
    assert not any(code in told for code in codes)


def test_the_key_is_sealed_in_the_database_and_opens_under_this_installations_secret_only(
    zhang: Staff, settings: Any
) -> None:
    device, _ = enrolled(zhang)
    stored = Authenticator.objects.values_list("key", flat=True).get()
    assert device.bin_key.hex() not in stored
    assert sealing.seal(device.bin_key) != sealing.seal(device.bin_key), "the same key gives another text each time"
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 9
    with pytest.raises(Refused, match="重置第二因子"):
        second_factor.verify(zhang.user, "123456")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sealing.unseal(stored) == device.bin_key
