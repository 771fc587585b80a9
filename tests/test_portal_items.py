"""An item at the public door: its head, its standing, its versions and files; what stands where one was withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Attachment, Disclosure, StoredFile
from gongkai.disclosures.tests.cast import AT, Cast, bureau, cast, drafted, published, walked

pytestmark = pytest.mark.django_db
PERSONAL = "含有个人信息"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def text(page: Any) -> str:
    return str(page.content.decode())


def page_of(item: Disclosure, rest: str = "") -> str:
    return f"/organs/gxj/items/{item.number}/{rest}"


def again(people: Cast, item: Disclosure, **words: str) -> Disclosure:
    """A new version of a public item, published."""
    disclosures.revise(item, change_note="改正数字", by=people.zhang, at=AT)
    disclosures.edit(item, values=words, by=people.zhang, at=AT)
    return disclosures.publish(walked(people, item), by=people.zhao, at=AT + timedelta(hours=1))


def with_file(people: Cast, name: str = "附件.txt", data: bytes = "甲".encode()) -> Disclosure:
    item = drafted(people)
    disclosures.attach(item, name=name, data=data, by=people.zhang, at=AT)
    return disclosures.publish(walked(people, item), channels=[people.column], by=people.zhao, at=AT)


def test_the_head_tells_what_the_catalogue_holds(people: Cast, client: Client) -> None:
    page = text(client.get(page_of(published(people))))
    for told in (
        "01527918X/2012-00001", "吉市工信发〔2012〕17号", "gxj 局", "2012-09-26", "2012-11-01 10:30", "通知",
        "工业企业用电的安排", "第一段。", "信息公开专栏",
    ):  # fmt: skip
        assert told in page


def test_every_tag_of_a_content_page_is_there_and_none_is_empty(people: Cast, client: Client, settings: Any) -> None:
    settings.SITE_ID_CODE = "2202000009"
    item = published(people)
    page = text(client.get(page_of(item)))
    tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)"', page))
    needed = {
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
        "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url",
    }  # fmt: skip
    assert needed <= tags.keys()
    assert all(tags.values())
    assert tags["ArticleTitle"] == item.title
    assert (tags["PubDate"], tags["ContentSource"]) == ("2012-11-01 10:30", "gxj 局")
    assert tags["Url"] == f"http://testserver{page_of(item)}"


def test_a_new_version_leaves_the_day_of_publication_and_the_old_one_readable(people: Cast, client: Client) -> None:
    item = published(people)
    again(people, item, body="第一段。\n第二段改了。")
    page = text(client.get(page_of(item)))
    assert "第二段改了。" in page
    assert '<meta name="PubDate" content="2012-11-01 10:30">' in page
    assert "改正数字" in page
    old = text(client.get(page_of(item, "v1/")))
    assert "第二段。" in old
    assert "已有新版本" in old
    assert client.get(page_of(item, "v3/")).status_code == 404


def test_what_a_version_changed_is_shown_word_by_word(people: Cast, client: Client) -> None:
    item = published(people, body="共三百户。\n不变的一段。")
    again(people, item, body="共五百户。\n不变的一段。", title="关于工业企业用电的补充通知")
    page = text(client.get(page_of(item, "v2/changes/")))
    assert "共<del>三</del><ins>五</ins>百户。" in page
    assert "不变的一段" not in page
    assert "<ins>关于工业企业用电的补充通知</ins>" in page
    assert client.get(page_of(item, "v1/changes/")).status_code == 404


def test_repeal_is_told_at_the_head_and_in_the_list_from_its_day_on(
    people: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = published(people)
    day = timezone.localdate() + timedelta(days=1)
    disclosures.repeal(item, on=day, basis="吉市工信发〔2026〕3号", by=people.zhao, at=timezone.now())
    page = text(client.get(page_of(item)))
    assert f"将于 {day} 废止" in page
    assert "tag-repealed" not in text(client.get("/organs/gxj/disclosed/"))
    tomorrow = timezone.now() + timedelta(days=1)
    for module in ("portal.keeping", "portal.views.items", "portal.views.organs"):
        monkeypatch.setattr(f"gongkai.{module}.now", lambda: tomorrow)
        monkeypatch.setattr(f"gongkai.{module}.localdate", lambda: day)
    page = text(client.get(page_of(item)))
    assert f"已于 {day} 废止" in page
    assert "吉市工信发〔2026〕3号" in page
    assert "tag-repealed" in text(client.get("/organs/gxj/disclosed/"))


def test_a_withdrawn_item_leaves_a_tombstone_without_its_words(people: Cast, client: Client) -> None:
    item = with_file(people)
    assert client.get(page_of(item)).status_code == 200
    disclosures.withdraw(item, reason=PERSONAL, by=people.zhao, at=AT)
    for rest in ("", "v1/", "files/1/", "v1/files/1/"):
        gone = client.get(page_of(item, rest))
        assert gone.status_code == 410
        assert PERSONAL in text(gone)
        assert item.index_number in text(gone)
        assert item.title not in text(gone)
        assert gone["X-Robots-Tag"] == "noindex"


def test_a_withdrawn_version_cannot_be_read_or_compared_later(people: Cast, client: Client) -> None:
    item = with_file(people)
    disclosures.withdraw(item, reason=PERSONAL, by=people.zhao, at=AT)
    disclosures.restore(item, change_note="删去个人信息", by=people.zhang, at=AT)
    disclosures.edit(item, values={"body": "没有姓名。"}, by=people.zhang, at=AT)
    disclosures.publish(walked(people, item), by=people.zhao, at=AT)
    page = text(client.get(page_of(item)))
    assert "没有姓名。" in page
    assert "已撤回" in page
    assert page_of(item, "v1/") not in page
    for rest in ("v1/", "v1/files/1/", "v2/changes/"):
        assert client.get(page_of(item, rest)).status_code == 404


@pytest.mark.parametrize("state", ["draft", "ready"])
def test_what_is_not_public_is_not_found(people: Cast, client: Client, state: str) -> None:
    item = drafted(people)
    if state == "ready":
        walked(people, item)
    for rest in ("", "v1/", "files/1/"):
        assert client.get(page_of(item, rest)).status_code == 404


def test_a_file_is_saved_and_nothing_in_it_runs(people: Cast, client: Client) -> None:
    item = with_file(people, name="名单 2012.txt")
    assert page_of(item, "files/1/") in text(client.get(page_of(item)))
    file = client.get(page_of(item, "files/1/"))
    assert file.content.decode() == "甲"
    assert file["Content-Disposition"].startswith("attachment; filename")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file["Content-Security-Policy"]
    assert client.get(page_of(item, "files/1/"), headers={"If-None-Match": file["ETag"]}).status_code == 304
    assert client.get(page_of(item, "files/2/")).status_code == 404


def test_the_public_gets_the_clean_copy_and_never_the_original(people: Cast, client: Client) -> None:
    item = with_file(people)
    sealed = StoredFile.objects.create(sha256="0" * 64, size=9, content="原件".encode())
    Attachment.objects.filter(version__item=item).update(original=sealed)
    assert "原件" not in text(client.get(page_of(item, "files/1/")))


def test_an_item_is_cited_with_the_day_of_reading(people: Cast, client: Client) -> None:
    item = published(people)
    day = timezone.localdate()
    cited = (
        f"gxj 局. {item.title}: {item.document_number}[EB/OL]. (2012-11-01)[{day}]. http://testserver{page_of(item)}."
    )
    assert cited in text(client.get(page_of(item)))


def test_invented_items_are_labelled(people: Cast, client: Client) -> None:
    item = published(people)
    Disclosure.objects.filter(pk=item.pk).update(provenance="invented")
    assert "演示虚构" in text(client.get(page_of(item)))
    assert "演示虚构" in text(client.get("/organs/gxj/disclosed/"))


def test_an_item_of_another_organ_is_not_under_this_one(people: Cast, client: Client) -> None:
    item = published(people)
    bureau("fgw")
    assert client.get(f"/organs/fgw/items/{item.number}/").status_code == 404
    assert client.get(f"/organs/nowhere/items/{item.number}/").status_code == 404


def test_the_page_of_an_item_takes_the_same_queries_however_much_it_holds(
    people: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    item = with_file(people)
    for count in range(3):
        again(people, item, body=f"第{count}次。")
    with django_assert_max_num_queries(14):
        client.get(page_of(item))


def test_day_of_effect_is_told(people: Cast, client: Client) -> None:
    day = timezone.localdate() + timedelta(days=400)
    page = text(client.get(page_of(published(people, effective_on=day))))
    assert f"自 {day} 起施行" in page
    lapsed = text(client.get(page_of(published(people, lapses_on=date(2013, 1, 1)))))
    assert "已于 2013-01-01 失效" in lapsed
