"""What people come for, done in a browser without script: by hand, by keyboard, in two languages, at both sizes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongkai.demonstration.people import PASSWORD
from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.records import workbooks
from tests.journeys.audit import SIZES, axe_violations, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener, sign_in
from tests.journeys.places import BUREAU, open_at

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement.getAttribute('href') || document.activeElement.textContent.trim()"
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def tab_to(page: Page, wanted: str, most: int = 120) -> None:
    """Press Tab until the focus is on a link to `wanted`; every stop on the way must show that it has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE) != "none", page.evaluate(FOCUSED)
        if re.search(wanted, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"{most} times Tab do not lead to {wanted}")


def enter(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def workbook(path: Path, *rows: dict[str, Any]) -> Path:
    """A filled-in workbook of the disclosures register."""
    path.write_bytes(workbooks.filled([DISCLOSURES], {"disclosures": rows}))
    return path


@pytest.mark.parametrize("size", SIZES)
def test_a_number_of_the_report_opens_the_list_behind_it(size: str, open_page: Opener) -> None:
    page = open_page(size, "zhangsan")
    open_at(page, "report 2012")
    page.locator('td[data-figure="annex.disclosed_total.year"] a').first.click()
    expect(page.locator("h1")).to_contain_text("公开信息总数")
    expect(page.locator(".figure-value").first).to_have_text("579")
    expect(page.locator("[role=status]")).to_have_text("共 579 条")
    assert page.locator("main tbody tr").count() == 50
    page.get_by_role("link", name="第 12 页").click()
    assert page.locator("main tbody tr").count() == 579 - 11 * 50
    page.get_by_role("link", name="2012-GK-0579").click()
    expect(page.locator("main")).to_contain_text("〔据公布数重建〕")
    expect(page.get_by_role("region", name="导入工作簿")).to_contain_text("张三")


def test_the_keyboard_alone_leads_from_the_front_door_to_the_list(open_page: Opener) -> None:
    page = open_page("wide")
    page.goto("/desk/sign-in/")
    tab_to(page, "^#main$")  # the skip link comes first
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("zhangsan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)
    expect(page.locator("h1")).to_contain_text("张三")
    tab_to(page, "^/desk/reports/$")
    enter(page)
    address = page.locator("main a", has_text="2012").get_attribute("href") or ""
    tab_to(page, f"^{address}$")
    enter(page)
    tab_to(page, r"annex\.staff_total\.year|annex\.disclosed_total\.year")
    enter(page)
    expect(page.locator("main h2", has_text="清单")).to_be_visible()


def test_a_wide_table_takes_the_focus_so_that_the_arrows_scroll_it(open_page: Opener) -> None:
    page = open_page("narrow", script=True)
    page.goto(f"{BUREAU}/2025/")
    region = page.locator(".paper-scroll", has=page.locator("table.paper-dense")).first
    region.focus()
    assert page.evaluate(OUTLINE) != "none"
    before = region.evaluate("element => element.scrollLeft")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("element => element.scrollLeft") > before


def test_every_form_of_the_report_can_be_downloaded(open_page: Opener) -> None:
    page = open_page("narrow")
    page.goto(f"{BUREAU}/2012/")
    links = page.locator(".downloads a")
    beginnings = {"html": b"<!DOCTYPE", "docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK", "json": b"{"}
    assert links.count() == len(beginnings)
    for place, beginning in enumerate(beginnings.values()):
        with page.expect_download() as waiting:
            links.nth(place).click()
        assert "2012年政府信息公开工作年度报告" in waiting.value.suggested_filename
        assert Path(waiting.value.path()).read_bytes().startswith(beginning)


def test_the_origin_of_the_data_is_told_on_the_page(open_page: Opener) -> None:
    page = open_page()
    page.goto(f"{BUREAU}/2012/")
    expect(page.locator(".provenance")).to_contain_text("据公布数重建")
    page.goto(f"{BUREAU}/2025/")
    expect(page.locator(".provenance")).to_contain_text("演示虚构")


def test_a_workbook_with_faults_is_shown_where_they_are_and_a_good_one_goes_in(
    open_page: Opener, tmp_path: Path
) -> None:
    good = {
        "number": "2026-GK-0001", "title": "试登记", "made_on": date(2026, 3, 2), "published_on": date(2026, 3, 3),
        "information_class": "other", "provenance": "invented",
    }  # fmt: skip
    page = open_page("narrow", "zhangsan")
    page.goto("/desk/import/")
    bad = {**good, "number": "2026-GK-0002", "title": ""}
    page.set_input_files("#file", workbook(tmp_path / "bad.xlsx", good, bad))
    page.get_by_role("button", name="试导入").click()
    expect(page.get_by_role("alert")).to_contain_text("1 处错误")
    expect(page.locator("main tbody")).to_contain_text("名称")
    page.set_input_files("#file", workbook(tmp_path / "good.xlsx", good))
    page.get_by_role("button", name="试导入").click()
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".notice-success")).to_contain_text("新增 1 条")
    page.goto("/desk/registers/disclosures/?words=2026-GK-0001")
    expect(page.locator("main tbody")).to_contain_text("试登记")


def test_a_figure_entered_by_hand_needs_a_reason_and_keeps_the_count_beside_it(open_page: Opener) -> None:
    page = open_page("narrow", "zhangsan")
    page.goto("/desk/reports/")
    page.fill("#year", "2017")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("button", name="编制").click()
    report = page.url
    figure = page.locator("td[data-figure] a").first.get_attribute("href")
    page.goto(f"{figure}")
    page.locator("summary", has_text="人工填报").click()
    page.fill("#value", "12")
    page.fill("#reason", "见会议纪要")
    page.fill("#source", "纪要第3号")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".figure-value").first).to_have_text("12")
    expect(page.locator("main")).to_contain_text("编制时统计")
    page.locator("summary", has_text="人工填报").click()
    page.get_by_role("button", name="恢复为统计的数字").click()
    expect(page.locator(".notice-success")).to_contain_text("已恢复")
    page.goto(report)


@pytest.mark.parametrize("size", SIZES)
def test_a_refused_form_says_why_and_keeps_what_was_typed(size: str, open_page: Opener) -> None:
    page = open_page(size, "zhangsan", script=True)
    page.goto("/desk/reports/")
    page.fill("#year", "2012")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("alert")).to_contain_text("已经建立")
    expect(page.locator("#year")).to_have_value("2012")
    page.screenshot(path=SCREENSHOTS / f"refused-form-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0


def test_another_organ_sees_nothing_of_it(open_page: Opener) -> None:
    own, other = open_page("wide", "zhangsan"), open_page("wide", "wangwu")
    open_at(own, "report 2012")
    for place in ("", "annex.disclosed_total.year/", "annex.disclosed_total.year/list.xlsx", "sections/"):
        answer = other.goto(f"{own.url}{place}")
        assert answer is not None
        assert answer.status == 404
    other.goto("/desk/registers/disclosures/?words=2012")
    expect(other.locator("main")).to_contain_text("没有符合条件的登记")


def test_language_and_large_print_stay_chosen(open_page: Opener) -> None:
    page = open_page("narrow")
    page.goto("/reports/")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Large print").click()
    page.get_by_role("link", name="Book of law").first.click()
    expect(page.locator("h1")).to_have_text("Book of law")
    assert page.locator("html").get_attribute("data-mode") == "elder"
    page.get_by_role("link", name="中文").click()
    page.get_by_role("link", name="返回标准版").click()
    expect(page.locator("h1")).to_have_text("法规册")


def test_in_large_print_the_text_is_at_least_eighteen_points(open_page: Opener) -> None:
    page = open_page("narrow", script=True)
    page.goto(f"{BUREAU}/2012/?mode=elder")
    size = page.locator(".paper p").first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 24  # 18 pt


def test_why_this_day_is_answered_without_script(open_page: Opener) -> None:
    page = open_page("narrow")
    page.goto("/law/")
    page.locator("main").get_by_role("link", name="期限").click()
    page.get_by_role("link", name="主动公开的期限").click()
    page.fill("#from", "2012-09-26")
    page.get_by_role("button", name="推算").click()
    expect(page.locator(".figure-value")).to_have_text("2012-10-30")
    expect(page.locator("main")).to_contain_text("国庆节放假")


def test_on_paper_the_navigation_is_left_out_and_the_tables_stay_whole(open_page: Opener) -> None:
    page = open_page("wide", script=True)
    page.goto(f"{BUREAU}/2012/")
    page.emulate_media(media="print")
    expect(page.locator(".main-nav")).to_be_hidden()
    expect(page.locator(".downloads")).to_be_hidden()
    assert page.locator(".paper-scroll").first.evaluate("element => getComputedStyle(element).overflowX") == "visible"


def test_signing_out_closes_the_desk(open_page: Opener) -> None:
    page = open_page("narrow")
    sign_in(page, "lisi")
    page.get_by_role("button", name="退出登录").click()
    page.goto("/desk/")
    expect(page.locator("h1")).to_have_text("工作人员登录")
