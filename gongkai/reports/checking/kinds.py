"""What kind of file lies before us, told by its first bytes; its name is asked only where they do not tell."""

from __future__ import annotations

import re
from typing import Literal

from gongkai.papers.unreadable import Unreadable

Kind = Literal["json", "html", "docx", "doc", "pdf", "xlsx", "txt"]
# What may be offered to a reader, by suffix. A page saved as `.doc` or `.xls` is common: the content decides.
SUFFIXES = ("html", "htm", "mht", "docx", "doc", "wps", "pdf", "txt", "text", "md", "markdown", "xlsx", "xls", "json")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|span|script)\b", re.IGNORECASE)
_WHOLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_TEXTS = ("txt", "text", "md", "markdown")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file. Unreadable `unknown_kind` for pictures, programs, archives and old spreadsheets."""
    head = data[:4096]
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        if _WORD_STREAM in data:
            return "doc"
        raise Unreadable("wrong_kind", "这是旧版 Office 文件或设有密码。请去掉密码,另存为 docx 或 xlsx 后再检查。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text(name, head)


def _packed(data: bytes) -> Kind:
    if b"word/" in data:
        return "docx"
    if b"xl/" in data:
        return "xlsx"
    raise Unreadable("unknown_kind", "这是压缩包,不是年度报告。请解压后逐个检查其中的文件。")


def _text(name: str, head: bytes) -> Kind:
    suffix = name.rpartition(".")[2].lower()
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            "unknown_kind",
            "认不出文件的格式。能检查:html、docx、doc、pdf、txt、md、xlsx 和本系统的 json。",
        )
    if suffix == "json":
        return "json"
    if head.lstrip()[:13].lower() == b"mime-version:" or b"\nContent-Type: multipart/related" in head:
        raise Unreadable("wrong_kind", "这是单个文件的网页存档(mht)。请在浏览器中另存为“网页,仅HTML”后再检查。")
    # Text and Markdown may carry a stray tag; a page that calls itself text begins as a page does.
    begins = suffix not in _TEXTS or bool(_WHOLE.match(head))
    return "html" if suffix in ("html", "htm") or (begins and _HTML.search(head)) else "txt"
