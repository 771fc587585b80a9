"""The first start of an empty installation in a browser: from the code on the console to a first record."""

from __future__ import annotations

import base64
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from gongkai.config.tests.machine import COMMAND, ROOT, Machine
from tests.journeys.audit import audited, fits, leftover_chinese
from tests.journeys.conftest import SCREENSHOTS
from tests.journeys.keyboard import goes_by_keyboard

pytestmark = pytest.mark.browser
PATIENCE = 120_000.0  # milliseconds: three accounts are opened at once, and a password costs seconds on a busy machine
OWN = "雾凇与江水-一九九五"
ADMINISTRATORS = {"system_admin": "sunqi", "security_admin": "zhouba", "auditor": "wujiu"}
STAFF = {"clerk": "zhangsan", "reviewer": "lisi"}
Show = Callable[[str], None]


@pytest.fixture
def console(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """`gongkai serve` on a machine with nothing: the address and the set-up code, as printed on the console."""
    new = Machine(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", COMMAND, "serve", "--port", port, "--no-work"]
    with subprocess.Popen(command, env=new.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as serving:
        try:
            yield said_by(serving)
        finally:
            serving.terminate()


def said_by(serving: subprocess.Popen[str]) -> tuple[str, str]:
    assert serving.stdout is not None
    said = ""
    while not (code := re.search(r"设置码：(\S+)", said)):
        line = serving.stdout.readline()
        assert line, said
        said += line
    address = re.search(r"首次设置：(\S+)desk/setup/", said)
    assert address
    answers(address[1])
    return address[1], code[1]


def answers(address: str, within: float = 60.0) -> None:
    """Wait until the site can be reached: what the console says comes just before."""
    until, place = time.monotonic() + within, urlsplit(address)
    while time.monotonic() < until:
        with suppress(ConnectionRefusedError), socket.create_connection((place.hostname or "", place.port or 0)):
            return
        time.sleep(0.05)
    raise AssertionError(f"{address} cannot be reached after {within} seconds")


@pytest.fixture
def newcomer(console: tuple[str, str], browser: Browser) -> Iterator[Page]:
    """Somebody's browser; script is on for the audit alone."""
    with browser.new_context(base_url=console[0], locale="zh-CN") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def show(newcomer: Page) -> Show:
    """show("name"): a numbered picture of the page at both sizes; nothing is wrong with it at any."""
    taken: list[str] = []

    def one(name: str) -> None:
        taken.append(name)
        audited(newcomer, SCREENSHOTS / f"first-{len(taken):02}-{name}")

    return one


def in_english(page: Page) -> None:
    """The step as it is shown in English: nothing Chinese is left, it fits, it goes by keyboard; then as before."""
    page.goto("/desk/setup/?language=en")
    assert leftover_chinese(page) == []
    fits(page)
    goes_by_keyboard(page)
    page.goto("/desk/setup/?language=zh-hans")


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def tickets(page: Page) -> dict[str, str]:
    """Accounts and first passwords, as shown."""
    rows = [row.locator("code").all_inner_texts() for row in page.locator("main tbody tr").all()]
    return {username: password for username, password in rows}


def named(page: Page, people: dict[str, str]) -> None:
    for role, username in people.items():
        page.fill(f"#id_{role}-name", f"甲{username}")
        page.fill(f"#id_{role}-username", username)


def test_each_page_leads_a_newcomer_to_the_next(console: tuple[str, str], newcomer: Page, show: Show) -> None:
    page = newcomer
    page.goto("/")
    show("home")
    page.get_by_role("link", name="工作人员登录").click()
    expect(page.locator("h1")).to_have_text("首次设置")  # where nobody can sign in yet
    _set_up(page, console[1], show)
    passwords = _people(page, show)
    press(page, "完成设置")
    show("done")
    page.get_by_role("link", name="去登录").click()
    _administrator(page, passwords["sunqi"], show)
    press_out(page)
    page.get_by_role("link", name="工作人员登录").click()
    _clerk(page, passwords["zhangsan"], show)


def press_out(page: Page) -> None:
    page.get_by_role("button", name="退出登录").click()


def _set_up(page: Page, code: str, show: Show) -> None:
    in_english(page)
    page.fill("#code", "aaaaa-aaaaa-aaaaa")
    press(page, "开始")
    expect(page.get_by_role("alert")).to_contain_text("设置码不对")
    show("wrong-code")
    page.fill("#code", code)
    press(page, "开始")
    in_english(page)
    for field, typed in {"registered_name": "松江市审计局", "code": "S J", "region_path": "吉林省/松江市"}.items():
        page.fill(f"#id_{field}", typed)
    page.fill("#id_established_on", "1995-01-01")
    press(page, "下一步")
    expect(page.get_by_role("alert")).to_contain_text("机关代码只能用")
    expect(page.locator("#id_registered_name")).to_have_value("松江市审计局")
    show("organ-refused")
    page.fill("#id_code", "SJSJJ")
    press(page, "下一步")


def _people(page: Page, show: Show) -> dict[str, str]:
    in_english(page)
    named(page, ADMINISTRATORS | {"auditor": "zhouba"})
    press(page, "开设账号，显示初始密码")
    expect(page.get_by_role("alert")).to_contain_text("已被使用")
    expect(page.locator("#id_security_admin-username")).to_have_value("zhouba")
    show("administrators-refused")
    page.fill("#id_auditor-username", "wujiu")
    press(page, "开设账号，显示初始密码")
    given = tickets(page)
    show("administrators")
    page.get_by_role("link", name="已经记下，继续").click()
    in_english(page)
    named(page, STAFF)
    show("staff")
    press(page, "开设账号，显示初始密码")
    given |= tickets(page)
    page.get_by_role("link", name="已经记下，继续").click()
    in_english(page)
    show("end")
    return given


def first_day(page: Page, username: str, password: str) -> None:
    """Signed in with the first password, and changed it for one's own."""
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    press(page, "登录")
    expect(page.locator("h1")).to_have_text("更换密码")
    page.fill("#id_old_password", password)
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, OWN)
    press(page, "更换密码")


def _administrator(page: Page, password: str, show: Show) -> None:
    first_day(page, "sunqi", password)
    expect(page.locator("h1")).to_contain_text("第二因子")  # asked for by itself
    show("second-factor")
    letters = page.locator("main code").inner_text().replace(" ", "")
    page.fill("#id_code", f"{totp(base64.b32decode(letters + '=' * (-len(letters) % 8))):06d}")
    press(page, "启用")
    expect(page.locator("h1")).to_have_text("恢复码")
    page.get_by_role("link", name="已经保存，继续").click()
    expect(page.locator("h1")).to_have_text("人员与账号")
    expect(page.locator("main .notice-info")).to_contain_text("今日没有人担任：保密审查员、发布员")
    show("people")


def _clerk(page: Page, password: str, show: Show) -> None:
    first_day(page, "zhangsan", password)
    expect(page.locator("h1")).to_contain_text("甲zhangsan")
    show("today")
    for section in ("公开信息", "年度报告", "登记簿"):
        page.locator(".main-nav").get_by_role("link", name=section, exact=True).click()
        show(section)
    page.get_by_role("link", name="信息公开工作会议", exact=True).click()
    page.get_by_role("link", name="新增登记").click()
    page.fill("#id_number", "2026-HY-01")
    page.fill("#id_held_on", "2026-03-02")
    page.fill("#id_title", "启用布置会")
    press(page, "保存")
    expect(page.locator("main dl")).to_contain_text("启用布置会")
