"""A Paper as an Excel workbook: the text on the first sheet, each table and chart on a sheet of its own."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any

import xlsxwriter

from gongkai.papers import grid, layout
from gongkai.papers.paper import AttachmentTitle, Box, ChartBlock, Heading, Paper, Paragraph, Signature, TableBlock
from gongkai.papers.paper import Notice as NoticeBlock

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_A4 = 9


def write(paper: Paper) -> bytes:
    """The bytes of the workbook; the same paper gives the same bytes. Plain numbers are numbers, `-` stays text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = layout.day(paper)
    created = datetime(day.year, day.month, day.day)
    names = {"title": layout.clean(paper.title), "company": layout.clean(paper.organ)}
    book.set_properties(names | {"keywords": ",".join(paper.keywords), "created": created})
    pages = _Pages(book)
    pages.text(paper)
    for block in paper.blocks:
        if isinstance(block, TableBlock):
            pages.table(block)
        elif isinstance(block, ChartBlock):
            pages.chart(block)
    book.close()
    return buffer.getvalue()


@dataclass(slots=True)
class _Pages:
    book: Any
    styles: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def page(self, title: str) -> Any:
        """A new A4 sheet named after its table; a name already taken gets a number."""
        taken = {page.get_name().lower() for page in self.book.worksheets()}
        base = _FORBIDDEN.sub("", layout.clean(title)).strip()[:28] or "表"
        number, name = 1, base
        while name.lower() in taken:
            number += 1
            name = f"{base}{number}"
        page = self.book.add_worksheet(name)
        page.set_paper(_A4)
        page.set_margins(left=0.8, right=0.8, top=1.0, bottom=1.0)
        page.set_footer('&C&"宋体"&P / &N')
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        return page

    def style(self, **marks: Any) -> Any:
        key = tuple(sorted(marks.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(_FONT | marks)
        return self.styles[key]

    def text(self, paper: Paper) -> None:
        page = self.page("正文")
        page.set_column(0, 0, 90)
        page.write_string(0, 0, layout.clean(paper.title), self.style(bold=True, font_size=18, align="center"))
        plain, bold, row = self.style(), self.style(bold=True), 1
        for block in paper.blocks:
            for text, strong in _texts(block):
                page.write_string(row, 0, layout.clean(text)[:32_000], bold if strong else plain)
                row += 1

    def table(self, table: TableBlock) -> None:
        page = self.page(table.caption)
        millimetres = layout.column_mm(table)
        if len(millimetres) > 8:
            page.set_landscape()
        for column, width in enumerate(millimetres):
            page.set_column(column, column, max(width / 1.8, 5))
        if table.head:
            page.repeat_rows(0, len(table.head) - 1)
            page.freeze_panes(len(table.head), 0)
        laid = grid.lay_out([*table.head, *table.rows])
        for row, column in product(range(len(laid)), range(len(laid[0]) if laid else 0)):
            slot = laid[row][column]
            if slot is None:
                page.write_blank(row, column, None, self.style(border=1))
            elif (slot.row, slot.column) == (row, column):
                self.cell(page, row, column, slot)
        if table.note:
            page.write_string(len(laid) + 1, 0, layout.clean(table.note), self.book.add_format({"font_name": "宋体"}))

    def cell(self, page: Any, row: int, column: int, slot: grid.Slot[Box]) -> None:
        box, value = slot.cell, layout.number(slot.cell.text.strip())
        style = self.style(
            border=1, align=box.align, indent=box.indent if box.align == "left" else 0, bold=box.head == "col",
            num_format=_number_format(box.text.strip()) if value is not None else "@",
        )  # fmt: skip
        if slot.rowspan * slot.colspan > 1:
            page.merge_range(row, column, row + slot.rowspan - 1, column + slot.colspan - 1, "", style)
        if value is not None:
            page.write_number(row, column, value, style)
        elif box.text:
            page.write_string(row, column, layout.clean(box.text), style)
        else:
            page.write_blank(row, column, None, style)

    def chart(self, chart: ChartBlock) -> None:
        page = self.page(chart.title)
        page.set_column(0, 0, 40)
        page.set_column(1, 1, 16)
        head, plain = self.style(border=1, bold=True, align="center"), self.style(border=1)
        page.write_string(0, 0, "项目", head)
        page.write_string(0, 1, f"数量（{layout.clean(chart.unit)}）", head)
        for row, (label, value, printed) in enumerate(chart.bars, start=1):
            page.write_string(row, 0, layout.clean(label), plain)
            page.write_number(row, 1, value, self.style(border=1, num_format=_number_format(printed)))
        if chart.bars:
            drawing = self.book.add_chart({"type": "bar"})
            span = (1, len(chart.bars))
            drawing.add_series(
                {
                    "categories": [page.get_name(), span[0], 0, span[1], 0],
                    "values": [page.get_name(), span[0], 1, span[1], 1],
                    "fill": {"color": "#1F4E79"},
                    "data_labels": {"value": True},
                }
            )
            drawing.set_title({"name": layout.clean(chart.title), "name_font": {"size": 14}})
            drawing.set_legend({"none": True})
            drawing.set_y_axis({"reverse": True})
            page.insert_chart(len(chart.bars) + 2, 0, drawing, {"description": layout.clean(chart.description)})


def _number_format(printed: str) -> str:
    decimals = len(printed.partition(".")[2]) if layout.number(printed) is not None else 0
    return "0." + "0" * decimals if decimals else "0"


def _texts(block: object) -> list[tuple[str, bool]]:
    """The lines of a block on the text sheet, and whether they are bold. A table is named, its cells are elsewhere."""
    match block:
        case Heading():
            return [(block.text, True)]
        case Paragraph():
            return [(block.text, False)]
        case NoticeBlock():
            return [(f"【{block.text}】", True)]
        case Signature():
            return [(block.organ, False), (block.date, False)]
        case AttachmentTitle():
            return [(block.label, True), (block.title, True)]
        case TableBlock():
            return [(f"（表见工作表“{block.caption}”）", False)]
        case _:
            return []
