"""The audit itself: what cannot be read is found; what is far down, hidden or in a table's scroller is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.audit import SIZES, axe_violations, in_mode, overflow, unreadable
from tests.journeys.conftest import Kept

pytestmark = pytest.mark.browser
BAD = {
    "cut": "<p style='width: 5em; overflow: hidden; white-space: nowrap'>一行写不下的一句话在这里被切断</p>",
    "beyond": "<p style='margin-left: -3em'>句首在窗口之外</p>",
    "over each other": "<p>上面的一行</p><p style='margin-top: -1.9em'>下面的一行</p>",
    "scrolls sideways": "<div style='overflow-x: auto; white-space: nowrap'>" + "不在表格里的长行" * 9 + "</div>",
}
GOOD = """<p>一句话。</p><p style="line-height: 1.1">两行的字框相叠,<br>字却不相叠。</p>
<div style="overflow-x: auto"><table><tr><td style="white-space: nowrap">%s</td></tr></table></div><p>表下的一句话。</p>
<p class="visually-hidden" style="position: absolute; left: -900px">只给读屏软件</p>
<p style="margin-top: 3000px">很远的下面</p>""" % ("宽表格的一格" * 20)

# What is right in a wide window and wrong in a narrow one: there for the first time, and otherwise in sight as before.
NARROWED = {
    "button-name": "button { display: none } @media (max-width: 640px) { button { display: block } }",
    "color-contrast": "button { display: none } @media (max-width: 640px) { p { color: #ddd } }",
    "target-size": "button { display: none } @media (max-width: 640px) { a { padding: 0; font-size: 9px } }",
}
NARROWING = """<html lang="zh"><head><title>页</title><style>
a { display: inline-block; padding: 1em } %s</style></head><body><main><h1>页</h1><p>一句话。</p>
<button></button><nav><a href="#1">一</a> <a href="#2">二</a></nav></main></body></html>"""

# All that a reader or a machine is given, in the order of the page; the order of the head's own lines says nothing.
WHOLE = """() => [document.title, document.documentElement.cloneNode().outerHTML, document.body.outerHTML,
  ...[...document.head.children].map(one => one.outerHTML).sort()]"""


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_read_is_found(fault: str, browser: Browser) -> None:
    with browser.new_page(viewport={"width": 320, "height": 256}) as page:
        page.set_content(f"<body>{BAD[fault]}</body>")
        assert [found for found in unreadable(page) if fault.split()[0] in found]


def test_a_page_that_can_be_read_is_left_in_peace(browser: Browser) -> None:
    with browser.new_page(viewport={"width": 320, "height": 256}) as page:
        page.set_content(f"<body>{GOOD}</body>")
        assert (overflow(page), unreadable(page)) == (0, [])


@pytest.mark.parametrize("rule", NARROWED)
def test_what_only_a_narrow_window_shows_is_found(rule: str, browser: Browser) -> None:
    with browser.new_page() as page:
        sized(page, "wide")
        page.set_content(NARROWING % NARROWED[rule])
        assert axe_violations(page) == []
        sized(page, "narrow")
        assert rule in {found["id"] for found in axe_violations(page)}


def test_a_page_in_another_mode_is_what_the_server_answers_and_is_looked_through_anew(kept_page: Kept) -> None:
    page = kept_page("")
    page.goto("/reports/")
    assert axe_violations(page) == []
    in_mode(page, mode="elder", language="en")
    put_in = page.evaluate(WHOLE)
    page.goto(page.url)
    assert page.evaluate(WHOLE) == put_in
    in_mode(page, mode="standard")
    page.evaluate("document.querySelector('main a').replaceChildren()")
    assert axe_violations(page)


def sized(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
