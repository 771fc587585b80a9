"""Anyone's report handed in at the public door, in a browser: every format, both sizes, both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.papers import docx, pdf, xlsx
from gongkai.reports.tests.checking import drawn
from tests.journeys.audit import axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, SIZES, Opener

pytestmark = pytest.mark.browser
BROKEN = drawn.broken("t3.new_received.total", 3)


def files(folder: Path) -> dict[str, Path]:
    """The same broken report in every format that can be drawn."""
    paper = drawn.paper(BROKEN)
    data = {
        "html": drawn.page(BROKEN), "txt": drawn.text(BROKEN).encode(), "md": drawn.text(BROKEN).encode(),
        "docx": docx.write(paper), "xlsx": xlsx.write(paper), "pdf": pdf.write(paper),
    }  # fmt: skip
    for suffix, content in data.items():
        (folder / f"年报.{suffix}").write_bytes(content)
    return {suffix: folder / f"年报.{suffix}" for suffix in data}


def hand_in(page: Page, *paths: Path) -> None:
    """Through the form, as a visitor does."""
    page.goto("/check/")
    page.set_input_files("#files", paths)
    page.click("main button[type=submit]")


@pytest.mark.parametrize("suffix", ["html", "txt", "md", "docx", "xlsx", "pdf"])
def test_a_report_in_any_format_is_checked_without_script(suffix: str, tmp_path: Path, open_page: Opener) -> None:
    page = open_page("wide")
    hand_in(page, files(tmp_path)[suffix])
    expect(page.locator("main .finding-fail").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("松山县教育局")
    expect(page.locator("main")).to_contain_text("可能的改法")


@pytest.mark.parametrize("size", SIZES)
def test_the_result_is_accessible_and_fits(size: str, tmp_path: Path, open_page: Opener) -> None:
    page = open_page(size, script=True)
    refused = tmp_path / "图片.png"
    refused.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    hand_in(page, files(tmp_path)["html"], refused)
    page.screenshot(path=SCREENSHOTS / f"check-result-{size}.png", full_page=True)
    assert axe_violations(page) == []
    assert overflow(page) == 0


def test_an_english_visitor_reads_english(tmp_path: Path, open_page: Opener) -> None:
    page = open_page("wide", script=True)
    page.goto("/check/?language=en")
    page.set_input_files("#files", [files(tmp_path)["html"]])
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("Findings")
    assert leftover_chinese(page) == []


def test_the_result_can_be_downloaded(tmp_path: Path, open_page: Opener) -> None:
    page = open_page("narrow")
    hand_in(page, files(tmp_path)["html"])
    kept = {}
    for name in ("检查结果.json", "检查结果.xlsx", "检查证明.json", "检查证明.pdf"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        kept[waiting.value.suggested_filename] = waiting.value.path().read_bytes()
    assert json.loads(kept["检查结果.json"])["organ"] == "松山县教育局"
    assert kept["检查证明.pdf"].startswith(b"%PDF")


def test_pasted_text_by_keyboard(open_page: Opener) -> None:
    page = open_page("narrow")
    page.goto("/check/")
    page.focus("#text")
    page.keyboard.insert_text(drawn.text(BROKEN))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main .finding-fail").first).to_be_visible()
