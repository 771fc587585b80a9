"""Signing in: what is written, when an account or an address is locked, and who opens it again."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records import addresses
from gongkai.records.models import Entry
from gongkai.workbench.accounts import rules, tries
from gongkai.workbench.accounts.models import DeskSession, Tries
from gongkai.workbench.accounts.persons import SITE
from gongkai.workbench.accounts.tests.conftest import PASSWORD, make_staff, sign_in
from gongkai.workbench.tests.conftest import SignedIn

ELSEWHERE = {"REMOTE_ADDR": "10.1.2.3"}


def acts(organ_code: str = "bureau") -> list[str]:
    """The acts in a chain, in order."""
    return list(Entry.objects.filter(organ_code=organ_code).order_by("seq").values_list("act", flat=True))


def pass_time(span: timedelta) -> None:
    """Let the tallies grow old."""
    for row in Tries.objects.all():
        row.last_at = row.last_at and row.last_at - span
        row.locked_until = row.locked_until and row.locked_until - span
        row.save()


def test_signing_in_and_out_is_written_with_the_address_and_without_a_password(client: Client, zhang: Staff) -> None:
    sign_in(client, "zhang", "wrong", **ELSEWHERE)
    sign_in(client, "zhang", **ELSEWHERE)
    client.post("/desk/sign-out/")
    assert acts() == ["sign_in_failed", "sign_in", "sign_out"]
    failed, came, went = Entry.objects.filter(organ_code="bureau").order_by("seq")
    assert failed.by == "未登录（10.1.2.3）"
    assert (came.by, came.after["address"]) == ("张三", "10.1.2.3")
    assert went.after == {"ending": "signed_out"}
    told = "".join(f"{entry.before}{entry.after}{entry.by}{entry.subject_key}" for entry in Entry.objects.all())
    assert "wrong" not in told
    assert PASSWORD not in told


def test_after_five_failures_the_account_is_locked_in_clear_words_even_for_the_right_password(
    client: Client, zhang: Staff
) -> None:
    for _ in range(4):
        assert sign_in(client, "zhang", "wrong", **ELSEWHERE).status_code == 200
    fifth = sign_in(client, "zhang", "wrong", **ELSEWHERE)
    assert fifth.status_code == 429
    assert "此账号已锁定到" in fifth.content.decode()
    right = sign_in(client, "zhang", **ELSEWHERE)
    assert right.status_code == 429
    assert "安全管理员解除锁定" in right.content.decode()
    assert 'value="zhang"' in right.content.decode(), "what was typed is kept"
    assert Entry.objects.filter(act="sign_in_failed").latest("seq").after["locked"] == "account"
    pass_time(timedelta(minutes=31))
    assert sign_in(client, "zhang", **ELSEWHERE).status_code == 302


def test_success_forgets_earlier_failures(client: Client, zhang: Staff) -> None:
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "zhang", "wrong", **ELSEWHERE)
        assert sign_in(client, "zhang", **ELSEWHERE).status_code == 302
        client.post("/desk/sign-out/")


def test_an_unknown_name_is_treated_the_same_and_what_was_typed_is_kept_nowhere(client: Client, zhang: Staff) -> None:
    known = [sign_in(client, "zhang", "wrong", **ELSEWHERE) for _ in range(6)]
    unknown = [sign_in(client, "my-password-by-mistake", "wrong", REMOTE_ADDR="10.9.9.9") for _ in range(6)]
    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    stored = [str(list(model.objects.values())) for model in (Tries, Entry)]
    assert not any("my-password-by-mistake" in text for text in stored)
    assert acts(SITE) == ["sign_in_failed", "sign_in_failed"], "the first, and the one that locked"


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_five_passwords_are_looked_at(
    zhang: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    check = ModelBackend.authenticate

    def counted(self: ModelBackend, request: Any, username: Any = None, password: Any = None, **others: Any) -> Any:
        looked.append(str(password))
        return check(self, request, username=username, password=password, **others)

    monkeypatch.setattr(ModelBackend, "authenticate", counted)

    def attempt() -> None:
        sign_in(Client(), "zhang", "wrong", **ELSEWHERE)
        connection.close()

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == 5
    assert Tries.objects.get(user=zhang.user).is_locked(now())


def test_an_address_is_locked_for_everybody_but_only_after_many_failures(
    client: Client, zhang: Staff, settings: Any
) -> None:
    settings.GONGKAI_TRIES_PER_ADDRESS = 7
    for place in range(7):
        sign_in(client, f"nobody{place}", "wrong", **ELSEWHERE)
    locked = sign_in(client, "zhang", **ELSEWHERE)
    assert locked.status_code == 429
    assert "网络地址" in locked.content.decode()
    assert sign_in(client, "zhang", REMOTE_ADDR="10.1.2.4").status_code == 302


def test_an_account_of_ones_own_does_not_open_the_address_again(client: Client, zhang: Staff, settings: Any) -> None:
    settings.GONGKAI_TRIES_PER_ADDRESS = 7
    for place in range(6):
        sign_in(client, f"nobody{place}", "wrong", **ELSEWHERE)
        assert sign_in(Client(), "zhang", **ELSEWHERE).status_code == 302
    sign_in(client, "nobody6", "wrong", **ELSEWHERE)
    assert sign_in(client, "zhang", **ELSEWHERE).status_code == 429


def test_the_machine_itself_is_never_locked_out_as_an_address(client: Client, zhang: Staff, settings: Any) -> None:
    settings.GONGKAI_TRIES_PER_ADDRESS = 3
    for place in range(9):
        sign_in(client, f"nobody{place}", "wrong")
    assert sign_in(client, "zhang").status_code == 302


def test_neighbours_of_an_ipv6_network_count_as_one(settings: Any) -> None:
    assert (
        addresses.network_of("2001:db8:1:2::7") == addresses.network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    )
    assert addresses.network_of("2001:db8:1:3::7") != addresses.network_of("2001:db8:1:2::7")
    assert addresses.network_of("::ffff:10.1.2.3") == "10.1.2.3", "IPv4 in IPv6 dress is IPv4"
    assert addresses.network_of("no address") == ""
    assert not addresses.may_lock("")
    assert not addresses.may_lock("::1")


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 10.1.2.3", "10.1.2.3"),
        (2, "6.6.6.6, 10.1.2.3, 10.0.0.1", "10.1.2.3"),
        (2, "10.1.2.3", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_say_counts_as_the_address(
    client: Client, zhang: Staff, settings: Any, proxies: int, header: str, found: str
) -> None:
    settings.GONGKAI_PROXIES = proxies
    sign_in(client, "zhang", headers={"X-Forwarded-For": header})
    assert DeskSession.objects.get().address == found


def test_the_security_administrator_unlocks_at_once(
    client: Client, zhang: Staff, zhou: Staff, as_staff: SignedIn
) -> None:
    for _ in range(5):
        sign_in(client, "zhang", "wrong", **ELSEWHERE)
    office = as_staff(zhou)
    assert "张三" in office.get("/desk/locked/").content.decode()
    assert office.post(f"/desk/people/{zhang.pk}/unlock/").status_code == 302
    assert sign_in(client, "zhang", **ELSEWHERE).status_code == 302
    again = office.post(f"/desk/people/{zhang.pk}/unlock/")
    assert again.status_code == 409
    assert "没有锁定" in again.content.decode()


def test_no_other_administrator_unlocks(client: Client, zhang: Staff, sun: Staff, wu: Staff) -> None:
    for _ in range(5):
        sign_in(client, "zhang", "wrong", **ELSEWHERE)
    for other in (sun, wu):
        with pytest.raises(Refused, match="须由安全管理员办理"):
            tries.unlock(zhang, by=other, at=now())


def test_an_address_is_unlocked_by_the_topmost_organ_only(
    client: Client, bureau: Organ, zhou: Staff, wang: Staff, as_staff: SignedIn, settings: Any
) -> None:
    settings.GONGKAI_TRIES_PER_ADDRESS = 1
    sign_in(client, "nobody", "wrong", **ELSEWHERE)
    row = Tries.objects.get(kind="address", locked_until__isnull=False)
    bureau.parent = wang.organ
    bureau.save()
    assert "10.1.2.3" not in as_staff(zhou).get("/desk/locked/").content.decode()
    assert as_staff(zhou).post(f"/desk/locked/{row.pk}/unlock/").status_code == 403
    bureau.parent = None
    bureau.save()
    assert "10.1.2.3" in as_staff(zhou).get("/desk/locked/").content.decode()
    assert as_staff(zhou).post(f"/desk/locked/{row.pk}/unlock/").status_code == 302
    assert sign_in(client, "nobody", "wrong", **ELSEWHERE).status_code == 429, "one failure locks again: the limit is 1"


def test_the_rules_of_the_organ_say_how_many_and_how_long(client: Client, bureau: Organ, zhang: Staff) -> None:
    rules.set_rules(bureau, values={"most_failures": 3, "lock_minutes": 60}, by="安装", at=now())
    for _ in range(3):
        sign_in(client, "zhang", "wrong", **ELSEWHERE)
    pass_time(timedelta(minutes=45))
    assert sign_in(client, "zhang", **ELSEWHERE).status_code == 429
    pass_time(timedelta(minutes=16))
    assert sign_in(client, "zhang", **ELSEWHERE).status_code == 302


def test_a_closed_account_is_told_no_more_than_a_wrong_password(client: Client, bureau: Organ) -> None:
    staff = make_staff(bureau, "gone", "郑十", "clerk")
    User.objects.filter(pk=staff.user_id).update(is_active=False)
    answer = sign_in(client, "gone")
    assert answer.status_code == 200
    assert "账号或密码不对" in answer.content.decode()
