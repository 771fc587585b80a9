"""The entry book for an auditor: every entry as a line of JSON that can be verified elsewhere, or as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet

from gongkai.records.entries import plain, text_of
from gongkai.records.models import Entry
from gongkai.records.moves import LEGAL_TIME

FIELDS = (
    "organ_code", "seq", "at", "by", "by_key", "act", "subject_type", "subject_key", "before", "after", "previous",
    "digest",
)  # fmt: skip
"""In the order in which they are digested; see docs/how-to/verify.md."""

HEADERS = (
    "机关代码",
    "序号",
    "时间",
    "经办人",
    "经办人标识",
    "动作",
    "对象类型",
    "对象标识",
    "变动前",
    "变动后",
    "上条摘要",
    "本条摘要",
)
WIDTHS = (16, 8, 20, 14, 20, 16, 24, 24, 50, 50, 20, 20)
SHEET_ROWS = 1_000_000  # a sheet of a workbook holds 1,048,576
CELL = 32_000  # characters; a cell holds 32,767


def entries_of(organ_code: str | None) -> QuerySet[Entry]:
    """The entries of one organ or of all, in the order of their chains."""
    rows = Entry.objects.order_by("organ_code", "seq")
    return rows if organ_code is None else rows.filter(organ_code=organ_code)


def as_lines(rows: QuerySet[Entry]) -> Iterator[bytes]:
    """Each entry as one JSON object with all its fields; streamed."""
    for entry in rows.iterator(chunk_size=500):
        yield text_of({name: plain(getattr(entry, name)) for name in FIELDS}).encode() + b"\n"


def write_workbook(rows: QuerySet[Entry], stream: IO[bytes]) -> int:
    """The entries as a workbook for reading; gives how many. Rows go to disk as they come.

    Long values are cut and say so: the JSON lines have them whole.
    """
    count = 0
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        sheet: Any = None
        for entry in rows.iterator(chunk_size=500):
            line = count % SHEET_ROWS
            if line == 0:
                sheet = _sheet(book, count // SHEET_ROWS + 1, bold)
            for column, text in enumerate(_texts(entry)):
                sheet.write_string(line + 1, column, text)
            count += 1
        if count == 0:
            _sheet(book, 1, bold)
    return count


def _sheet(book: Any, number: int, bold: Any) -> Any:
    sheet = book.add_worksheet(f"操作日志{number}")
    sheet.freeze_panes(1, 2)
    for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, bold)
    return sheet


def _texts(entry: Entry) -> list[str]:
    at = entry.at.astimezone(LEGAL_TIME).strftime("%Y-%m-%d %H:%M:%S")
    values = [at if name == "at" else getattr(entry, name) for name in FIELDS]
    return [_cut(_readable(value) if isinstance(value, dict) else str(value)) for value in values]


def _readable(values: dict[str, Any]) -> str:
    return "\n".join(f"{name}：{_one(value)}" for name, value in sorted(values.items()))


def _one(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cut(text: str) -> str:
    return text if len(text) <= CELL else f"{text[:CELL]}……（共 {len(text)} 字，全文见 JSON 导出）"
