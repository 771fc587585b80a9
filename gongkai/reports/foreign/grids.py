"""Tables kept as tables: heads tell the columns, labels tell the rows, and every cell keeps its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.law.report_forms import Table
from gongkai.law.values import BLANK
from gongkai.papers.reading import Grid, GridCell
from gongkai.reports.foreign import figures
from gongkai.reports.foreign.cells import slot_of, ways_of
from gongkai.reports.foreign.flat import Tables
from gongkai.reports.foreign.regions import Chunk
from gongkai.reports.foreign.report import Where
from gongkai.reports.foreign.settling import Found
from gongkai.reports.foreign.solving import sums_within
from gongkai.reports.foreign.splitting import Ways
from gongkai.reports.foreign.strays import Stray, Turns, heads_lost
from gongkai.reports.foreign.stream import Stream
from gongkai.reports.foreign.wording import Item, Words, column_key
from gongkai.reports.labels import key, marker, short_key, tidy

WHOLE = 0.8  # share of a table's rows that a converter's grid must have to be the table itself
ALIKE = 0.8  # how alike a misprinted label must be
_NAMING = 60  # characters before a grid in which a line may name it
_BEFORE_MATRIX = 300  # characters before a matrix in which a converter may have put its heads
_MORE = 6  # letters that such a line may have beside the name
Line = list[GridCell | None]


@dataclass(frozen=True, slots=True)
class Value:
    """A cell to the right of a label: its place, and the columns whose heads stand over it."""

    cell: GridCell
    place: int
    columns: tuple[str, ...]


class GridReader:
    """One form being read from the grids of a document. Tables may be split, heads repeated, cells run together.

    loose: a converter made the grids (Markdown), so that a blank place may be its doing.
    """

    def __init__(self, words: Words, stream: Stream, *, loose: bool = False) -> None:
        self.words, self.form, self.stream, self.loose = words, words.form, stream, loose
        self.tables = Tables()
        self._refs: dict[str, Found] = {}
        self._nearly: dict[tuple[str, str], Item | None] = {}  # what was looked for once, by table and label
        self._heads: dict[int, list[str]] = {}
        self._width = self._number = 0
        self._grid = Grid()
        self._table: Table | None = None
        self._order = -1
        self._course = ""  # the row of a matrix that the line before the grid names
        self._doubted = loose
        self._headed: dict[str, Where] = {}  # matrices of which heads were met, with the place
        self._strange: list[str] = []
        self._span = (0, 0)
        self._turns = Turns(self.form)
        self._column_keys = {one for own in words.columns.values() for keys in own.values() for one in keys}

    def read(self) -> Tables:
        """Everything that the grids hold of the form."""
        for number, (grid, span) in enumerate(self.stream.grids, 1):
            before = len(self.tables.found)
            self._number, self._grid, self._span = number, grid, span
            self._doubted, self._strange = self.loose and not self._whole(grid), []
            self._course = self._named(self.stream.text[max(span[0] - _NAMING, 0) : span[0]])
            self._read(grid)
            if len(self.tables.found) > before:
                self.tables.spans.append(span)
                self.tables.not_understood += self._strange
        if self.loose:
            self._strays()
        else:
            self._blank_matrices()
        return self.tables

    def _read(self, grid: Grid) -> None:
        width = max((len(row) for row in grid.rows), default=0)
        if width != self._width:
            self._heads, self._table = {}, None
        self._width = width
        in_head = False
        for number, row in enumerate(grid.rows):
            cells = _distinct(row)
            texts = [tidy(cell.text) for _, cell in cells if tidy(cell.text)]
            if not texts:
                if in_head:  # a matrix that was left blank
                    self._take_matrix(number, row)
                in_head = False
                continue
            if self._title(texts):
                in_head = False
            elif self._is_head(texts):
                self._take_head(row, fresh=not in_head)
                in_head = True
            else:
                self._take_row(number, row, cells)
                in_head = False

    def _whole(self, grid: Grid) -> bool:
        """Whether a converter kept a table in one piece: all its rows, equally wide, so that blanks are blanks."""
        if any(cell is None for row in grid.rows for cell in row):
            return False
        texts = {cell.text for row in grid.rows for _, cell in _distinct(row) if tidy(cell.text)}
        keys = {one for text in texts for one in (key(text), short_key(text))}
        found = [item for one in keys for item in self.words.row_keys.get(one, ()) if item.kind == "row"]
        tables = {item.table for item in found}
        rows = {(item.table, item.row) for item in found}
        wanted = [row for one in tables for row in self.form.table(one).rows if row.role != "header"]
        whole = bool(wanted) and len(rows) >= WHOLE * len(wanted)
        self.tables.whole |= tables if whole else set()
        return whole

    # ── Heads ──

    def _title(self, texts: list[str]) -> bool:
        """Whether the line is the title of a table, which is then the one being read."""
        table = self.words.titles.get(key(texts[0])) if len(texts) == 1 else None
        if table is not None:
            self._table, self._heads = table, {}
        return table is not None

    def _is_head(self, texts: list[str]) -> bool:
        """A line with heads of columns, or one above it that groups them, and no figure."""
        if any(figures.is_figures(text) for text in texts):
            return False
        known = [text for text in texts if column_key(text) in self._column_keys]
        if len(known) >= 2 or (known and len(texts) <= 3 and self._item(texts[0]) is None):
            return True
        return len(texts) <= 3 and any(key(text) in self.words.courses for text in texts)

    def _take_head(self, row: Line, fresh: bool) -> None:
        if fresh:
            self._heads = {}
        for place, cell in enumerate(row):
            if cell is not None and tidy(cell.text):
                path = self._heads.setdefault(place, [])
                if not path or path[-1] != cell.text:
                    path.append(cell.text)
                for table in self.words.matrices if key(cell.text) in self.words.courses else ():
                    self._headed.setdefault(table.id, Where(self._grid.page, self._number, cell.row + 1, place + 1))

    # ── Rows ──

    def _take_row(self, number: int, row: Line, cells: list[tuple[int, GridCell]]) -> None:
        if all(figures.is_figures(cell.text) for _, cell in cells):
            self._turns.note(Stray(self._grid, self._number, self._span, number, tuple(cells)))
            self._take_matrix(number, row)
            return
        for place, cell in reversed(cells):
            if figures.is_figures(cell.text):
                continue
            item = self._item(cell.text) or (self._misprinted(cell.text) if self._heads else None)
            if item is not None:
                self._take(number, item, cell, [one for one in cells if one[0] > place])
                return
        if self.tables.found and any(tidy(cell.text) and figures.is_figures(cell.text) for _, cell in cells):
            self._strange.append(f"认不出的行:{' '.join(tidy(cell.text) for _, cell in cells)[:60]}")
            self._turns.note(Stray(self._grid, self._number, self._span, number, tuple(cells), self._strange[-1]))

    def _candidates(self) -> tuple[Table, ...]:
        return (self._table,) if self._table else self.form.tables

    def _item(self, text: str) -> Item | None:
        """The next row or head of the form with this label."""
        allowed = {table.id for table in self._candidates()}
        for wanted in (key(text), short_key(text)):
            found = [item for item in self.words.row_keys.get(wanted, ()) if item.table in allowed]
            if found:
                return min(found, key=lambda item: self._rank(item, text))
        return None

    def _rank(self, item: Item, text: str) -> tuple[bool, bool, bool, int]:
        star = item.kind == "row" and ("★" in text) != self.form.row(item.table, item.row).star
        return star, item.order <= self._order, bool(marker(text)) and marker(text) != item.marker, item.order

    def _misprinted(self, text: str) -> Item | None:
        """The one row whose label is nearly this one."""
        wanted = short_key(text)
        asked = (self._table.id if self._table else "", wanted)
        if asked not in self._nearly:
            self._nearly[asked] = self._resembling(wanted) if len(wanted) >= 4 else None
        return self._nearly[asked]

    def _resembling(self, wanted: str) -> Item | None:
        allowed = {table.id for table in self._candidates()}
        ranked = []
        for item in self.words.items:
            if item.table in allowed and item.kind != "title":
                ranked.append((max(_alike(wanted, one) for one in item.keys), item.order, item))
        best = max(ranked, default=(0.0, 0, None), key=lambda one: one[:2])
        close = [one for one in ranked if one[0] > best[0] - 0.05]
        return best[2] if best[0] >= ALIKE and len(close) == 1 else None

    def _take(self, number: int, item: Item, label: GridCell, right: list[tuple[int, GridCell]]) -> None:
        table, row_id = self.form.table(item.table), item.row
        values = [self._value(table, place, cell) for place, cell in right]
        if item.kind == "head":
            if not self.form.row(table.id, row_id).lump or not any(
                tidy(one.cell.text) and one.columns for one in values
            ):
                return
            row_id = self.tables.lump(self.form, table, row_id)
        self._order = item.order
        self._turns.pass_row(table, row_id)
        self.tables.seen.add(table.id)
        self.tables.keys[table.id, row_id] = short_key(label.text)
        self._place(number, table, row_id, values)

    def _value(self, table: Table, place: int, cell: GridCell) -> Value:
        ids: list[str] = []
        for at in range(place, place + max(cell.colspan, 1)):
            path = self._heads.get(at)
            column = self._column(table, path[-1]) if path else None
            if column and column not in ids:
                ids.append(column)
        return Value(cell, place, tuple(ids))

    def _column(self, table: Table, head: str) -> str | None:
        wanted = column_key(head)
        for column, keys in self.words.columns[table.id].items():
            if wanted in keys:
                return column
        if len(wanted) <= 3:
            return None
        near = {column: max(_alike(wanted, one) for one in own) for column, own in self.words.columns[table.id].items()}
        best = max(near, key=lambda column: near[column], default=None)
        return best if best and near[best] >= ALIKE else None

    def _place(self, number: int, table: Table, row_id: str, values: list[Value]) -> None:
        """Lay the values of a row into its cells: by heads, by their number, or as figures that run together."""
        headed = [one for one in values if one.columns]
        doubtful = bool(headed) and (self._doubted or self._shifted(headed)) and self._doubtful(table, row_id, headed)
        if headed and not doubtful:
            seen: set[str] = set()
            for one in headed:
                refs = self._known(table, row_id, [column for column in one.columns if column not in seen])
                seen |= set(one.columns)
                if refs:
                    self._cells(number, refs, [one])
            return
        # Without heads only a row that is full tells where its figures belong.
        refs = self._known(table, row_id, [column.id for column in table.columns])
        filled = [one for one in values if tidy(one.cell.text)]
        doubtful = doubtful or self._shifted(values)
        if (len(values) == len(refs) and not doubtful) or len(filled) == len(refs):
            self._cells(number, refs, filled if len(filled) == len(refs) else values)
        elif filled and (doubtful or self._doubted or (len(filled) == 1 and len(refs) > 2)):
            self._cells(number, refs, filled)

    def _doubtful(self, table: Table, row_id: str, headed: list[Value]) -> bool:
        """Whether blank places keep figures from lying under their heads: no sum of the row says they do."""
        if all(tidy(one.cell.text) for one in headed):
            return False
        refs = self._known(table, row_id, [one.columns[0] for one in headed])
        sums = sums_within(self.form, refs) if len(refs) == len(headed) else ()
        read = [figures.value(self.form, ref, one.cell.text) for ref, one in zip(refs, headed, strict=False)]
        return (
            not sums or not all(read) or any(one.holds([value or BLANK for value in read]) is not True for one in sums)
        )

    def _shifted(self, values: list[Value]) -> bool:
        """Whether only the last cell of a converted row is blank, as where one before it was lost."""
        filled = [bool(tidy(one.cell.text)) for one in values]
        return self.loose and len(filled) > 2 and all(filled[:-1]) and not filled[-1]

    def _known(self, table: Table, row_id: str, columns: Iterable[str]) -> tuple[str, ...]:
        refs = (f"{table.id}.{row_id}.{column}" for column in columns)
        return tuple(ref for ref in refs if ref in self.words.refs)

    def _cells(self, number: int, refs: tuple[str, ...], values: list[Value]) -> None:
        """Record cells; several refs for fewer values are figures that run together."""
        if len(refs) == len(values):
            for ref, one in zip(refs, values, strict=True):
                self._one(number, ref, one)
            return
        chunks = [chunk for one in values for chunk in figures.chunks(one.cell.text)]
        raw = " ".join(one.cell.text.strip() for one in values)
        known = [self._refs[ref] for ref in refs if ref in self._refs]
        if chunks and len(known) == len(refs):
            self._again(refs, chunks, known)
        refs = tuple(ref for ref in refs if ref not in self._refs)
        if not chunks or not refs:
            return
        where = self._where(number, values[0])
        found = ways_of(self.form, [chunks], refs, where, raw, apart=len(values) > 1 or len(chunks) < len(refs) - 1)
        if found is None:
            self.tables.not_understood.append(f"{self.form.name_of(refs[0])}等:“{raw[:60]}”分不成{len(refs)}格")
            return
        self._take_found(found)

    def _one(self, number: int, ref: str, one: Value) -> None:
        read = figures.value(self.form, ref, one.cell.text)
        where, raw = self._where(number, one), one.cell.text.strip()
        if read is None:
            self.tables.not_understood.append(f"{self.form.name_of(ref)}:“{raw[:40]}”不是一个数")
        elif ref not in self._refs:
            self._take_found(Found((ref,), (where,), (raw,), (read,)))
        elif self._refs[ref].printed != (read,) and read != BLANK:
            self._refs[ref].contested = True
            self._refs[ref].others += [(read,)] if self._refs[ref].printed else []

    def _again(self, refs: tuple[str, ...], chunks: list[Chunk], known: list[Found]) -> None:
        """Figures run together for cells that were found before: other ones contest them, if they fill all cells."""
        ways = Ways(chunks, [slot_of(self.form, ref) for ref in refs])
        before = [raw for one in {id(one): one for one in known}.values() for raw in one.raws]
        told = "".join(chunk.text for chunk in chunks)
        if told != "".join(chunk.text for raw in before for chunk in figures.chunks(raw)) and ways.fills:
            for one in known:
                one.contested = True

    def _take_found(self, found: Found) -> None:
        self.tables.found.append(found)
        self._refs.update(dict.fromkeys(found.refs, found))

    def _where(self, number: int, one: Value) -> Where:
        return Where(self._grid.page, self._number, number + 1, one.place + 1)

    # ── Rows without labels ──

    def _strays(self) -> None:
        """Take the strays whose rows their turn tells."""
        table = self._turns.table
        for row, stray in self._turns.settled(self.tables):
            self._number, self._grid = stray.number, stray.grid
            self.tables.keys.setdefault((table.id, row), short_key(self.form.row(table.id, row).label))
            self._place(stray.line, table, row, [Value(cell, place, ()) for place, cell in stray.cells])
            self.tables.spans.append(stray.span)
            if stray.told in self.tables.not_understood:
                self.tables.not_understood.remove(stray.told)

    # ── Rows beside each other ──

    def _blank_matrices(self) -> None:
        """Matrices whose heads stand there with nothing below them were left blank."""
        for table, where in self._headed.items():
            refs = tuple(cell.ref for cell in self.form.cells if cell.table == table)
            if not any(ref in self._refs for ref in refs):
                self.tables.found.append(Found(refs, (where,), ("",), (BLANK,) * len(refs)))
                self.tables.seen.add(table)

    def _take_matrix(self, number: int, row: Line) -> None:
        """A line of figures alone, each under a path of heads (行政诉讼 › 复议后起诉 › 结果维持)."""
        for table in self.words.matrices:
            every = _distinct(row)
            before = self.stream.text[max(self._span[0] - _BEFORE_MATRIX, 0) : self._span[0]]
            lost = self.loose and heads_lost(self.words, table, before, [cell for _, cell in every])
            cells = every if lost else [(place, cell) for place, cell in every if self._result(table, place)]
            if len(cells) < 2:
                continue
            refs = [f"{table.id}.{course.id}.{column.id}" for course in table.rows for column in table.columns]
            heads = [self._result(table, place) for place, _ in cells]
            in_turn = lost or heads == [ref.rpartition(".")[2] for ref in refs]
            self.tables.seen.add(table.id)
            for at, (place, cell) in enumerate(cells):
                ref = refs[at] if in_turn else self._under(table, place)
                if ref:
                    self._one(number, ref, Value(cell, place, ()))

    def _result(self, table: Table, place: int) -> str | None:
        path = self._heads.get(place)
        return self._column(table, path[-1]) if path else None

    def _under(self, table: Table, place: int) -> str | None:
        """The cell below a path of heads: the deepest course of proceedings that is named, and the result."""
        path, result = self._heads[place], self._result(table, place)
        for text in reversed(path[:-1]):
            course = self.words.courses.get(key(text))
            if course:
                return f"{table.id}.{course}.{result}"
        return f"{table.id}.{self._course}.{result}" if self._course else None

    def _named(self, before: str) -> str:
        """The course of proceedings that the last line before a grid names and nothing else: 行政诉讼(复议后起诉)."""
        line = key(next((one for one in reversed(before.split("\n")) if one.strip()), ""))
        found = [one for one in self.words.courses if one in line and len(line) <= len(one) + _MORE]
        return self.words.courses[max(found, key=len)] if found else ""


def _distinct(row: Line) -> list[tuple[int, GridCell]]:
    """Every cell of a line once, with the first place it covers."""
    found: dict[int, tuple[int, GridCell]] = {}
    for place, cell in enumerate(row):
        if cell is not None and id(cell) not in found:
            found[id(cell)] = (place, cell)
    return list(found.values())


def _alike(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 0.5 * max(len(one), len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
