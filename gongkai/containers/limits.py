"""What a file from outside may cost: sizes, packed sizes, cells. Checked before any parser sees the bytes."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.containers.unreadable import Unreadable

MEGABYTE = 1024 * 1024
FILE_BYTES = 20 * MEGABYTE
UNPACKED_BYTES = 150 * MEGABYTE
ZIP_MEMBERS = 3_000
GRID_CELLS = 3_000_000  # a register of 100,000 rows and 30 columns

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    KeyError,
)


def check_size(data: bytes) -> None:
    """Refuse an empty file and one of more than FILE_BYTES."""
    if not data:
        raise Unreadable("empty", "文件是空的。请确认选对了文件，再重新上传。")
    if len(data) > FILE_BYTES:
        raise Unreadable(
            "too_large",
            f"文件有{len(data) / MEGABYTE:.1f}兆字节，超过{FILE_BYTES // MEGABYTE}兆的上限。"
            "请删去图片或拆成几个文件后再上传。",
        )


def unpack(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Unpack a zip container (docx, xlsx) with limits; gives the members whose name is `wanted`.

    Every member is inflated and its checksum compared, also those not wanted: a parser further on reads them too, and a
    header may understate a size. zipfile stops at the stated size, so an understatement ends as a checksum fault.
    """
    return {name: content for name, content in members(data) if wanted(name)}


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of a zip container one after another, with the same limits: only one is held at a time."""
    check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = package.infolist()
            if any(member.flag_bits & 1 for member in found):
                raise Unreadable("encrypted", "文件设有密码，无法读取。请去掉密码后再上传。")
            if len(found) > ZIP_MEMBERS or sum(member.file_size for member in found) > UNPACKED_BYTES:
                raise Unreadable("too_large", "文件解压后过大，已停止读取。请删去图片等内容，另存后再上传。")
            for member in found:
                yield member.filename, _inflated(package, member)
    except ZIP_FAULTS as fault:
        raise damaged() from fault


def _inflated(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The whole member, piece by piece: `ZipFile.read` holds it twice."""
    content = io.BytesIO()
    with package.open(member) as packed:
        shutil.copyfileobj(packed, content, MEGABYTE)
    return content.getvalue()


def check_parts(data: bytes, most: int) -> None:
    """Refuse a container whose parts of XML state more bytes together than `most`, before any of them is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except ZIP_FAULTS:
        raise damaged() from None
    if sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".rels"))) > most:
        raise Unreadable("too_large", "文件解压后的文字部分过大，不像一份年度报告。请只提供报告本身。")


def xml(part: bytes) -> etree._Element:
    """Parse an XML part: no entities, no DTD, no network, at most 256 levels (libxml2 without huge_tree)."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except (etree.LxmlError, ValueError) as fault:
        raise damaged() from fault


def damaged() -> Unreadable:
    """What is said of a file that cannot be read to its end."""
    return Unreadable("damaged", "文件已损坏或不完整，无法读取。请在办公软件中打开确认，另存后再上传。")


# ── Worksheets ──
# A worksheet is laid out as one dense block from its first to its last cell, so one cell at XFD1048576 would ask for
# gigabytes. The extent is read from the tags first. Without comments, CDATA and processing instructions no `<` stands
# anywhere but at a tag, so the expression below cannot be led past a real cell.
_TAG = re.compile(rb"""<(?:[A-Za-z_][\w.-]*:)?(c|row|mergeCell)\s((?:[^"'<>]|"[^"]*"|'[^']*')*)>""")
_PLACE = re.compile(rb"""(?:^|\s)(?:r|ref)\s*=\s*["']([^"']*)["']""")
_A1 = re.compile(rb"^\$?([A-Z]{0,3})\$?(\d{1,7})$")


def check_worksheet(xml: bytes) -> None:
    """Refuse a worksheet part whose cells span more than GRID_CELLS places, or that hides its places."""
    declared = xml.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"?>" in xml
    start = xml.index(b"?>") + 2 if declared else 0  # a copy without it would take as much memory again
    if xml.find(b"<!", start) >= 0 or xml.find(b"<?", start) >= 0 or b"\x00" in xml[start : start + 64]:
        raise Unreadable("wrong_kind", "工作表含有不常见的标记，无法安全读取。请在办公软件中打开，另存后再上传。")
    rows = columns = in_row = 0
    for found in _TAG.finditer(xml, start):
        tag, attributes = found.groups()
        in_row = 0 if tag == b"row" else in_row + 1
        rows += tag == b"row"
        place = _PLACE.search(attributes)
        row, column = _corner(place.group(1)) if place else (0, 0)
        rows, columns = max(rows, row), max(columns, column, in_row)
    if rows * columns > GRID_CELLS:
        raise Unreadable("too_large", f"工作表铺开有{rows}行{columns}列，超过上限。请删去多余的空行、空列后再上传。")


def _corner(place: bytes) -> tuple[int, int]:
    """The last row and column of `B7`, `7` or `B7:D9`; a place in any other notation is refused."""
    match = _A1.match(place.rpartition(b":")[2])
    if match is None:
        raise damaged()
    column = 0
    for letter in match.group(1):
        column = column * 26 + letter - 64
    return int(match.group(2)), column
