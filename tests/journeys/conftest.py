"""The demonstration behind a real server, and a real headless Chromium with no way out to the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from gongkai.demonstration.people import PASSWORD, staff
from gongkai.disclosures.findable import SHELF
from gongkai.organs import register
from gongkai.organs.models import Meeting
from gongkai.records import anchors, jobs
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.reader import MODE_COOKIE
from tests.journeys.audit import SIZES
from tests.journeys.demonstrated import copy_to, database_at

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "tests" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# The product's own Chinese fonts, so that pages look alike on machines that have none.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="strong"><family>sans-serif</family>
<prefer><family>DejaVu Sans</family><family>FandolHei</family></prefer></alias>
</fontconfig>"""
Opener = Callable[..., Page]
Kept = Callable[[str], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long walks begin first: the many short looks at one page keep both workers busy to the end."""
    items.sort(key=lambda item: item.path.name == "test_every_page.py")


def find_chromium() -> str | None:
    """The browser: GONGKAI_CHROMIUM, else the headless shell or Chromium on the path."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)


def fail_a_job() -> None:
    """Work that broke off, for the list of jobs."""
    job = jobs.ask(
        "import", organ_code="DEMO-JLGXJ", title="导入 登记.xlsx", arguments={}, by="张三", at=now(), payload=b"x"
    )
    jobs.claim("journeys:1", at=now())
    jobs.fail(job.pk, jobs.BROKE_OFF, trace="", at=now())


def void_a_meeting() -> None:
    """A record that was entered by mistake, among the voided ones of its register."""
    ledger = next(one for one in LEDGERS if one.name == "meetings")
    clerk = staff("zhangsan")
    values = {"number": "2026-HY-00", "held_on": localdate(), "title": "误登的会议", "provenance": "invented"}
    record = register.record(Meeting, ledger, organ=clerk.organ, values=values, by=clerk, at=now())
    register.void(record, ledger, reason="同一会议登记了两次", by=clerk, at=now())


@pytest.fixture(scope="package")
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The address of a server with the whole demonstration, a copy of its own for all journeys of this process."""
    home, cache = tmp_path_factory.mktemp("house"), request.config.cache
    counted = ["tests.journeys.counting.Counted", *settings.MIDDLEWARE]
    assert cache is not None
    with django_db_blocker.unblock(), override_settings(HOME=home, MIDDLEWARE=counted):
        copy_to(home / "house.sqlite3", kept=cache.mkdir("demonstration"))
        with database_at(home / "house.sqlite3"):
            anchors.make(localdate(), by="gongkai anchor", at=now())
            fail_a_job()
            void_a_meeting()
            SHELF.keep_up()  # as the indexer of a running site does, before anybody searches
            server = LiveServer("localhost")
            yield server.url
            server.stop()


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


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where every page is photographed, when asked for; what people walk through is photographed in any case."""
    return SCREENSHOTS if request.config.getoption("--pictures") else None


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


@pytest.fixture(scope="package")
def kept_pages(house: str, browser: Browser) -> Iterator[dict[str, Page]]:
    """The page of each who looks, kept open for all that they look at."""
    pages: dict[str, Page] = {}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def kept_page(house: str, browser: Browser, signed_in: Callable[[str], Any], kept_pages: dict[str, Page]) -> Kept:
    """kept_page("zhangsan"): their page with script on, wide, nothing chosen; for looking only."""

    def one(username: str) -> Page:
        if username not in kept_pages:
            context = browser.new_context(
                base_url=house, locale="zh-CN", storage_state=signed_in(username) if username else None
            )
            kept_pages[username] = context.new_page()
        page = kept_pages[username]
        width, height = SIZES["wide"]
        page.set_viewport_size({"width": width, "height": height})
        for chosen in (MODE_COOKIE, settings.LANGUAGE_COOKIE_NAME):
            page.context.clear_cookies(name=chosen)
        return page

    return one


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
