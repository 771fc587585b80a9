"""Reports that a city receives: handed in, listed, waived, sent to the bureau, answered, settled; pages audited."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.organs.models import OrganName
from gongkai.reports.tests.checking import drawn
from tests.journeys.audit import SIZES, axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener
from tests.journeys.keyboard import goes_by_keyboard

pytestmark = pytest.mark.browser
CELL = "t3.new_received.total"


def report(folder: Path, by: int) -> Path:
    """A report of the bureau where 张三 works, one of its figures changed."""
    name = OrganName.objects.filter(organ__code="DEMO-JLGXJ").latest("from_on").registered_name
    path = folder / "年报.html"
    path.write_bytes(drawn.page(drawn.broken(CELL, by, drawn.consistent(organ=name))))
    return path


def hand_in(page: Page, path: Path) -> str:
    """Through the form, as the supervisor does; the address of the report."""
    page.goto("/desk/received/add/")
    page.set_input_files("#files", [path])
    page.click("main button[type=submit]")
    expect(page.locator("main .finding-fail").first).to_be_visible()
    return page.url


def audited(page: Page, name: str, size: str) -> None:
    """A picture, and nothing wrong with the page; in the narrow window by keyboard too."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0
    if size == "narrow":
        goes_by_keyboard(page)


@pytest.mark.parametrize(("size", "by"), list(zip(SIZES, (3, 4), strict=True)))
def test_from_the_file_to_the_accepted_answer(size: str, by: int, tmp_path: Path, open_page: Opener) -> None:
    city, bureau = open_page(size, "zhengshi", script=True), open_page(size, "zhangsan", script=True)
    city.goto("/desk/received/add/")
    audited(city, "receive", size)
    place = hand_in(city, report(tmp_path, by))
    audited(city, "received-report", size)

    city.locator("main .finding a", has_text="豁免").last.click()
    audited(city, "waive-received", size)
    city.fill("#reason", "已另文说明")
    city.click("main button[type=submit]")
    expect(city.locator("main")).to_contain_text("已另文说明")

    city.get_by_role("link", name="发给机关答复").click()
    audited(city, "ask-organ", size)
    city.get_by_role("button", name="发出").click()
    expect(city.locator("main")).to_contain_text("待答复")

    bureau.goto("/desk/received/questions/")
    audited(bureau, "questions", size)
    bureau.goto(city.locator("main .finding a[href*=questions]").first.get_attribute("href") or "")
    audited(bureau, "question", size)
    bureau.check("#as-will_correct")
    bureau.fill("#answer", "漏计三件，三日内更正")
    bureau.get_by_role("button", name="答复").click()
    answered = bureau.url

    city.goto(answered)
    audited(city, "question-answered", size)
    city.get_by_role("button", name="认可").click()
    city.goto(place)
    expect(city.locator("main")).to_contain_text("漏计三件，三日内更正")
    audited(city, "received-settled", size)
    city.get_by_role("link", name="与登记簿对照").click()
    audited(city, "received-held", size)
    city.goto("/desk/received/rules/")
    audited(city, "rule-tallies", size)
    city.locator("main td a").first.click()
    audited(city, "rule-findings", size)
    city.goto(place)
    city.get_by_role("link", name="删除这份报告").click()
    audited(city, "remove-received", size)
    city.goto("/desk/received/")
    audited(city, "received", size)


def test_a_report_is_deleted_and_its_tombstone_stays(tmp_path: Path, open_page: Opener) -> None:
    city = open_page("narrow", "zhengshi", script=True)
    place = hand_in(city, report(tmp_path, 7))
    city.goto(f"{place}remove/")
    city.fill("#reason", "交错了文件")
    city.get_by_role("button", name="删除").click()
    expect(city.locator("main")).to_contain_text("交错了文件")
    audited(city, "received-tombstone", "narrow")
    city.goto("/desk/received/removed/")
    audited(city, "received-removed", "narrow")


def test_in_english_nothing_chinese_is_left_unmarked(tmp_path: Path, open_page: Opener) -> None:
    page = open_page("wide", "zhengshi", script=True)
    place = hand_in(page, report(tmp_path, 5))
    for address in (
        place, "/desk/received/", "/desk/received/add/", f"{place}ask/", f"{place}held/", f"{place}remove/",
        "/desk/received/rules/", "/desk/received/removed/",
    ):  # fmt: skip
        page.goto(f"{address}?language=en")
        assert leftover_chinese(page) == [], address


def test_without_script_the_same_can_be_done(tmp_path: Path, open_page: Opener) -> None:
    page = open_page("narrow", "zhengshi")
    hand_in(page, report(tmp_path, 6))
    page.get_by_role("link", name="发给机关答复").click()
    page.get_by_role("button", name="发出").click()
    expect(page.locator("main")).to_contain_text("待答复")
    page.get_by_role("button", name="重新检查").click()
    expect(page.locator("main")).to_contain_text("待答复")
