"""Public pages are drawn once and kept, and drawn anew the moment anything could have changed them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.organs import actions as organs
from gongkai.organs.models import Organ
from gongkai.reports.tests.cast import AT
from gongkai.workbench.tests.conftest import make_staff
from tests.test_portal_across import bureau, comment, publish, text

PAGE = "/reports/a/2022/"
KEPT = ("/reports/", PAGE, "/reports/a/series/", "/compare/")
KEPT_FOR_THE_DAY = ("/", "/organs/", "/organs/a/", "/organs/a/disclosed/", "/atom.xml", "/sitemap.xml")


@pytest.fixture
def organ(db: None) -> Organ:
    """A bureau with a published report for 2022."""
    made = bureau("a", "松江市民政局")
    publish(made, 2022, 5)
    return made


@pytest.mark.parametrize("place", KEPT)
def test_a_page_is_drawn_once(place: str, client: Client, organ: Organ, django_assert_num_queries: Any) -> None:
    first = client.get(place)
    with django_assert_num_queries(1):
        again = client.get(place)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.mark.parametrize("place", KEPT_FOR_THE_DAY)
def test_a_page_of_items_is_drawn_once_a_day_and_let_out_what_is_due(
    place: str, client: Client, organ: Organ, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    first = client.get(place)
    with django_assert_num_queries(2):
        assert client.get(place).content == first.content
    monkeypatch.setattr("gongkai.portal.keeping.localdate", lambda: date(2040, 1, 1))
    with CaptureQueriesContext(connection) as drawn:
        client.get(place)
    assert len(drawn) > 2


def test_a_new_report_is_in_the_list_at_once(client: Client, organ: Organ) -> None:
    assert "/reports/a/2023/" not in text(client.get("/reports/"))
    publish(organ, 2023)
    assert "/reports/a/2023/" in text(client.get("/reports/"))


def test_a_comment_is_on_the_page_at_once(client: Client, organ: Organ) -> None:
    assert "原因" not in text(client.get(PAGE))
    comment(organ, "原因是什么")
    assert "原因" in text(client.get(PAGE))


def test_a_new_name_is_in_the_list_at_once(client: Client, organ: Organ) -> None:
    client.get("/reports/", {"organ": "社会事务"})
    organs.rename(organ, registered_name="松江市社会事务局", on=AT.date(), by="系统", at=AT)
    assert PAGE in text(client.get("/reports/", {"organ": "社会事务"}))


def test_what_another_organ_does_leaves_the_page_as_it_is(
    client: Client, organ: Organ, django_assert_num_queries: Any
) -> None:
    client.get(PAGE)
    publish(bureau("b", "松江市教育局"), 2022)
    with django_assert_num_queries(1):
        client.get(PAGE)


def test_each_language_and_reading_mode_has_its_own(client: Client, organ: Organ) -> None:
    pages = {
        Client().get(PAGE, {}, headers=headers).content
        for headers in ({}, {"Accept-Language": "en"}, {"Cookie": "gongkai_mode=elder"}, {"Host": "localhost"})
    }
    assert len(pages) == 4


def test_what_is_drawn_for_somebody_signed_in_is_not_kept(client: Client, organ: Organ) -> None:
    li = make_staff(organ, "li", "李四", "clerk")
    signed_in = Client()
    signed_in.force_login(li.user)
    assert "sign-out" in text(signed_in.get(PAGE))
    assert "sign-out" not in text(client.get(PAGE))
    assert "sign-out" in text(signed_in.get(PAGE))


def test_a_browser_that_has_the_page_is_told_so(client: Client, organ: Organ) -> None:
    etag = client.get(PAGE)["ETag"]
    answer = client.get(PAGE, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    comment(organ, "原因是什么")
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 200


def test_what_is_not_there_is_not_kept(client: Client, organ: Organ) -> None:
    assert client.get("/reports/a/2023/").status_code == 404
    publish(organ, 2023)
    assert client.get("/reports/a/2023/").status_code == 200
