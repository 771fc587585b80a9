"""Looking at words and files before they are kept: what they say, and what in them may have to stay closed."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.refusal import Refused

LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: rule and kind, where it stands, the text, how grave, the mask proposed and its basis."""

    kind: str
    rule: str
    where: str
    text: str
    severity: str
    mask: str
    basis: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as looked at. clean: the copy for the public. quarantined: the rule for which it must not be stored."""

    media_type: str
    text: str
    clean: bytes
    findings: tuple[Found, ...]
    quarantined: str = ""


def at_words(text: str) -> tuple[Found, ...]:
    """What is found in typed words."""
    return ()


def at_file(data: bytes, name: str) -> Looked:
    """A file, before it is stored. Refused when it cannot be read or is no kind that may be published."""
    if len(data) > LARGEST:
        raise Refused("file_too_large", f"“{name}”超过 20 兆字节;请压缩图片或拆成几个文件后再上传")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused("file_kind", f"“{name}”还不能筛查,没有保存;目前只收 UTF-8 文本文件") from fault
    return Looked("text/plain; charset=utf-8", text, data, at_words(text))
