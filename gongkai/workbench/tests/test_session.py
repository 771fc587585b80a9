"""Signing in and out, and what those find who may not enter."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gongkai.organs.models import Staff, StaffRole
from gongkai.workbench.tests.conftest import SignedIn, make_organ

PLACES = [
    "/desk/",
    "/desk/entries/",
    "/desk/registers/",
    "/desk/registers/applications/",
    "/desk/registers/applications/template.xlsx",
    "/desk/registers/applications/export.xlsx",
    "/desk/import/",
    "/desk/reports/",
]


@pytest.mark.parametrize("place", PLACES)
def test_the_desk_asks_everybody_to_sign_in(client: Client, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in/?next=/desk/")


def test_signing_in_leads_to_the_page_that_was_wanted(client: Client, zhang: Staff) -> None:
    typed = {"username": "zhang", "password": "丰满水库-2012", "next": "/desk/registers/"}
    answer = client.post("/desk/sign-in/", typed)
    assert answer["Location"] == "/desk/registers/"


def test_signing_in_leads_nowhere_outside(client: Client, zhang: Staff) -> None:
    typed = {"username": "zhang", "password": "丰满水库-2012", "next": "https://elsewhere.example/"}
    assert client.post("/desk/sign-in/", typed)["Location"] == "/desk/"


def test_a_wrong_password_is_told_and_nothing_else(client: Client, zhang: Staff) -> None:
    answer = client.post("/desk/sign-in/", {"username": "zhang", "password": "wrong"})
    assert answer.status_code == 200
    assert "账号或密码不对" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_ends_the_session(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    assert client.post("/desk/sign-out/").status_code == 302
    assert client.get("/desk/").status_code == 302


def test_an_account_that_is_nobodys_staff_is_refused_with_what_to_do(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("guest", password="丰满水库-2012"))
    answer = client.get("/desk/")
    assert answer.status_code == 403
    assert "联系本机关系统管理员" in answer.content.decode()


def test_who_works_in_two_organs_chooses_one(zhang: Staff, as_staff: SignedIn) -> None:
    other = make_organ("archive", "松江市档案局")
    there = Staff.objects.create(user=zhang.user, organ=other, name="张三")
    StaffRole.objects.create(staff=there, role="clerk", from_on=date(2000, 1, 1))
    client = as_staff(zhang)
    assert "松江市经济局 · 张三" in client.get("/desk/").content.decode()
    client.post("/desk/organ/", {"organ": "archive"})
    assert "松江市档案局 · 张三" in client.get("/desk/").content.decode()


def test_nobody_chooses_an_organ_where_they_do_not_work(zhang: Staff, wang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    answer = client.post("/desk/organ/", {"organ": wang.organ.code})
    assert answer.status_code == 403
    assert "松江市图书馆" not in client.get("/desk/").content.decode()
