"""From outside: the public compares, comments and reads the answer; a city looks down to the record and reminds."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.audit import SIZES, overflow
from tests.journeys.conftest import Opener
from tests.journeys.places import BUREAU, FIGURE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_a_comment_goes_from_the_public_page_to_its_answer_there(size: str, open_page: Opener) -> None:
    said = f"请问第三部分怎么统计（{size}）？"
    reader = open_page(size)
    reader.goto(f"{BUREAU}/2024/")
    reader.get_by_role("link", name="对这份年报留言").click()
    reader.fill("#text", said)
    reader.fill("#contact", "13812345678")
    reader.get_by_role("button", name="提交留言").click()
    number = reader.locator("main strong").inner_text()
    lead, clerk = open_page(size, "zhaoliu"), open_page(size, "zhangsan")
    lead.goto("/desk/")
    expect(lead.locator("main")).to_contain_text(said)
    lead.goto("/desk/comments/")
    lead.get_by_role("link", name=number).click()
    expect(lead.locator("main")).to_contain_text("13*******78")
    lead.fill("#due_on", "2099-01-10")
    lead.get_by_role("button", name="展示并分办").click()
    clerk.goto(lead.url)
    clerk.fill("#answer", "按办结日期统计。")
    clerk.get_by_role("button", name="送审答复").click()
    lead.goto(clerk.url)
    lead.get_by_role("button", name="公开答复").click()
    reader.goto(f"{BUREAU}/2024/")
    expect(reader.locator(".comments").first).to_contain_text("按办结日期统计。")
    expect(reader.locator("main")).not_to_contain_text("138")


@pytest.mark.parametrize("size", SIZES)
def test_a_record_is_added_corrected_and_voided_by_hand(size: str, open_page: Opener) -> None:
    number = f"2026-HY-{size}"
    page = open_page(size, "zhangsan")
    page.goto("/desk/registers/meetings/")
    page.get_by_role("link", name="新增登记").click()
    page.fill("#id_number", number)
    page.fill("#id_held_on", "去年")
    page.fill("#id_title", "年报布置会")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("不是日期")
    expect(page.locator("#id_title")).to_have_value("年报布置会")
    page.fill("#id_held_on", "2026年3月2日")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main dl")).to_contain_text("2026-03-02")
    page.get_by_role("link", name="更正", exact=True).click()
    page.fill("#id_chair", "赵局长")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".past").last).to_contain_text("赵局长")
    page.get_by_role("link", name="作废", exact=True).click()
    page.get_by_label("作废理由").fill("试登记")
    page.get_by_role("button", name="作废").click()
    page.get_by_role("link", name=number).click()
    expect(page.locator("main")).to_contain_text("不再计入任何统计")


def test_two_who_edit_one_record_lose_nothing(open_page: Opener) -> None:
    first, second = open_page("wide", "zhangsan"), open_page("narrow", "zhangsan")
    for page in (first, second):
        page.goto("/desk/registers/trainings/")
        page.locator("main tbody th a").first.click()
        page.get_by_role("link", name="更正", exact=True).click()
    first.fill("#id_note", "甲的备注")
    first.get_by_role("button", name="保存", exact=True).click()
    second.fill("#id_note", "乙的备注")
    second.get_by_role("button", name="保存", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("被改动过")
    expect(second.locator("#stands-note")).to_contain_text("甲的备注")
    expect(second.locator("#id_note")).to_have_value("乙的备注")
    assert overflow(second) == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_city_looks_from_its_sum_down_to_the_record(size: str, open_page: Opener) -> None:
    page = open_page(size, "zhengshi")
    page.goto("/desk/")
    page.get_by_role("link", name="下级机关").first.click()
    page.select_option("#year", "2025")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("main")).to_contain_text("已发布 3 个")
    page.get_by_role("link", name="汇总已发布的数字").click()
    page.locator(f'td[data-figure="{FIGURE}"] a').click()
    expect(page.locator("h1")).to_contain_text("总计")
    page.locator("main tbody a").first.click()
    expect(page.locator("main h2")).to_contain_text("发布时的清单")
    page.locator("main tbody th a").first.click()
    expect(page.locator("main dl")).to_contain_text("收到日期")
