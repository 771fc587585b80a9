"""The guide, duties and what is late in a real browser: every page audited, and a guide led from draft to public."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.audit import SIZES, axe_violations, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener
from tests.journeys.keyboard import goes_by_keyboard
from tests.journeys.places import ORGAN

pytestmark = pytest.mark.browser


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
    holds(open_page, size, clerk.url)
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


def holds(open_page: Opener, size: str, address: str) -> None:
    """The editor at this address has no violation, and goes by keyboard."""
    page = open_page(size, "zhangsan", script=True)
    page.goto(address)
    page.screenshot(path=SCREENSHOTS / f"desk-guide-edit-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0
    goes_by_keyboard(page)
