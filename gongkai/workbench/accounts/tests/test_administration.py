"""Pages of the administrators: each does his part, none does business, nobody reaches another organ."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate

from gongkai.organs.models import Handover, Organ, Staff
from gongkai.records.models import Entry
from gongkai.workbench.accounts.door import ALWAYS_OPEN, BY_ADDRESS
from gongkai.workbench.accounts.models import DoorRules
from gongkai.workbench.accounts.tests.conftest import make_staff, sign_in
from gongkai.workbench.tests.conftest import SignedIn, make_organ

BUSINESS_PAGES = ["/desk/reports/", "/desk/registers/", "/desk/import/", "/desk/registers/applications/"]
TODAY = {"from_on": "2026-01-01"}


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


# ── Who sees what ──


NUMBERED, CONVERTED = re.compile(r"<int:\w+>"), re.compile(r"<[\w:]+>")


def desk_patterns() -> list[tuple[str, str]]:
    """Every address of the desk: (name, path with 1 and x for its parts)."""
    found: list[tuple[str, str]] = []

    def walk(patterns: list[Any], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("desk/"):
                found.append((str(pattern.name), "/" + CONVERTED.sub("x", NUMBERED.sub("1", route))))

    walk(get_resolver().url_patterns, "")
    return found


def test_no_address_of_the_desk_answers_somebody_who_has_not_signed_in(client: Client, db: None) -> None:
    assert len(desk_patterns()) > 40
    for name, path in desk_patterns():
        if name in ALWAYS_OPEN:
            continue
        for answer in (client.get(path), client.post(path)):
            closed = answer.status_code in ({404, 405} if name in BY_ADDRESS else {405}) or (
                answer.status_code == 302 and answer["Location"].startswith("/desk/sign-in/")
            )
            assert closed, f"{path} answers {answer.status_code}"


@pytest.mark.parametrize("who", ["sun", "zhou", "wu"])
def test_an_administrator_sees_no_business(who: str, request: pytest.FixtureRequest, as_staff: SignedIn) -> None:
    client = as_staff(request.getfixturevalue(who))
    for page in BUSINESS_PAGES:
        answer = client.get(page)
        assert answer.status_code == 403, page
        assert "管理员不办理公开业务" in text(answer)
    menu = text(client.get("/desk/account/"))
    assert "/desk/registers/" not in menu
    assert "/desk/reports/" not in menu


@pytest.mark.parametrize(
    ("who", "first", "others"),
    [
        ("sun", "/desk/people/", ["/desk/locked/", "/desk/entries/"]),
        ("zhou", "/desk/people/", ["/desk/organs/", "/desk/door/", "/desk/people/add/", "/desk/entries/"]),
        ("wu", "/desk/entries/", ["/desk/people/", "/desk/organs/", "/desk/door/", "/desk/locked/"]),
        ("zhang", "/desk/", ["/desk/people/", "/desk/organs/", "/desk/door/", "/desk/locked/"]),
    ],
)
def test_each_begins_at_their_own_page_and_has_no_key_to_the_others(
    who: str, first: str, others: list[str], request: pytest.FixtureRequest, as_staff: SignedIn
) -> None:
    client = as_staff(request.getfixturevalue(who))
    assert client.get("/desk/", follow=True).request["PATH_INFO"] == first
    for place in others:
        answer = client.get(place)
        assert answer.status_code == 403, place
        assert f'href="{place}"' not in text(client.get("/desk/account/"))


def test_without_a_role_today_there_is_only_ones_own_account(bureau: Organ, as_staff: SignedIn) -> None:
    client = as_staff(make_staff(bureau, "new", "郑十"))
    assert client.get("/desk/")["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200
    answer = client.get("/desk/registers/")
    assert answer.status_code == 403
    assert "请联系本机关安全管理员任命角色" in text(answer)


# ── Accounts ──


def test_an_account_is_opened_appointed_and_used(sun: Staff, zhou: Staff, as_staff: SignedIn) -> None:
    page = as_staff(sun).post("/desk/people/add/", {"name": "郑十", "username": "zheng"})
    password = text(page).split('<code id="password">')[1].split("<")[0]
    staff = Staff.objects.get(user__username="zheng")
    appointed = {"role": "clerk", "from_on": localdate()}
    assert as_staff(zhou).post(f"/desk/people/{staff.pk}/appoint/", appointed).status_code == 302
    assert staff.roles_on(localdate()) == {"clerk"}
    newcomer = Client()
    sign_in(newcomer, "zheng", password)
    assert newcomer.get("/desk/")["Location"] == "/desk/account/password/"
    assert list(Entry.objects.order_by("pk").values_list("act", "by"))[-3:] == [
        ("enrol", "孙七"), ("appoint", "周八"), ("sign_in", "郑十"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "张三", "username": "ZHANG"}, "已被使用"),
        ({"name": "某人", "username": "not a name"}, "不能用"),
        ({"name": "", "username": "x"}, "这个字段是必填项"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(
    typed: dict[str, str], told: str, zhang: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    page = text(as_staff(sun).post("/desk/people/add/", typed))
    assert told in page
    assert f'value="{typed["username"]}"' in page
    assert User.objects.count() == 2


def test_a_refused_appointment_keeps_what_was_typed_and_says_why(zhang: Staff, zhou: Staff, as_staff: SignedIn) -> None:
    answer = as_staff(zhou).post(f"/desk/people/{zhang.pk}/appoint/", {"role": "auditor", "from_on": "2026-05-04"})
    assert answer.status_code == 409
    assert "须由不同的人担任" in text(answer)
    assert 'value="2026-05-04"' in text(answer)
    assert '<option value="auditor" selected>' in text(answer)


def test_nobody_is_offered_to_appoint_or_stop_himself(zhou: Staff, sun: Staff, as_staff: SignedIn) -> None:
    assert "/appoint/" not in text(as_staff(zhou).get(f"/desk/people/{zhou.pk}/"))
    answer = as_staff(zhou).post(f"/desk/people/{zhou.pk}/appoint/", {"role": "clerk", **TODAY})
    assert answer.status_code == 409
    assert "不能对自己办理" in text(answer)
    assert as_staff(sun).post(f"/desk/people/{sun.pk}/close/").status_code == 409
    sun.user.refresh_from_db()
    assert sun.user.is_active


def test_a_stopped_account_is_out_at_once_and_comes_back_with_a_new_password(
    client: Client, zhang: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    sign_in(client, "zhang")
    assert as_staff(sun).post(f"/desk/people/{zhang.pk}/close/").status_code == 302
    assert client.get("/desk/").status_code == 302
    assert sign_in(client, "zhang").status_code == 200
    page = as_staff(sun).post(f"/desk/people/{zhang.pk}/reopen/")
    password = text(page).split('<code id="password">')[1].split("<")[0]
    assert sign_in(client, "zhang", password).status_code == 302


@pytest.mark.parametrize("act", ["appoint", "dismiss", "hand-over", "unlock", "reset-second-factor", "end-session"])
def test_what_is_for_security_is_refused_to_the_system_administrator(
    act: str, zhang: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    typed = {"role": "clerk", "from_on": localdate(), "until_on": localdate(), "reason": "试", "to_staff": sun.pk}
    answer = as_staff(sun).post(f"/desk/people/{zhang.pk}/{act}/", typed)
    assert answer.status_code in (403, 404, 409), answer.status_code
    assert not Entry.objects.exclude(act__in=("set_rules",)).exists()


@pytest.mark.parametrize("act", ["reset-password", "close", "reopen"])
def test_what_is_for_the_system_is_refused_to_the_security_administrator(
    act: str, zhang: Staff, zhou: Staff, as_staff: SignedIn
) -> None:
    assert as_staff(zhou).post(f"/desk/people/{zhang.pk}/{act}/").status_code == 409
    assert not Entry.objects.exclude(act__in=("set_rules",)).exists()


def test_people_of_another_organ_are_not_found(wang: Staff, sun: Staff, zhou: Staff, as_staff: SignedIn) -> None:
    for admin in (sun, zhou):
        client = as_staff(admin)
        assert client.get(f"/desk/people/{wang.pk}/").status_code == 404
        assert client.get("/desk/people/?organ=library").status_code == 404
        assert client.post(f"/desk/people/{wang.pk}/close/").status_code == 404
        assert "王五" not in text(client.get("/desk/people/"))
    assert as_staff(sun).get("/desk/organs/library/").status_code == 404


def test_an_account_of_another_organ_does_not_join_unless_one_is_over_it(
    wang: Staff, sun: Staff, as_staff: SignedIn
) -> None:
    make_organ("branch", "松江市经济局分局")
    Organ.objects.filter(code="branch").update(parent=sun.organ)
    typed = {"name": "王五", "username": "wang", "existing": "on"}
    answer = as_staff(sun).post("/desk/people/add/?organ=branch", typed)
    assert answer.status_code == 409
    assert "本机关及下级机关" in text(answer)
    Organ.objects.filter(code="library").update(parent=sun.organ)
    assert as_staff(sun).post("/desk/people/add/?organ=branch", typed).status_code == 302
    assert Staff.objects.filter(user=wang.user).count() == 2


def test_the_list_asks_the_same_number_of_queries_for_many_people(
    sun: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client, asked = as_staff(sun), []
    for count in (1, 12):
        for place in range(count):
            make_staff(sun.organ, f"p{count}-{place}", f"人{place}", "clerk", "publisher")
        with django_assert_max_num_queries(20) as queries:
            assert client.get("/desk/people/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


# ── Organs and settings ──


def test_an_organ_is_registered_beneath_given_contact_and_a_new_name(sun: Staff, as_staff: SignedIn) -> None:
    client = as_staff(sun)
    typed = {
        "parent": "bureau", "registered_name": "松江市散装水泥办公室", "code": "cement", "kind": "department",
        "region_path": "吉林省/吉林市", "established_on": "2015-03-02",
    }  # fmt: skip
    refused = client.post("/desk/organs/", {**typed, "code": "bureau"})
    assert refused.status_code == 409
    assert 'value="松江市散装水泥办公室"' in text(refused)
    assert client.post("/desk/organs/", typed)["Location"] == "/desk/organs/cement/"
    assert client.post("/desk/organs/cement/", {"phone": "0432-62010000"}).status_code == 302
    renamed = {"rename": "1", "registered_name": "松江市建材办公室", "on": "2020-01-01"}
    stale = client.post("/desk/organs/cement/", renamed | {"seen": "松江市另一名称"})
    assert stale.status_code == 409
    assert 'value="松江市建材办公室"' in stale.content.decode()
    assert "机关已更名为" in stale.content.decode()
    assert client.post("/desk/organs/cement/", renamed).status_code == 302
    organ = Organ.objects.get(code="cement")
    assert organ.phone == "0432-62010000"
    assert organ.name_on(date(2020, 1, 1)) == "松江市建材办公室"
    seen = client.get("/desk/organs/cement/").context["seen"]
    Organ.objects.filter(code="cement").update(phone="0432-1")
    page = client.post("/desk/organs/cement/", {"phone": "0432-2", "seen": seen})
    assert page.status_code == 409
    assert "现在保存的是“0432-1”" in page.content.decode()
    assert [entry.act for entry in Entry.objects.filter(organ_code="cement")] == ["establish", "set_contact", "rename"]


def test_settings_out_of_bounds_are_refused_and_kept_as_typed(sun: Staff, as_staff: SignedIn) -> None:
    client = as_staff(sun)
    typed = {
        "idle_minutes": 600, "session_hours": 8, "most_failures": 5, "lock_minutes": 30, "password_days": "",
        "second_factor_roles": ["auditor", "publisher"],
    }  # fmt: skip
    answer = client.post("/desk/door/", typed)
    assert answer.status_code == 409
    assert 'value="600"' in text(answer)
    assert DoorRules.objects.get(organ=sun.organ).session_hours == 12
    assert client.post("/desk/door/", {**typed, "idle_minutes": 15}).status_code == 302
    rules = DoorRules.objects.get(organ=sun.organ)
    assert (rules.idle_minutes, rules.session_hours, rules.password_days) == (15, 8, None)
    assert rules.second_factor_roles == ["auditor", "publisher"]
    entry = Entry.objects.filter(act="set_rules").latest("pk")
    assert entry.after["idle_minutes"] == 15
    assert "lock_minutes" not in entry.after


# ── Standing in ──


def hand_over(client: Client, to: Staff, place: str = "/desk/handovers/", **changed: Any) -> Any:
    """A clerkship for today."""
    typed = {"role": "clerk", "to_staff": to.pk, "from_on": localdate(), "until_on": localdate(), "reason": "出差"}
    return client.post(place, typed | changed)


def test_a_colleague_stands_in_it_is_shown_and_written(zhang: Staff, li: Staff, as_staff: SignedIn) -> None:
    deputy = as_staff(li)
    assert deputy.post("/desk/reports/", {"year": "2020"}).status_code == 403, "a reviewer begins no report"
    assert hand_over(as_staff(zhang), li).status_code == 302
    home = text(deputy.get("/desk/"))
    assert '代<span lang="zh-CN">张三</span>办理' in home
    assert deputy.post("/desk/act-for/", {"colleague": zhang.pk}).status_code == 302
    assert "李四（代张三）" in text(deputy.get("/desk/reports/"))
    assert deputy.post("/desk/reports/", {"year": "2020"}).status_code == 302
    entry = Entry.objects.filter(act="create").latest("pk")
    assert (entry.by, entry.by_key) == ("李四（代张三）", f"organs.staff:{li.pk}")
    deputy.post("/desk/act-for/", {"colleague": ""})
    assert deputy.post("/desk/reports/", {"year": "2021"}).status_code == 403


def test_taken_back_the_deputy_is_himself_at_the_next_page(zhang: Staff, li: Staff, as_staff: SignedIn) -> None:
    owner, deputy = as_staff(zhang), as_staff(li)
    hand_over(owner, li)
    deputy.post("/desk/act-for/", {"colleague": zhang.pk})
    owner.post(f"/desk/handovers/{Handover.objects.get().pk}/take-back/")
    page = text(deputy.get("/desk/"))
    assert "代张三" not in page
    assert deputy.post("/desk/act-for/", {"colleague": zhang.pk}).status_code == 403


def test_nobody_stands_in_unasked(zhang: Staff, li: Staff, as_staff: SignedIn) -> None:
    assert as_staff(li).post("/desk/act-for/", {"colleague": zhang.pk}).status_code == 403
    assert as_staff(li).post("/desk/act-for/", {"colleague": "x"}).status_code == 403


def test_the_security_administrator_hands_over_for_who_is_away(
    zhang: Staff, li: Staff, zhou: Staff, as_staff: SignedIn
) -> None:
    answer = hand_over(as_staff(zhou), li, f"/desk/people/{zhang.pk}/hand-over/")
    assert answer.status_code == 302
    assert Entry.objects.filter(act="hand_over").get().by == "周八"
    assert "李四" in text(as_staff(zhou).get(f"/desk/people/{zhang.pk}/"))


def test_a_refused_handover_keeps_what_was_typed(zhang: Staff, li: Staff, as_staff: SignedIn) -> None:
    answer = hand_over(as_staff(zhang), li, until_on="2001-01-01")
    assert answer.status_code == 409
    assert "早于起始日期" in text(answer)
    assert 'value="出差"' in text(answer)
    assert 'value="2001-01-01"' in text(answer)
    assert not Handover.objects.exists()


def test_while_standing_in_one_hands_nothing_on(zhang: Staff, li: Staff, as_staff: SignedIn) -> None:
    third = make_staff(zhang.organ, "zhao", "赵六", "publisher")
    deputy = as_staff(li)
    hand_over(as_staff(zhang), li)
    deputy.post("/desk/act-for/", {"colleague": zhang.pk})
    assert hand_over(deputy, third).status_code == 409
    assert Handover.objects.count() == 1
