"""A real headless Chromium for the journeys, with the product's own Chinese fonts and no way out to the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "tests" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="strong"><family>sans-serif</family>
<prefer><family>DejaVu Sans</family><family>FandolHei</family></prefer></alias>
</fontconfig>"""


def find_chromium() -> str | None:
    """The browser: GONGKAI_CHROMIUM, else the headless shell or Chromium on the path."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)


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
    # Playwright's own event loop runs in this thread; Django would take the fixtures' plain queries for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, env=environment)
        yield opened
        opened.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """open_page(size="wide", script=False, locale="zh-CN"): a fresh page; script is off unless asked for."""
    contexts: list[BrowserContext] = []

    def open_one(size: str = "wide", *, script: bool = False, locale: str = "zh-CN") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, locale=locale,
            accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
