"""The book of law as pages: every rule can be read and asked, and a bad question is answered kindly."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from gongkai.law import calendar, checks, time_limits
from gongkai.law.typesetting import typeset


@pytest.mark.parametrize("name", time_limits.names())
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_rule_has_a_page(client: Client, name: str, language: str) -> None:
    page = client.get(f"/law/time-limits/{name}/", {"language": language})
    assert page.status_code == 200
    rule = time_limits.rule(name)
    assert escape(typeset(rule.title) if language == "zh-hans" else rule.title_en) in page.content.decode()


def test_a_date_is_answered_with_the_day_and_the_reasons(client: Client) -> None:
    page = client.get("/law/time-limits/proactive_disclosure/", {"from": "2012-09-26"}).content.decode()
    assert "2012-10-30" in page
    assert "《政府信息公开条例》（2007）第十八条" in page
    assert "2012-09-29" in page  # the make-up Saturday that counts
    assert "国庆节放假" in page


def test_events_move_the_day(client: Client) -> None:
    asked = {"from": "2024-01-29", "suspend_from": "2024-02-05", "suspend_to": "2024-02-27"}
    assert "2024-03-18" in client.get("/law/time-limits/reply/", asked).content.decode()
    asked = {"from": "2012-01-16", "extend": "1"}
    assert "2012-03-01" in client.get("/law/time-limits/reply/", asked).content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": "tomorrow"}, "不是日期"),
        ({"from": "1999-01-04"}, "请核对日期"),
        ({"from": "2026-12-14"}, "2027"),
        ({"from": "2024-01-29", "suspend_from": "2024-02-27", "suspend_to": "2024-02-05"}, "颠倒"),
        ({"from": "2024-01-29", "suspend_from": "2024-02-27"}, "须同时填写"),
    ],
)
def test_a_question_without_an_answer_says_why(client: Client, asked: dict[str, str], said: str) -> None:
    page = client.get("/law/time-limits/reply/", asked)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert said in page.content.decode()


def test_unknown_rules_and_years_are_not_found(client: Client) -> None:
    assert client.get("/law/time-limits/no_such_rule/").status_code == 404
    assert client.get("/law/calendar/1999/").status_code == 404


@pytest.mark.parametrize("year", calendar.known_years())
def test_every_known_year_shows_its_days_off_and_made_up(client: Client, year: int) -> None:
    page = client.get(f"/law/calendar/{year}/").content.decode()
    known = calendar.year(year)
    assert page.count("<b>休</b>") == len(known.holidays)
    assert page.count("<b>班</b>") == len(known.makeup)


def test_the_index_leads_to_all_of_it(client: Client) -> None:
    page = client.get("/law/").content.decode()
    for address in ("/law/time-limits/", "/law/fees/", "/law/calendar/"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"method": "by_item", "quantity": "41", "on": "2021-03-01"}, "4300 元"),
        ({"method": "by_page", "quantity": "101", "on": "2021-03-01"}, "720 元"),
        ({"method": "by_item", "quantity": "41", "on": "2018-03-01"}, "0 元"),
        ({"method": "by_item", "quantity": "41", "on": "2012-03-01"}, "当地价目表"),
        ({"method": "by_item", "quantity": "-1", "on": "2021-03-01"}, "数量不能是"),
        ({"method": "by_item", "quantity": "many", "on": "2021-03-01"}, "看不懂数量；请写整数"),
    ],
)
def test_a_fee_is_computed_or_the_reason_given(client: Client, asked: dict[str, str], said: str) -> None:
    assert said in client.get("/law/fees/", asked).content.decode()


def test_every_rule_of_checking_can_be_read_with_its_examples(client: Client, db: None) -> None:
    page = client.get("/law/checks/").content.decode()
    assert all(f'href="/law/checks/{rule.id}/"' in page for rule in checks.all_checks())
    one = client.get("/law/checks/J12-04/").content.decode()
    assert "[[fails]]" in one
    assert "本软件维护者" in one
    assert client.get("/law/checks/NONE/").status_code == 404
    assert "J12-04" not in client.get("/law/checks/?form=national_2021").content.decode()
