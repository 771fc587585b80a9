"""Rows of figures that a converter cut off from labels or heads: told by their turn, their number and their sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.law.report_forms import ReportForm, Table
from gongkai.papers.reading import Grid, GridCell
from gongkai.reports.foreign import figures
from gongkai.reports.foreign.flat import Tables
from gongkai.reports.foreign.solving import EQUATIONS, Board, holds_with, relations, sums_within
from gongkai.reports.foreign.stream import Span
from gongkai.reports.foreign.wording import Words
from gongkai.reports.labels import key, tidy


@dataclass(frozen=True, slots=True)
class Stray:
    """Figures without a known label: the grid with its number and span, the line in it, and cells with their places.

    told: how it was named among what was not understood, "" where it was not.
    """

    grid: Grid
    number: int
    span: Span
    line: int
    cells: tuple[tuple[int, GridCell], ...]
    told: str = ""


class Turns:
    """The rows of a form's table of applications as the document has them: ids of those with a label, and strays."""

    def __init__(self, form: ReportForm) -> None:
        self.form = form
        self.table = next((one for one in form.tables if one.print == "applications"), form.tables[0])
        self.rows: list[str | Stray] = []

    def pass_row(self, table: Table, row: str) -> None:
        """A row with its label."""
        if table is self.table:
            self.rows.append(row)

    def note(self, stray: Stray) -> None:
        """A line of figures behind words or none, if it has as many as a row of the table."""
        size = len(self.table.columns)
        filled = tuple(one for one in stray.cells if tidy(one[1].text))
        last, before = filled[-size:], filled[:-size]
        whole = len(last) == size and all(figures.is_figures(cell.text) for _, cell in last)
        if (
            self.table.print == "applications"
            and whole
            and not any(figures.is_figures(cell.text) for _, cell in before)
        ):
            self.rows.append(replace(stray, cells=last))

    def settled(self, tables: Tables) -> list[tuple[str, Stray]]:
        """The row of each stray. Empty unless as many stand between two labels as the form has rows there, every time,
        and every sum in which they stand holds. tables: what was found of rows with labels."""
        if any(table == self.table.id for table, _ in tables.lumps):
            return []
        known = {
            ref: value
            for found in tables.found
            if found.printed is not None and not found.contested
            for ref, value in zip(found.refs, found.printed, strict=True)
        }
        placed = list(self._placed())
        if len(placed) != sum(isinstance(row, Stray) for row in self.rows):
            return []
        values = dict(known)
        for row, stray in placed:
            for column, (_, cell) in zip(self.table.columns, stray.cells, strict=True):
                ref = f"{self.table.id}.{row}.{column.id}"
                read = figures.value(self.form, ref, cell.text)
                if read is None or ref in known:
                    return []
                values[ref] = read
        board, new = Board(self.form), values.keys() - known.keys()
        own = [
            one for one in relations(self.form, EQUATIONS, True) if new & {term.ref for term in (*one.left, *one.right)}
        ]
        return placed if own and all(holds_with(one, values, board, {}) for one in own) else []

    def _placed(self) -> Iterator[tuple[str, Stray]]:
        order = [row.id for row in self.table.rows if row.role != "header"]
        last, strays = -1, list[Stray]()
        for row in self.rows:
            if isinstance(row, Stray):
                strays.append(row)
                continue
            at = order.index(row)
            between: Sequence[str] = order[last + 1 : at] if last >= 0 else ()
            if strays and len(strays) == len(between):
                yield from zip(between, strays, strict=True)
            last, strays = at, []


def heads_lost(words: Words, table: Table, before: str, cells: Sequence[GridCell]) -> bool:
    """Whether a line has a figure for every cell of a matrix, its courses of proceedings are named before it, and its
    sums all hold: only the heads over it were lost."""
    form, said = words.form, key(before)
    named = {row for word, row in words.courses.items() if word in said}
    refs = tuple(f"{table.id}.{course.id}.{column.id}" for course in table.rows for column in table.columns)
    if len(cells) != len(refs) or not named >= {course.id for course in table.rows}:
        return False
    values = [figures.value(form, ref, cell.text) for ref, cell in zip(refs, cells, strict=True)]
    read = [value for value in values if value is not None]
    sums = sums_within(form, refs)
    return len(read) == len(refs) and bool(sums) and all(one.holds(read) for one in sums)
