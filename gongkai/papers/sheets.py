"""The cells of an xlsx workbook as plain values, behind the limits for files from outside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from gongkai.containers import limits
from gongkai.papers.unreadable import Unreadable

Native = str | float | date | bool | None
Span = tuple[int, int, int, int]  # first row, first column, rows, columns; from 0

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class SheetRows:
    """A sheet as read. rows: (number as Excel shows it, values from column A on); a row without any value is left out.

    Whole rows keep their length: rows[i][1][j] is column j, None when blank. A moment is cut to its day.
    """

    title: str
    rows: list[tuple[int, list[Native]]]
    merged: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetStream:
    """A sheet whose rows are read anew each time they are asked for, as those of SheetRows, and not kept."""

    title: str
    _book: Any

    def rows(self) -> Iterator[tuple[int, list[Native]]]:
        """The rows from the top. Raises Unreadable."""
        with _refusing_faults():
            sheet = self._book.get_sheet_by_name(self.title)
            if sheet.start is None:
                return
            before: list[Native] = [None] * sheet.start[1]  # a row begins at the first column used
            for number, values in enumerate(sheet.iter_rows(), start=1):
                row = before + [_native(value) for value in values]
                if any(value is not None for value in row):
                    yield number, row


def streams_of(data: bytes) -> list[SheetStream]:
    """All visible sheets of an xlsx, in order, none of them read yet. Raises Unreadable."""
    with _refusing_faults():
        book = _opened(data)
        return [SheetStream(title, book) for title in _visible(book)]


def sheets_of(data: bytes) -> list[SheetRows]:
    """All visible sheets of an xlsx, in order. Raises Unreadable."""
    with _refusing_faults(), _opened(data) as book:
        return [_rows(title, book.get_sheet_by_name(title)) for title in _visible(book)]


def _visible(book: python_calamine.CalamineWorkbook) -> list[str]:
    return [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        and meta.visible == python_calamine.SheetVisibleEnum.Visible
    ]


def _opened(data: bytes) -> python_calamine.CalamineWorkbook:
    """The workbook, once its limits have been checked."""
    if data.startswith(_OLE):
        raise Unreadable(
            "wrong_kind", "这是旧版 Excel（.xls）文件或设有密码的文件。请去掉密码，另存为 .xlsx 后再上传。"
        )
    if not data.startswith(b"PK") and data:
        raise Unreadable("wrong_kind", "这不是 Excel 工作簿（.xlsx）。请用下载的模板填写后再上传。")
    _check(data)
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


def _check(data: bytes) -> None:
    """The limits, and nothing but xlsx: calamine also takes xlsb and ods, whose repeated cells are not counted here.

    A relation may name any member as a worksheet, so a worksheet is known by its content and not by its place.
    """
    names = set()
    for name, content in limits.members(data):
        names.add(name)
        if b"sheetData" in content and not name.startswith("xl/media/"):
            limits.check_worksheet(content)
    if "xl/workbook.xml" not in names or {"content.xml", "xl/workbook.bin"} & names:
        raise Unreadable("wrong_kind", "这不是 Excel 工作簿（.xlsx）。请在办公软件中另存为 .xlsx 后再上传。")


@contextmanager
def _refusing_faults() -> Iterator[None]:
    """Turn what calamine raises for a broken file into Unreadable, also a panic of its Rust code."""
    try:
        yield
    except python_calamine.PasswordError as fault:
        raise Unreadable("encrypted", "文件设有密码，无法读取。请去掉密码后再上传。") from fault
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError) as fault:
        raise limits.damaged() from fault
    except BaseException as fault:
        # pyo3's PanicException derives from BaseException and lives in no importable module.
        if type(fault).__name__ == "PanicException":
            raise limits.damaged() from fault
        raise


def _rows(title: str, sheet: Any) -> SheetRows:
    rows = [
        (number, [_native(value) for value in values])
        for number, values in enumerate(_all_rows(sheet), start=1)
        if values.count("") < len(values)
    ]
    spans = [
        (top, left, bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if bottom >= top and right >= left
    ]
    return SheetRows(title, [(n, values) for n, values in rows if any(v is not None for v in values)], spans)


def _all_rows(sheet: Any) -> list[list[Any]]:
    return list(sheet.to_python(skip_empty_area=False)) if sheet.start is not None else []


def _native(value: Any) -> Native:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
