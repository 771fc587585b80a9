"""A file that hangs or crashes what looks at it ends in a sentence, and the next one is looked at."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.disclosures import apart, looking
from gongkai.law.refusal import Refused

TEXT = "身份证号码:11010519491231002X".encode()


def test_looked_at_apart_is_looked_at_the_same() -> None:
    assert apart.at_file(TEXT, "名单.txt") == looking.at_file(TEXT, "名单.txt")
    hits = [("11010519491231002X", "1*****************", "依据")]
    assert apart.masked(TEXT, "名单.txt", hits) == looking.masked(TEXT, "名单.txt", hits)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_looked_at() -> None:
    with pytest.raises(Refused) as refused:
        apart.at_file(TEXT * 20_000, "很长.txt", seconds=0.001)
    assert refused.value.code == "too_slow"
    assert "很长.txt" in refused.value.reason
    assert apart.at_file("甲".encode(), "短.txt").text == "甲"


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 200_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("炸.docx", bomb()),
        ("外.svg", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><svg><text>&b;</text></svg>'),
        ("环.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"),
    ],
)
def test_a_hostile_file_ends_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match=name):
        apart.at_file(data, name)


def test_a_process_that_died_while_it_waited_is_no_fault_of_the_next_file() -> None:
    apart.at_file(TEXT, "名单.txt")
    waiting = apart._waiting.get_nowait()
    assert waiting._process is not None
    waiting._process.kill()
    waiting._process.wait()
    apart._waiting.put(waiting)
    assert apart.at_file("甲".encode(), "短.txt").text == "甲"
