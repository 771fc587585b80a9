"""Ruled tables on PDF pages: from boxes to a grid, and the pieces of a table that runs over pages put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils.text import extract_text

from gongkai.papers import tidy
from gongkai.papers.reading import Grid, GridCell

_NEAR = 3.0  # points within which two edges are one line
_CUT = 6.0  # points by which uprights stand out where a row is cut
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]|\d+[.．、）)]")
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Cell:
    """A cell found on a page, with its place in the grid and what it covers."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class Piece:
    """A table, or the part of it that stands on one page. edges: the x of its vertical rules."""

    cells: list[Cell]
    rows: int
    edges: list[float]
    page: int

    def line(self, row: int) -> list[tuple[int, int, int, str]]:
        """A row for comparison: where its cells begin, their spans and texts."""
        return [(c.column, c.colspan, c.rowspan, c.text) for c in self.cells if c.row == row]

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place."""
        for cell in self.cells:
            if 0 <= row - cell.row < cell.rowspan and 0 <= column - cell.column < cell.colspan:
                return cell
        return None


def find(page: Any) -> list[Any]:
    """The ruled tables of a page.

    Where the page cuts a row there may be no rule, or only part of one: such a table is closed where its uprights end.
    """
    found: list[Any] = page.find_tables()
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    ends = sorted({end for table in found for end in _open_ends(table, upright)})
    return list(page.find_tables({"explicit_horizontal_lines": ends})) if ends else found


def _open_ends(table: Any, upright: list[dict[str, Any]]) -> list[float]:
    left, top, right, bottom = table.bbox
    own = [e for e in upright if left - _NEAR < e["x0"] < right + _NEAR]
    own = [e for e in own if e["top"] < bottom + _NEAR and e["bottom"] > top - _NEAR]
    above = sum(e["top"] < top - _CUT for e in own) > 1
    below = sum(e["bottom"] > bottom + _CUT for e in own) > 1
    covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in table.cells)
    if not above and not below and covered > 0.99 * (right - left) * (bottom - top):
        return []
    return [min(e["top"] for e in own) if above else top, max(e["bottom"] for e in own) if below else bottom]


def piece(boxes: Sequence[Box], characters: Sequence[dict[str, Any]], page: int) -> Piece:
    """The cells (x0, top, x1, bottom) of one found table with the characters whose middle lies inside each."""
    xs = _edges([x for box in boxes for x in (box[0], box[2])])
    ys = _edges([y for box in boxes for y in (box[1], box[3])])
    cells = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        left, top, right, bottom = _at(xs, box[0]), _at(ys, box[1]), _at(xs, box[2]), _at(ys, box[3])
        if right > left and bottom > top:
            inside = [c for c in characters if _inside(c, box)]
            text = tidy.close(tidy.joined(extract_text(inside, x_tolerance=2).split("\n"))) if inside else ""
            cells.append(Cell(text, top, left, bottom - top, right - left))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Piece(cells, len(ys) - 1, xs, page)


def continues(above: Piece, below: Piece) -> bool:
    """Do two pieces on following pages have the same vertical rules?"""
    return (
        below.page > above.page
        and len(above.edges) == len(below.edges)
        and all(abs(one - other) <= _NEAR for one, other in zip(above.edges, below.edges, strict=True))
    )


def join(above: Piece, below: Piece) -> None:
    """Append a piece to the one on the page before: repeated header rows dropped, broken cells put together."""
    repeated = 0
    while repeated < min(above.rows, below.rows) and above.line(repeated) == below.line(repeated):
        repeated += 1
    if repeated == below.rows:  # the same table twice, or a header with nothing under it
        repeated = 0 if below.rows == above.rows else repeated
    first, bottom = above.rows - repeated, above.rows - 1
    for cell in below.cells:
        if cell.row < repeated:
            continue
        owner = above.at(bottom, cell.column) if cell.row == repeated else None
        if owner is not None and _broken(owner, cell):
            owner.rowspan += cell.rowspan
            owner.text = tidy.joined((owner.text, cell.text))
        else:
            above.cells.append(Cell(cell.text, cell.row + first, cell.column, cell.rowspan, cell.colspan))
    above.rows += below.rows - repeated
    above.page = below.page


def _broken(above: Cell, below: Cell) -> bool:
    """One cell cut by the page: a group label or cell spanning rows, its text on one side or begun and ended."""
    if (above.column, above.colspan) != (below.column, below.colspan):
        return False
    if above.text and below.text:
        spans = above.rowspan > 1 or below.rowspan > 1
        return spans and bool(_NUMBERED.match(above.text)) and not _NUMBERED.match(below.text)
    return bool(above.text or below.text) and (
        above.rowspan > 1 or below.rowspan > 1 or (above.column == 0 and not below.text)
    )


def grid(table: Piece, page: int) -> Grid:
    """The piece as a Grid; page is where it begins."""
    rows: list[list[GridCell | None]] = [[None] * (len(table.edges) - 1) for _ in range(table.rows)]
    for cell in table.cells:
        made = GridCell(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan)
        for row in range(cell.row, min(cell.row + cell.rowspan, table.rows)):
            rows[row][cell.column : cell.column + cell.colspan] = [made] * cell.colspan
    return Grid(rows, page=page)


def _edges(values: list[float]) -> list[float]:
    """Positions of rules, those nearer than _NEAR taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _inside(character: dict[str, Any], box: Box) -> bool:
    x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])
