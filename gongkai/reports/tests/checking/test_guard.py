"""Files that hang, swell, nest or crash end in a sentence, and the next file is checked as if nothing had been."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from random import Random

import pytest

from gongkai.papers import docx, pdf, xlsx
from gongkai.reports.checking import guard, one
from gongkai.reports.checking.guard import Worker
from gongkai.reports.tests.checking import drawn

LIMIT = 12.0  # seconds; ten for the work and a little for ending it


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with guard.worker() as made:
        yield made


def survives(worker: Worker, name: str, data: bytes) -> None:
    """A result or a refusal in Chinese, in time; and a good file behind it is read."""
    start = time.monotonic()
    found = one.check_bytes(worker, name, data)
    assert time.monotonic() - start < LIMIT
    assert found.report is not None or (found.refused is not None and found.refused.reason.startswith(name))


def bomb(inner: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml" if inner == "docx" else "xl/workbook.xml", b"<a>" + b" " * 400_000_000)
    return buffer.getvalue()


HOSTILE = {
    "empty.html": b"",
    "deep.html": b"<div>" * 200_000,
    "tables.html": b"<table><tr><td>" * 50_000,
    "spans.html": b"<table>" + b"<tr><td colspan=1000 rowspan=65534>1</td></tr>" * 400 + b"</table>",
    "digits.txt": "一、本年新收政府信息公开申请数量".encode() + b"1" * 2_000_000,
    "headings.txt": "一、一、".encode() * 200_000,
    "deep.json": b"[" * 500_000,
    "null.json": b"null",
    "surrogates.txt": b"\xed\xa0\x80\xff\xfe" * 5000,
    "bars.md": b"|" * 1_000_000,
    "lines.md": b"| 1 | 2 |\n" * 100_000,
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 50,
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(worker: Worker, name: str) -> None:
    survives(worker, name, HOSTILE[name])


@pytest.mark.parametrize("inner", ["docx", "xlsx"])
def test_a_zip_bomb_ends_in_a_sentence(worker: Worker, inner: str) -> None:
    survives(worker, f"bomb.{inner}", bomb(inner))


def mutated(data: bytes, chance: Random) -> bytes:
    """Cut, doubled, shuffled, with bytes changed, or in another encoding."""
    kind = chance.randrange(5)
    middle = chance.randrange(len(data))
    if kind == 0:
        return data[:middle]
    if kind == 1:
        return data[middle:] + data[:middle]
    if kind == 2:
        pieces = [data[place : place + 97] for place in range(0, len(data), 97)]
        chance.shuffle(pieces)
        return b"".join(pieces)
    if kind == 3:
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 60)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    return data.decode("utf-8", "replace").encode(chance.choice(("gb18030", "utf-16", "utf-8-sig")))


@pytest.mark.parametrize("suffix", ["html", "txt", "docx", "xlsx", "pdf"])
def test_mutated_reports_end_in_a_result_or_a_sentence(worker: Worker, suffix: str) -> None:
    chance = Random(suffix)
    paper = drawn.paper(drawn.consistent())
    whole = {
        "html": lambda: drawn.page(drawn.consistent()), "txt": lambda: drawn.text(drawn.consistent()).encode(),
        "docx": lambda: docx.write(paper), "xlsx": lambda: xlsx.write(paper), "pdf": lambda: pdf.write(paper),
    }[suffix]()  # fmt: skip
    for _ in range(6 if suffix == "pdf" else 25):
        survives(worker, f"年报.{suffix}", mutated(whole, chance))


def test_a_worker_that_hangs_is_ended_and_replaced() -> None:
    with guard.worker(seconds=0.001) as hasty:
        slow = one.check_bytes(hasty, "年报.html", drawn.page(drawn.consistent()))
        assert slow.refused is not None
        assert slow.refused.code == "too_slow"
        hasty.seconds = guard.SECONDS
        assert one.check_bytes(hasty, "年报.html", drawn.page(drawn.consistent())).report is not None


def test_a_worker_that_falls_says_so_and_the_next_file_is_read(worker: Worker) -> None:
    fallen = worker.ask({"do": "no such task", "name": "x"})
    assert fallen["refused"][0] == "unreadable"
    assert one.check_bytes(worker, "年报.html", drawn.page(drawn.consistent())).report is not None
