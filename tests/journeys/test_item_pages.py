"""Every page of the disclosure procedure, at the desk and to the public, at both sizes, in both modes and languages."""

from __future__ import annotations

import pytest

from tests.journeys.audit import axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, SIZES, Opener
from tests.journeys.test_duties import ORGAN, visit
from tests.journeys.test_pages import in_mode

pytestmark = pytest.mark.browser

ALL, FIRST = "/desk/items/?list=all&state=", "main tbody th a"
TWO_VERSIONS, REPEALED, WITHDRAWN = (f"{ORGAN}/items/G2026-0000{number}/" for number in (2, 3, 4))
# name -> who looks, the address, and what is clicked there
PAGES = {
    "organs": ("", "/organs/", ""),
    "organ": ("", f"{ORGAN}/", ""),
    "disclosed": ("", f"{ORGAN}/disclosed/", ""),
    "disclosed-narrowed": ("", f"{ORGAN}/disclosed/?item=20-15&theme=07", ""),
    "disclosed-none": ("", f"{ORGAN}/disclosed/?words=没有这个词", ""),
    "closed": ("", f"{ORGAN}/closed/", ""),
    "organ-reports": ("", f"{ORGAN}/reports/", ""),
    "apply": ("", f"{ORGAN}/apply/", ""),
    "item": ("", TWO_VERSIONS, ""),
    "item-old": ("", f"{TWO_VERSIONS}v1/", ""),
    "item-changes": ("", f"{TWO_VERSIONS}v2/changes/", ""),
    "item-repealed": ("", REPEALED, ""),
    "item-withdrawn": ("", WITHDRAWN, ""),
    "search-hits": ("", "/search/?words=机械厂", ""),
    "search-all": ("", "/search/", ""),
    "search-none": ("", "/search/?words=没有这个词", ""),
    "desk-items": ("zhangsan", "/desk/items/", ""),
    "desk-items-all": ("lisi", "/desk/items/?list=all", ""),
    "desk-items-late": ("zhaoliu", "/desk/items/?list=late", ""),
    "desk-items-none": ("zhangsan", f"{ALL}scheduled", ""),
    "desk-item-new": ("zhangsan", "/desk/items/new/", ""),
    "desk-item-draft": ("zhangsan", f"{ALL}draft", FIRST),
    "desk-item-edit": ("zhangsan", f"{ALL}draft", f"{FIRST}; a[href$='edit/']"),
    "desk-item-attribute": ("lisi", f"{ALL}attribute_review", FIRST),
    "desk-item-secrecy": ("chenshier", f"{ALL}secrecy_review", FIRST),
    "desk-item-catalogue": ("zhangsan", f"{ALL}catalogue", FIRST),
    "desk-item-signing": ("zhaoliu", f"{ALL}signing", FIRST),
    "desk-item-ready": ("zhaoliu", f"{ALL}ready", FIRST),
    "desk-item-published": ("zhaoliu", f"{ALL}published", FIRST),
    "desk-item-withheld": ("lisi", f"{ALL}withheld", FIRST),
    "desk-item-withdrawn": ("zhangsan", f"{ALL}withdrawn", FIRST),
    "desk-item-version": ("zhangsan", f"{ALL}published", "main tbody tr:last-child th a; main a[href*='versions/']"),
    "desk-item-rule": ("zhaoliu", "/desk/items/rule/", ""),
    "desk-item-rule-read": ("zhangsan", "/desk/items/rule/", ""),
    "desk-incidents": ("lisi", "/desk/items/incidents/", ""),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(name: str, size: str, open_page: Opener) -> None:
    username, place, clicks = PAGES[name]
    page = open_page(size, username, script=True)
    visit(page, place, clicks)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"items-{name}-{size}.png", full_page=True)
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
    assert page.locator("html").get_attribute("lang") == "en"
    assert leftover_chinese(page) == []
