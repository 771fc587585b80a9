"""screen_file: what a file really is, what it says and what it hides."""

from __future__ import annotations

import hashlib

from gongkai.containers import limits
from gongkai.containers import pdf as pdf_guard
from gongkai.containers.unreadable import Unreadable
from gongkai.screening import images, plain, web
from gongkai.screening.findings import Place, Screening
from gongkai.screening.kinds import IMAGES, kind_of
from gongkai.screening.office import sheets, slides, word
from gongkai.screening.office.package import Package
from gongkai.screening.pdf import hidden
from gongkai.screening.pdf.reading import Reader, leaves
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.rules import Rules
from gongkai.screening.sight import Sight
from gongkai.screening.text import screen_unseen


def screen_file(data: bytes, name: str, rules: Rules) -> Screening:
    """Look a file through. NotAccepted, with one sentence for the uploader, for what may not enter at all."""
    sight = Sight()
    try:
        limits.check_size(data)
        kind = kind_of(data, name)
        look(data, kind, sight)
    except Unreadable as no:
        raise NotAccepted(no.code, no.reason) from no
    stem = name.rpartition(".")[0]
    findings = (*screen_unseen(stem, Place(part="文件名"), rules, "filename"), *sight.findings(rules))
    return Screening(name, kind, hashlib.sha256(data).hexdigest(), sight.text, findings)


def look(data: bytes, kind: str, sight: Sight) -> None:
    """Collect what is seen and unseen of a file of this kind. NotAccepted or Unreadable."""
    if kind == "txt":
        plain.walk(data, sight)
    elif kind == "html":
        web.walk(data, sight)
    elif kind == "svg":
        web.walk_svg(data, sight)
    elif kind == "pdf":
        _look_at_pdf(data, sight)
    elif kind in IMAGES:
        images.look(data, kind, sight, Place())
        sight.hide("unread_picture", Place())
    else:
        _OFFICE[kind](Package(data), sight)


_OFFICE = {"docx": word.walk, "xlsx": sheets.walk, "pptx": slides.walk}


def _look_at_pdf(data: bytes, sight: Sight) -> None:
    pdf_guard.check(data)
    reader = Reader(sight, hidden.look(data, sight))
    for number, leaf in enumerate(leaves(data), 1):
        reader.page(leaf, number)
    hidden.earlier(data, sight.text, sight)
