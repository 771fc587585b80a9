"""The guide, duties and what is late in a real browser: every page audited, and a guide led from draft to public."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.audit import axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, SIZES, Opener
from tests.journeys.test_pages import in_mode

pytestmark = pytest.mark.browser

ORGAN = "/organs/DEMO-JLGXJ"
# name -> who looks, the address, and what is clicked there
PAGES = {
    "guide": ("", f"{ORGAN}/guide/", ""),
    "guide-old": ("", f"{ORGAN}/guide/v1/", ""),
    "rules": ("", f"{ORGAN}/rules/", ""),
    "rule": ("", f"{ORGAN}/rules/ZD-01/", ""),
    "rule-old": ("", f"{ORGAN}/rules/ZD-01/v1/", ""),
    "desk-guides": ("zhangsan", "/desk/guides/", ""),
    "desk-guide": ("zhaoliu", "/desk/guides/", "main tbody th a"),
    "desk-guide-compare": ("zhangsan", "/desk/guides/", "main tbody th a; a[href$='compare/']"),
    "desk-duties": ("zhangsan", "/desk/duties/", ""),
    "desk-duty": ("zhangsan", "/desk/duties/", "main tbody th a"),
    "desk-duty-tasks": ("zhangsan", "/desk/duties/tasks/", ""),
    "desk-duty-task": ("zhangsan", "/desk/duties/tasks/", "main tbody th a"),
    "desk-duty-task-done": ("zhaoliu", "/desk/duties/tasks/?state=done", "main tbody th a"),
    "desk-late": ("zhaoliu", "/desk/late/", ""),
    "desk-feed": ("zhangsan", "/desk/account/feed/", "button[value=make]"),
    "desk-today": ("zhaoliu", "/desk/", ""),
}  # fmt: skip


def visit(page: Page, place: str, clicks: str) -> None:
    """Open an address and click on."""
    page.goto(place)
    for one in filter(None, clicks.split("; ")):
        page.locator(one).first.click()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(name: str, size: str, open_page: Opener) -> None:
    username, place, clicks = PAGES[name]
    page = open_page(size, username, script=True)
    visit(page, place, clicks)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0
    in_mode(page, mode="elder")
    assert axe_violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_no_chinese_but_marked_content(name: str, open_page: Opener) -> None:
    username, place, clicks = PAGES[name]
    page = open_page("wide", username, script=True)
    visit(page, place, clicks)
    in_mode(page, language="en")
    assert leftover_chinese(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_rule_goes_from_draft_to_the_public_page_through_two_people(size: str, open_page: Opener) -> None:
    code = f"ZD-{size}"
    clerk, lead, reader = open_page(size, "zhangsan"), open_page(size, "zhaoliu"), open_page(size)
    clerk.goto("/desk/guides/")
    clerk.select_option("#kind", "rule")
    clerk.fill("#code", code)
    clerk.fill("#title", f"考核制度（{size}）")
    clerk.get_by_role("button", name="起草", exact=True).click()
    clerk.fill("#scope", "适用于全局")
    clerk.get_by_role("button", name="预览").click()
    expect(clerk.locator("main")).to_contain_text("缺少")
    assert axe_free(open_page, size, clerk.url)
    clerk.get_by_role("button", name="保存", exact=True).click()
    clerk.get_by_role("button", name="送审", exact=True).click()
    lead.goto(clerk.url)
    lead.get_by_role("button", name="退回", exact=True).click()
    expect(lead.get_by_role("alert")).to_contain_text("原因")
    lead.get_by_role("button", name="审定", exact=True).click()
    lead.get_by_role("button", name="发布", exact=True).click()
    reader.goto(f"{ORGAN}/rules/")
    reader.get_by_role("link", name=re.compile(rf"考核制度（{size}）")).click()
    expect(reader.locator("main")).to_contain_text("适用于全局")


def axe_free(open_page: Opener, size: str, address: str) -> bool:
    """Whether the editor at this address has no violation."""
    page = open_page(size, "zhangsan", script=True)
    page.goto(address)
    page.screenshot(path=SCREENSHOTS / f"desk-guide-edit-{size}.png", full_page=True)
    return axe_violations(page) == [] and overflow(page) == 0
