"""Statutory report forms read from the book: tables, rows, columns, and what each cell counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused

Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """period: "year" counts 1 January to 31 December; "cumulative" adds all years before it and opening balances.

    For reading reports of others: aliases are other printings of the label, optional says that some print the form
    without this column, signed that a figure may be negative, prose are patterns of sentences that state the cell of
    a row in this column ({row} stands for the labels of the row, {n} for the number).
    """

    id: str
    label: str
    label_en: str = ""
    period: str = "year"
    counts: str = ""
    where: Where = field(default_factory=dict)
    unit: str = ""
    scale: int = 1
    decimals: int = 0
    applies_to: tuple[str, ...] = ()  # row ids; empty: all rows of the table
    note: str = ""
    aliases: tuple[str, ...] = ()
    optional: bool = False
    signed: bool = False
    prose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line. role: header (no cell) | total | part | subset | overlap | value.

    label: as printed, with the ★ where the form prints one. star: only `star_reporters` may fill it.
    For reading reports of others: aliases are other printings of the label; lump, on a header, is the row that takes
    the figures where a header is printed as one row of figures; prose as in Column, for the cell in the first column
    of the year.
    """

    id: str
    table: str
    label: str
    label_en: str = ""
    no: str = ""
    unit: str = ""
    parent: str = ""
    group: str = ""
    block: str = ""  # the printed group in the first column (人员配置, 公开的内容 …)
    part: str = ""  # the printed part heading (一、基本情况 …)
    role: str = "value"
    star: bool = False
    cumulative: bool = True  # False: a stock, its cumulative cell is not applicable
    counts: str = ""
    where: Where = field(default_factory=dict)
    scale: int = 1  # the counted sum is divided by this (10000 for 万元 over yuan)
    decimals: int = 0
    statute: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    lump: str = ""
    prose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One place on the form that carries a figure. `ref` is `table.row.column`."""

    table: str
    row: str
    column: str
    counts: str
    where: Where
    period: str
    unit: str
    scale: int
    decimals: int
    star: bool
    applies: bool

    @property
    def ref(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


@dataclass(frozen=True, slots=True)
class Table:
    """layout: list (rows under each other) or matrix. print: which drawing the official layout needs."""

    id: str
    title: str
    layout: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    part: str = ""
    print: str = "list"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report. kind: text, table (its tables are those with `part == no`) or annex."""

    no: str
    title: str
    content: str = ""
    kind: str = "text"


@dataclass(frozen=True, slots=True, eq=False)
class ReportForm:
    """One generation of the statutory form, as a page of the book. Compared by identity: each page is loaded once."""

    id: str
    title: str
    title_en: str
    jurisdiction: str
    first_year: int
    last_year: int | None
    cite: str
    verification: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    absent_marks: tuple[str, ...]
    star_mark: str = ""
    star_note: str = ""
    star_reporters: tuple[str, ...] = ()
    caveats: tuple[tuple[str, str], ...] = ()
    due: str = ""  # id of the time-limit rule for publishing the report
    due_note: str = ""
    notice: str = ""
    governing_text: str = ""
    year_note: str = ""
    cells: tuple[Cell, ...] = ()

    def table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)

    def row(self, table_id: str, row_id: str) -> Row:
        return next(row for row in self.table(table_id).rows if row.id == row_id)

    def column(self, table_id: str, column_id: str) -> Column:
        return next(column for column in self.table(table_id).columns if column.id == column_id)

    def cell(self, ref: str) -> Cell:
        """The cell of a full ref `table.row.column`; Misprint when the form has none."""
        cell = _index(self).get(ref)
        if cell is None:
            raise Misprint(f"report_forms/{self.id}.toml", f"没有单元格 {ref}")
        return cell

    def resolve(self, short: str) -> Cell:
        """The cell that a short ref means: `table.row.column`, `row.column` or `row` where that is unambiguous."""
        index = _index(self)
        if short in index:
            return index[short]
        found = [cell for cell in self.cells if short in (f"{cell.row}.{cell.column}", cell.row)]
        if len(found) != 1:
            raise Misprint(f"report_forms/{self.id}.toml", f"“{short}”对应 {len(found)} 个单元格", "写全 表.行.栏")
        return found[0]

    def name_of(self, ref: str) -> str:
        """A cell in words: "收到申请总数 › 2012年发生数"; Misprint when the form has none."""
        cell = self.cell(ref)
        return f"{self.row(cell.table, cell.row).label} › {self.column(cell.table, cell.column).label}"

    def may_fill(self, cell: Cell, reporter_kind: str) -> bool:
        """Whether a reporter of this kind may fill (and publish) the cell: ★ rows are reserved."""
        return not cell.star or reporter_kind in self.star_reporters

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@cache
def _index(form: ReportForm) -> dict[str, Cell]:
    return {cell.ref: cell for cell in form.cells}


def _where(raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: (value,) if isinstance(value, str) else tuple(value) for key, value in raw.items()}


def _column(raw: Mapping[str, Any]) -> Column:
    return Column(**_tuples(raw), where=_where(raw.get("where", {})))


def _row(raw: Mapping[str, Any]) -> Row:
    return Row(**_tuples(raw), where=_where(raw.get("where", {})))


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a page without `where`, lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items() if key != "where"}


def _cells(tables: Iterable[Table]) -> Iterable[Cell]:
    for table in tables:
        for row in table.rows:
            if row.role == "header":
                continue
            for column in table.columns:
                if column.applies_to and row.id not in column.applies_to:
                    continue
                yield Cell(
                    table=table.id, row=row.id, column=column.id, counts=column.counts or row.counts,
                    where={**row.where, **column.where}, period=column.period, unit=column.unit or row.unit,
                    scale=column.scale if column.scale != 1 else row.scale, decimals=column.decimals or row.decimals,
                    star=row.star, applies=row.cumulative or column.period != "cumulative",
                )  # fmt: skip


def _table(raw: Mapping[str, Any], rows: list[Row]) -> Table:
    return Table(
        id=raw["id"], title=raw["title"], layout=raw["layout"], part=raw.get("part", ""),
        print=raw.get("print", "list"), note=raw.get("note", ""),
        columns=tuple(_column(column) for column in raw["column"]),
        rows=tuple(row for row in rows if row.table == raw["id"]),
    )  # fmt: skip


@cache
def load(form_id: str) -> ReportForm:
    """The form of a page `report_forms/<form_id>.toml`. Refused when the book has no such page."""
    if form_id not in book.pages("report_forms"):
        raise Refused("unknown_form", f"法规册中没有报表格式“{form_id}”;现有:{'、'.join(book.pages('report_forms'))}")
    raw = book.page("report_forms", form_id)
    rows = [_row(row) for row in raw["row"]]
    tables = tuple(_table(table, rows) for table in raw["table"])
    return ReportForm(
        id=raw["id"], title=raw["title"], title_en=raw["title_en"], jurisdiction=raw["jurisdiction"],
        first_year=raw["years"]["first"], last_year=raw["years"].get("last"), cite=raw["cite"],
        verification=raw["verification"], sections=tuple(Section(**section) for section in raw["section"]),
        tables=tables, absent_marks=tuple(raw["absent_marks"]), star_mark=raw.get("star_mark", ""),
        star_note=raw.get("star_note", ""), star_reporters=tuple(raw.get("star_reporters", ())),
        caveats=tuple((caveat["id"], caveat["text"]) for caveat in raw.get("caveat", ())), due=raw.get("due", ""),
        due_note=raw.get("due_note", ""), notice=raw.get("notice", ""), governing_text=raw.get("governing_text", ""),
        year_note=raw["years"].get("note", ""), cells=tuple(_cells(tables)),
    )  # fmt: skip


def all_forms() -> tuple[ReportForm, ...]:
    """Every form in the book, oldest first."""
    return tuple(sorted((load(form_id) for form_id in book.pages("report_forms")), key=lambda form: form.first_year))


def in_force(year: int, jurisdictions: Iterable[str]) -> ReportForm:
    """The form in force for a report year in a place; a local form goes before the national one.

    jurisdictions: names from the nearest to 全国, e.g. ("吉林市", "全国"). Refused when the book has none or two.
    """
    for place in jurisdictions:
        forms = [form for form in all_forms() if form.jurisdiction == place and form.covers(year)]
        if len(forms) == 1:
            return forms[0]
        if forms:
            raise Misprint("report_forms", f"{place} {year} 年有 {len(forms)} 种格式同时有效")
    raise Refused("no_form", f"法规册中没有 {year} 年度适用的报表格式;请指定格式,或在 report_forms/ 中补一页")
