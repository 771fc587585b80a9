"""Registers written to Excel come back as typed; files from outside are held to limits."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from gongkai.papers.unreadable import Unreadable
from gongkai.papers.workbook import GUIDE, LISTS, Column, Sheet, read_sheets, stream_sheets, write_sheets

KINDS = tuple(f"第{number}类申请人及其代理人" for number in range(40))
SHEET = Sheet(
    "政府信息公开申请",
    (
        Column("登记号", required=True, help="本机关内不得重复", example="2012-007"),
        Column("收到日期", "date"),
        Column("申请人类型", choices=KINDS),
        Column("方式", choices=("当面", "信函")),
        Column("金额", "amount"),
        Column("份数", "integer"),
    ),
    rows=(("007", date(2012, 3, 2), KINDS[3], "当面", 12.5, 3), ("=1+1", None, "", "信函", None, 0)),
    note="一行一件",
)


def test_written_rows_come_back_with_their_types_and_leading_zeros() -> None:
    (sheet,) = read_sheets(write_sheets([SHEET]))
    assert sheet.title == "政府信息公开申请"
    assert sheet.rows[0] == (1, [column.header for column in SHEET.columns])
    assert sheet.rows[1] == (2, ["007", date(2012, 3, 2), KINDS[3], "当面", 12.5, 3.0])
    assert sheet.rows[2] == (3, ["=1+1", None, None, "信函", None, 0.0])


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert write_sheets([SHEET]) == write_sheets([SHEET])


def test_excel_offers_lists_keeps_text_as_text_and_freezes_the_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_sheets([SHEET])))
    page = book[SHEET.title]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["C2"].formula1 == f"'{LISTS}'!$A$1:$A$40"
    assert rules["D2"].formula1 == '"当面,信函"'
    assert "必填" in str(rules["A2"].prompt)
    assert page.column_dimensions["A"].number_format == "@"
    assert page["A2"].data_type == "s"
    assert page["A3"].value == "=1+1"
    assert page["A3"].data_type == "s"
    assert page.freeze_panes == "B2"
    assert book[LISTS].sheet_state == "hidden"
    assert book[GUIDE]["F2"].value == "2012-007"


def test_a_blank_row_keeps_the_numbers_of_the_rows_after_it() -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["A1"], page["A4"] = "登记号", "x"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [number for number, _ in read_sheets(buffer.getvalue())[0].rows] == [1, 4]


@pytest.mark.parametrize("place", ['r="XFD1048576"', "s='>' r='XFD1048576'", 'r="A&#49;"'])
def test_one_far_away_cell_cannot_make_the_reader_ask_for_gigabytes(place: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(write_sheets([SHEET])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", f"<row><c {place}><v>1</v></c></row></sheetData>".encode())
            target.writestr(name, content)
    with pytest.raises(Unreadable):
        read_sheets(buffer.getvalue())


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_parsed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(4):
            bomb.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 50_000_000)
    with pytest.raises(Unreadable) as refusal:
        read_sheets(buffer.getvalue())
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"PK", "damaged"), (b"a,b,c", "wrong_kind"), (bytes.fromhex("d0cf11e0a1b11ae1"), "wrong_kind")],
)
def test_what_is_no_workbook_is_named_in_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_sheets(data)
    assert refusal.value.code == code
    assert refusal.value.reason.endswith("。")


def test_rows_taken_one_by_one_are_the_rows_read_at_once() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for place, value in (("B3", "x"), ("D3", date(2012, 3, 2)), ("C6", 5), ("B7", True)):
        page[place] = value
    book.create_sheet("空")
    buffer = io.BytesIO()
    book.save(buffer)
    for data in (buffer.getvalue(), write_sheets([SHEET])):
        streams = stream_sheets(data)
        for _ in range(2):
            assert [(each.title, list(each.rows())) for each in streams] == [
                (sheet.title, sheet.rows) for sheet in read_sheets(data)
            ]
