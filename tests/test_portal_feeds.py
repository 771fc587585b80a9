"""Feeds, sitemaps and conditional requests: what machines are told of what is public."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, published, ready
from gongkai.portal.views import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def read(page: Any) -> ElementTree.Element:
    return ElementTree.fromstring(page.content)


def said(element: ElementTree.Element, name: str) -> str:
    """The text of the one element of this name, which is there and not empty."""
    (found,) = element.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def assert_valid(feed: ElementTree.Element) -> None:
    """What RFC 4287 demands of a feed (4.1.1) and of its entries (4.1.2), and RFC 6721 of what is gone."""
    assert feed.tag == f"{ATOM}feed"
    names = [said(one, "id") for one in [feed, *feed.findall(f"{ATOM}entry")]]
    assert len(names) == len(set(names))
    assert all(name.startswith("urn:uuid:") for name in names)
    for one in [feed, *feed.findall(f"{ATOM}entry")]:
        assert said(one, "title")
        assert datetime.fromisoformat(said(one, "updated")).tzinfo is not None
        (author,) = one.findall(f"{ATOM}author")
        assert said(author, "name")
    assert "self" in links(feed)
    for entry in feed.findall(f"{ATOM}entry"):
        assert links(entry)["alternate"].startswith("http://")
    for gone in feed.findall(f"{GONE}deleted-entry"):
        assert gone.attrib["ref"].startswith("urn:uuid:")
        assert datetime.fromisoformat(gone.attrib["when"]).tzinfo is not None


@pytest.mark.parametrize(
    "place",
    [
        "/atom.xml",
        "/organs/gxj/atom.xml",
        "/organs/gxj/columns/20-01/atom.xml",
        "/organs/gxj/themes/01/atom.xml",
        "/themes/01/atom.xml",
    ],
)
def test_a_feed_is_valid_with_items_and_without(place: str, people: Cast, client: Client) -> None:
    assert_valid(read(client.get(place)))
    item = published(people, title="名称\x0b含控制符 <b> & \U00020000")
    page = client.get(place)
    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = read(page)
    assert_valid(feed)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert said(entry, "title") == "名称含控制符 <b> & \U00020000"
    assert links(entry)["alternate"] == f"http://testserver/organs/gxj/items/{item.number}/"
    assert client.get(links(entry)["alternate"]).status_code == 200


def test_a_feed_of_another_organ_column_or_theme_does_not_tell_it(people: Cast, client: Client) -> None:
    published(people)
    bureau("fgw")
    for place in ("/organs/fgw/atom.xml", "/organs/gxj/columns/20-04/atom.xml", "/themes/22/atom.xml"):
        assert read(client.get(place)).findall(f"{ATOM}entry") == []
    for place in ("/organs/gxj/columns/99/atom.xml", "/themes/xx/atom.xml"):
        assert client.get(place).status_code == 404


def test_a_withdrawal_is_told_under_the_name_that_the_entry_had(people: Cast, client: Client) -> None:
    item = published(people)
    (entry,) = read(client.get("/organs/gxj/atom.xml")).findall(f"{ATOM}entry")
    disclosures.withdraw(item, reason="含有个人信息", by=people.zhao, at=AT + timedelta(hours=1))
    page = client.get("/organs/gxj/atom.xml")
    feed = read(page)
    assert_valid(feed)
    (gone,) = feed.findall(f"{GONE}deleted-entry")
    assert gone.attrib["ref"] == said(entry, "id")
    assert feed.findall(f"{ATOM}entry") == []
    assert item.title not in page.content.decode()


def test_a_repeal_moves_the_entry_up_and_is_told_in_it(people: Cast, client: Client) -> None:
    first = published(people)
    published(people, AT + timedelta(hours=1), title="后一件")
    disclosures.repeal(first, on=AT.date(), basis="新文件", by=people.zhao, at=AT + timedelta(hours=2))
    entries = read(client.get("/organs/gxj/atom.xml")).findall(f"{ATOM}entry")
    assert [said(entry, "title") for entry in entries] == [first.title, "后一件"]
    assert said(entries[0], "summary").startswith("【废止】")
    assert said(entries[0], "published") == "2012-11-01T10:30:00+08:00"
    assert said(entries[0], "updated") == "2012-11-01T12:30:00+08:00"


def test_whoever_follows_next_reads_everything(people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PER_FEED", 2)
    numbers = [published(people, AT + timedelta(minutes=count)).number for count in range(5)]
    place, seen = "/organs/gxj/atom.xml", list[str]()
    while place:
        feed = read(client.get(place))
        seen += [links(entry)["alternate"].split("/")[-2] for entry in feed.findall(f"{ATOM}entry")]
        place = links(feed).get("next", "")
    assert seen == numbers[::-1]


def test_the_sitemap_leads_to_every_item_however_many(
    people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PER_SITEMAP", 2)
    items = [published(people, AT + timedelta(minutes=count)) for count in range(5)]
    index = read(client.get("/sitemap.xml"))
    maps = [place.text or "" for place in index.iter(f"{MAP}loc")]
    assert len(maps) == 4
    found = {place.text for one in maps for place in read(client.get(one)).iter(f"{MAP}loc")}
    assert {f"http://testserver/organs/gxj/items/{item.number}/" for item in items} <= found
    assert all(client.get(place or "").status_code == 200 for place in found)
    disclosures.withdraw(items[0], reason="有误", by=people.zhao, at=AT)
    maps = [place.text or "" for place in read(client.get("/sitemap.xml")).iter(f"{MAP}loc")]
    left = {place.text for one in maps for place in read(client.get(one)).iter(f"{MAP}loc")}
    assert f"http://testserver/organs/gxj/items/{items[0].number}/" not in left
    assert client.get("/sitemaps/items-9.xml").status_code == 404
    assert client.get("/sitemaps/items-0.xml").status_code == 404


def test_the_sitemap_dates_an_item_by_its_last_change(people: Cast, client: Client) -> None:
    item = published(people)
    disclosures.repeal(item, on=AT.date(), basis="新文件", by=people.zhao, at=AT + timedelta(hours=2))
    assert b"<lastmod>2012-11-01T12:30:00+08:00</lastmod>" in client.get("/sitemaps/items-1.xml").content


def test_robots_are_kept_from_the_staff_door_only_and_told_of_the_sitemap(client: Client, people: Cast) -> None:
    told = client.get("/robots.txt").content.decode().splitlines()
    assert [line for line in told if line.startswith("Disallow")] == ["Disallow: /desk/"]
    assert client.get(told[-1].removeprefix("Sitemap: ")).status_code == 200


@pytest.mark.parametrize("place", ["/organs/gxj/atom.xml", "/organs/gxj/disclosed/", "/sitemap.xml"])
def test_who_has_the_page_is_told_so_until_it_changes(
    place: str, people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = published(people)
    first = client.get(place)
    etag = first["ETag"]
    assert first["Cache-Control"] == "no-cache"
    for asked in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        same = client.get(place, headers={"If-None-Match": asked})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert client.get(place, headers={"If-None-Match": '"other"'}).status_code == 200
    later = time.time() + 2
    monkeypatch.setattr("gongkai.portal.keeping.time.time", lambda: later)
    dated = client.get(place)["Last-Modified"]
    assert client.get(place, headers={"If-Modified-Since": dated}).status_code == 304
    monkeypatch.undo()
    disclosures.withdraw(item, reason="有误", by=people.zhao, at=AT + timedelta(hours=1))
    changed = client.get(place, headers={"If-None-Match": etag})
    assert changed.status_code == (304 if place == "/sitemap.xml" and changed["ETag"] == etag else 200)


def test_an_item_scheduled_for_a_moment_is_out_at_it_on_pages_that_were_kept(people: Cast, client: Client) -> None:
    published(people)
    before = client.get("/organs/gxj/disclosed/").content
    assert client.get("/organs/gxj/disclosed/").content == before
    item = ready(people, title="定时的一件")
    later = AT + timedelta(hours=2)  # long past for the door, which asks what time it is
    disclosures.schedule(item, channels=[people.column], publish_at=later, by=people.zhao, at=AT)
    assert "定时的一件" in client.get("/organs/gxj/disclosed/").content.decode()
    assert Disclosure.objects.get(pk=item.pk).state == "published"
