"""The door in a browser: a first day, a second factor, a lock, standing in; and the pages of administrators."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from gongkai.demonstration.people import PASSWORD
from tests.journeys.audit import SIZES, audited, axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, Kept, Opener, sign_in
from tests.journeys.keyboard import goes_by_keyboard

pytestmark = pytest.mark.browser

OWN = "雾凇与江水-一九九五"


def sign_in_as(page: Page, username: str, password: str) -> None:
    """Type a login into the form."""
    page.goto("/desk/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")


def open_account(system: Page, security: Page, name: str, username: str, role: str) -> str:
    """The two administrators, each their part; gives the first password."""
    system.goto("/desk/people/add/")
    system.fill("#id_name", name)
    system.fill("#id_username", username)
    system.get_by_role("button", name="开设账号").click()
    password = system.locator("#password").inner_text()
    security.goto("/desk/people/")
    security.locator("main tbody").get_by_role("link", name=name).click()
    security.select_option("#appoint_role", role)
    security.get_by_role("button", name="任命", exact=True).click()
    expect(security.locator(".notice-success")).to_contain_text("已任命")
    return password


def half_a_minute_later(username: str) -> None:
    """The app shows another code than the one used, which works once; a wrong try before it is forgiven."""
    devices = TOTPDevice.objects.filter(user__username=username)
    devices.update(last_t=F("last_t") - 1, throttling_failure_timestamp=now() - timedelta(seconds=30))


def shown_code(secret: str) -> str:
    """What an authenticator app shows for a key as printed on the page."""
    letters = secret.replace(" ", "")
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    return f"{totp(key):06d}"


def test_a_first_day_from_the_first_password_to_a_second_factor_and_back_in(open_page: Opener) -> None:
    system, security = open_page("wide", "sunqi"), open_page("narrow", "zhouba")
    first = open_account(system, security, "褚十五", "chushiwu", "clerk")
    page = open_page("narrow")
    sign_in_as(page, "chushiwu", first)
    expect(page.locator("h1")).to_have_text("更换密码")
    page.fill("#id_old_password", first)
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, OWN)
    page.locator("main").get_by_role("button", name="更换密码").click()
    expect(page.locator(".notice-success")).to_contain_text("密码已更换")
    page.goto("/desk/account/second-factor/")
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator("main code").inner_text()
    page.screenshot(path=SCREENSHOTS / "door-enrol-narrow.png", full_page=True)
    page.fill("#id_code", shown_code(secret))
    page.get_by_role("button", name="启用").click()
    recovery = page.locator("main code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("button", name="退出登录").click()

    sign_in_as(page, "chushiwu", OWN)
    expect(page.locator("h1")).to_have_text("输入验证码")
    page.keyboard.press("Tab")
    page.fill("#id_code", "000000")
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")
    half_a_minute_later("chushiwu")
    page.fill("#id_code", shown_code(secret))
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.locator(".place")).to_contain_text("褚十五")
    page.get_by_role("button", name="退出登录").click()

    sign_in_as(page, "chushiwu", OWN)
    page.fill("#id_code", recovery[0])
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_contain_text("褚十五")


@pytest.mark.parametrize("size", SIZES)
def test_a_locked_account_says_until_when_and_the_security_administrator_opens_it(size: str, open_page: Opener) -> None:
    page, security = open_page(size, script=True), open_page("wide", "zhouba")
    for _ in range(5):
        sign_in_as(page, "lisi", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("已锁定到")
    expect(page.locator("#id_username")).to_have_value("lisi")
    assert axe_violations(page) == []
    assert overflow(page) == 0
    page.screenshot(path=SCREENSHOTS / f"door-lock-{size}.png", full_page=True)
    security.goto("/desk/locked/")
    security.get_by_role("button", name="解除锁定 李四").click()
    expect(security.locator(".notice-success")).to_contain_text("已解除锁定")
    sign_in(page, "lisi")
    expect(page.locator(".place")).to_contain_text("李四")


def test_a_duty_is_handed_over_done_in_anothers_name_and_taken_back(open_page: Opener) -> None:
    owner, deputy = open_page("narrow", "zhangsan"), open_page("wide", "lisi")
    owner.goto("/desk/handovers/")
    owner.select_option("#id_to_staff", label="李四")
    owner.fill("#id_until_on", localdate().isoformat())
    owner.fill("#id_reason", "出差")
    owner.get_by_role("button", name="移交", exact=True).click()
    expect(owner.locator(".notice-success")).to_contain_text("已移交")
    deputy.goto("/desk/reports/")
    assert deputy.locator("#year").count() == 0  # a reviewer begins no report
    deputy.get_by_role("button", name="代张三办理").click()
    expect(deputy.locator(".place")).to_contain_text("李四（代张三）")
    deputy.goto("/desk/reports/")
    deputy.fill("#year", "2015")  # of which no other journey begins a report
    deputy.get_by_role("button", name="新建").click()
    deputy.screenshot(path=SCREENSHOTS / "door-standing-in-wide.png", full_page=True)
    deputy.goto("/desk/entries/")
    expect(deputy.locator("main tbody tr").first).to_contain_text("李四（代张三）")
    owner.get_by_role("button", name="收回").first.click()
    deputy.goto("/desk/reports/")
    expect(deputy.locator(".place")).not_to_contain_text("代张三")
    assert deputy.locator("#year").count() == 0


def test_administrators_find_no_business_behind_their_door(open_page: Opener) -> None:
    for username in ("sunqi", "zhouba", "wujiu"):
        page = open_page("narrow", username)
        answer = page.goto("/desk/registers/disclosures/")
        assert answer is not None
        assert answer.status == 403
        expect(page.locator("main")).to_contain_text("管理员不办理公开业务")


def test_the_demonstrations_own_password_opens_the_door_at_once(open_page: Opener) -> None:
    page = open_page("narrow")
    sign_in_as(page, "sunqi", PASSWORD)
    expect(page.locator("h1")).to_have_text("人员与账号")


PERSON = {"pk": 1, "name": "褚十五", "user": {"get_username": "chushiwu"}}
ONCE: dict[str, dict[str, Any]] = {
    "workbench/sign_in_code": {"fault": gettext_lazy("验证码不对或已用过。请等几秒，再输入应用中现在显示的验证码。")},
    "workbench/recovery_codes": {"codes": ["abcde-fghjk", "mnpqr-stuvw"]},
    "workbench/ticket": {"person": PERSON, "password": "abcde-fghjk-mnpqr"},
    "workbench/kept": {"path": "/desk/reports/", "fields": [["text", "写了四十分钟的一段正文。"], ["no", "1"]]},
    "403": {}, "403_csrf": {}, "500": {},
}  # fmt: skip


@pytest.mark.parametrize("name", ONCE)
def test_a_page_shown_once_is_accessible_and_readable_in_english_and_by_keyboard(name: str, kept_page: Kept) -> None:
    """The demonstration does not come by these pages, so the server's answer is replaced by them."""
    page, request = kept_page(""), None if name == "500" else RequestFactory().get("/desk/setup/")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            answered_with(page, render_to_string(f"{name}.html", ONCE[name], request))
        assert page.locator("html").get_attribute("lang") == {"zh-hans": "zh-CN"}.get(language, language)
        if language == "en":
            assert leftover_chinese(page) == []
        audited(page, SCREENSHOTS / f"door-{name.removeprefix('workbench/')}-{language}", sizes=("narrow",))
    goes_by_keyboard(page)


def answered_with(page: Page, html: str) -> None:
    """The page at an address of the site, styles and all, when the server answers with this."""
    page.route("**/desk/setup/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("/desk/setup/")
    page.unroute("**/desk/setup/")
