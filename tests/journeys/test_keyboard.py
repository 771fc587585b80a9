"""The walk by Tab itself: what cannot be done by keyboard is found; what is folded, far down or scrolled is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.keyboard import walk

pytestmark = pytest.mark.browser
SKIP = "<style>:focus-visible { outline: 2px solid }</style><a class='skip-link' href='#main'>跳到正文</a>"
DEAD_ENDS = {
    "focus not shown": "<a href='/1' style='outline: none'>看不出到了哪里</a>",
    "out of order": "<a href='/1'>一</a><a href='/2' tabindex='1'>二</a>",
    "out of sight": "<p style='position: fixed; inset: 0; background: white'>盖住了下面</p><a href='/1'>被盖住</a>",
    "listens by itself": "<p onclick='void 0'>只能点</p>",
    "a hand over": "<p style='cursor: pointer'>像是能点</p>",
    "not for keys": "<button accesskey='s'>抢走按键</button>",
    "something has the focus": "<a href='/1'>一</a><input autofocus>",
    "does not end": "<input onkeydown='event.preventDefault()'>",
}
LONG, LIKE = "滚动才能看完的话。" * 90, "<li><a href='/4'>三</a></li>" * 9
WALKABLE = f"""<main id="main" tabindex="-1"><a href="/1">一</a>
<details><summary>展开</summary><input><p>折起的</p></details><input type="date"><input type="file">
<input type="radio" name="a"><input type="radio" name="a" checked><input type="radio" name="b">
<select><option>甲<option>乙</select><textarea rows="60"></textarea><button disabled>还不能按</button>
<div style="overflow: auto; height: 40px">{LONG}</div><p style="margin-top: 3000px"><a href="/2">远在下面</a></p>
<ul>{LIKE}</ul></main><footer><a href="/3">二</a></footer>"""


@pytest.mark.parametrize("fault", DEAD_ENDS)
def test_what_cannot_be_done_by_keyboard_is_found(fault: str, browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content(f"<body>{SKIP}<main id='main' tabindex='-1'>{DEAD_ENDS[fault]}</main></body>")
        assert [found for found in walk(page) if found.startswith(fault)]


def test_a_page_that_goes_by_keyboard_is_left_as_it_was(browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content(f"<body>{SKIP}{WALKABLE}</body>")
        assert walk(page) == []
        assert page.locator("li").count() == 9
