"""The cast: 张三 works at a bureau, 王五 at another; each signs in with a client of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now

from gongkai.organs.models import Organ, OrganName, Staff, StaffRole
from gongkai.workbench.accounts.door import BEGUN, SEEN

SignedIn = Callable[[Staff], Client]


def make_organ(code: str, name: str) -> Organ:
    """A department of 吉林市 that has always borne its name."""
    organ = Organ.objects.create(code=code, kind="department", region_path="吉林省/吉林市", provenance="invented")
    OrganName.objects.create(organ=organ, registered_name=name, from_on=date(2000, 1, 1))
    return organ


def make_staff(organ: Organ, login: str, name: str, *roles: str) -> Staff:
    """A member of staff with roles that have always been held."""
    staff = Staff.objects.create(user=User.objects.create_user(login, password="丰满水库-2012"), organ=organ, name=name)
    for role in roles:
        StaffRole.objects.create(staff=staff, role=role, from_on=date(2000, 1, 1))
    return staff


@pytest.fixture
def bureau(db: None) -> Organ:
    """Where 张三 works."""
    return make_organ("bureau", "松江市经济局")


@pytest.fixture
def zhang(bureau: Organ) -> Staff:
    """张三: clerk and publisher of the bureau."""
    return make_staff(bureau, "zhang", "张三", "clerk", "publisher")


@pytest.fixture
def wang(db: None) -> Staff:
    """王五: clerk of another organ."""
    return make_staff(make_organ("library", "松江市图书馆"), "wang", "王五", "clerk")


@pytest.fixture
def as_staff() -> SignedIn:
    """as_staff(zhang): a client signed in as 张三."""

    def signed_in(staff: Staff) -> Client:
        client = Client()
        client.force_login(staff.user)
        session = client.session
        session.update({BEGUN: now().timestamp(), SEEN: now().timestamp()})  # as the form leaves it
        session.save()
        return client

    return signed_in


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """Uploads go to a folder of the test."""
    settings.HOME = tmp_path  # type: ignore[attr-defined]
