"""Registers as Excel workbooks: templates, filled exports, and the sheets of a workbook matched to their ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from xlsxwriter.utility import xl_col_to_name

from gongkai.law.refusal import Refused
from gongkai.papers.sheets import Native, SheetStream
from gongkai.papers.unreadable import Unreadable
from gongkai.papers.workbook import Column, ColumnType, Sheet, stream_sheets, write_sheets
from gongkai.records.cells import like
from gongkai.records.ledgers import ColumnKind, Ledger, LedgerColumn

_TYPES: dict[ColumnKind, ColumnType] = {"date": "date", "integer": "integer", "amount": "amount"}
YES_NO = {True: "是", False: "否"}


def template(ledger: Ledger) -> bytes:
    """An empty workbook of one register, to be downloaded, filled in and imported."""
    return template_all([ledger])


def template_all(ledgers: Iterable[Ledger]) -> bytes:
    """An empty workbook with one sheet for each register, those that others link to first."""
    return filled(ledgers, {})


def export(ledger: Ledger, organ: models.Model) -> bytes:
    """The organ's register as a workbook that can be imported again without changing anything."""
    return exported(ledger, ledger.model._default_manager.filter(organ=organ).order_by("number", "pk"))


def exported(ledger: Ledger, rows: models.QuerySet[Any]) -> bytes:
    """Some rows of a register in their order, as a workbook that can be imported again."""
    names = [column.name for column in ledger.all_columns]
    links = [column.name for column in ledger.columns if column.kind == "link"]
    found = rows.select_related(*links) if links else rows
    return filled([ledger], {ledger.name: [{name: getattr(row, name) for name in names} for row in found.iterator()]})


def filled(ledgers: Iterable[Ledger], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """A workbook with rows in it. rows: ledger name -> rows, each field name -> Python value (a code, a day, a Decimal;
    a link as its record or its number). ValueError for a row with a field that the ledger does not have."""
    return write_sheets([_sheet(ledger, rows.get(ledger.name, ())) for ledger in ledgers])


def _sheet(ledger: Ledger, rows: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = ledger.all_columns
    names = {column.name for column in columns}
    for row in rows:
        if unknown := sorted(set(row) - names):
            raise ValueError(f"{ledger.name} has no column {unknown}")
    cells = [[_cell(column, row.get(column.name)) for column in columns] for row in rows]
    return Sheet(ledger.title, tuple(_column(column) for column in columns), cells, note=_note(ledger))


def _column(column: LedgerColumn) -> Column:
    choices = tuple(YES_NO.values()) if column.kind == "flag" else tuple(column.choices.values())
    help_ = column.help
    if column.links_to is not None:
        help_ = f"填“{column.links_to._meta.verbose_name}”的登记号。{help_}"
    width = 30.0 if column.kind == "text" and column.name not in ("number", "note") else 16.0
    type_ = _TYPES.get(column.kind, "text")
    return Column(column.header, type_, width, column.required, help_, choices, column.example)


def _note(ledger: Ledger) -> str:
    return (
        "一行一条登记。第一行标题不要改动；不知道的留空，不要填“未知”或 0。同一登记号再次导入即更新该条登记，不会重复。"
    )


def _cell(column: LedgerColumn, value: Any) -> Native | int:
    if value is None or value == "":
        return None
    if column.kind == "choice":
        return column.choices[value]
    if column.kind == "flag":
        return YES_NO[bool(value)]
    if column.kind == "link":
        return str(getattr(value, "number", value))
    if column.kind == "amount":
        return float(value)
    return value  # type: ignore[no-any-return]  # a text, a day or a whole number by its kind


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a workbook and where. row: as Excel numbers it, 0 for the sheet as a whole; column: letter."""

    sheet: str
    row: int
    column: str
    header: str
    problem: str

    def __str__(self) -> str:
        place = f"表“{self.sheet}”" + (f"第 {self.row} 行" if self.row else "")
        place += f" {self.column} 列" if self.column else ""
        return place + (f"“{self.header}”" if self.header else "") + f"：{self.problem}"

    def as_json(self) -> dict[str, Any]:
        """For machines: the same five fields."""
        return {name: getattr(self, name) for name in self.__slots__}


Tell = Callable[[Fault], None]


@dataclass(slots=True)
class LedgerSheet:
    """A sheet matched to its ledger. places: field name -> position in each row; top: number of the row of headers.

    unnamed: positions of columns without a header, in which nothing may stand.
    """

    ledger: Ledger
    stream: SheetStream
    top: int = 0
    columns: dict[str, LedgerColumn] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[Native]]]:
        """The rows below the headers, read as they are asked for. Refused where the file cannot be read."""
        return (row for row in _read(self.stream) if row[0] > self.top)

    def fault(self, row: int, name: str, problem: str) -> Fault:
        """A fault of this sheet at a row and a column by its field name ("" for the row as a whole)."""
        letter = xl_col_to_name(self.places[name]) if name in self.places else ""
        return Fault(self.ledger.title, row, letter, self.columns[name].header if letter else "", problem)


@dataclass(slots=True)
class Sheets:
    """The sheets of a workbook in the order of the ledgers, and what is wrong with sheets and headers."""

    sheets: list[LedgerSheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(data: bytes, ledgers: Iterable[Ledger]) -> Sheets:
    """The sheets of an xlsx, matched by title to ledgers and by header to columns. Refused for an unreadable file."""
    try:
        found = stream_sheets(data)
    except Unreadable as fault:
        raise Refused(fault.code, fault.reason) from fault
    order = {ledger.title: (place, ledger) for place, ledger in enumerate(ledgers)}
    result = Sheets()
    matched: list[tuple[int, LedgerSheet]] = []
    for sheet in found:
        title = sheet.title.strip()
        if title in order:
            place, ledger = order[title]
            matched.append((place, _match(ledger, sheet, result.faults.append)))
        elif next(_read(sheet), None):
            result.faults.append(_unknown_sheet(title, order))
    result.sheets = [sheet for _, sheet in sorted(matched, key=lambda pair: pair[0])]
    if not matched and not result.faults:
        raise Refused("no_register", f"工作簿里没有可导入的登记簿；表名应为：{'、'.join(order)}")
    return result


def _read(sheet: SheetStream) -> Iterator[tuple[int, list[Native]]]:
    try:
        yield from sheet.rows()
    except Unreadable as fault:
        raise Refused(fault.code, fault.reason) from fault


def _unknown_sheet(title: str, known: Iterable[str]) -> Fault:
    return Fault(title, 0, "", "", f"表名不是登记簿；请改为以下之一，或删去此表：{'、'.join(known)}")


def _match(ledger: Ledger, sheet: SheetStream, tell: Tell) -> LedgerSheet:
    """The sheet with its columns found by header in the first row; a header missing, unknown or twice is told."""
    matched = LedgerSheet(ledger, sheet, columns={column.name: column for column in ledger.all_columns})
    first = next(_read(sheet), None)
    if first is None:
        return matched
    matched.top, headers = first
    by_header = {like(column.header): column.name for column in ledger.all_columns}
    for place, native in enumerate(headers):
        header = "" if native is None else str(native).strip()
        name = by_header.get(like(header))
        if name is None and not header:
            matched.unnamed.append(place)
        elif name is None:
            tell(unknown_column(matched, place, header))
        elif name in matched.places:
            letter = xl_col_to_name(place)
            tell(Fault(ledger.title, matched.top, letter, header, "这一列出现了两次；请删去一列"))
        else:
            matched.places[name] = place
    missing = [c.header for c in ledger.all_columns if c.required and c.name not in matched.places]
    if missing:
        problem = f"缺少必填的列：{'、'.join(missing)}；请用下载的模板填写"
        tell(Fault(ledger.title, matched.top, "", "", problem))
    return matched


def unknown_column(sheet: LedgerSheet, place: int, header: str = "") -> Fault:
    """That a register has no such column; header: "" for one without, in which something stands."""
    allowed = "、".join(column.header for column in sheet.ledger.all_columns)
    problem = f"没有这一列；请删去，或改用模板中的列名：{allowed}"
    return Fault(sheet.ledger.title, sheet.top, xl_col_to_name(place), header, problem)
