"""Files made to harm are refused with a sentence; broken files end in a result or a refusal, never a crash."""

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.screening.clean import clean_copy
from gongkai.screening.files import screen_file
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.tests import specimens as made
from gongkai.screening.tests.pages import rules
from gongkai.screening.tests.test_clean import SEEN
from gongkai.screening.tests.test_hidden import FILES

OPEN = "<w:r><w:t>公开</w:t></w:r>"
EVIL = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
WIDE = EVIL.decode().encode("utf-16")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SVG = 'xmlns="http://www.w3.org/2000/svg"'


def _docx_and(name: str, part: bytes) -> bytes:
    return made.docx_of(OPEN, **{name: part})


def _bomb() -> bytes:
    return _docx_and("word/media/image1.png", bytes(200 * 1024 * 1024))


def _understated() -> bytes:
    """A member whose header states fewer bytes than it unpacks to."""
    data = bytearray(_docx_and("word/big.xml", b"<a>" + b" " * 5_000_000 + b"</a>"))
    size = (5_000_007).to_bytes(4, "little")
    return bytes(data).replace(size, (100).to_bytes(4, "little"))


def _pdf_bomb() -> bytes:
    packed = zlib.compress(bytes(200 * 1024 * 1024), 9)
    stream = b"5 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return b"%PDF-1.4\n" + stream + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def _giant() -> bytes:
    """A picture whose head states 65,536 by 65,536 pixels."""
    return made.picture()[:16] + b"\x00\x01\x00\x00\x00\x01\x00\x00" + made.picture()[24:]


def _entity_drawing() -> bytes:
    return f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///x">]><svg {SVG}>&e;</svg>'.encode()


def _locked() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf_of(made.line("open")))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    return buffer.getvalue()


def _zip_of(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "x")
    return buffer.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.docx", _bomb, "too_large"),
    "zip that lies about its sizes": ("a.docx", _understated, "damaged"),
    "pdf bomb": ("a.pdf", _pdf_bomb, "too_large"),
    "picture of more pixels than memory": (
        "a.png", _giant, "too_large|damaged"),
    "pdf and zip": ("a.pdf", lambda: made.pdf_of("") + _zip_of("a.class"), "polyglot"),
    "picture and zip": ("a.png", lambda: made.picture() + _zip_of("a.class"), "polyglot"),
    "picture and web page": ("a.gif", lambda: made.picture("GIF") + b"<script>alert(1)</script>", "polyglot"),
    "picture and pdf": ("a.jpg", lambda: made.picture("JPEG") + made.pdf_of(""), "polyglot"),
    "pdf behind other bytes": ("a.pdf", lambda: b"GIF89a" + made.pdf_of(""), "wrong_kind"),
    "script in svg": ("a.svg", lambda: f"<svg {SVG}><script>alert(1)</script></svg>".encode(), "script"),
    "event in svg": ("a.svg", lambda: f'<svg {SVG} onload="alert(1)"/>'.encode(), "script"),
    "page inside svg": ("a.svg", lambda: f"<svg {SVG}><foreignObject/></svg>".encode(), "script"),
    "svg that fetches": ("a.svg", lambda: f'<svg {SVG}><image href="http://x/a.png"/></svg>'.encode(), "script"),
    "script in html": ("a.html", lambda: b"<p>a</p><script>alert(1)</script>", "script"),
    "event in html": ("a.html", lambda: b'<p onclick="alert(1)">a</p>', "script"),
    "address that runs": ("a.html", lambda: b'<a href=" java\tscript:alert(1)">a</a>'.replace(b"\t", b""), "script"),
    "frame": ("a.html", lambda: b'<iframe src="http://x"></iframe>', "script"),
    "page that leads away": ("a.html", lambda: b'<meta http-equiv="refresh" content="0;url=http://x">', "script"),
    "macros": ("a.docx", lambda: _docx_and("word/vbaProject.bin", b"x"), "macros"),
    "macro suffix": ("a.docm", lambda: made.docx_with("a"), "macros"),
    "path out of the container": ("a.docx", lambda: _docx_and("../../etc/passwd", b"x"), "bad_path"),
    "entities in docx": ("a.docx", lambda: _docx_and("word/document.xml", EVIL), "xml_entities"),
    "entities in utf-16": ("a.docx", lambda: _docx_and("word/document.xml", WIDE), "xml_entities"),
    "entities in svg": ("a.svg", _entity_drawing, "xml_entities"),
    "locked pdf": ("a.pdf", _locked, "encrypted"),
    "locked office file": ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "old word file": ("a.doc", lambda: OLE + bytes(99), "old_office"),
    "rtf": ("a.rtf", lambda: b"{\\rtf1}", "old_office"),
    "program": ("a.txt", lambda: b"MZ\x90\x00", "program"),
    "shell script": ("a.txt", lambda: b"#!/bin/sh\nrm -rf /", "program"),
    "archive": ("a.zip", lambda: _zip_of("a.txt"), "archive"),
    "archive called docx": ("a.docx", lambda: _zip_of("a.txt"), "archive"),
    "picture called pdf": ("a.pdf", made.picture, "wrong_kind"),
    "workbook called docx": ("a.docx", lambda: made.xlsx_of(lambda sheet: None), "wrong_kind"),
    "bytes called txt": ("a.txt", lambda: bytes(range(256)), "unknown_kind"),
    "nothing": ("a.txt", lambda: b"", "empty"),
    "too large": ("a.txt", lambda: b"a" * (20 * 1024 * 1024 + 1), "too_large"),
    "name with a path": ("../a.txt", lambda: b"a", "bad_name"),
    "name that turns round": ("a\u202etxt.exe.txt", lambda: b"a", "bad_name"),
    "name of two kinds": ("a.pdf.exe", lambda: made.pdf_of(""), "unknown_kind"),
    "name without a kind": ("a", lambda: b"a", "unknown_kind"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(case: str) -> None:
    name, make, code = HOSTILE[case]
    with pytest.raises(NotAccepted) as refusal:
        screen_file(make(), name, rules())
    assert refusal.value.code in code.split("|")
    assert refusal.value.reason.endswith("。")


@pytest.mark.parametrize("case", HOSTILE)
def test_no_copy_is_made_of_a_hostile_file(case: str) -> None:
    name, make, _ = HOSTILE[case]
    with pytest.raises(NotAccepted):
        clean_copy(make(), name, [], rules())


GOOD = [(name, make()) for name, make in SEEN.items()] + [(name, make()) for name, make in FILES.values()]
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["flip", "cut", "drop", "double", "zero"]), st.integers(0, 255)),
    max_size=6,
)


def _changed(data: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    body = bytearray(data)
    for share, how, value in changes:
        at = int(share * max(len(body) - 1, 0))
        if how == "flip" and body:
            body[at] ^= value or 1
        elif how == "cut":
            del body[at:]
        elif how == "drop":
            del body[at : at + value]
        elif how == "double":
            body[at:at] = body[at : at + value]
        else:
            body[at : at + value] = bytes(value)
    return bytes(body)


@settings(max_examples=150, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(GOOD), CHANGES)
def test_a_broken_file_ends_in_a_result_or_a_refusal(
    good: tuple[str, bytes], changes: list[tuple[float, str, int]]
) -> None:
    name, data = good
    for work in (screen_file, lambda data, name, rules: clean_copy(data, name, [], rules)):
        with suppress(NotAccepted):
            work(_changed(data, changes), name, rules())


@settings(max_examples=150, deadline=20_000)
@given(
    st.sampled_from(["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]),
    CHANGES,
)
def test_a_word_file_with_a_broken_part_ends_in_a_result_or_a_refusal(
    part: str, changes: list[tuple[float, str, int]]
) -> None:
    data = dict(GOOD)["a.docx"]
    broken = made.rezipped(data, {part: _changed(made.part_of(data, part), changes)})
    for work in (screen_file, lambda data, name, rules: clean_copy(data, name, [], rules)):
        with suppress(NotAccepted):
            work(broken, "a.docx", rules())
