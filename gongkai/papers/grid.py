"""Laying out a table whose cells span rows and columns, as HTML does it: where each cell really stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from gongkai.papers.paper import TableBlock
from gongkai.papers.reading import Grid, GridCell
from gongkai.papers.unreadable import Unreadable

MAXIMUM = 500_000  # places in all tables of a document
LEAST = 20  # places that a table counts for however small it is: a hundred thousand of them are no document


class Spanning(Protocol):
    """A cell that may cover several rows and columns."""

    @property
    def text(self) -> str: ...
    @property
    def rowspan(self) -> int: ...
    @property
    def colspan(self) -> int: ...


Cell = TypeVar("Cell", bound=Spanning)


@dataclass(frozen=True, slots=True)
class Slot(Generic[Cell]):
    """A cell at its place. A span is cut where the table ends or where another cell already stands."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    colspan: int


Layout = list[list[Slot[Cell] | None]]


class Room:
    """How many places the tables of a document may still take."""

    def __init__(self) -> None:
        self.left = MAXIMUM

    def take(self, places: int) -> None:
        """Unreadable `too_large` where that many are not left."""
        self.left -= max(places, LEAST)
        self.hold(0)

    def hold(self, cells: int) -> None:
        """Unreadable `too_large` where there is no room for so many cells: asked before they are read."""
        if cells > self.left:
            raise _too_large()


def _too_large() -> Unreadable:
    return Unreadable("too_large", "表格过大，超过五十万格，已停止读取。请拆成几张表后再上传。")


def lay_out(rows: Sequence[Sequence[Cell]], most: int = MAXIMUM) -> Layout[Cell]:
    """A rectangular layout; the same Slot stands at every place that it covers, None where no cell reaches.

    Unreadable `too_large` where it would take more than `most` places.
    """
    places: dict[tuple[int, int], Slot[Cell]] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            slot = Slot(cell, row, column, _rows(cell, row, len(rows)), _columns(cell, row, column, places))
            if len(places) + slot.rowspan * slot.colspan > most:
                raise _too_large()
            for down in range(slot.rowspan):
                for right in range(slot.colspan):
                    places.setdefault((row + down, column + right), slot)
            column += slot.colspan
    width = 1 + max((column for _, column in places), default=-1)
    if width * len(rows) > most:
        raise _too_large()
    return [[places.get((row, column)) for column in range(width)] for row in range(len(rows))]


def _rows(cell: Spanning, row: int, height: int) -> int:
    """HTML: rowspan 0 reaches to the end of the table."""
    return min(cell.rowspan or height, height - row)


def _columns(cell: Spanning, row: int, column: int, places: dict[tuple[int, int], Slot[Cell]]) -> int:
    width = 1
    while width < cell.colspan and (row, column + width) not in places:
        width += 1
    return width


def grid(
    rows: Sequence[Sequence[Spanning]], caption: str = "", page: int = 0, room: Room | None = None
) -> Grid:  # fmt: skip
    """The Grid of a table given as rows of spanning cells. room: what the document has left, its own by default."""
    room = room or Room()
    made: dict[tuple[int, int], GridCell] = {}

    def place(slot: Slot[Spanning] | None) -> GridCell | None:
        if slot is None:
            return None
        key = (slot.row, slot.column)
        if key not in made:
            made[key] = GridCell(slot.cell.text, slot.row, slot.column, slot.rowspan, slot.colspan)
        return made[key]

    laid = lay_out(rows, room.left)
    room.take(sum(map(len, laid)))
    return Grid([[place(slot) for slot in line] for line in laid], caption, page)


def of_table(table: TableBlock) -> Grid:
    """A table of a Paper as a reader would give it back: head rows first."""
    return grid([*table.head, *table.rows], table.caption)
