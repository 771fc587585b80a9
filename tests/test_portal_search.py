"""Searching at the public door: found, narrowed, counted, paged, marked; nothing typed becomes HTML."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.tests.cast import AT, Cast, cast, published
from gongkai.portal.views import search
from gongkai.search import shelf


@pytest.fixture
def people(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return cast()


def text(page: Any) -> str:
    return str(page.content.decode())


def test_what_is_asked_for_is_marked_where_it_stands(client: Client, people: Cast) -> None:
    published(people, body="第一段。\n本通知所称工业企业用 电，是指……", title="<b>关于</b>用电的通知")
    page = text(client.get("/search/", {"words": "用电"}))
    assert "找到 1 条" in page
    assert "&lt;b&gt;关于&lt;/b&gt;<mark>用电</mark>的通知" in page
    assert "工业企业<mark>用 电</mark>，是指" in page
    assert '<meta name="robots" content="noindex">' in page


def test_any_bracket_finds_a_document_number(client: Client, people: Cast) -> None:
    published(people)
    for words in ("吉市工信发[2012]17号", "（2012）第17号", "〔2012〕 17 号"):
        assert "找到 1 条" in text(client.get("/search/", {"words": words}))


def test_filters_are_links_with_counts_that_can_be_taken_back(client: Client, people: Cast) -> None:
    published(people)
    published(people, AT + timedelta(days=90), information_class="public_funds")
    page = text(client.get("/search/", {"words": "用电"}))
    assert re.search(r'href="\?words=[^"]*&amp;year=2013"><span lang="zh-CN">2013</span></a> <span[^>]*>1<', page)
    narrowed = text(client.get("/search/", {"words": "用电", "year": "2013", "from": "2012-01-01"}))
    assert "找到 1 条" in narrowed
    assert '<input type="hidden" name="year" value="2013">' in narrowed
    assert "去掉筛选" in narrowed
    assert re.search(r'href="\?words=[^"]*&amp;year=2013&amp;year=2012&amp;from=2012-01-01"', narrowed)


def test_a_page_beyond_the_last_leads_to_the_last(client: Client, people: Cast) -> None:
    published(people)
    beyond = client.get("/search/", {"words": "用电", "page": "9"})
    assert (beyond.status_code, beyond["Location"].rpartition("&")[2]) == (302, "page=1")
    assert "找到 1 条" in text(client.get(beyond["Location"]))


def test_nothing_found_offers_what_occurs(client: Client, people: Cast) -> None:
    published(people)
    page = text(client.get("/search/", {"words": "工业企业采暖"}))
    assert "没有找到" in page
    assert '<a href="?words=%E5%B7%A5%E4%B8%9A%E4%BC%81%E4%B8%9A" lang="zh-CN">工业企业</a>' in page


def test_a_day_that_does_not_exist_is_told_and_stays_typed(client: Client, people: Cast) -> None:
    page = text(client.get("/search/", {"words": "用电", "from": "2013-02-30"}))
    assert "日期请写成" in page
    assert 'value="2013-02-30"' in page
    assert 'value="用电"' in page
    turned = text(client.get("/search/", {"from": "2013-02-03", "until": "2012-02-03"}))
    assert "起始日期晚于截止日期" in turned


@pytest.mark.parametrize("address", ["?page=0&order=x", "?page=99999999", "?year=0&theme=無&organ=x"])
def test_odd_addresses_are_answered(client: Client, people: Cast, address: str) -> None:
    published(people)
    assert client.get(f"/search/{address}").status_code == 200


def test_pages_follow_each_other_and_keep_the_question(
    client: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PER_PAGE", 1)
    for place in range(2):
        published(people, AT + timedelta(days=place))
    first = text(client.get("/search/", {"words": "用电", "order": "newest"}))
    assert "2012-11-02" in first
    assert re.search(r'href="\?words=[^"]*&amp;order=newest&amp;page=2" rel="next"', first)
    assert "2012-11-01" in text(client.get("/search/", {"words": "用电", "order": "newest", "page": "2"}))


def test_what_is_withdrawn_is_gone_at_once(client: Client, people: Cast) -> None:
    item = published(people)
    assert "找到 1 条" in text(client.get("/search/", {"words": "用电"}))
    disclosures.withdraw(item, reason="内容有误", by=people.zhao, at=AT)
    assert "没有找到" in text(client.get("/search/", {"words": "用电"}))


def test_while_a_large_index_is_made_the_page_says_so(
    client: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(people)
    monkeypatch.setattr(shelf, "AT_ONCE", 0)
    page = client.get("/search/", {"words": "用电"})
    assert page.status_code == 503
    assert "正在建立索引" in text(page)
    assert 'value="用电"' in text(page)


def test_the_number_of_queries_does_not_grow_with_the_hits(client: Client, people: Cast) -> None:
    published(people)
    client.get("/search/?words=用电")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/?words=用电")
        return len(asked)

    few = queries()
    for place in range(4):
        published(people, AT + timedelta(minutes=place))
    client.get("/search/?words=用电")
    assert queries() == few <= 12
