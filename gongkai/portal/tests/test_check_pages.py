"""The page where anybody hands in a report: what it shows, refuses, and does not keep."""

from __future__ import annotations

import base64
import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.reports.checking import public
from gongkai.reports.tests.checking import drawn

pytestmark = pytest.mark.django_db  # the frame of the page asks who is signed in


def hand_in(client: Client, *files: tuple[str, bytes], text: str = "") -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/check/", {"files": uploads, "text": text})


def downloads(page: str) -> dict[str, bytes]:
    """The downloads that the page carries in itself, the last of a name."""
    found = re.findall(r'href="data:[^;]+;base64,([^"]*)" download="([^"]*)"', page)
    return {unescape(name): base64.b64decode(data) for data, name in found}


def test_a_file_is_checked_and_its_findings_come_with_evidence_and_repair(client: Client) -> None:
    data = drawn.page(drawn.broken("t3.new_received.total", 2))
    page = hand_in(client, ("年报.html", data)).content.decode()
    assert "不通过" in page
    assert "可能的改法" in page
    files = downloads(page)
    made = json.loads(files["检查结果.json"])
    assert made["file"] == "年报.html"
    assert [one for one in made["findings"] if one["verdict"] == "fail"]
    assert files["检查结果.xlsx"].startswith(b"PK")
    assert files["检查证明.pdf"].startswith(b"%PDF")
    assert json.loads(files["检查证明.json"])["digest"] == made["digest"]


def test_reports_of_two_years_are_tied_together(client: Client) -> None:
    before, now = drawn.page(drawn.consistent(), 2022), drawn.page(drawn.consistent(), 2023)
    page = hand_in(client, ("a.html", before), ("b.html", now)).content.decode()
    made = json.loads(downloads(page)["检查结果.json"])
    assert [one["previous"] for one in made] == [None, "a.html"]


def test_pasted_text_is_checked(client: Client) -> None:
    page = hand_in(client, text=drawn.text(drawn.consistent())).content.decode()
    assert json.loads(downloads(page)["检查结果.json"])["form"] == "national_2021"


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"PK\x03\x04 no archive", b"%PDF-1.4 broken", b"hello"])
def test_a_file_that_is_no_report_is_refused_with_a_sentence(client: Client, data: bytes) -> None:
    answer = hand_in(client, ("x.bin", data))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_nothing_handed_in_is_asked_for(client: Client) -> None:
    assert client.post("/check/", {}).status_code == 400


def test_too_many_files_and_too_much_are_refused(client: Client) -> None:
    many = [(f"{number}.txt", b"x") for number in range(public.FILES + 1)]
    assert hand_in(client, *many).status_code == 400
    assert hand_in(client, text="字" * (public.TEXT_CHARACTERS + 1)).status_code == 400
    assert client.post("/check/", {}, headers={"content-length": str(public.ALL_BYTES * 2)}).status_code == 413


def test_a_forged_form_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/check/", {"text": "x"}).status_code == 403


def test_what_a_file_says_is_never_markup(client: Client) -> None:
    page = hand_in(client, ("<script>.txt", drawn.text(drawn.consistent()).encode())).content.decode()
    assert "<script>.txt" not in page
