"""What a reader gives back: the tables and paragraphs of a document, with the place of every cell. No meaning yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell after spans are laid out: `text` as read; row and column are those of its upper left corner."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A rectangular table; a merged cell stands at every place it covers (same object). page: from 1, 0 unknown."""

    rows: list[list[GridCell | None]] = field(default_factory=list)
    caption: str = ""
    page: int = 0

    def texts(self) -> list[list[str]]:
        return [["" if cell is None else cell.text for cell in row] for row in self.rows]


@dataclass(slots=True)
class Reading:
    """A document as read: `parts` in document order, each a paragraph (str) or a Grid."""

    parts: list[str | Grid] = field(default_factory=list)
    title: str = ""
    format: str = ""

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.parts if isinstance(part, str))
