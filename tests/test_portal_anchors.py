"""Daily anchors at the public door: what is shown, what can be kept, and that nothing of the entries is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.records import anchors, entries

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def days() -> list[date]:
    """Two pages of anchors over a chain with something secret in it."""
    entries.write(
        organ_code="gxj", by="张三", at=AT, act="amend", subject=("a.b", "1"), after={"title": "不公开的标题"}
    )
    made = [DAY + timedelta(days=number) for number in range(60)]
    for day in made:
        anchors.make(day, by="定时任务", at=AT)
    return made


def test_the_page_says_what_anchors_are_also_when_there_is_none(client: Client) -> None:
    page = client.get("/anchors/").content.decode()
    assert "还没有日锚" in page
    assert client.get("/anchors/latest.json").status_code == 404


def test_anchors_are_listed_the_latest_first_a_page_at_a_time(client: Client, days: list[date]) -> None:
    first, second = (client.get(f"/anchors/?page={page}").content.decode() for page in (1, 2))
    assert f"/anchors/{days[-1]}.json" in first
    assert f"/anchors/{days[0]}.json" not in first
    assert f"/anchors/{days[0]}.json" in second
    for odd in ("0", "-1", "99", "x", "١", "9" * 5000):
        assert client.get("/anchors/", {"page": odd}).status_code == 200


def test_the_kept_file_is_what_the_verification_takes(client: Client, days: list[date]) -> None:
    answer = client.get(f"/anchors/{DAY}.json")
    assert answer["Content-Type"].startswith("application/json")
    assert entries.verify(anchor=anchors.read(answer.content)) == []
    assert set(json.loads(answer.content)["heads"]) == {"gxj"}


def test_a_program_can_fetch_the_latest(client: Client, days: list[date]) -> None:
    answer = client.get("/anchors/latest.json", follow=True)
    assert json.loads(answer.content)["day"] == days[-1].isoformat()


def test_nothing_of_the_entries_is_shown(client: Client, days: list[date]) -> None:
    for place in ("/anchors/", f"/anchors/{DAY}.json"):
        page = client.get(place).content.decode()
        assert "不公开的标题" not in page
        assert "张三" not in page


@pytest.mark.parametrize("day", ["2020-01-01", "2026-13-01", "x", "20260302", "2026-W10-1"])
def test_a_day_without_an_anchor_is_not_found(client: Client, days: list[date], day: str) -> None:
    assert client.get(f"/anchors/{day}.json").status_code == 404


def test_the_page_asks_the_database_the_same_few_questions_however_many_anchors(
    client: Client, days: list[date], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        client.get("/anchors/")
