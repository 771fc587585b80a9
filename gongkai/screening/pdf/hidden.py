"""What a PDF holds beside its pages: earlier versions, properties, notes, attachments, scripts, layers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.containers import limits
from gongkai.containers.unreadable import Unreadable
from gongkai.screening import images
from gongkai.screening.findings import Place
from gongkai.screening.pdf.glyphs import Box
from gongkai.screening.pdf.reading import Reader, leaves
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight
from gongkai.screening.xml_text import words

REVISIONS = 8  # earlier versions that are read again, the latest first
_AUTHORS = ("/Author", "/Company", "/Manager")
_OTHERS = ("/Title", "/Subject", "/Keywords", "/Creator", "/Comments", "/Category", "/SourceModified")
_QUIET = ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet")
_COVERS = ("/Square", "/Redact", "/Stamp", "/FreeText", "/Polygon")
_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMediaExecute", "/Rendition")
DEPTH, NODES = 12, 5_000
FAULTS = (
    *(pikepdf.PdfError, pikepdf.DeletedObjectError, pikepdf.ForeignObjectError, pikepdf.DataDecodingError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RuntimeError, OverflowError),
)


def opened(data: bytes) -> pikepdf.Pdf:
    """The file as objects. NotAccepted `encrypted`, Unreadable `damaged`."""
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as fault:
        raise NotAccepted("encrypted", "PDF 设有密码,无法检查。请另存为不加密的 PDF 后再上传。") from fault
    except FAULTS as fault:
        raise limits.damaged() from fault


def look(data: bytes, sight: Sight) -> list[list[Box]]:
    """Note everything beside the pages; gives for each page the boxes of annotations that cover text."""
    covers: list[list[Box]] = []
    with opened(data) as pdf:
        try:
            _properties(pdf, sight)
            _catalogue(pdf, sight)
            for number, page in enumerate(pdf.pages, 1):
                covers.append(_annotations(page, Place(page=number), sight))
                _pictures(page.obj, Place(page=number), sight)
        except FAULTS as fault:
            raise limits.damaged() from fault
    return covers


def earlier(data: bytes, visible: str, sight: Sight) -> None:
    """Versions of the file that an editor left below later changes: lines that they have and the last one has not."""
    ends = [found.end() for found in re.finditer(rb"startxref\s+\d+\s+%%EOF", data)]
    first = 1 if b"/Linearized" in data[:1024] else 0
    kept = set(visible.split("\n"))
    for number, end in list(enumerate(ends[first:-1], 1))[-REVISIONS:]:
        place = Place(part=f"第{number}次保存的版本")
        before = Sight()
        try:
            reader = Reader(before)
            for page, leaf in enumerate(leaves(data[:end] + b"\n"), 1):
                reader.page(leaf, page)
        except Unreadable:
            sight.hide("earlier_revision", place)
            continue
        lines = [line for line in before.text.split("\n") if line.strip() and line not in kept]
        sight.hide("earlier_revision", place, "\n".join(lines))


def _properties(pdf: pikepdf.Pdf, sight: Sight) -> None:
    for name, value in (pdf.trailer.get("/Info") or {}).items():
        said = str(value).strip()
        if said and name in (*_AUTHORS, *_OTHERS):
            rule = "author_property" if name in _AUTHORS else "other_property"
            sight.hide(rule, Place(part=f"文档属性 {name[1:]}"), said, "properties")
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        said = " ".join(words(metadata.read_bytes()))
        if said:
            sight.hide("other_property", Place(part="XMP"), said, "properties")


def _catalogue(pdf: pikepdf.Pdf, sight: Sight) -> None:
    root = pdf.Root
    for name, rule in (("/PieceInfo", "leftover_part"), ("/Collection", "embedded_object")):
        if name in root:
            sight.hide(rule, Place(part=name[1:]))
    for name in pdf.attachments:
        sight.hide("embedded_object", Place(part="附件"), name, "filename")
    if any(_acts(root.get(name)) for name in ("/OpenAction", "/AA")) or "/JavaScript" in (root.get("/Names") or {}):
        sight.hide("active_content", Place(part="打开文件时的动作"))
    layers: Any = root.get("/OCProperties")
    for layer in ((layers or {}).get("/D") or {}).get("/OFF") or []:
        sight.hide("hidden_layer", Place(part="图层"), str(layer.get("/Name") or ""))
    if "/XFA" in (root.get("/AcroForm") or {}):
        sight.hide("active_content", Place(part="XFA 表单"))


def _acts(thing: Any, depth: int = 0) -> bool:
    """Whether an action (or a dictionary of actions) runs a script or starts something."""
    if depth > DEPTH or not isinstance(thing, pikepdf.Dictionary):
        return False
    if str(thing.get("/S") or "") in _ACTIONS:
        return True
    return any(_acts(value, depth + 1) for key, value in thing.items() if key not in ("/Parent", "/P", "/D"))


def _annotations(page: pikepdf.Page, place: Place, sight: Sight) -> list[Box]:
    if _acts(page.obj.get("/AA")):
        sight.hide("active_content", place)
    covers: list[Box] = []
    for note in list(page.obj.get("/Annots") or [])[:NODES]:
        if isinstance(note, pikepdf.Dictionary):
            _note(note, place, sight)
            covers += _cover(note)
    return covers


def _note(note: Any, place: Place, sight: Sight) -> None:
    kind = str(note.get("/Subtype") or "")
    said = " ".join(str(note[key]) for key in ("/T", "/Contents") if key in note)
    if kind == "/FileAttachment":
        sight.hide("embedded_object", place, said, "filename")
    elif kind not in _QUIET:
        sight.hide("comment", place, said)
    else:
        link = note.get("/A")
        address = str(link.get("/URI") or "") if isinstance(link, pikepdf.Dictionary) else ""
        sight.hide("", place, f"{note.get('/V') or ''} {address}")
    if _acts(note.get("/A")) or _acts(note.get("/AA")):
        sight.hide("active_content", place)


def _cover(note: Any) -> list[Box]:
    """The box of an annotation that is painted over the page."""
    kind = str(note.get("/Subtype") or "")
    if kind not in _COVERS or "/Rect" not in note or not ("/IC" in note or kind in ("/Redact", "/Stamp")):
        return []
    x0, y0, x1, y1 = (float(one) for one in note["/Rect"])
    return [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]


def _pictures(holder: Any, place: Place, sight: Sight) -> None:
    """Metadata that cameras left in the JPEGs of a page."""
    for image in xobjects(holder):
        if str(image.get("/Subtype")) == "/Image" and image.get("/Filter") == pikepdf.Name.DCTDecode:
            raw = image.read_raw_bytes()
            if images.jpeg_without_metadata(raw) != raw:
                _look_at(raw, place, sight)
        for name, rule in (("/Metadata", "picture_metadata"), ("/PieceInfo", "leftover_part")):
            if name in image:
                sight.hide(rule, place)


def _look_at(raw: bytes, place: Place, sight: Sight) -> None:
    try:
        images.look(raw, "jpeg", sight, place)
    except NotAccepted:
        sight.hide("picture_metadata", place)


def xobjects(holder: Any) -> Iterator[Any]:
    """The forms and pictures that a page (or form) draws, also those inside forms; each object once."""
    waiting, met = [holder], set[tuple[int, int]]()
    while waiting and len(met) < NODES:
        resources = waiting.pop().get("/Resources")
        for one in ((resources or {}).get("/XObject") or {}).values():
            if isinstance(one, pikepdf.Stream) and one.objgen not in met:
                met.add(one.objgen)
                yield one
                if str(one.get("/Subtype")) == "/Form":
                    waiting.append(one)
