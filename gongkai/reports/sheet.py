"""One form being filled from the grids of a document: heads tell the columns, labels tell the rows. No Django."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from gongkai.law.refusal import Misprint
from gongkai.law.report_forms import Column, ReportForm, Row, Table
from gongkai.law.values import BLANK, Value
from gongkai.papers.reading import Grid, GridCell
from gongkai.reports.labels import is_figure, key, marker, short_key, tidy, value_of

Line = list[GridCell]
ALIKE = 0.8  # of the letters of two labels, so much must agree for one to be a damaged printing of the other


def _column_key(label: str) -> str:
    """2012年发生数 and 2013年发生数 are one column; so are 收费金额(单位:万元) and 收费金额(万元)."""
    return re.sub(r"^(?:\d{4}年度?|本年度?)(?:第[一二三四]季度|[上下]半年)?", "", short_key(label))


class Sheet:
    """What has been found of one form so far. Tables may be split, repeated heads are met again, order may differ."""

    def __init__(self, form: ReportForm) -> None:
        self.form = form
        self.figures: dict[str, Value] = {}
        self.not_understood: list[str] = []
        self._tables = {key(table.title): table for table in form.tables}
        self._heads: dict[int, list[str]] = {}
        self._width = 0
        self._table: Table | None = None
        self._position: dict[str, int] = {}
        self._headed: list[Table] = []

    def finish(self) -> None:
        """A table of figures alone whose heads stand there with nothing below them was left blank."""
        for table in self._headed:
            for cell in self.form.cells:
                if cell.table == table.id:
                    self.figures.setdefault(cell.ref, BLANK)

    @property
    def coverage(self) -> float:
        """The share of the form's cells that were found, less what could not be understood."""
        found = len(self.figures) - len(self.not_understood)
        return found / len(self.form.cells) if self.form.cells else 0.0

    def read(self, grid: Grid) -> None:
        """Take what a grid holds. A grid of the same width without a head goes on under the head before it."""
        width = max((len(row) for row in grid.rows), default=0)
        if width != self._width:
            self._heads, self._table = {}, None
        self._width = width
        in_head = False
        for row in grid.rows:
            line = [cell for cell in row if cell is not None]
            if self._title(line):
                in_head = False
            elif self._is_head(line):
                self._take_head(row, fresh=not in_head)
                in_head = True
            else:
                self._take_row(row)
                in_head = False

    def _title(self, line: Line) -> bool:
        """Whether the line is the title of a table (第二十条第(一)项), which is then the one being read."""
        texts = {tidy(cell.text) for cell in line if tidy(cell.text)}
        table = self._tables.get(key(texts.pop())) if len(texts) == 1 else None
        if table is None:
            return False
        self._table, self._heads = table, {}
        return True

    def _is_head(self, line: Line) -> bool:
        """A line with the heads of columns, or one above it that groups them (法人或其他组织), and no figure."""
        texts = list(dict.fromkeys((cell.row, cell.column, tidy(cell.text)) for cell in line))
        words = [text for _, _, text in texts if text]
        if not words or any(is_figure(word) for word in words):
            return False
        columns = {_column_key(column.label) for table in self._candidates() for column in table.columns}
        known = [word for word in words if _column_key(word) in columns]
        if len(known) >= 2 or (len(known) == 1 and len(words) <= 3 and not self._is_label(words[0])):
            return True
        courses = {key(row.label.split(":")[0]) for table in self._matrices() for row in table.rows}
        return len(words) <= 3 and any(key(word) in courses for word in words)

    def _is_label(self, text: str) -> bool:
        return any(key(text) == key(row.label) for table in self._candidates() for row in table.rows)

    def _candidates(self) -> tuple[Table, ...]:
        return (self._table,) if self._table else self.form.tables

    def _matrices(self) -> list[Table]:
        return [table for table in self.form.tables if table.print == "disputes"]

    def _take_head(self, row: list[GridCell | None], fresh: bool) -> None:
        if fresh:
            self._heads = {}
        for place, cell in enumerate(row):
            if cell is None or not tidy(cell.text):
                continue
            path = self._heads.setdefault(place, [])
            if not path or path[-1] != cell.text:
                path.append(cell.text)
        paths = list(self._heads.values())
        self._headed += [
            table for table in self._matrices()
            if table not in self._headed and any(self._course(table, path[:-1]) for path in paths)
        ]  # fmt: skip

    def _take_row(self, row: list[GridCell | None]) -> None:
        if self._take_matrix(row):
            return
        found = self._row_of(row)
        if found is None:
            return
        table, form_row, end = found
        seen: set[str] = set()
        for place in range(end, len(row)):
            cell, path = row[place], self._heads.get(place)
            column = self._column_of(table, path[-1]) if path else None
            if cell is None or column is None or column.id in seen:
                continue
            seen.add(column.id)
            self._take(f"{table.id}.{form_row.id}.{column.id}", cell.text)

    def _take_matrix(self, row: list[GridCell | None]) -> bool:
        """A line of figures alone, each under a path of heads (行政诉讼 › 复议后起诉 › 结果维持)."""
        if not all(cell is None or is_figure(cell.text) for cell in row):
            return False
        for table in self._matrices():
            seen: set[str] = set()
            for place, path in sorted(self._heads.items()):
                form_row = self._course(table, path[:-1])
                column = self._column_of(table, path[-1])
                cell = row[place] if place < len(row) else None
                if form_row is None or column is None or cell is None:
                    continue
                ref = f"{table.id}.{form_row.id}.{column.id}"
                if ref not in seen and ref not in self.figures:
                    self._take(ref, cell.text)
                seen.add(ref)
        return True

    def _course(self, table: Table, path: list[str]) -> Row | None:
        """The course of proceedings that the heads above a result name: the deepest that is known."""
        for text in reversed(path):
            for row in table.rows:
                if key(text) == key(row.label.split(":")[-1]):
                    return row
        return None

    def _row_of(self, row: list[GridCell | None]) -> tuple[Table, Row, int] | None:
        """The form row that a line is, and where its figures begin: the last label before them decides."""
        labels = []
        for place, cell in enumerate(row):
            if cell is not None and not is_figure(cell.text):
                labels.append((place, cell))
        for place, cell in reversed(labels):
            found = self._match(cell.text)
            if found is not None:
                return (*found, max(place + 1, cell.column + cell.colspan))
        return None

    def _match(self, label: str) -> tuple[Table, Row] | None:
        """The next row of the form with this label; rows before the last one found are taken only if none follows."""
        for exact in (key, short_key):
            wanted = exact(label)
            found = [
                (table, position, row)
                for table in self._candidates()
                for position, row in enumerate(table.rows)
                if wanted and exact(row.label) == wanted
            ]
            if found:
                return self._nearest(found, label)
        return self._expected(label)

    def _expected(self, label: str) -> tuple[Table, Row] | None:
        """The row that comes next, where the label is that row's with some letters lost."""
        wanted = key(label)
        for table in self._candidates():
            following = table.rows[self._position.get(table.id, -1) + 1 :]
            row = next((row for row in following if row.role != "header"), None)
            if row is not None and SequenceMatcher(None, wanted, key(row.label)).ratio() >= ALIKE:
                self._position[table.id] = table.rows.index(row)
                return table, row
        return None

    def _nearest(self, found: list[tuple[Table, int, Row]], label: str) -> tuple[Table, Row]:
        def rank(candidate: tuple[Table, int, Row]) -> tuple[bool, bool, bool, int]:
            table, position, row = candidate
            other_star = ("★" in label) != row.star
            behind = position <= self._position.get(table.id, -1)
            other_number = bool(marker(label)) and marker(row.label or row.no) != marker(label)
            return other_star, behind, other_number, position

        table, position, row = min(found, key=rank)
        self._position[table.id] = position
        return table, row

    def _column_of(self, table: Table, head: str) -> Column | None:
        wanted = _column_key(head)
        alike = [SequenceMatcher(None, wanted, _column_key(column.label)).ratio() for column in table.columns]
        return table.columns[alike.index(max(alike))] if max(alike) >= ALIKE else None

    def _take(self, ref: str, text: str) -> None:
        try:
            cell = self.form.cell(ref)
        except Misprint:  # a place without a cell, such as 处理决定数量 of a row that has none
            return
        value = value_of(self.form, cell, text)
        if value is None:
            self.not_understood.append(f"{self._named(ref)}:“{text.strip()}”不是数字")
        elif ref not in self.figures or self.figures[ref].kind == "blank":
            self.figures[ref] = value

    def _named(self, ref: str) -> str:
        table, row, column = ref.split(".")
        return f"{self.form.row(table, row).label} › {self.form.column(table, column).label}"
