"""What reading a report gives back: cells, what stays undecided, and the text by sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value

Span = tuple[int, int]
# printed: the document keeps the cell apart; width: its figures run together, and only one way of cutting them fits the
# number of cells; sums, previous, prose: several ways fit, and sums, last year's report or a sentence leave one.
Settled = Literal["printed", "width", "sums", "previous", "prose"]


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a cell: a table cell (page, table, row and column, from 1; page 0 unknown) or a span of the text."""

    page: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    span: Span | None = None

    def as_json(self) -> dict[str, Any]:
        if self.span is not None:
            return {"start": self.span[0], "end": self.span[1]}
        return {"page": self.page, "table": self.table, "row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of the form that the document settles. ref: `table.row.column`; raw: what stands there, or the run of
    figures that it was cut from; row_label: from group to row, joined by `/`."""

    ref: str
    value: Value
    raw: str
    where: Where
    settled_by: Settled
    row_label: str
    column_label: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Ids of table, row and column."""
        table, row, column = self.ref.split(".")
        return table, row, column

    def as_json(self) -> dict[str, Any]:
        table, row, column = self.place
        return {
            "table": table, "row": row, "row_label": self.row_label, "column": column,
            "column_label": self.column_label, "value": str(self.value) or None, "kind": self.value.kind,
            "raw": self.raw, "where": self.where.as_json(), "settled_by": self.settled_by,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undecided:
    """Cells that the document does not settle. candidates: values in the order of `refs`, likeliest first, not all of
    them where `complete` is False. why: one Chinese sentence."""

    refs: tuple[str, ...]
    raw: str
    candidates: tuple[tuple[Value, ...], ...]
    why: str
    where: Where
    complete: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "cells": list(self.refs), "raw": self.raw, "why": self.why, "where": self.where.as_json(),
            "candidates": [[_shown(value) for value in values] for values in self.candidates],
            "complete": self.complete,
        }  # fmt: skip


def _shown(value: Value) -> str | None:
    return {"number": str(value), "blank": ""}.get(value.kind, "-")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading as found. level 1: 一、; 2: (一). no: the numeral. span: in the text of the report."""

    no: str
    title: str
    level: int
    span: Span


@dataclass(slots=True)
class ReadReport:
    """A report as read. Offsets and spans are characters of `text`.

    form: None when there is prose only. sections: text by section number ("前言" before the first), of the same length
    as in `text`: what a table takes is blanked, so that `offsets[no] + place` is a place of `text`. body: from title to
    signature, without the navigation of a saved page. tables: spans that tables take. dates: every full date.
    variants: rows printed otherwise than on the form, as "row printed → row that took its figures".
    """

    name: str
    format: str
    text: str
    form: ReportForm | None = None
    year: int = 0
    organ: str = ""
    title: str = ""
    period: tuple[date, date] | None = None
    published_on: date | None = None
    signed_on: date | None = None
    cells: list[ReadCell] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    body: Span = (0, 0)
    tables: list[Span] = field(default_factory=list)
    dates: list[tuple[date, Span]] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Value]:
        """Settled values by ref, as `identities.check` takes them."""
        return {cell.ref: cell.value for cell in self.cells}

    def printed(self) -> dict[str, tuple[str, str]]:
        """Row and column label of every settled cell, by ref."""
        return {cell.ref: (cell.row_label, cell.column_label) for cell in self.cells}

    def as_json(self) -> dict[str, Any]:
        """The reading part of a check's JSON: no findings yet."""
        return {
            "file": self.name, "form": self.form.id if self.form else None, "year": self.year or None,
            "organ": self.organ, "cells": [cell.as_json() for cell in self.cells],
            "undecided": [one.as_json() for one in self.undecided],
            "read": {"not_understood": self.not_understood, "variants": self.variants},
        }  # fmt: skip


Previous = ReadReport | tuple[ReportForm, Mapping[str, Value]]
