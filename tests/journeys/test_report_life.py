"""The life of a report by four people with keys alone, from nothing to an erratum; every step as a picture."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongkai.records import entries
from tests.journeys.audit import audited, axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener
from tests.journeys.keyboard import goes_by_keyboard
from tests.journeys.keys import choose, follow, press, unfold, write
from tests.journeys.places import BUREAU

pytestmark = pytest.mark.browser
YEAR = 2016
TOTAL = "stats.disclosed_total.value"
Show = Callable[[Page, str], None]


@pytest.fixture
def show() -> Show:
    """show(page, "name"): a numbered picture of the page as it stands, that must fit, be accessible, need no script.

    The browser's script is on for the audit alone: the pages have none that could be missed.
    """
    taken: list[str] = []

    def one(page: Page, name: str) -> None:
        taken.append(name)
        page.screenshot(path=SCREENSHOTS / f"life-{len(taken):02}-{name}.png", full_page=True)
        assert page.locator("script").count() == 0, name
        assert axe_violations(page) == [], name
        assert overflow(page) == 0, name

    return one


def done(page: Page, said: str) -> None:
    expect(page.locator(".notice-success")).to_contain_text(said)


def write_part(page: Page, address: str, no: str, text: str) -> None:
    """Write one part of the text through its editor."""
    page.goto(f"{address}sections/{no}/")
    write(page, "#text", text)
    press(page, "保存")
    done(page, "已保存")


def enter_total(page: Page, address: str, value: str) -> None:
    page.goto(f"{address}{TOTAL}/")
    unfold(page.locator("summary", has_text="人工填报"))
    write(page, "#value", value)
    write(page, "#reason", "登记簿漏记,据台账补")
    write(page, "#source", "2016年纸质台账")
    press(page, "保存")
    done(page, "已保存")


def test_four_people_lead_a_report_from_nothing_to_its_erratum(open_page: Opener, show: Show) -> None:
    clerk, reviewer = open_page("wide", "zhangsan", script=True), open_page("narrow", "lisi", script=True)
    publisher, elsewhere = open_page("wide", "zhaoliu", script=True), open_page("narrow", "wangwu", script=True)

    address = _begun(clerk, show)
    _written(clerk, address, show)
    answer = elsewhere.goto(address)
    assert answer is not None
    assert answer.status == 404
    _submitted(clerk, address, show)
    _sent_back_and_waived(clerk, reviewer, address, show)
    _approved_and_published(reviewer, publisher, address, show)

    elsewhere.goto(f"{BUREAU}/{YEAR}/")
    expect(elsewhere.locator("main")).to_contain_text("已豁免")
    show(elsewhere, "public")
    first = elsewhere.locator("code").last.inner_text()

    second = _corrected(clerk, address, show)
    for person, button in ((reviewer, "审定"), (publisher, "发布")):
        person.goto(second)
        press(person, button)
    _read(elsewhere, first, show)
    assert entries.verify() == []


def _begun(clerk: Page, show: Show) -> str:
    clerk.goto("/desk/reports/")
    write(clerk, "#year", str(YEAR))
    press(clerk, "新建")
    show(clerk, "empty")
    press(clerk, "编制")
    done(clerk, "已按登记簿编制")
    press(clerk, "起草正文")
    show(clerk, "compiled")
    return clerk.url


def _written(clerk: Page, address: str, show: Show) -> None:
    clerk.goto(f"{address}sections/一/")
    write(clerk, "#words", "主动公开 信息数")
    press(clerk, "查找")
    expect(clerk.locator(".beside")).to_contain_text(f"{{{TOTAL}}}")
    write(clerk, "#text", f"全年主动公开{{{TOTAL}}}条。")
    press(clerk, "预览")
    expect(clerk.locator(".paper")).to_contain_text(re.compile(r"全年主动公开\d+条。"))
    show(clerk, "preview")
    press(clerk, "保存")
    for no in "二三四五六七":
        clerk.goto(f"{address}sections/{no}/")
        if not clerk.locator("#text").input_value():
            said = "存在的问题是登记不够及时,改进措施是逐月核对。" if no == "六" else "无其他情况。"
            write_part(clerk, address, no, said)
    enter_total(clerk, address, "12")
    show(clerk, "entered")
    clerk.goto(f"{address}promises/")
    write(clerk, "#text", "逐月核对登记簿")
    write(clerk, "#owner", "行政审批办")
    write(clerk, "#due_on", f"{YEAR + 1}-12-31")
    press(clerk, "登记")
    show(clerk, "promised")
    clerk.goto(address)
    press(clerk, "检查")
    expect(clerk.locator(f"td[id='f-{TOTAL}'] .paper-flag").first).to_be_visible()
    show(clerk, "checked")


def _submitted(clerk: Page, address: str, show: Show) -> None:
    press(clerk, "送审")
    expect(clerk.get_by_role("alert")).to_contain_text("带问题送审的理由")
    show(clerk, "refused")
    write(clerk, "#accepting", "总数据台账补记,分类待核")
    press(clerk, "送审")
    done(clerk, "已送审")
    show(clerk, "submitted")


def _sent_back_and_waived(clerk: Page, reviewer: Page, address: str, show: Show) -> None:
    reviewer.goto("/desk/")
    show(reviewer, "todo")
    follow(reviewer.get_by_role("link", name=f"{YEAR} 年：报告等您审定"))
    write(reviewer, "#reason", "第一部分请写明机构和人员")
    press(reviewer, "退回")
    done(reviewer, "已退回")
    clerk.goto("/desk/")
    expect(clerk.locator("#main")).to_contain_text("第一部分请写明机构和人员")
    show(clerk, "sent-back")
    write_part(clerk, address, "一", f"行政审批办牵头。全年主动公开{{{TOTAL}}}条。")
    clerk.goto(address)
    write(clerk, "#accepting", "个别项目待说明")
    press(clerk, "送审")
    reviewer.goto(address)
    waivable = reviewer.locator(".finding-fail").get_by_role("link", name="豁免")
    follow(waivable.first)
    show(reviewer, "waive")
    goes_by_keyboard(reviewer)
    _in_english(reviewer)
    reviewer.goto(address)
    while waivable.count():
        follow(waivable.first)
        write(reviewer, "#reason", "总数据纸质台账补记,见登记员说明")
        press(reviewer, "豁免")
        done(reviewer, "已豁免")
    show(reviewer, "waived")


def _in_english(page: Page) -> None:
    """Nothing Chinese is left unmarked, nothing wrong with the page; it ends as it began."""
    place = page.url
    page.goto(f"{place}?language=en")
    assert leftover_chinese(page) == []
    audited(page)
    page.goto(f"{place}?language=zh-hans")


def _approved_and_published(reviewer: Page, publisher: Page, address: str, show: Show) -> None:
    press(reviewer, "审定")
    done(reviewer, "已审定")
    publisher.goto("/desk/")
    follow(publisher.get_by_role("link", name="报告已审定，等您发布"))
    show(publisher, "approved")
    press(publisher, "发布")
    done(publisher, "已发布")
    show(publisher, "published")
    assert publisher.get_by_role("button", name="退回").count() == 0


def _corrected(clerk: Page, address: str, show: Show) -> str:
    clerk.goto(address)
    unfold(clerk.locator("summary", has_text="发现错误"))
    write(clerk, "#reason", "漏计一条,读者来信指出")
    press(clerk, "建立更正版")
    second = clerk.url
    assert second != address
    enter_total(clerk, second, "13")
    clerk.goto(f"{second}differences/")
    expect(clerk.locator("main tbody tr").first).to_contain_text("12")
    show(clerk, "differences")
    goes_by_keyboard(clerk)
    clerk.goto(second)
    write(clerk, "#accepting", "同第1版")
    press(clerk, "送审")
    done(clerk, "已送审")
    return second


def _read(reader: Page, first: str, show: Show) -> None:
    reader.goto(f"{BUREAU}/{YEAR}/")
    expect(reader.locator(".paper")).to_contain_text("更正后的第2版")
    show(reader, "corrected")
    follow(reader.get_by_role("link", name="改了什么，为什么"))
    expect(reader.locator("main")).to_contain_text("漏计一条")
    expect(reader.locator("main tbody tr").first).to_contain_text("13")
    show(reader, "erratum")
    reader.goto(f"{BUREAU}/{YEAR}/v1/")
    expect(reader.locator("p.notice-warning").first).to_contain_text("已被更正")
    expect(reader.locator("main")).to_contain_text(first)
    show(reader, "old-version")


def test_a_quarter_is_compiled_and_kept_off_the_public_list(open_page: Opener, show: Show) -> None:
    clerk = open_page("narrow", "zhangsan", script=True)
    clerk.goto("/desk/reports/")
    write(clerk, "#year", "2014")
    choose(clerk, "#period", "q1")
    press(clerk, "新建")
    press(clerk, "编制")
    expect(clerk.locator("h1")).to_contain_text("2014年第一季度政府信息公开工作统计表")
    expect(clerk.locator(".paper table").first).to_be_visible()
    show(clerk, "quarter")
    clerk.goto("/reports/")
    expect(clerk.locator("main")).not_to_contain_text("第一季度")
