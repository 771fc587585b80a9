"""Every glyph of a page with its place on the paper, its place in the content stream, and what was painted over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from gongkai.screening.refusal import NotAccepted

GLYPHS = 200_000  # of one page
_RULE = 2.0  # points: a rule of a table is not wider and covers nothing
UNKNOWN = "\ufffd"  # a glyph whose character the file does not tell
Box = tuple[float, float, float, float]
Stream = tuple[str, ...]  # names of the form XObjects that lead to a content stream; () is the page's own


@dataclass(slots=True)
class Glyph:
    """One glyph. stream, operator, item, number: the how-manieth glyph of which string of which text operator; of: how
    many that string has; shift: what a TJ array needs in its place to leave what follows where it is; order: when it
    was painted; mode: PDF text render mode (3 is invisible).
    """

    text: str
    box: Box
    size: float
    mode: int
    white: bool
    order: int
    stream: Stream
    operator: int
    item: int
    number: int
    of: int
    shift: float


@dataclass(slots=True)
class Leaf:
    """A page: paper, glyphs, black to white boxes (when painted, whether dark), coloured shapes, pictures."""

    paper: Box
    glyphs: list[Glyph] = field(default_factory=list)
    covers: list[tuple[int, Box, bool]] = field(default_factory=list)
    colours: list[Box] = field(default_factory=list)
    pictures: list[tuple[int, Box]] = field(default_factory=list)


class Device(PDFTextDevice):
    """Collects the glyphs and boxes of the page that an Interpreter runs through."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.leaf = Leaf((0, 0, 0, 0))
        self._order = 0
        self._streams: list[tuple[Stream, int]] = [((), -1)]
        self._plan: Iterator[tuple[int, int, int]] = iter(())
        self._mode = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """A new page; its paper is what a viewer shows of it."""
        self.leaf = Leaf(apply_matrix_rect(ctm, page.cropbox or page.mediabox))
        self._order, self._streams = 0, [((), -1)]

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """A form or picture inside the stream that is being read."""
        self._streams.append(((*self._streams[-1][0], name), -1))

    def end_figure(self, name: str) -> None:
        """Back to the stream that holds the form."""
        self._streams.pop()

    def next_text(self) -> None:
        """The interpreter has met another text-showing operator of the stream that it reads."""
        stream, operator = self._streams[-1]
        self._streams[-1] = (stream, operator + 1)

    def render_image(self, name: str, stream: Any) -> None:
        """A picture fills the unit square of its matrix."""
        self._order += 1
        self.leaf.pictures.append((self._order, apply_matrix_rect(_matrix(self), (0, 0, 1, 1))))

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """A filled box may cover text, and any filled shape may be the ground of white letters."""
        self._order += 1
        points = [apply_matrix_pt(_matrix(self), step[-2:]) for step in path if len(step) > 2]
        if not fill or not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) < _RULE:
            return
        if "".join(str(step[0]) for step in path) in ("mlllh", "mllll", "mlll") and _is_grey(gstate.ncolor):
            self.leaf.covers.append((self._order, box, not _is_white(gstate.ncolor)))
        elif not _is_white(gstate.ncolor):
            self.leaf.colours.append(box)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note which string of the operator each glyph belongs to, then place the glyphs as pdfminer does."""
        self._mode, font, size = textstate.render, textstate.font, textstate.fontsize or 1
        codes = [(item, list(font.decode(piece))) for item, piece in enumerate(seq) if isinstance(piece, bytes)]
        self._plan = iter([(item, number, len(found)) for item, found in codes for number in range(len(found))])
        before = len(self.leaf.glyphs)
        super().render_string(textstate, seq, ncs, graphicstate)
        spaced = textstate.wordspace if not font.is_multibyte() else 0
        for glyph, code in zip(self.leaf.glyphs[before:], (code for _, found in codes for code in found), strict=False):
            spacing = textstate.charspace + (spaced if code == 32 else 0)
            glyph.shift = -1000 * (font.char_width(code) + spacing / size)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """One glyph; gives how far it moves the pen."""
        advance = float(font.char_width(cid) * fontsize * scaling)
        low = font.get_descent() * fontsize + rise
        box = (-fontsize / 2, advance, fontsize / 2, 0.0) if font.is_vertical() else (0.0, low, advance, low + fontsize)
        placed = apply_matrix_rect(matrix, box)
        stream, operator = self._streams[-1]
        item, number, of = next(self._plan, (0, 0, 0))
        self._order += 1
        if len(self.leaf.glyphs) >= GLYPHS:
            raise NotAccepted("too_complex", "PDF 有一页的文字过多,已停止检查。请拆成几个文件后再上传。")
        white = _is_white(graphicstate.ncolor)
        height = placed[3] - placed[1]
        place = (stream, operator, item, number, of)
        self.leaf.glyphs.append(Glyph(_text(font, cid), placed, height, self._mode, white, self._order, *place, 0.0))
        return advance


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, counting the text-showing operators as they stand in the stream."""

    def do_TJ(self, seq: Any) -> None:
        """Tj, ' and " come through here as well."""
        if isinstance(self.device, Device):
            self.device.next_text()
        super().do_TJ(seq)


def _matrix(device: PDFTextDevice) -> Any:
    return device.ctm or (1, 0, 0, 1, 0, 0)


def _text(font: Any, cid: int) -> str:
    try:
        said = font.to_unichr(cid)
    except (PDFUnicodeNotDefined, KeyError, ValueError):
        return UNKNOWN
    return said if isinstance(said, str) and said else UNKNOWN


def _parts(colour: Any) -> tuple[float, ...]:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(part for part in parts if isinstance(part, (int, float)))


def _is_white(colour: Any) -> bool:
    parts = _parts(colour)
    if len(parts) == 4:
        return sum(parts) < 0.04
    return len(parts) in (1, 3) and min(parts) > 0.97


def _is_grey(colour: Any) -> bool:
    """Black, white or grey: the colours of covers. A yellow box over text is a highlighter and hides nothing."""
    parts = _parts(colour)
    if len(parts) == 4:
        return max(parts[:3]) - min(parts[:3]) < 0.1
    return bool(parts) and max(parts) - min(parts) < 0.1
