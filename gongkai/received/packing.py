"""What was handed in as files: archives unpacked within limits, names made safe and told apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from gongkai.law.refusal import Refused
from gongkai.reports.checking.folder import LARGEST
from gongkai.reports.checking.kinds import SUFFIXES

MEGABYTE = 1024 * 1024
FILES = 1000
ALL_BYTES = 300 * MEGABYTE
LONGEST_NAME = 60  # characters of one part of a name; 180 bytes in UTF-8
UTF8_NAME = 0x800


class Handed(NamedTuple):
    """A file with the name by which it is known, folders and all."""

    name: str
    content: bytes


def files_of(handed: Iterable[tuple[str, bytes]]) -> list[Handed]:
    """Every report among the files: archives give what is in them, in the order of names.

    Refused "no_file", "too_many", "too_large", and where an archive is damaged or locked.
    """
    found: dict[str, bytes] = {}
    total = 0
    for name, content in (one for given in handed for one in _opened(*given)):
        total += len(content)
        if len(found) == FILES:
            raise Refused("too_many", f"一次最多收 {FILES} 份报告；请分几次提交")
        if total > ALL_BYTES:
            raise Refused("too_large", f"解开后合计超过 {ALL_BYTES // MEGABYTE} 兆字节；请分几次提交")
        found[_own_name(name, found)] = content
    if not found:
        raise Refused("no_file", "没有可检查的文件；请选择网页、Word、PDF、OFD、Excel、文本文件，或装有这些文件的 zip")
    return [Handed(name, found[name]) for name in sorted(found)]


def is_archive(name: str, content: bytes) -> bool:
    """Whether it is to be unpacked: docx and xlsx are zip files as well, and are not."""
    return name.lower().endswith(".zip") and content.startswith(b"PK")


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if not is_archive(name, content):
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                inside = _name_of(member)
                if not member.is_dir() and _wanted(inside):
                    yield inside, _read(archive, member, inside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Refused("damaged", f"{name}：压缩包损坏、设有密码，或用了不支持的压缩方法；请重新压缩后再交") from None


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """Its bytes; counted while they come, because what an archive says of its sizes need not be true."""
    with archive.open(member) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused("too_large", f"压缩包内的 {name} 超过 {LARGEST // MEGABYTE} 兆字节，不收；请去掉后再交")
    return content


def _name_of(member: zipfile.ZipInfo) -> str:
    """Windows writes Chinese names in GB18030 and does not say so; zipfile then takes them for cp437."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
    return not hidden and name.rpartition(".")[2].lower() in SUFFIXES


def _own_name(name: str, taken: Iterable[str]) -> str:
    """A relative name without tricks in it, unlike those taken."""
    bare = "".join(letter if letter.isprintable() else " " for letter in name.replace("\\", "/"))
    parts = [_short(part) for part in PurePosixPath(bare).parts if part not in ("/", "..", ".")][-3:] or ["报告"]
    safe = "/".join(parts)
    stem, dot, suffix = safe.rpartition(".")
    number = 2
    while safe in taken:
        safe = f"{stem or suffix}({number}){dot}{suffix if stem else ''}"
        number += 1
    return safe


def _short(part: str) -> str:
    part = part.replace(":", " ").strip()
    if len(part) <= LONGEST_NAME:
        return part or "_"
    stem, dot, suffix = part.rpartition(".")
    return f"{(stem or suffix)[: LONGEST_NAME - 10]}…{dot}{suffix[:8] if stem else ''}"
