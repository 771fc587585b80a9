"""What is handed in: archives unpacked within limits, Chinese names of Windows, names made safe."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.law.refusal import Refused
from gongkai.received import packing
from gongkai.received.packing import files_of
from gongkai.reports.checking import folder


def archive(*members: tuple[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return whole.getvalue()


def names(*members: tuple[str, bytes]) -> list[str]:
    return [one.name for one in files_of([("报告.zip", archive(*members))])]


def test_a_folder_in_an_archive_keeps_its_folders_and_leaves_out_what_is_no_report() -> None:
    members = [("局/2023.html", b"a"), ("局/~$x.docx", b"b"), ("__MACOSX/2023.html", b"c"), ("说明.exe", b"d")]
    assert names(*members) == ["局/2023.html"]


def test_chinese_names_written_by_windows_are_read() -> None:
    whole = archive(("abcdef.txt", b"a")).replace(b"abcdef", "水务局".encode("gb18030"))
    assert files_of([("报告.zip", whole)])[0].name == "水务局.txt"


def test_names_lead_nowhere_else_and_are_told_apart() -> None:
    assert names(("/etc/年报.txt", b"a"), ("a/../etc/年报.txt", b"b")) == ["a/etc/年报.txt", "etc/年报.txt"]
    given = [("../年报.txt", b"a"), ("年报.txt", b"b")]
    assert [one.name for one in files_of(given)] == ["年报(2).txt", "年报.txt"]
    assert len(names((f"{'长' * 300}.html", b"a"))[0]) <= packing.LONGEST_NAME


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04broken", "damaged"), (archive(("说明.exe", b"x")), "no_file")],
)
def test_an_archive_that_gives_nothing_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        files_of([("报告.zip", content)])
    assert refused.value.code == code


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    with pytest.raises(Refused) as refused:
        files_of([("报告.zip", archive(("年报.txt", b"0" * (folder.LARGEST + 1))))])
    assert refused.value.code == "too_large"


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "FILES", 2)
    with pytest.raises(Refused) as refused:
        names(*((f"{n}.txt", b"a") for n in range(3)))
    assert refused.value.code == "too_many"
