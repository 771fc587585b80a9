"""An organ's disclosure site at the public door: its columns, its list narrowed and counted, what it keeps closed."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, drafted, published
from gongkai.papers import docx

pytestmark = pytest.mark.django_db
LIST = "/organs/gxj/disclosed/"
COLUMNS = ("guide", "rules", "disclosed", "reports", "apply")


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def text(page: Any) -> str:
    return str(page.content.decode())


def count_told(page: str) -> int:
    found = re.search(r"共 (\d+) 件", page)
    assert found is not None
    return int(found[1])


def test_the_way_from_the_front_page_to_an_item(people: Cast, client: Client) -> None:
    item = published(people)
    steps = ("/", "/organs/gxj/", LIST, f"/organs/gxj/items/{item.number}/")
    for here, there in pairwise(steps):
        assert f'href="{there}"' in text(client.get(here))
    assert item.title in text(client.get("/"))
    assert 'href="/organs/gxj/"' in text(client.get("/organs/"))


def test_every_page_of_the_site_offers_the_columns_in_their_order(people: Cast, client: Client) -> None:
    item = published(people)
    for place in ("", "guide/", "rules/", "disclosed/", "closed/", "reports/", "apply/", f"items/{item.number}/"):
        page = text(client.get(f"/organs/gxj/{place}"))
        page = page[page.index("side-nav") :]
        places = [page.index(f'href="/organs/gxj/{column}/"') for column in COLUMNS]
        assert places == sorted(places)


def test_every_choice_leads_to_as_many_items_as_it_says(people: Cast, client: Client) -> None:
    published(people)
    published(people, AT + timedelta(days=90), title="另一件")
    third = published(people, AT, title="第三件")
    Disclosure.objects.filter(pk=third.pk).update(theme="0201", genre="G01", disclosure_item="20-04")
    for start in (LIST, f"{LIST}?year=2012", f"{LIST}?theme=02&words=件", f"{LIST}?validity=repealed"):
        links = re.findall(
            r'<a href="([^"]+)"[^>]*>[^<]*</a> <span class="number">(\d+)</span>', text(client.get(start))
        )
        assert links or "repealed" in start
        for address, told in links:
            page = text(client.get(address.replace("&amp;", "&")))
            assert count_told(page) == int(told)


def test_unknown_codes_and_odd_numbers_in_the_address_are_passed_over(people: Cast, client: Client) -> None:
    published(people)
    for asked in (
        "theme=99",
        "genre=none",
        "year=０２",
        "year=0000",
        "year=99999",
        "page=-1",
        "page=9999999999",
        "item='",
    ):
        page = client.get(f"{LIST}?{asked}")
        assert (page.status_code, count_told(text(page))) == (200, 1)


def test_the_list_goes_on_over_pages_and_an_item_stands_on_one(people: Cast, client: Client) -> None:
    numbers = [published(people, AT + timedelta(minutes=count)).number for count in range(23)]
    first, second = (text(client.get(LIST, {"page": page})) for page in (1, 2))
    shown = [re.findall(r'href="/organs/gxj/items/([^/]+)/"', page) for page in (first, second)]
    assert shown[0] + shown[1] == numbers[::-1]
    assert text(client.get(LIST, {"page": 3})).count("2 / 2") == 1


def test_the_notice_of_what_is_closed_has_ground_and_article_but_no_title(people: Cast, client: Client) -> None:
    for ground in ("trade_secret", "state_secret"):
        item = drafted(people, title=f"不可说的 {ground}")
        disclosures.submit(item, by=people.zhang, at=AT)
        disclosures.close(item, attribute="non_disclosure", ground=ground, by=people.li, at=AT)
    assert "/organs/gxj/closed/" in text(client.get(LIST))
    page = text(client.get("/organs/gxj/closed/"))
    assert "第十五条" in page
    assert "不可说的" not in page
    assert page.count("G2012-0000") == 2  # one notice: its number as anchor and as text


def test_a_site_of_an_organ_that_is_not_there_is_not_found(people: Cast, client: Client) -> None:
    for rest in ("", "disclosed/", "closed/", "reports/", "apply/", "atom.xml"):
        assert client.get(f"/organs/nowhere/{rest}").status_code == 404


def test_the_form_of_an_application_asks_what_the_law_asks_and_no_purpose(people: Cast, client: Client) -> None:
    page = client.get("/organs/gxj/apply/").content.decode()
    assert "/organs/gxj/apply/form.docx" in page
    assert "本站不收在线申请" in page
    form = client.get("/organs/gxj/apply/form.docx")
    said = "".join(text for grid in docx.read(form.content).grids for line in grid.texts() for text in line)
    for asked in ("姓名", "证件号码", "统一社会信用代码", "文号", "提供方式", "获取途径"):
        assert asked in said
    assert "用途" not in said


def test_an_organ_without_items_says_so(people: Cast, client: Client) -> None:
    bureau("fgw")
    for rest in ("", "disclosed/", "closed/", "reports/"):
        assert "没有" in text(client.get(f"/organs/fgw/{rest}"))


def test_an_organs_site_has_the_tags_of_a_column(people: Cast, client: Client) -> None:
    for rest in ("", "disclosed/", "reports/", "apply/"):
        tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]+)"', text(client.get(f"/organs/gxj/{rest}"))))
        assert {
            "SiteName",
            "SiteDomain",
            "ColumnName",
            "ColumnDescription",
            "ColumnKeywords",
            "ColumnType",
        } <= tags.keys()


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize(("place", "queries"), [(LIST, 9), ("/organs/", 5), ("/organs/gxj/", 9), ("/", 9)])
def test_a_longer_list_takes_no_more_queries(
    people: Cast, client: Client, place: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        published(people)
        bureau(f"other{number}")
    with django_assert_num_queries(queries):
        client.get(place)
