"""Tables with heads on both sides: applications by applicant and result, disputes by course and result."""

from __future__ import annotations

from itertools import groupby

from gongkai.law.report_forms import ReportForm, Row, Table
from gongkai.papers.paper import Box, TableBlock
from gongkai.reports.drawing.lists import value_box
from gongkai.reports.periods import Period
from gongkai.reports.references import Figures

APPLICANTS, ORGANISATIONS = "申请人情况", "法人或其他组织"
LABEL_COLUMNS = 3  # 三 | (三) | 1.


def applications(form: ReportForm, table: Table, figures: Figures, period: Period) -> TableBlock:
    """Table three: a head of three rows with the identity of the columns, results grouped under two merged heads."""
    first, *organisations, total = table.columns
    head = (
        (
            Box(f"({table.note})", colspan=LABEL_COLUMNS, rowspan=3, head="col"),
            Box(APPLICANTS, colspan=len(table.columns), head="col"),
        ),
        (
            Box(first.label, rowspan=2, head="col"),
            Box(ORGANISATIONS, colspan=len(organisations), head="col"),
            Box(total.label, rowspan=2, head="col"),
        ),
        tuple(Box(column.label, head="col") for column in organisations),
    )
    rows: list[tuple[Box, ...]] = []
    for result, some in groupby(table.rows, key=_is_result):
        rows += (_results if result else _plain)(form, table, list(some), figures)
    widths = (0.7, 1.5, 4.2, *([0.95] * len(table.columns)))
    return TableBlock(table.id, table.title, head, tuple(rows), widths)


def _is_result(row: Row) -> bool:
    return row.no.startswith("三")


def _values(form: ReportForm, table: Table, row: Row, figures: Figures) -> tuple[Box, ...]:
    return tuple(value_box(form, figures, f"{table.id}.{row.id}.{column.id}") for column in table.columns)


def _plain(form: ReportForm, table: Table, rows: list[Row], figures: Figures) -> list[tuple[Box, ...]]:
    return [
        (Box(row.label, colspan=LABEL_COLUMNS, head="row", align="left"), *_values(form, table, row, figures))
        for row in rows
    ]


def _results(form: ReportForm, table: Table, rows: list[Row], figures: Figures) -> list[tuple[Box, ...]]:
    """The rows under 三: its head spans them all, a group head spans its own."""
    heads = {row.id: row.label for row in rows if row.role == "header"}
    top, *_ = (row.label for row in rows if row.role == "header")
    value_rows = [row for row in rows if row.role != "header"]
    drawn: list[tuple[Box, ...]] = []
    for group, grouped in groupby(value_rows, key=lambda row: row.group):
        members = list(grouped)
        for position, row in enumerate(members):
            left = (Box(top, rowspan=len(value_rows), head="row"),) if not drawn else ()
            if not group:
                labels = (Box(row.label, colspan=2, head="row", align="left"),)
            else:
                start = (Box(heads[group], rowspan=len(members), head="row"),) if position == 0 else ()
                labels = (*start, Box(row.label, head="row", align="left"))
            drawn.append((*left, *labels, *_values(form, table, row, figures)))
    return drawn


def disputes(form: ReportForm, table: Table, figures: Figures, period: Period) -> TableBlock:
    """Table four: fifteen cells in one row, reconsideration at the left, the two courses of litigation at the right."""
    count = len(table.columns)
    reconsideration, *litigations = table.rows
    courses = [row.label.split(":")[-1] for row in litigations]
    results = tuple(Box(column.label, head="col") for column in table.columns)
    litigation = litigations[0].label.split(":")[0]
    head = (
        (
            Box(reconsideration.label, colspan=count, head="col"),
            Box(litigation, colspan=count * len(litigations), head="col"),
        ),
        (
            *(Box(column.label, rowspan=2, head="col") for column in table.columns),
            *(Box(course, colspan=count, head="col") for course in courses),
        ),
        results * len(litigations),
    )
    values = tuple(box for row in table.rows for box in _values(form, table, row, figures))
    return TableBlock(table.id, table.title, head, (values,), (1.0,) * len(values))
