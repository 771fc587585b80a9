"""clean_copy: a file made anew without what is masked and without anything that a reader does not see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from gongkai.containers import limits
from gongkai.containers.unreadable import Unreadable
from gongkai.screening import images, plain, web
from gongkai.screening.edits import Edits
from gongkai.screening.files import look
from gongkai.screening.findings import Mask
from gongkai.screening.kinds import IMAGES, kind_of
from gongkai.screening.office import new_sheets, new_word, sheets, word
from gongkai.screening.office.package import Package
from gongkai.screening.pdf import rewriting
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.rules import Rules
from gongkai.screening.sight import Sight

# What a clean copy may still be told: that pictures and odd fonts were not read, and what no file does without.
_HARMLESS = frozenset(("", "unread_picture", "unread_letters"))


def clean_copy(data: bytes, name: str, masks: Sequence[Mask], rules: Rules) -> bytes:
    """The file made anew. `masks` count characters of the text that `screen_file` gave for the same bytes.

    A masked text goes everywhere it stands in the file. The copy is looked through before it is handed out: what is
    masked is nowhere in its bytes, and nothing in it is hidden. NotAccepted: `cannot_clean` where that cannot be had,
    `bad_mask`, `quarantined` for a file with a secrecy mark, and all that `screen_file` refuses.
    """
    try:
        limits.check_size(data)
        kind = kind_of(data, name)
        before = Sight()
        look(data, kind, before)
        if any(finding.severity == "quarantine" for finding in before.findings(rules)):
            raise NotAccepted("quarantined", "文件带有国家秘密标志,不能制作公开副本。请立即按保密规定处置。")
        edits = Edits(before.text, masks)
        copy = _BUILDERS.get(kind, _refused)(data, edits) if kind not in IMAGES else _picture(data, kind, edits)
        _verify(copy, kind, edits)
    except Unreadable as no:
        raise NotAccepted(no.code, no.reason) from no
    return copy


def _text(data: bytes, edits: Edits) -> bytes:
    return plain.walk(data, Sight(edits))


def _page(data: bytes, edits: Edits) -> bytes:
    return web.cleaned(web.walk(data, Sight(edits)), edits.hidden)


def _drawing(data: bytes, edits: Edits) -> bytes:
    return web.cleaned_svg(web.walk_svg(data, Sight(edits)))


def _word(data: bytes, edits: Edits) -> bytes:
    package = Package(data)
    return new_word.rebuilt(package, word.walk(package, Sight(edits)), edits.hidden)


def _sheets(data: bytes, edits: Edits) -> bytes:
    package = Package(data)
    return new_sheets.rebuilt(package, sheets.walk(package, Sight(edits)), edits.hidden)


def _picture(data: bytes, kind: str, edits: Edits) -> bytes:
    return images.reencoded(data, kind)


def _refused(data: bytes, edits: Edits) -> bytes:
    raise NotAccepted("cannot_clean", "幻灯片不能制作公开副本。请另存为 pdf 后再上传。")


_BUILDERS: Mapping[str, Callable[[bytes, Edits], bytes]] = {
    "txt": _text, "html": _page, "svg": _drawing, "docx": _word, "xlsx": _sheets, "pdf": rewriting.rebuilt,
}  # fmt: skip


def _verify(copy: bytes, kind: str, edits: Edits) -> None:
    """Hold the copy against its promise. NotAccepted `cannot_clean` when it breaks it."""
    after = Sight()
    look(copy, kind, after)
    said = after.text + "\n".join(one.text for one in after.unseen)
    left = {one.rule for one in after.unseen} - _HARMLESS
    if left or any(word in said for word in edits.hidden) or any(_bears(part, edits.hidden) for part in _parts(copy)):
        raise NotAccepted("cannot_clean", "这份文件的结构特殊,没有能够去净要遮盖的内容。请另存为 docx 或 txt 后再试。")


def _parts(copy: bytes) -> list[bytes]:
    """The bytes of the copy, unpacked where it is a container."""
    if not copy.startswith(b"PK"):
        return [copy]
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        return [package.read(name) for name in package.namelist()]


def _bears(part: bytes, hidden: frozenset[str]) -> bool:
    return any(word.encode(encoding) in part for word in hidden for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
