"""The first start: opened by the code on the console, step by step, taken up where it stopped, gone afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate, now

from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.workbench.accounts import setting_up
from gongkai.workbench.accounts.models import DoorRules, SetUp
from gongkai.workbench.accounts.tests.conftest import sign_in

pytestmark = pytest.mark.django_db
PLACE = "/desk/setup/"
ORGAN = {
    "step": "1", "registered_name": "松江市审计局", "short_name": "市审计局", "code": "audit", "kind": "department",
    "region_path": "吉林省/吉林市", "established_on": "2001-01-01", "second_factor": "on",
}  # fmt: skip
PEOPLE = {
    "system_admin": ("sun", "孙七"), "security_admin": ("zhou", "周八"), "auditor": ("wu", "吴九"),
    "clerk": ("zhang", "张三"), "reviewer": ("li", "李四"),
}  # fmt: skip
TICKETS = re.compile(r"<code>([a-z]+)</code></td><td><code>([a-z0-9-]{17})</code>")


def people(step: str, *roles: str) -> dict[str, str]:
    """What is typed for these roles."""
    typed = {"step": step}
    for role in roles:
        typed |= {f"{role}-username": PEOPLE[role][0], f"{role}-name": PEOPLE[role][1]}
    return typed


ADMINISTRATORS = people("2", "system_admin", "security_admin", "auditor")
STAFF = people("3", "clerk", "reviewer")


def opened(code: str | None = None) -> Client:
    """A browser in which the code was entered."""
    client = Client()
    client.post(PLACE, {"code": code or setting_up.begin(at=now()) or ""})
    return client


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def test_the_whole_way_from_an_empty_database_to_signed_in() -> None:
    client = opened()
    assert "第 1 步" in text(client.get(PLACE))
    client.post(PLACE, ORGAN)
    first = dict(TICKETS.findall(text(client.post(PLACE, ADMINISTRATORS))))
    second = dict(TICKETS.findall(text(client.post(PLACE, STAFF))))
    assert set(first | second) == {"sun", "zhou", "wu", "zhang", "li"}
    assert "设置完成" in text(client.post(PLACE, {"step": "4"}))
    for again in (client, Client()):
        assert again.get(PLACE).status_code == 404
        assert again.post(PLACE, {"code": "x"}).status_code == 404
    held = {staff.name: set(staff.roles_on(localdate())) for staff in Staff.objects.all()}
    assert held == {name: {role} for role, (_, name) in PEOPLE.items()}
    assert sign_in(Client(), "zhang", second["zhang"]).status_code == 302
    assert entries.verify() == []


def test_without_the_code_nothing_is_done() -> None:
    setting_up.begin(at=now())
    client = Client()
    for typed in ({"code": "aaaaa-aaaaa-aaaaa"}, ORGAN, ADMINISTRATORS, {"step": "4"}, {}):
        client.post(PLACE, typed)
    refused = client.post(PLACE, {"code": "aaaaa-aaaaa-aaaaa"})
    assert refused.status_code == 409
    assert "控制台" in text(refused)
    assert not Organ.objects.exists()


def test_the_code_works_once_and_as_typed() -> None:
    code = setting_up.begin(at=now())
    assert code
    assert "第 1 步" in text(opened(code.upper().replace("-", " ")).get(PLACE))
    assert "设置码" in text(opened(code).get(PLACE))


def test_a_new_start_makes_a_new_code_and_goes_on_where_it_stopped() -> None:
    lost = opened()
    lost.post(PLACE, ORGAN)
    lost.post(PLACE, ADMINISTRATORS)
    client = opened()
    assert "设置码" in text(lost.get(PLACE)), "the browser before has no right any more"
    assert "第 3 步" in text(client.get(PLACE))
    client.post(PLACE, STAFF)
    renewed = dict(TICKETS.findall(text(client.post(PLACE, {"step": "renew"}))))
    assert set(renewed) == {"sun", "zhou", "wu", "zhang", "li"}, "passwords that nobody saw are made anew"
    client.post(PLACE, {"step": "4"})
    assert sign_in(Client(), "sun", renewed["sun"]).status_code == 302


def test_what_cannot_be_is_refused_and_kept_as_typed() -> None:
    client = opened()
    bad = client.post(PLACE, {**ORGAN, "code": "审计局"})
    assert bad.status_code == 409
    assert 'value="松江市审计局"' in text(bad)
    assert not Organ.objects.exists()
    client.post(PLACE, ORGAN)
    same = client.post(PLACE, {**ADMINISTRATORS, "auditor-username": "sun"})
    assert same.status_code == 409
    assert 'value="周八"' in text(same)
    assert not User.objects.exists(), "all or none"


def test_steps_are_not_skipped() -> None:
    client = opened()
    client.post(PLACE, {"step": "4"})
    client.post(PLACE, ADMINISTRATORS)
    assert not User.objects.exists()
    assert SetUp.objects.get().finished_at is None


def test_the_organ_chooses_whether_its_administrators_need_a_second_factor() -> None:
    client = opened()
    client.post(PLACE, {key: value for key, value in ORGAN.items() if key != "second_factor"})
    assert DoorRules.objects.get().second_factor_roles == []


def test_an_installation_in_use_offers_no_set_up(client: Client) -> None:
    Organ.objects.create(code="old", kind="department", region_path="吉林省")
    assert setting_up.begin(at=now()) is None
    assert client.get(PLACE).status_code == 404


def test_a_code_printed_before_the_demonstration_was_made_opens_nothing(client: Client) -> None:
    code = setting_up.begin(at=now())
    Organ.objects.create(code="DEMO", kind="department", region_path="吉林省", provenance="invented")
    assert client.post(PLACE, {"code": code}).status_code == 404
