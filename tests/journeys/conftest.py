"""The demonstration behind a real server, and a real headless Chromium with no way out to the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from gongkai.demonstration.people import PASSWORD
from gongkai.demonstration.steps import steps
from gongkai.records import anchors, jobs

# As the settings have it, read before any test database is made.
OWN_DATABASE = connection.settings_dict["NAME"]
ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "tests" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
# The product's own Chinese fonts, so that pages look alike on machines that have none.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="strong"><family>sans-serif</family>
<prefer><family>DejaVu Sans</family><family>FandolHei</family></prefer></alias>
</fontconfig>"""
Opener = Callable[..., Page]


def find_chromium() -> str | None:
    """The browser: GONGKAI_CHROMIUM, else the headless shell or Chromium on the path."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)


@pytest.fixture(scope="package")
def test_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test database also when no other test has asked for one: pytest-django makes it only for those it knows of."""
    with django_db_blocker.unblock():
        untouched = connection.settings_dict["NAME"] == OWN_DATABASE
        made = setup_databases(verbosity=0, interactive=False) if untouched else []
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="package")
def house(test_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server with the whole demonstration, made once for all journeys and removed after them."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"] != OWN_DATABASE
        for step in steps():
            step.do()
        anchors.make(localdate(), by="gongkai anchor", at=now())
        job = jobs.ask(
            "import", organ_code="DEMO-JLGXJ", title="导入 登记.xlsx", arguments={}, by="张三", at=now(), payload=b"x"
        )
        jobs.claim("journeys:1", at=now())
        jobs.fail(job.pk, jobs.BROKE_OFF, trace="", at=now())
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Fails in CI when there is no browser; elsewhere it skips and says why."""
    executable = find_chromium()
    if executable is None:
        reason = "没有找到无头浏览器:请安装 chromium-headless-shell 或 chromium,或用 GONGKAI_CHROMIUM 指明位置"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("fontconfig")
    (folder / "fonts.conf").write_text(FONTS.format(fonts=ROOT / "gongkai/papers/fonts", cache=folder / "cache"))
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop runs in this thread; Django would take the journeys' plain queries for async ones.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, env=environment)
        yield opened
        opened.close()


def sign_in(page: Page, username: str) -> None:
    """Type a demonstration login into the form."""
    page.goto("/desk/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")


@pytest.fixture(scope="package")
def signed_in(house: str, browser: Browser) -> Callable[[str], Any]:
    """signed_in("zhangsan"): the cookies of that person, who signed in once through the form."""
    kept: dict[str, Any] = {}

    def cookies(username: str) -> Any:
        if username not in kept:
            with browser.new_context(base_url=house, locale="zh-CN", java_script_enabled=False) as context:
                sign_in(context.new_page(), username)
                kept[username] = context.storage_state()
        return kept[username]

    return cookies


@pytest.fixture
def open_page(house: str, browser: Browser, signed_in: Callable[[str], Any]) -> Iterator[Opener]:
    """open_page(size="wide", username="", script=False): a fresh page; script is off unless asked for."""
    contexts: list[BrowserContext] = []

    def open_one(size: str = "wide", username: str = "", *, script: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=house, viewport={"width": width, "height": height}, java_script_enabled=script, locale="zh-CN",
            storage_state=signed_in(username) if username else None,
        )  # fmt: skip
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
