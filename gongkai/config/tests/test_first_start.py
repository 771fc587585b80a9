"""Starting the website on a new installation: where to begin, and with which code."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.config.commands.serve import offer_set_up
from gongkai.organs.models import Organ

pytestmark = pytest.mark.django_db


def test_a_new_installation_is_told_where_to_begin_and_the_code_opens_it(capsys: pytest.CaptureFixture[str]) -> None:
    offer_set_up("http://127.0.0.1:8000/")
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8000/desk/setup/" in said
    found = re.search(r"设置码：([a-z0-9-]+)", said)
    assert found
    assert Client().post("/desk/setup/", {"code": found[1]}).status_code == 302


def test_an_installation_in_use_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Organ.objects.create(code="bureau", kind="department", region_path="吉林省")
    offer_set_up("http://127.0.0.1:8000/")
    assert capsys.readouterr().out == ""
