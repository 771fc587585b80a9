"""The kind of a file, told by its first bytes."""

from __future__ import annotations

import pytest

from gongkai.papers import docx, xlsx
from gongkai.papers.unreadable import Unreadable
from gongkai.reports.checking.kinds import kind_of
from gongkai.reports.tests.checking import drawn

PAPER = drawn.paper(drawn.consistent())


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", b"<html><body>", "html"),
        ("a.xls", b"\xef\xbb\xbf<table><tr><td>1", "html"),
        ("a", "年度报告".encode("utf-16"), "txt"),
        ("a.txt", "<!--[if !supportLists]-->7、<span>".encode(), "txt"),
        ("a.txt", b"<!DOCTYPE html><html>", "html"),
        ("a.md", b"| 1 | 2 |<br>", "txt"),
        ("a.bin", b"%PDF-1.7", "pdf"),
        ("a.pdf", docx.write(PAPER), "docx"),
        ("a.docx", xlsx.write(PAPER), "xlsx"),
        ("a.json", b"{}", "json"),
    ],
)
def test_the_content_decides_and_not_the_name(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 x.png", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"GIF89a\x00", b"MIME-Version: 1.0"]
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        kind_of("a.html", data)
