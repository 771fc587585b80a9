"""The audit itself: what cannot be read is found; what is far down, hidden or in a table's scroller is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.audit import overflow, unreadable

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


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_read_is_found(fault: str, browser: Browser) -> None:
    with browser.new_page(viewport={"width": 320, "height": 256}) as page:
        page.set_content(f"<body>{BAD[fault]}</body>")
        assert [found for found in unreadable(page) if fault.split()[0] in found]


def test_a_page_that_can_be_read_is_left_in_peace(browser: Browser) -> None:
    with browser.new_page(viewport={"width": 320, "height": 256}) as page:
        page.set_content(f"<body>{GOOD}</body>")
        assert (overflow(page), unreadable(page)) == (0, [])
