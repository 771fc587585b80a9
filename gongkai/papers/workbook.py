"""Registers as Excel workbooks: sheets with typed columns, drop-down lists and a guide; written, and read back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import xlsxwriter

from gongkai.papers.sheets import Native, SheetRows, SheetStream, sheets_of, streams_of

ColumnType = Literal["text", "date", "integer", "amount"]

GUIDE = "填写说明"
LISTS = "选项"
LAST_ROW = 20_000  # formats and drop-down lists reach down to this row
CREATED = date(2000, 1, 1)

_NUMBER_FORMATS: dict[ColumnType, str] = {"text": "@", "date": "yyyy-mm-dd", "integer": "0", "amount": "#,##0.00"}
_TYPE_NAMES: dict[ColumnType, str] = {
    "text": "文字",
    "date": "日期，如 2012-03-02",
    "integer": "整数",
    "amount": "金额（元），两位小数",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. width: in characters; help: shown at the header and when a cell is entered;
    choices: texts offered in a drop-down list, and nothing else is accepted."""

    header: str
    type: ColumnType = "text"
    width: float = 14
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One register. title: name of the sheet (at most 31 characters, none of []:*?/\\); rows: one value per column.

    Examples stand on the guide sheet and not among the data, so that they are never imported as records.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Native | int]] = field(default=())
    note: str = ""


def write_sheets(sheets: Sequence[Sheet], *, created: date = CREATED) -> bytes:
    """A workbook with one sheet for each register, header frozen, and a guide sheet at the end. Same input, same bytes.

    Text columns are formatted as text before anything is typed, so that 007 stays 007 and 1/2 does not become a date.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(created.year, created.month, created.day)})
    lists = _Lists()
    for sheet in sheets:
        _write_sheet(book, sheet, lists)
    _write_guide(book, sheets)
    lists.write(book)
    book.close()
    return buffer.getvalue()


def read_sheets(data: bytes) -> list[SheetRows]:
    """The visible sheets of an xlsx workbook with their rows, numbered from 1; the guide and the lists are left out.

    Raises Unreadable for a file that is damaged, too large, locked by a password or not an xlsx.
    """
    return [sheet for sheet in sheets_of(data) if sheet.title not in (GUIDE, LISTS)]


def stream_sheets(data: bytes) -> list[SheetStream]:
    """The same sheets for a reader who takes their rows one by one and keeps none of them."""
    return [sheet for sheet in streams_of(data) if sheet.title not in (GUIDE, LISTS)]


class _Lists:
    """Choices too long for a cell's own list: kept as columns of a hidden sheet, each different list once."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        # Excel keeps an inline list as one comma-joined text of at most 255 characters.
        if len(",".join(choices)) <= 255 and not any("," in choice for choice in choices):
            return list(choices)
        number = self.columns.setdefault(choices, len(self.columns))
        letter = xlsxwriter.utility.xl_col_to_name(number, col_abs=True)
        return f"='{LISTS}'!{letter}$1:{letter}${len(choices)}"

    def write(self, book: Any) -> None:
        if not self.columns:
            return
        page = book.add_worksheet(LISTS)
        page.hide()
        for choices, number in self.columns.items():
            for row, choice in enumerate(choices):
                page.write_string(row, number, choice)


def _write_sheet(book: Any, sheet: Sheet, lists: _Lists) -> None:
    page = book.add_worksheet(sheet.title)
    _set_up_page(page)
    page.set_row(0, 30)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, book.add_format(_cell_style(column.type)))
        page.write_string(0, number, column.header, book.add_format(_header_style(column.required)))
        if column.help or column.required:
            page.write_comment(0, number, _help(column), {"font_size": 10, "x_scale": 1.6, "author": ""})
        _validate(page, number, column, lists)
    formats = [book.add_format(_cell_style(column.type)) for column in sheet.columns]
    for row, values in enumerate(sheet.rows, start=1):
        for number, value in enumerate(values):
            _write_value(page, row, number, value, formats[number])


def _set_up_page(page: Any) -> None:
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _cell_style(type_: ColumnType) -> dict[str, Any]:
    return {"num_format": _NUMBER_FORMATS[type_], "valign": "vcenter", "font_name": "宋体", "font_size": 11}


def _header_style(required: bool) -> dict[str, Any]:
    colours = {"bg_color": "#1F4E79", "font_color": "#FFFFFF"} if required else {"bg_color": "#DDEBF7"}
    base = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "num_format": "@"}
    return base | colours | {"font_name": "宋体", "font_size": 11}


def _help(column: Column) -> str:
    return ("必填。" if column.required else "") + column.help


def _validate(page: Any, number: int, column: Column, lists: _Lists) -> None:
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.header[:32],
        "input_message": _help(column)[:255],
        "error_title": "请检查",
    }
    if column.choices:
        rule |= {"validate": "list", "source": lists.source(column.choices), "error_message": "请从下拉列表中选择。"}
    elif column.type == "date":
        bounds = {"criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2200, 12, 31)}
        rule |= {"validate": "date", **bounds, "error_message": "请填写日期，如 2012-03-02。"}
    elif column.type in ("integer", "amount"):
        kind = "integer" if column.type == "integer" else "decimal"
        bounds = {"criteria": "between", "minimum": -(10**12), "maximum": 10**12}
        rule |= {"validate": kind, **bounds, "error_message": f"请填写{_TYPE_NAMES[column.type]}。"}
    elif not rule["input_message"]:
        return
    page.data_validation(1, number, LAST_ROW, number, rule)


def _write_value(page: Any, row: int, number: int, value: Native | int, style: Any) -> None:
    """Text is always written as text: a value beginning with = must not become a formula."""
    if value is None or value == "":
        page.write_blank(row, number, None, style)
    elif isinstance(value, str):
        page.write_string(row, number, value, style)
    elif isinstance(value, bool):
        page.write_boolean(row, number, value, style)
    elif isinstance(value, date):
        page.write_datetime(row, number, value, style)
    else:
        page.write_number(row, number, value, style)


def _write_guide(book: Any, sheets: Sequence[Sheet]) -> None:
    page = book.add_worksheet(GUIDE)
    _set_up_page(page)
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "font_name": "宋体", "border": 1})
    head = book.add_format(_header_style(False))
    for number, (title, width) in enumerate(
        (("表", 20), ("列", 20), ("必填", 6), ("类型", 22), ("说明", 50), ("示例", 30))
    ):
        page.set_column(number, number, width, plain)
        page.write_string(0, number, title, head)
    row = 1
    for sheet in sheets:
        for column in sheet.columns:
            kind = "从列表中选择" if column.choices else _TYPE_NAMES[column.type]
            example = column.example or (column.choices[0] if column.choices else "")
            cells = (sheet.title, column.header, "是" if column.required else "", kind, column.help, example)
            for number, text in enumerate(cells):
                page.write_string(row, number, text, plain)
            row += 1
        if sheet.note:
            page.merge_range(row, 0, row, 5, f"{sheet.title}:{sheet.note}", plain)
            row += 1
