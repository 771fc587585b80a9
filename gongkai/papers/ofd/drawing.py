"""What stands on a page of an OFD: characters and rules in points, as pdfplumber has those of a PDF."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from unicodedata import east_asian_width

from lxml import etree
from pdfplumber import page as plumber

from gongkai.papers.pdf.reading import PAGE_OBJECTS, too_complex

POINT = 72 / 25.4  # of a millimetre
ASCENT = 0.88  # of the size of a character, above the line it stands on
NARROW, BROAD = 0.5, 0.85  # of the size, the width of Latin letters where the file does not say
BROAD_ONES = frozenset("%@&MWmw")
DEEPEST = 24  # blocks within blocks
STROKES = 200_000  # of a page; a logo or a signature has thousands
LONGEST_OUTLINE = 1_000  # points; what has more is no box, and is taken in parts
STRAIGHT = 0.3  # millimetres by which a rule may lean
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, ...]
Point = tuple[float, float]
Things = dict[str, list[dict[str, Any]]]
_WORD = re.compile(r"\S+")
_STROKE = re.compile(r"([SMLQBAC])([-+.\d\seE]{0,300})")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers behind an operator (9.1, table 35)


class Page(plumber.Page):
    """A page as pdfplumber's readers of tables and lines take it; `things` are its objects."""

    def __init__(self, number: int, area: Sequence[float], things: Things) -> None:
        left, top, width, height = (value * POINT for value in area)
        self.page_number, self.initial_doctop, self.rotation = number, 0, 0
        self.root_page: Any = self
        self.pdf: Any = None
        self.page_obj: Any = None
        self.mediabox = self.cropbox = self.bbox = (0, 0, width, height)
        for thing in (thing for kind in things.values() for thing in kind):
            _move(thing, -left, -top)
        self._objects: Any = things
        self.get_textmap = lru_cache()(self._get_textmap)

    @property
    def objects(self) -> Any:
        return self._objects


def name(element: etree._Element) -> str:
    """The name of an element, whatever its namespace: there are several, and files without any."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The elements of a name directly in another."""
    return (child for child in element if name(child) == wanted)


def numbers(text: str | None) -> list[float]:
    """The few numbers of an attribute, apart by blanks; what is none, or is endless, is left out."""
    found = []
    for part in (text or "")[:300].split():
        try:
            number = float(part)
        except ValueError:
            continue
        if math.isfinite(number):
            found.append(number)
    return found


class Drawing:
    """The objects of a page by kind, counted as they come: a page may ask for millions in a few bytes."""

    def __init__(self, number: int) -> None:
        self.things: Things = {"char": [], "line": [], "rect": []}
        self.number, self.count, self.strokes = number, 0, 0

    def add(self, thing: dict[str, Any]) -> None:
        """Unreadable (`too_complex`) where the page has too many."""
        self.count += 1
        if self.count > PAGE_OBJECTS:
            raise too_complex(self.number)
        self.things[thing["object_type"]].append(thing)

    def spend(self, strokes: int) -> None:
        """Count what was looked at, most of which may be nothing of a table. Unreadable as `add`."""
        self.strokes += strokes
        if self.strokes > STROKES:
            raise too_complex(self.number)


def draw(number: int, contents: Iterable[etree._Element]) -> Drawing:
    """The characters (`char`), rules (`line`) and boxes (`rect`) of a page, those of its templates first."""
    drawing = Drawing(number)
    for content in contents:
        for block in children(content, "Content"):
            _block(block, drawing, 0)
    return drawing


def _block(block: etree._Element, drawing: Drawing, depth: int) -> None:
    for element in block:
        if element.get("Visible", "true") == "false":
            continue
        kind = name(element)
        if kind in ("Layer", "PageBlock") and depth < DEEPEST:
            _block(element, drawing, depth + 1)
        elif kind == "TextObject":
            for character in _characters(element):
                drawing.add(character)
        elif kind == "PathObject":
            for rule in _rules(element, drawing):
                drawing.add(rule)


def _placing(element: etree._Element) -> Matrix:
    """From the space of an object to the page (8.3): its matrix, then the corner of its boundary."""
    matrix, corner = numbers(element.get("CTM")), numbers(element.get("Boundary"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else IDENTITY
    x, y = corner[:2] if len(corner) == 4 else (0.0, 0.0)
    return a, b, c, d, e + x, f + y


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


# ── Characters ──
def _characters(element: etree._Element) -> Iterator[dict[str, Any]]:
    """The characters of a text object (11.2), each where it is set."""
    matrix, size = _placing(element), next(iter(numbers(element.get("Size"))), 0.0)
    wide = size * next(iter(numbers(element.get("HScale"))), 1.0)
    look = {"size": size * POINT, "fontname": "", "upright": True}
    for character, x, y, width in _set(element, wide):
        if size > 0 and width > 0 and not character.isspace():
            corners = [_at(matrix, x, y - size * ASCENT), _at(matrix, x + width, y + size * (1 - ASCENT))]
            yield _thing("char", corners) | look | {"text": character}


def _set(element: etree._Element, wide: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character, where it stands on its line, and how wide it is. wide: of a Chinese character."""
    x = y = 0.0
    for code in children(element, "TextCode"):
        # A code that does not say where it begins goes on where the one before ended (11.3).
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        falls = bool(code.get("DeltaY"))
        for character in "".join(map(str, code.itertext())):
            own = _width(character) * wide
            step = next(across, 0.0 if falls else own)
            # A step no wider than a Chinese character is the character's own; a wider one has a gap behind it.
            yield character, x, y, step if 0 < step <= wide else own
            x += step
            y += next(down, 0.0)


def _width(character: str) -> float:
    """How wide a character is, of its size, where the file does not say: it names the font and seldom holds it."""
    if east_asian_width(character) in "WFA":
        return 1.0
    return BROAD if character in BROAD_ONES else NARROW


def _steps(written: str | None) -> Iterator[float]:
    """The way from each character to the next: `g 3 4.2` says 4.2 three times (11.3). Never written out as a whole."""
    parts = (found.group() for found in _WORD.finditer(written or ""))
    for part in parts:
        if part == "g":
            count, step = numbers(next(parts, "")), numbers(next(parts, ""))
            if count and step:
                yield from itertools.repeat(step[0], max(int(count[0]), 0))
        else:
            yield from numbers(part)


# ── Rules ──
def _rules(element: etree._Element, drawing: Drawing) -> Iterator[dict[str, Any]]:
    """The straight rules and boxes of a path (9.1); what is curved or aslant is no part of a table."""
    stroked, filled = element.get("Stroke", "true") != "false", element.get("Fill", "false") == "true"
    look = {"stroke": stroked, "fill": filled, "linewidth": 0, "non_stroking_color": None, "stroking_color": None}
    if not stroked and not filled:
        return
    matrix = _placing(element)
    for data in children(element, "AbbreviatedData"):
        for points in _outlines(data.text or ""):
            drawing.spend(len(points) or 1)
            placed = [_at(matrix, *point) for point in points]
            if _is_box(placed):
                yield _thing("rect", placed) | look
            elif stroked:
                for one, other in itertools.pairwise(placed):
                    if _is_straight(one, other):
                        yield _thing("line", [one, other]) | look


def _outlines(data: str) -> Iterator[list[Point]]:
    """The points of each outline in order; a curve ends one and begins another behind it."""
    points: list[Point] = []
    for found in _STROKE.finditer(data):
        operator, given = found.group(1), numbers(found.group(2))
        if operator == "C":
            points += points[:1]
        elif len(given) == _TAKES[operator]:
            end = (given[-2], given[-1])
            if operator == "L" and len(points) < LONGEST_OUTLINE:
                points.append(end)
            else:
                yield [*points, end] if operator == "L" else points
                points = [end]
    yield points


def _is_straight(one: Point, other: Point) -> bool:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    return min(across, down) <= STRAIGHT < max(across, down)


def _is_box(points: list[Point]) -> bool:
    """Whether an outline goes round a box with upright sides, closed or not."""
    if len(points) == 5 and math.dist(points[0], points[-1]) > STRAIGHT:
        return False
    corners = points[:4] if len(points) in (4, 5) else []
    sides = zip(corners, [*corners[1:], *corners[:1]], strict=True)
    return bool(corners) and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= STRAIGHT for a, b in sides)


def _thing(kind: str, corners: Sequence[Point]) -> dict[str, Any]:
    """An object that reaches over these corners. A rule is made quite straight: readers of tables expect it to be."""
    xs, ys = [x * POINT for x, _ in corners], [y * POINT for _, y in corners]
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if kind == "line" and bottom - top < x1 - x0:
        top = bottom = (top + bottom) / 2
    elif kind == "line":
        x0 = x1 = (x0 + x1) / 2
    return {
        "object_type": kind, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "width": x1 - x0,
        "height": bottom - top, "y0": -bottom, "y1": -top,
    }  # fmt: skip


def _move(thing: dict[str, Any], across: float, down: float) -> None:
    """Where the paper does not begin at the corner of the page."""
    for key in ("x0", "x1"):
        thing[key] += across
    for key in ("top", "bottom", "doctop"):
        thing[key] += down
