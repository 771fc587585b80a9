"""An item drafted from a file: its text fills the form and stands beside it, what it hides is told, it is attached."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongkai.containers.office import program
from gongkai.disclosures.models import Disclosure, Incident, StoredFile
from gongkai.workbench.tests.test_items import WORDS, Office, office, text
from gongkai.workbench.views.from_file import SHOWN

__all__ = ["office"]  # the fixture
PLACE = "/desk/items/from-file/"
NUMBER = "吉市工信发〔2012〕17号"
LETTER = (NUMBER, "关于工业企业错峰用电的通知", "各有关企业:", "请按时错峰用电。", "2012年9月26日")


def letter(*more: str, author: str = "") -> bytes:
    """A letter as Word writes it."""
    made, buffer = docx.Document(), io.BytesIO()
    for line in (*LETTER, *more):
        made.add_paragraph(line)
    made.core_properties.author = author
    made.save(buffer)
    return buffer.getvalue()


def handed_in(office: Office, name: str, data: bytes, who: str = "author") -> Any:
    """The answer to a file handed in."""
    return office[who].post(PLACE, {"file": SimpleUploadedFile(name, data)})


def given(**changes: str) -> dict[str, str]:
    """The form as corrected."""
    return {**WORDS, "title": LETTER[1], "document_number": NUMBER, "made_on": "2012-09-26", **changes}


@pytest.fixture(autouse=True)
def somewhere(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def test_the_text_fills_the_form_and_the_file_becomes_the_attachment(office: Office, tmp_path: Path) -> None:
    waiting = handed_in(office, "通知.docx", letter(author="张某某"))
    page = text(office["author"].get(waiting.url))
    filled = (f'value="{NUMBER}"', f'value="{LETTER[1]}"', 'value="2012-09-26"', "2012年9月26日</textarea>", "<pre")
    assert [said for said in filled if said not in page] == []
    assert "公开副本已去除" in page  # the author's name is in the properties of the file
    assert not StoredFile.objects.exists()
    answer: Any = office["author"].post(waiting.url, given(body="改正了的正文"))
    item = Disclosure.objects.get()
    assert answer.url == f"/desk/items/{item.pk}/"
    version = item.versions.get()
    assert (version.body, version.attachments.get().name) == ("改正了的正文", "通知.docx")
    assert item.digest == version.digest
    assert "公开副本已去除" in text(office["author"].get(answer.url))
    assert "请按时错峰用电。" in text(office["author"].get(f"{answer.url}edit/"))
    assert not list((tmp_path / "uploads").iterdir())
    assert office["author"].get(waiting.url).status_code == 409


def test_a_refused_draft_keeps_what_was_typed_and_the_file(office: Office) -> None:
    waiting = handed_in(office, "通知.txt", "\n".join(LETTER).encode()).url
    answer = office["author"].post(waiting, given(made_on="上周", body="改了半天"))
    assert answer.status_code == 422
    assert "改了半天</textarea>" in text(answer)
    assert "请按时错峰用电" in text(answer)
    assert not Disclosure.objects.exists()
    assert office["author"].post(waiting, given()).status_code == 302


def test_of_a_very_long_text_the_pages_show_the_beginning(office: Office) -> None:
    waiting = handed_in(office, "长.txt", f"开头{'字' * 2 * SHOWN}末尾".encode()).url
    beside = text(office["author"].get(waiting))
    answer: Any = office["author"].post(waiting, given())
    for page in (beside, text(office["author"].get(f"{answer.url}edit/"))):
        assert "开头字" in page
        assert "字末尾" not in page
        assert len(page) < 2 * SHOWN


def test_a_file_that_another_request_throws_out_meanwhile_breaks_nothing(office: Office, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "gone").symlink_to("nowhere")  # listed, and no longer there when it is looked at
    assert handed_in(office, "通知.txt", "甲".encode()).status_code == 302


def test_scans_and_pictures_without_words_are_said_to_be_so(office: Office) -> None:
    picture, scan, made = io.BytesIO(), io.BytesIO(), pikepdf.new()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    made.add_blank_page()
    made.save(scan)
    assert "这是图片" in text(office["author"].get(handed_in(office, "图.png", picture.getvalue()).url))
    assert "扫描件" in text(office["author"].get(handed_in(office, "扫描.pdf", scan.getvalue()).url))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("包.zip", b"Rar!", "压缩包"), ("图.svg", b"<svg onload='x()'/>", "脚本"),
        ("空.txt", b"", "文件是空的"), ("木马.docx", b"MZ\x90", "程序"), ("../a.txt", b"", "文件是空的"),
        ("宏.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument _VBA_PROJECT".encode("utf-16-le"), "宏"),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_refused_with_a_sentence(office: Office, name: str, data: bytes, said: str) -> None:
    answer = handed_in(office, name, data)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_marked_file_is_kept_nowhere(office: Office, tmp_path: Path) -> None:
    answer = handed_in(office, "报告.txt", "机密★10年\n某事".encode())
    assert "没有保存" in text(answer)
    assert Incident.objects.count() == 1
    assert not (tmp_path / "uploads").exists()


def test_only_whoever_drafts_may_hand_a_file_in_and_only_they_see_it(office: Office) -> None:
    assert handed_in(office, "通知.txt", b"abc", who="reviewer").status_code == 403
    waiting = handed_in(office, "通知.txt", "甲".encode()).url
    assert office["lead"].get(waiting).status_code == 409
    assert office["author"].get(f"{PLACE}{'0' * 64}/").status_code == 409


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_published_as_a_new_one_and_its_original_sealed(office: Office) -> None:
    old = (Path(__file__).parent / "old.doc").read_bytes()  # the letter above, saved by LibreOffice as Word 97
    waiting = handed_in(office, "旧.doc", old)
    assert waiting.status_code == 302, text(waiting)
    assert "请按时错峰用电" in text(office["author"].get(waiting.url))
    assert office["author"].post(waiting.url, given()).status_code == 302
    kept = Disclosure.objects.get().versions.get().attachments.get()
    assert kept.name == "旧.docx"
    assert bytes(kept.original.content) == old
    assert bytes(kept.public_copy.content).startswith(b"PK")
