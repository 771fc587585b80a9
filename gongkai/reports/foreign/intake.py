"""Bytes from anywhere as documents: what kind of file it is by its content, and each kind read within limits."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from email.message import EmailMessage

from gongkai.containers import limits, office
from gongkai.law.refusal import Refused
from gongkai.papers import docx, ofd, xlsx
from gongkai.papers.html.reading import decode
from gongkai.papers.pdf.sides import read_sides
from gongkai.papers.reading import Reading
from gongkai.papers.unreadable import Unreadable
from gongkai.reports.foreign import markdown, saved

TEXT_BYTES = 6 * limits.MEGABYTE  # a report is far smaller; a longer one is no report
LONGEST = 400_000  # characters; the longest reports with all the navigation of their pages have a quarter of that
XML_BYTES = 4 * limits.MEGABYTE
OFD_BYTES = 32 * limits.MEGABYTE  # each character may be an element of its own there
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|div|p|span|td|tr|meta|script)\b", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NEEDED = 20  # Chinese characters without which a file says nothing
_MARKUP = re.compile(r"<[^<>]{0,2000}>|[\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def documents(data: bytes, name: str) -> list[Reading]:
    """The documents in a file: one, or two where a PDF prints two reports side by side. Refused when it has no text.

    The kind is told by content; the name decides only between plain text and Markdown. Sizes are bounded here; what a
    hostile PDF may cost in time and memory is for the process to bound in which this runs.
    """
    try:
        limits.check_size(data)
        found = _read(data, name)
    except Unreadable as fault:
        raise Refused(fault.code, fault.reason) from None
    if not any(_says_something(reading) for reading in found):
        if any(reading.text.strip() for reading in found):
            raise Refused("no_text", "文件里几乎没有汉字,不是一份报告。请确认选对了文件;扫描件请先做文字识别再查。")
        raise Refused("no_text", "文件里没有文字,可能是扫描件或图片。请提供由办公软件导出的文件,或先做文字识别再查。")
    return found


def _read(data: bytes, name: str) -> list[Reading]:
    head = data[:1024]
    if b"%PDF-" in head:
        return read_sides(data)
    if head.startswith(b"PK"):
        return _package(data)
    if head.startswith(_OLE) or head.lstrip().startswith(b"{\\rtf"):
        return _package(office.modern(data))
    if head.startswith(_IMAGES):
        raise Refused("no_text", "这是一张图片,没有文字可读。请提供由办公软件导出的文件,或先做文字识别再查。")
    if len(data) > TEXT_BYTES:
        most = TEXT_BYTES // limits.MEGABYTE
        raise Refused("too_large", f"网页或文本超过{most}兆字节,不像一份年度报告。请只提供报告本身。")
    if re.match(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?mime-version:", head, re.IGNORECASE):
        data = _from_mime(data)
    return [_text(data, name)]


def _package(data: bytes) -> list[Reading]:
    """A docx, xlsx or OFD, told apart by the parts it holds."""
    limits.check_parts(data, OFD_BYTES)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
    if "OFD.xml" in names:
        return ofd.read(data)
    limits.check_parts(data, XML_BYTES)
    if any(name.startswith("word/") for name in names):
        return [docx.read(data)]
    if any(name.startswith("xl/") for name in names):
        return [xlsx.read(data)]
    raise Refused("unknown_kind", "这个压缩包里没有 Word、Excel 或 OFD 文档。请解压后逐个检查其中的文件。")


def _from_mime(data: bytes) -> bytes:
    """The page in a web archive (mht)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    return data


def _text(data: bytes, name: str) -> Reading:
    text = decode(data)
    if len(_CONTROL.findall(text[:4096])) > 8:
        raise Refused("unknown_kind", "认不出文件的格式。能读 PDF、OFD、Word、Excel、网页、Markdown 和纯文本。")
    text = _CONTROL.sub("", text)
    suffix = name.rpartition(".")[2].lower()
    if suffix == "json":
        text = saved.said(text)
    if saved.is_quoted(text) or (suffix not in ("md", "markdown", "txt") and _HTML.search(text[:20_000])):
        return saved.read(text)
    if suffix == "txt" and text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
        return saved.read(text)
    if len(text) > LONGEST and len(_MARKUP.sub("", text)) > LONGEST:
        raise too_long()  # before its marks are taken off one by one
    return markdown.read(text, plain=suffix not in ("md", "markdown"))


def too_long() -> Refused:
    """The refusal of what is far longer than any report."""
    return Refused("too_large", f"文字超过{LONGEST // 10_000}万字,不像一份年度报告。请只提供报告本身。")


def _says_something(reading: Reading) -> bool:
    count = len(_CHINESE.findall(reading.text))
    for grid in reading.grids:
        count += sum(len(_CHINESE.findall(text)) for row in grid.texts()[:200] for text in row)
    return count >= _NEEDED
