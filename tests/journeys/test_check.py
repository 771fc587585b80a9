"""Anyone's report handed in at the public door, in a browser: every format, both sizes, both languages."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongkai.papers import docx, pdf, xlsx
from gongkai.papers.paper import Paper, Paragraph, Run
from gongkai.reports.tests.checking import drawn
from tests.journeys.audit import SIZES, axe_violations, leftover_chinese, overflow
from tests.journeys.conftest import SCREENSHOTS, Opener
from tests.journeys.keyboard import goes_by_keyboard

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


def as_doc(path: Path) -> Path:
    """The same document in the old format of Word, made by LibreOffice; skipped where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice,做不出 .doc 文件")
    command = [office, "--headless", f"-env:UserInstallation=file://{path.parent}/home", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, timeout=120, capture_output=True)
    return path.with_suffix(".doc")


@pytest.mark.parametrize("size", SIZES)
def test_an_old_word_file_is_checked(size: str, tmp_path: Path, open_page: Opener) -> None:
    page = open_page(size)
    hand_in(page, as_doc(files(tmp_path)["docx"]))
    page.screenshot(path=SCREENSHOTS / f"check-doc-{size}.png", full_page=True)
    expect(page.locator("main .finding-fail").first).to_be_visible()


def bomb(folder: Path) -> Path:
    """A docx whose text is sixty-four megabytes of nothing, packed a thousandfold."""
    path = folder / "炸弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(b"<w:document>")
        for _ in range(64):
            part.write(b" " * (1 << 20))
    return path


def unusable(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files of which nothing can be read, each with what the page says of it."""
    scan = pdf.write(Paper(" ", (Paragraph((Run(" "),)),)))
    contents = {
        "扫描.pdf": scan,
        "空.txt": b"",
        "空.html": b"",
        "坏.pdf": b"%PDF-1.7 nothing",
        "坏.docx": b"PK\x03\x04x",
    }
    said = {"扫描.pdf": "文字", "空.txt": "文件是空的", "空.html": "文件是空的", "坏.pdf": "损坏", "坏.docx": ""}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: (folder / name, said[name]) for name in contents} | {"炸弹.docx": (bomb(folder), "")}


@pytest.mark.parametrize("size", SIZES)
def test_what_cannot_be_read_is_said_beside_what_can(size: str, tmp_path: Path, open_page: Opener) -> None:
    page = open_page(size, script=True)
    bad = unusable(tmp_path)
    hand_in(page, files(tmp_path)["html"], *(path for path, _ in bad.values()))
    page.screenshot(path=SCREENSHOTS / f"check-unusable-{size}.png", full_page=True)
    expect(page.locator("main .finding-fail").first).to_be_visible()
    refused = page.locator("main section", has=page.locator(".notice-error")).all_text_contents()  # under their names
    assert len(refused) == len(bad)
    for (name, (_, said)), told in zip(bad.items(), refused, strict=True):
        assert told.count(name) == 1
        assert said in told
    assert axe_violations(page) == []
    assert overflow(page) == 0
    if size == "narrow":
        goes_by_keyboard(page)


def test_years_handed_in_together_are_held_together(tmp_path: Path, open_page: Opener) -> None:
    page = open_page("wide")
    for year in (2022, 2023):
        (tmp_path / f"{year}.html").write_bytes(drawn.page(drawn.consistent(), year))
    hand_in(page, tmp_path / "2022.html", tmp_path / "2023.html")
    expect(page.locator("main")).to_contain_text("对照的上年度报告")


def test_nothing_handed_in_is_said_on_the_form(open_page: Opener) -> None:
    page = open_page("narrow")
    page.goto("/check/")
    page.click("main button[type=submit]")
    expect(page.locator("#faults")).to_be_visible()


def test_the_certificate_made_again_is_the_same_to_the_byte(tmp_path: Path, open_page: Opener) -> None:
    made = []
    for name in ("年报.html", "别名.html"):
        page = open_page("wide")
        (tmp_path / name).write_bytes(drawn.page(BROKEN))
        hand_in(page, tmp_path / name)
        for certificate in ("检查证明.json", "检查证明.pdf"):
            with page.expect_download() as waiting:
                page.get_by_role("link", name=certificate).click()
            made.append(waiting.value.path().read_bytes())
    assert made[:2] == made[2:]


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
