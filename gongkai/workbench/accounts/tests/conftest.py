"""The cast of the door: 张三 and 李四 do business, 孙七, 周八 and 吴九 administer; 王五 works in another organ."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from gongkai.organs.models import Organ, Staff
from gongkai.workbench.accounts import rules
from gongkai.workbench.tests.conftest import as_staff, bureau, make_organ, make_staff, own_home, wang, zhang

__all__ = ["PASSWORD", "as_staff", "bureau", "make_organ", "make_staff", "own_home", "sign_in", "wang", "zhang"]

PASSWORD = "丰满水库-2012"


@pytest.fixture
def li(bureau: Organ) -> Staff:
    """李四: reviewer."""
    return make_staff(bureau, "li", "李四", "reviewer")


@pytest.fixture
def relaxed(bureau: Organ) -> Organ:
    """The bureau, where administrators sign in without a second factor."""
    rules.set_rules(bureau, values={"second_factor_roles": []}, by="安装", at=now())
    return bureau


@pytest.fixture
def sun(relaxed: Organ) -> Staff:
    """孙七: system administrator."""
    return make_staff(relaxed, "sun", "孙七", "system_admin")


@pytest.fixture
def zhou(relaxed: Organ) -> Staff:
    """周八: security administrator."""
    return make_staff(relaxed, "zhou", "周八", "security_admin")


@pytest.fixture
def wu(relaxed: Organ) -> Staff:
    """吴九: audit administrator."""
    return make_staff(relaxed, "wu", "吴九", "auditor")


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Post the form."""
    return client.post("/desk/sign-in/", {"username": username, "password": password}, **extra)


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Hundreds of passwords are checked here; how slowly is Django's affair, not ours."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
