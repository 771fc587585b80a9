"""Tables whose rows stand under each other: the 2012 annex, the 2014 statistics, the article-20 tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from math import lcm

from gongkai.law.report_forms import ReportForm, Row, Table
from gongkai.law.values import BLANK
from gongkai.papers.paper import Box, TableBlock
from gongkai.reports.drawing.marks import FIRST_OF, column_label, depth, numbered_label, printed
from gongkai.reports.periods import Period
from gongkai.reports.references import Figures

LEVELS = (re.compile(r"^[一二三四五六七八九十]+、"), re.compile(r"^\([一二三四五六七八九十]+\)"), re.compile(r"^\d+\."))
HEADER_MARK = "——"


def value_box(form: ReportForm, figures: Figures, ref: str, colspan: int = 1) -> Box:
    """A box that prints a figure and knows which."""
    return Box(printed(form, figures.get(ref, BLANK)), colspan=colspan, ref=ref)


def annex(form: ReportForm, table: Table, figures: Figures, period: Period) -> TableBlock:
    """Part headings across; a block at the left of its rows; the label; one column a period."""
    columns = [column_label(column, period) for column in table.columns]
    head = (Box("指标", colspan=2, head="col"), *(Box(label, head="col") for label in columns))
    rows: list[tuple[Box, ...]] = []
    for part, part_rows in groupby(table.rows, key=lambda row: row.part):
        rows.append((Box(part, colspan=2 + len(columns), head="col", align="left"),))
        for block, block_rows in groupby(part_rows, key=lambda row: row.block):
            rows += _block(form, table, block, list(block_rows), figures)
    return TableBlock(table.id, table.title, (head,), tuple(rows), (1.9, 6.2, *([2.2] * len(columns))), table.note)


def _block(form: ReportForm, table: Table, block: str, rows: Sequence[Row], figures: Figures) -> list[tuple[Box, ...]]:
    drawn = []
    for position, row in enumerate(rows):
        left = (Box(block, rowspan=len(rows), head="row"),) if position == 0 else ()
        label = Box(numbered_label(table, row), head="row", align="left", indent=depth(row))
        values = (value_box(form, figures, f"{table.id}.{row.id}.{column.id}") for column in table.columns)
        drawn.append((*left, label, *values))
    return drawn


def _level(label: str) -> int:
    found = [level for level, pattern in enumerate(LEVELS) if pattern.match(label)]
    return found[0] if found else len(LEVELS)


def statistics(form: ReportForm, table: Table, figures: Figures, period: Period) -> TableBlock:
    """The national statistics form of 2014: indicator, unit, figure; headings carry the form's dash."""
    columns = [column_label(column, period) for column in table.columns]
    head = tuple(Box(label, head="col") for label in ("统计指标", "单位", *columns))
    rows = []
    for row in table.rows:
        indent = _level(row.label) + (1 if row.label.startswith(FIRST_OF) else 0)
        label = Box(row.label, head="row", align="left", indent=min(indent, len(LEVELS)))
        if row.role == "header":
            values: tuple[Box, ...] = tuple(Box(HEADER_MARK) for _ in columns)
        else:
            values = tuple(value_box(form, figures, f"{table.id}.{row.id}.{column.id}") for column in table.columns)
        rows.append((label, Box(row.unit or HEADER_MARK), *values))
    return TableBlock(table.id, table.title, (head,), tuple(rows), (8, 1.2, *([1.6] * len(columns))), table.note)


def items(form: ReportForm, tables: Sequence[Table], figures: Figures, period: Period) -> TableBlock:
    """The tables of article 20 in one, each under its own heading; columns share the width of the widest."""
    width = lcm(*(len(table.columns) for table in tables))
    rows: list[tuple[Box, ...]] = []
    for table in tables:
        span = width // len(table.columns)
        rows.append((Box(table.title, colspan=width + 1, head="col"),))
        heads = (Box(column_label(column, period), colspan=span, head="col") for column in table.columns)
        rows.append((Box("信息内容", head="col"), *heads))
        for row in table.rows:
            label = Box(row.label, head="row")
            rows.append((label, *(_item(form, table, row, column.id, figures, span) for column in table.columns)))
    title = next((section.title for section in form.sections if section.no == tables[0].part), tables[0].title)
    return TableBlock(tables[0].id.split("_")[0], title, (), tuple(rows), (4, *([6 / width] * width)))


def _item(form: ReportForm, table: Table, row: Row, column: str, figures: Figures, span: int) -> Box:
    ref = f"{table.id}.{row.id}.{column}"
    known = any(cell.ref == ref for cell in form.cells)
    return value_box(form, figures, ref, span) if known else Box("", colspan=span)
