"""Passwords: chosen under rules, changed at first sign-in and after a reset, old ones only where the organ says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from django.utils.timezone import now

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records.models import Entry
from gongkai.workbench.accounts import passwords, rules
from gongkai.workbench.accounts.models import Account, DeskSession
from gongkai.workbench.accounts.tests.conftest import PASSWORD, make_staff, sign_in
from gongkai.workbench.tests.conftest import SignedIn

NEW = "松花江畔-雾凇-1995"


def change(client: Client, new: str, old: str = PASSWORD, again: str | None = None) -> Any:
    """Post the form of the password page."""
    typed = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post("/desk/account/password/", typed)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("短-1", "至少 10 个字符"),
        ("password123", "常见"),
        ("zhang12345", "相似"),
        (PASSWORD, "与现在的密码相同"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(zhang: Staff, as_staff: SignedIn, new: str, told: str) -> None:
    zhang.user.username = "zhang12345"
    zhang.user.save()
    page = change(as_staff(zhang), new).content.decode().replace("\xa0", " ")
    assert told in page or (told == "至少 10 个字符" and "10" in page)
    zhang.user.refresh_from_db()
    assert zhang.user.check_password(PASSWORD)


def test_a_good_one_is_taken_and_other_sessions_end(zhang: Staff) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, "zhang")
    assert change(here, NEW).status_code == 302
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302
    assert DeskSession.objects.get(ended_at__isnull=False).ending == "password"
    here.post("/desk/sign-out/")
    assert DeskSession.objects.filter(ended_at__isnull=True).count() == 0, "the session kept its row under its new key"
    assert sign_in(Client(), "zhang", NEW).status_code == 302
    assert NEW not in str(list(Entry.objects.values("before", "after")))


def test_the_wrong_present_password_changes_nothing(zhang: Staff, as_staff: SignedIn) -> None:
    assert change(as_staff(zhang), NEW, old="wrong").status_code == 200
    zhang.user.refresh_from_db()
    assert zhang.user.check_password(PASSWORD)


def test_guessing_at_the_present_password_is_locked_like_guessing_at_the_door(zhang: Staff, as_staff: SignedIn) -> None:
    left_open = as_staff(zhang)
    assert [change(left_open, NEW, old="wrong").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    page = change(left_open, NEW)
    assert page.status_code == 429
    assert "已锁定到" in page.content.decode()
    zhang.user.refresh_from_db()
    assert zhang.user.check_password(PASSWORD), "not even the right one helps while it is locked"
    assert sign_in(Client(), "zhang").status_code == 429
    told = Entry.objects.filter(act="sign_in_failed").latest("pk").after
    assert (told["step"], told["locked"]) == ("change_password", "account")


def test_a_new_password_that_is_too_weak_is_no_guess(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    for _ in range(7):
        assert change(client, "短-1").status_code == 200
    assert change(client, NEW).status_code == 302


def test_a_password_given_by_another_must_be_changed_before_anything_else(client: Client, zhang: Staff) -> None:
    passwords.give(zhang.user, "abcde-fghjk-23456", must_change=True, at=now())
    sign_in(client, "zhang", "abcde-fghjk-23456")
    for place in ("/desk/", "/desk/reports/", "/desk/account/sessions/", "/desk/account/second-factor/"):
        assert client.get(place)["Location"] == "/desk/account/password/"
    assert "先换成" in client.get("/desk/account/password/").content.decode()
    change(client, NEW, old="abcde-fghjk-23456")
    assert client.get("/desk/").status_code == 200


def test_no_password_grows_old_unless_the_organ_says_so(client: Client, bureau: Organ, zhang: Staff) -> None:
    passwords.give(zhang.user, PASSWORD, must_change=False, at=now() - timedelta(days=900))
    sign_in(client, "zhang")
    assert client.get("/desk/reports/").status_code == 200
    rules.set_rules(bureau, values={"password_days": 180}, by="安装", at=now())
    assert client.get("/desk/reports/")["Location"] == "/desk/account/password/"


def test_a_reset_by_the_system_administrator_shows_a_new_one_once_and_ends_sessions(
    client: Client, zhang: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    sign_in(client, "zhang")
    office = as_staff(sun)
    page = office.post(f"/desk/people/{zhang.pk}/reset-password/")
    assert "no-store" in page["Cache-Control"]
    password = page.content.decode().split('<code id="password">')[1].split("<")[0]
    assert client.get("/desk/").status_code == 302
    assert sign_in(Client(), "zhang").status_code == 200, "the old one is void"
    assert sign_in(client, "zhang", password).status_code == 302
    assert Account.objects.get(user=zhang.user).must_change
    assert password not in str(list(Entry.objects.values("before", "after")))
    assert password not in office.get(f"/desk/people/{zhang.pk}/").content.decode()


def test_nobody_resets_a_password_without_being_over_every_organ_of_the_person(
    bureau: Organ, zhang: Staff, zhou: Staff, sun: Staff, wang: Staff
) -> None:
    with pytest.raises(Refused, match="须由系统管理员办理"):
        passwords.reset(zhang, by=zhou, at=now())
    with pytest.raises(Refused, match="不能对自己办理"):
        passwords.reset(sun, by=sun, at=now())
    Staff.objects.create(user=wang.user, organ=bureau, name="王五")
    here = Staff.objects.get(user=wang.user, organ=bureau)
    with pytest.raises(Refused, match="本机关及下级机关"):
        passwords.reset(here, by=sun, at=now())


def test_first_passwords_differ_and_pass_the_rules_themselves(bureau: Organ) -> None:
    made = {passwords.fresh() for _ in range(200)}
    assert len(made) == 200
    staff = make_staff(bureau, "x", "某人", "clerk")
    for password in made:
        validate_password(password, staff.user)
