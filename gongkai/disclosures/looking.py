"""Looking at words and files before they are kept: what they say, and what in them may have to stay closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.containers import office
from gongkai.containers.unreadable import Unreadable
from gongkai.law import book
from gongkai.law.refusal import Refused
from gongkai.screening.clean import clean_copy
from gongkai.screening.files import screen_file
from gongkai.screening.findings import Finding, Mask
from gongkai.screening.kinds import IMAGES
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.rules import Rules
from gongkai.screening.text import screen_text

LARGEST = 20 * 1024 * 1024
QUARANTINE = "quarantine"
OLD = {"doc": "docx", "wps": "docx", "xls": "xlsx", "et": "xlsx"}
"""Old office files by the ends of their names, and what is made of them."""
OFFICE_SECONDS = 40.0
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Mapping[str, str] = {
    "txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8", "svg": "image/svg+xml",
    "pdf": "application/pdf", "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet", "pptx": f"{_OFFICE}.presentationml.presentation", "png": "image/png",
    "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "tiff": "image/tiff", "webp": "image/webp",
}  # fmt: skip
PICTURES = frozenset(MEDIA_TYPES[kind] for kind in IMAGES)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as looked at. public: the copy for the public, and the name it has there.

    left_out: what the original hides and the copy has no more; findings: what is still found in the copy.
    quarantined: the rule for which the file must not be stored.
    """

    name: str
    media_type: str
    text: str
    public: bytes
    findings: tuple[Finding, ...]
    left_out: tuple[Finding, ...] = ()
    quarantined: str = ""

    @property
    def wordless(self) -> bool:
        """Whether there is nothing to read in it: a picture, or a scan without text."""
        return not self.text.strip()


@cache
def rules() -> Rules:
    """The pages of the book's chapter on screening, made ready once."""
    return Rules.of({name: book.page("screening", name) for name in book.pages("screening")})


def rule_title(name: str) -> str:
    """What a rule looks for, in Chinese; its own name when the book has it no more."""
    rule = rules().by_id.get(name)
    return rule.title if rule else name


def at_words(text: str) -> tuple[Finding, ...]:
    """What is found in typed words."""
    return screen_text(text, rules())


def at_file(data: bytes, name: str) -> Looked:
    """A file, before it is stored. Refused when it cannot be read or is no kind that may be published."""
    if len(data) > LARGEST:
        raise Refused("file_too_large", f"“{name}”超过 20 兆字节;请压缩图片或拆成几个文件后再上传")
    shown, data = _modern(name, data)
    try:
        screened = screen_file(data, shown, rules())
    except NotAccepted as refused:
        raise Refused(refused.code, f"“{name}”没有保存:{refused.reason}") from refused
    if screened.quarantined:
        return Looked(shown, "", "", b"", screened.findings, quarantined=mark_of(screened.findings))
    looked = public_side(copied(data, shown, ()), shown)
    still = {(one.rule, one.text) for one in looked.findings}
    gone = tuple(one for one in screened.findings if one.span is None and (one.rule, one.text) not in still)
    return Looked(shown, looked.media_type, looked.text, looked.public, looked.findings, gone)


def _modern(name: str, data: bytes) -> tuple[str, bytes]:
    """An old office file as a new one, and the name it then has; any other file as it is."""
    stem, _, end = name.rpartition(".")
    new = office.becomes(data)
    if not new or OLD.get(end.lower()) != new:
        return name, data
    if _MACROS in data:
        raise Refused("macros", f"“{name}”没有保存:文件带有宏。请另存为不带宏的 docx、xlsx 后再上传。")
    try:
        return f"{stem}.{new}", office.modern(data, OFFICE_SECONDS)
    except Unreadable as fault:
        raise Refused(fault.code, f"“{name}”没有保存:{fault.reason}") from fault


def public_side(public: bytes, name: str) -> Looked:
    """What the public would get of a file: its text and whatever is still found in it; the original stays sealed."""
    try:
        screened = screen_file(public, name, rules())
    except NotAccepted as refused:
        raise Refused(refused.code, f"“{name}”没有保存:{refused.reason}") from refused
    return Looked(name, MEDIA_TYPES[screened.kind], screened.text, public, screened.findings)


def masked(public: bytes, name: str, hits: Iterable[tuple[str, str, str]]) -> Looked:
    """A public copy made anew without these texts, wherever they stand. hits: (text, what stands instead, ground)."""
    text = public_side(public, name).text
    masks = []
    for found, shown, ground in hits:
        masks += [Mask((hit.start(), hit.end()), ground, shown) for hit in re.finditer(re.escape(found), text)]
    return public_side(copied(public, name, tuple(masks)), name)


def copied(data: bytes, name: str, masks: tuple[Mask, ...]) -> bytes:
    """The file made anew without what is hidden in it, and with these stretches masked. Refused where it cannot be."""
    try:
        return clean_copy(data, name, masks, rules())
    except NotAccepted as refused:
        raise Refused(refused.code, f"“{name}”没有保存:{refused.reason}") from refused


def mark_of(findings: tuple[Finding, ...]) -> str:
    """The rule that forbids keeping what was looked at, or ""."""
    return next((finding.rule for finding in findings if finding.severity == QUARANTINE), "")
