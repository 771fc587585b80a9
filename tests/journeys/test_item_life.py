"""The life of one disclosure by four people with keys alone, from a draft with a file to its tombstone, in pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from docx import Document
from playwright.sync_api import Page, expect

from gongkai.disclosures.models import Disclosure
from gongkai.records import entries
from tests.journeys import keys
from tests.journeys.audit import SIZES, audited, axe_violations, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener
from tests.journeys.keyboard import goes_by_keyboard
from tests.journeys.keys import attach, choose, follow, tick, to, unfold, write

pytestmark = pytest.mark.browser

ORGAN = "/organs/DEMO-JLGXJ"
Show = Callable[[Page, str], None]


@pytest.fixture
def show() -> Show:
    """show(page, "name"): a numbered picture of the page as it stands, that must fit and be accessible."""
    taken: list[str] = []

    def one(page: Page, name: str) -> None:
        taken.append(name)
        assert page.viewport_size is not None
        width = page.viewport_size["width"]
        page.screenshot(path=SCREENSHOTS / f"item-life-{width}-{len(taken):02}-{name}.png", full_page=True)
        assert page.locator("script").count() == 0, name
        assert axe_violations(page) == [], name
        assert overflow(page) == 0, name

    SCREENSHOTS.mkdir(exist_ok=True)
    return one


def press(page: Page, name: str) -> None:
    keys.press(page, name)
    expect(page.get_by_role("alert")).to_have_count(0)


def take_up(page: Page, title: str, show: Show, name: str) -> None:
    """From the list of what waits for this person to the item."""
    page.goto("/desk/items/")
    row = page.locator("main tbody tr", has_text=title)
    expect(row).to_have_count(1)
    follow(row.get_by_role("link"))
    show(page, name)


def word_file(folder: Path) -> Path:
    """A Word file of one sentence, which search must find."""
    path = folder / "用电安排.docx"
    document = Document()
    document.core_properties.author = ""
    document.add_paragraph("错峰生产的企业从夜间谷段用电。")
    document.save(str(path))
    return path


@pytest.mark.parametrize("size", SIZES)
def test_four_people_lead_an_item_from_its_draft_to_the_public_and_it_is_withdrawn(
    size: str, open_page: Opener, show: Show, tmp_path: Path
) -> None:
    title = f"关于做好迎峰用电的通知（{SIZES[size][0]}）"
    clerk, reviewer, secrecy, publisher = (
        open_page(size, name, script=True) for name in ("zhangsan", "lisi", "chenshier", "zhaoliu")
    )
    reader = open_page(size, script=True)

    _drafted(clerk, title, word_file(tmp_path), show)
    take_up(reviewer, title, show, "attribute")
    press(reviewer, "公开属性审核通过")
    expect(reviewer.get_by_role("button", name="保密审查通过")).to_have_count(0)
    take_up(secrecy, title, show, "secrecy")
    press(secrecy, "保密审查通过")
    take_up(clerk, title, show, "catalogue")
    choose(clerk, "#catalogue-theme", "07")
    choose(clerk, "#catalogue-disclosure_item", "20-15")
    press(clerk, "编目")
    take_up(publisher, title, show, "publish")
    tick(publisher.locator("section", has_text="发布信息").get_by_label("政府信息公开专栏").first)
    press(publisher, "发布信息")
    expect(publisher.locator("h1")).to_contain_text("已发布")
    show(publisher, "published")

    address = _read(reader, title, show)
    _withdrawn(publisher, title, show)
    _gone(reader, address, title, show)
    assert entries.verify() == []


def _drafted(clerk: Page, title: str, file: Path, show: Show) -> None:
    clerk.goto("/desk/items/")
    follow(clerk.get_by_role("link", name="起草公开信息"))
    write(clerk, "#id-title", title)
    write(clerk, "#id-made_on", localdate().isoformat())
    write(clerk, "#id-body", "各企业：\n请合理安排生产，按附件错峰用电。")
    keys.press(clerk, "保存")
    expect(clerk.get_by_role("alert")).to_contain_text("信息类别")
    show(clerk, "refused")
    assert clerk.locator("#id-title").input_value() == title
    choose(clerk, "#id-information_class", "other")
    press(clerk, "保存")
    keys.press(clerk, "提交审核")
    expect(clerk.get_by_role("alert")).to_contain_text("内容概述")
    follow(clerk.get_by_role("link", name="修改", exact=True))
    write(clerk, "#id-summary", "迎峰度冬期间的用电安排")
    press(clerk, "保存")
    attach(clerk, "#file", file)
    press(clerk, "上传")
    expect(clerk.locator("main")).to_contain_text(file.name)
    show(clerk, "draft")
    press(clerk, "提交审核")


def _read(reader: Page, title: str, show: Show) -> str:
    """What the public sees at once: list, page, file, feed and search; gives the address of the page."""
    reader.goto(f"{ORGAN}/disclosed/")
    show(reader, "list")
    follow(reader.get_by_role("link", name=title))
    expect(reader.locator("h1")).to_have_text(title)
    show(reader, "public")
    address = reader.url
    with reader.expect_download() as saved:
        to(reader.get_by_role("link", name="用电安排.docx")).keyboard.press("Enter")
    assert Document(str(saved.value.path())).paragraphs[0].text == "错峰生产的企业从夜间谷段用电。"
    assert title in reader.request.get(f"{ORGAN}/atom.xml").text()
    assert address in reader.request.get("/sitemaps/items-1.xml").text()
    reader.goto("/search/?words=夜间谷段")
    expect(reader.locator(".hits mark").first).to_have_text(re.compile("夜间谷段"))
    expect(reader.locator(".hits")).to_contain_text(title)
    show(reader, "found")
    return address


def _withdrawn(publisher: Page, title: str, show: Show) -> None:
    unfold(publisher.locator("summary", has_text="撤回公开"))
    write(publisher, "#withdraw-reason", "附件所列时段有误，更正后重新发布")
    press(publisher, "撤回公开")
    expect(publisher.locator("h1")).to_contain_text("已撤回")
    show(publisher, "withdrawn")
    assert Disclosure.objects.get(title=title).public_version is None


def _gone(reader: Page, address: str, title: str, show: Show) -> None:
    answer = reader.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text("附件所列时段有误")
    expect(reader.locator("main")).not_to_contain_text("错峰")
    show(reader, "tombstone")
    assert reader.request.get(f"{address}files/1/").status == 410
    assert title not in reader.request.get(f"{ORGAN}/atom.xml").text()
    assert address not in reader.request.get("/sitemaps/items-1.xml").text()
    for place in (f"{ORGAN}/disclosed/", "/search/?words=夜间谷段"):
        reader.goto(place)
        expect(reader.locator("main")).not_to_contain_text(title)


def test_an_item_is_drafted_from_a_file_that_stands_beside_its_form(open_page: Opener, tmp_path: Path) -> None:
    clerk = open_page("wide", "zhangsan", script=True)
    clerk.goto("/desk/items/from-file/")
    clerk.set_input_files("#file", word_file(tmp_path))
    clerk.locator("main form button[type=submit]").first.click()
    expect(clerk.locator(".beside")).to_contain_text("错峰生产的企业")
    audited(clerk, SCREENSHOTS / "item-from-file")
    goes_by_keyboard(clerk)
