"""A PDF written anew: pages with the streams they had, out of which every masked and every unseen glyph is taken."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pikepdf

from gongkai.containers import limits
from gongkai.screening import images
from gongkai.screening.edits import Edits
from gongkai.screening.pdf import hidden
from gongkai.screening.pdf.glyphs import Box, Glyph, Stream
from gongkai.screening.pdf.reading import Placed, Reader, leaves
from gongkai.screening.refusal import NotAccepted
from gongkai.screening.sight import Sight

_TEXT = ("Tj", "TJ", "'", '"')
_PAGE_KEYS = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group")
_DROPPED = (
    "/Metadata",
    "/PieceInfo",
    "/Thumb",
    "/AF",
    "/OPI",
    "/LastModified",
    "/StructParent",
    "/StructParents",
    "/OC",
)
_GREY = 0.8  # of the boxes that stand where something was masked
Gone = Mapping[tuple[Stream, int], Sequence[Glyph]]  # (stream, text operator) → glyphs to take out of it


def rebuilt(data: bytes, edits: Edits) -> bytes:
    """The new file. NotAccepted `cannot_clean` when a mask falls on the text of a scanned page."""
    data = _flattened(data)
    sight = Sight()
    reader = Reader(sight, hidden.look(data, sight))
    for number, leaf in enumerate(leaves(data), 1):
        reader.page(leaf, number)
    done: set[tuple[int, int]] = set()
    try:
        with hidden.opened(data) as old, pikepdf.new() as new:
            for number, page in enumerate(old.pages):
                masked = [glyph for glyph, start, end in reader.placed[number] if edits.touches(start, end)]
                if masked and reader.scans[number]:
                    raise NotAccepted(
                        "cannot_clean",
                        f"第{number + 1}页是扫描的图片,去掉文字层也遮不住图上的字。请在原件上遮盖,重新扫描后再上传。",
                    )
                _clean_page(old, page, [*masked, *reader.unseen[number]], _boxes(reader.placed[number], edits), done)
                new.pages.append(page)
            new.Root.Lang = "zh-CN"
            buffer = io.BytesIO()
            new.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except hidden.FAULTS as fault:
        raise limits.damaged() from fault
    return buffer.getvalue()


def _flattened(data: bytes) -> bytes:
    """The file with the values of its form fields as part of the pages, if it has a form."""
    try:
        with hidden.opened(data) as pdf:
            if "/AcroForm" not in pdf.Root or not pdf.Root.AcroForm.get("/Fields"):
                return data
            for page in pdf.pages:
                notes: Any = page.obj.get("/Annots") or []
                page.obj.Annots = pikepdf.Array([one for one in notes if one.get("/Subtype") == pikepdf.Name.Widget])
            pdf.generate_appearance_streams()
            pdf.flatten_annotations("screen")
            buffer = io.BytesIO()
            pdf.save(buffer)
    except hidden.FAULTS as fault:
        raise limits.damaged() from fault
    return buffer.getvalue()


def _clean_page(
    pdf: pikepdf.Pdf, page: pikepdf.Page, glyphs: Iterable[Glyph], boxes: Iterable[Box], done: set[tuple[int, int]]
) -> None:
    """done: forms that were cut for an earlier page; a form shared by pages is cut once, its text being the same."""
    for key in set(page.obj.keys()) - set(_PAGE_KEYS):
        del page.obj[key]
    gone: dict[tuple[Stream, int], list[Glyph]] = {}
    for glyph in glyphs:
        gone.setdefault((glyph.stream, glyph.operator), []).append(glyph)
    for stream in {stream for stream, _ in gone if stream}:
        form = _form(page.obj, stream)
        if form.objgen in done:
            continue
        done.add(form.objgen)
        form.write(_content(form, stream, gone))
    origin = page.mediabox
    painted = "".join(_painted(box, float(origin[0]), float(origin[1])) for box in boxes)
    content = _content(page, (), gone)
    if painted and not page.obj.get("/Rotate"):
        content = b"q\n" + content + b"\nQ\n" + painted.encode()
    page.obj.Contents = pdf.make_stream(content)
    for holder in [page.obj, *hidden.xobjects(page.obj)]:
        _clean_object(holder)


def _clean_object(holder: Any) -> None:
    for key in _DROPPED:
        if key in holder:
            del holder[key]
    resources = holder.get("/Resources")
    if resources is not None and "/Properties" in resources:
        del resources["/Properties"]
    if str(holder.get("/Subtype")) == "/Image" and holder.get("/Filter") == pikepdf.Name.DCTDecode:
        raw = holder.read_raw_bytes()
        bare = images.jpeg_without_metadata(raw)
        if bare != raw:
            holder.write(bare, filter=pikepdf.Name.DCTDecode)
    elif str(holder.get("/Subtype")) == "/Form":
        holder.write(_without_marks(holder))


def _form(page: Any, stream: Stream) -> Any:
    """The form XObject that these names lead to."""
    holder = page
    for name in stream:
        resources = holder.get("/Resources") or page.get("/Resources")
        holder = resources.XObject[f"/{name}"]
    return holder


def _content(holder: Any, stream: Stream, gone: Gone) -> bytes:
    """The content stream without the glyphs that go."""
    kept: list[Any] = []
    number = -1
    for step in pikepdf.parse_content_stream(holder):
        operands, operator = step.operands, step.operator
        if str(operator) not in _TEXT:
            kept.append((operands, operator))
            continue
        number += 1
        glyphs = gone.get((stream, number))
        kept += _shown(list(operands), str(operator), glyphs) if glyphs else [(operands, operator)]
    return pikepdf.unparse_content_stream([_unmarked(*one) for one in kept])


def _without_marks(form: Any) -> bytes:
    steps = pikepdf.parse_content_stream(form)
    return pikepdf.unparse_content_stream([_unmarked(step.operands, step.operator) for step in steps])


def _unmarked(operands: Any, operator: Any) -> Any:
    """Marked content without its properties: /ActualText repeats what the glyphs say, layers hide."""
    if str(operator) == "BDC":
        return [operands[0]], pikepdf.Operator("BMC")
    return (operands[:1], pikepdf.Operator("MP")) if str(operator) == "DP" else (operands, operator)


def _shown(operands: list[Any], operator: str, glyphs: Sequence[Glyph]) -> list[Any]:
    """One text-showing operator as others that show the same without these glyphs, everything else in its place."""
    before: list[Any] = []
    if operator == '"':
        before = [([operands[0]], pikepdf.Operator("Tw")), ([operands[1]], pikepdf.Operator("Tc"))]
    if operator in ("'", '"'):
        before.append(([], pikepdf.Operator("T*")))
    strings = list(operands[0]) if operator == "TJ" else [operands[-1]]
    out: list[Any] = []
    for item, piece in enumerate(strings):
        here = {glyph.number: glyph for glyph in glyphs if glyph.item == item}
        out += _cut(bytes(piece), here) if here else [piece]
    return [*before, ([pikepdf.Array(out)], pikepdf.Operator("TJ"))]


def _cut(piece: bytes, glyphs: Mapping[int, Glyph]) -> list[Any]:
    """A string without some of its glyphs, as items of a TJ array."""
    of = next(iter(glyphs.values())).of
    codes = _codes(piece, of)
    if codes is None:  # an encoding of mixed widths: the whole string goes rather than half a character
        return [sum(glyph.shift for glyph in glyphs.values())]
    out: list[Any] = []
    run = b""
    for number, code in enumerate(codes):
        if number not in glyphs:
            run += code
            continue
        if run:
            out.append(pikepdf.String(run))
        out.append(round(glyphs[number].shift, 3))
        run = b""
    return [*out, pikepdf.String(run)] if run else out


def _codes(piece: bytes, of: int) -> list[bytes] | None:
    """The bytes of each glyph: one or two each, or as GB 18030 has them; None when the count does not come out."""
    for width in (1, 2):
        if len(piece) == of * width:
            return [piece[at : at + width] for at in range(0, len(piece), width)]
    codes, at = [], 0
    while at < len(piece):
        width = 2 if piece[at] >= 0x81 else 1
        codes.append(piece[at : at + width])
        at += width
    return codes if len(codes) == of else None


def _boxes(placed: Sequence[Placed], edits: Edits) -> list[Box]:
    """One box for every run of masked glyphs on a line."""
    boxes: list[Box] = []
    last = -2
    for number, (glyph, start, end) in enumerate(placed):
        if not edits.touches(start, end):
            continue
        if (
            number == last + 1
            and boxes
            and glyph.box[0] < boxes[-1][2] + glyph.size
            and _same_line(glyph.box, boxes[-1])
        ):
            x0, y0, x1, y1 = boxes[-1]
            boxes[-1] = (x0, min(y0, glyph.box[1]), max(x1, glyph.box[2]), max(y1, glyph.box[3]))
        else:
            boxes.append(glyph.box)
        last = number
    return boxes


def _same_line(one: Box, other: Box) -> bool:
    return abs(one[1] - other[1]) < 2


def _painted(box: Box, x: float, y: float) -> str:
    x0, y0, x1, y1 = box
    return f"q {_GREY} g {x0 + x:.2f} {y0 + y:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q\n"
