"""What a file really is, by its content; wrong names and files that are two things are refused."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping

from gongkai.screening.refusal import NotAccepted

SUFFIXES: Mapping[str, str] = {
    "txt": "txt", "csv": "txt", "tsv": "txt", "md": "txt", "html": "html", "htm": "html", "svg": "svg", "pdf": "pdf",
    "docx": "docx", "xlsx": "xlsx", "pptx": "pptx", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif",
    "bmp": "bmp", "tif": "tiff", "tiff": "tiff", "webp": "webp",
}  # fmt: skip
IMAGES = frozenset(("png", "jpeg", "gif", "bmp", "tiff", "webp"))
OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_STARTS = (
    (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"BM", "bmp"), (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "rtf"), (b"MZ", "program"), (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"), (b"#!", "program"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"), (b"PK\x05\x06", "archive"),
)  # fmt: skip
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+\w+|[a-z][\w:]*)", re.I | re.S)
_ACTIVE = (b"<script", b"<?php", b"javascript:", b"<%@")
_REFUSALS = {
    "archive": ("archive", "压缩包不能整包上传。请解压后把文件逐个上传。"),
    "program": ("program", "这是程序或脚本,不能上传。请上传文档或图片。"),
    "rtf": ("old_office", "RTF 文件可以夹带对象,无法逐项检查。请另存为 docx 或 pdf 后再上传。"),
    "ole": ("old_office", "旧式 Office 文件(doc、xls、ppt)无法逐项检查。请另存为 docx、xlsx 或 pdf 后再上传。"),
    "unknown": ("unknown_kind", "不能检查这种文件。请另存为 docx、xlsx、pdf、html、txt 或图片后再上传。"),
}


def kind_of(data: bytes, name: str) -> str:
    """One of the values of SUFFIXES. NotAccepted for a bad name, a kind that the name denies, and two kinds at once."""
    check_name(name)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _by_content(data)
    if kind in _REFUSALS:
        raise NotAccepted(*_REFUSALS[kind])
    if suffix in ("docm", "xlsm", "pptm", "dotm", "xlam"):
        raise NotAccepted("macros", "文件带有宏。请另存为不带宏的 docx、xlsx 后再上传。")
    if suffix not in SUFFIXES:
        raise NotAccepted(*_REFUSALS["unknown"])
    if SUFFIXES[suffix] != kind and not (kind == "html" and suffix in ("txt", "md")):
        raise NotAccepted("wrong_kind", f"文件名以 .{suffix} 结尾,内容却是 {kind}。请改正文件名或重新导出。")
    _check_single(data, kind)
    return SUFFIXES[suffix]


def check_name(name: str) -> None:
    """NotAccepted `bad_name` for names that lead elsewhere or are not what they seem."""
    unseen = any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in name)
    if not name or len(name.encode("utf-8", "surrogatepass")) > 255 or unseen or set(name) & set('/\\:*?"<>|'):
        raise NotAccepted("bad_name", "文件名含有不能用的字符或过长。请改用普通文字命名后再上传。")
    if name.startswith(".") or name.endswith((".", " ")):
        raise NotAccepted("bad_name", "文件名不能以点开头,也不能以点或空格结尾。请改名后再上传。")


def _by_content(data: bytes) -> str:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    kind = next((kind for start, kind in _STARTS if data.startswith(start)), "")
    if kind == "zip":
        return _office(data)
    if kind == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        raise NotAccepted("encrypted", "文件设有密码,无法检查。请去掉密码后再上传。")
    return kind if kind and not (kind == "bmp" and data[14:18] not in _BITMAP_HEADS) else _text_kind(data)


_BITMAP_HEADS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise NotAccepted("damaged", "文件已损坏或不完整。请在办公软件中打开确认,另存后再上传。") from fault
    return next((kind for part, kind in OFFICE.items() if part in names), "archive")


def _text_kind(data: bytes) -> str:
    """txt, html or svg; unknown for bytes that are no text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data[:65_536]):
        return "unknown"
    start = data[:4096].decode("utf-16" if marked else "latin-1", "replace").removeprefix("ï»¿")
    found = _MARKUP.match(start)
    if found is None:
        return "txt"
    tag = found.group(1).lower().split()
    return "svg" if "svg" in tag or (tag[0] != "!doctype" and tag[-1].endswith(":svg")) else "html"


def _check_single(data: bytes, kind: str) -> None:
    """NotAccepted `polyglot` for a file that another program would read as something else."""
    if kind not in OFFICE.values() and zipfile.is_zipfile(io.BytesIO(data)):
        raise NotAccepted("polyglot", "文件里还藏着一个压缩包。请重新导出一份干净的文件再上传。")
    head, tail = data[:1024].lower(), data[-4096:].lower()
    if kind == "pdf" and any(mark in head or mark in tail.rpartition(b"%%eof")[2] for mark in _ACTIVE):
        raise NotAccepted("polyglot", "PDF 里混有网页脚本。请重新导出一份干净的文件再上传。")
    if kind in IMAGES and (b"%PDF-" in data or any(mark in data.lower() for mark in _ACTIVE)):
        raise NotAccepted("polyglot", "图片里混有脚本或别的文件。请用看图软件另存一份再上传。")
