"""A file that hangs or crashes what looks at it ends in a sentence, and the next one is looked at."""

from __future__ import annotations

import base64
import io
import os
import tempfile
import zipfile
from pathlib import Path

import pytest

from gongkai.containers import office
from gongkai.containers.guarded import Guarded, TooSlow
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


def test_of_a_file_that_is_given_up_nothing_is_left_lying_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, place = tmp_path / "soffice", tmp_path / "temporary"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    place.mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    old = base64.b64encode(office.OLE + "WordDocument".encode("utf-16-le")).decode("ascii")
    one = Guarded(apart.MODULE, 3.0)
    with pytest.raises(TooSlow):
        one.answer({"do": "file", "name": "旧.doc", "data": old})
    assert list(place.iterdir()) == []
