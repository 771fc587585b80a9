"""A report as read, as plain JSON and back: what a worker hands over and what a state file keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law.findings import Finding, Repair
from gongkai.law.report_forms import load
from gongkai.law.values import Value
from gongkai.reports.foreign.report import Heading, ReadCell, ReadReport, Undecided, Where

Plain = dict[str, Any]
# Fields that are plain already.
_PLAIN = ("name", "format", "text", "year", "organ", "title", "sections", "offsets", "variants", "not_understood")


def keep(report: ReadReport) -> Plain:
    """Everything a report holds, in lists, strings and numbers."""
    return {name: getattr(report, name) for name in _PLAIN} | {
        "form": report.form.id if report.form else None,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "cells": [_keep_cell(cell) for cell in report.cells],
        "undecided": [
            [list(one.refs), one.raw, [[_keep_value(value) for value in way] for way in one.candidates], one.why,
             _keep_where(one.where), one.complete]
            for one in report.undecided
        ],
        "headings": [[one.no, one.title, one.level, list(one.span)] for one in report.headings],
        "body": list(report.body),
        "tables": [list(span) for span in report.tables],
        "dates": [[day.isoformat(), list(span)] for day, span in report.dates],
    }  # fmt: skip


def kept(plain: Mapping[str, Any]) -> ReadReport:
    """The report again."""
    report = ReadReport(**{name: plain[name] for name in _PLAIN})
    report.form = load(plain["form"]) if plain["form"] else None
    if plain["period"]:
        first, last = plain["period"]
        report.period = (date.fromisoformat(first), date.fromisoformat(last))
    report.published_on = _day(plain["published_on"])
    report.signed_on = _day(plain["signed_on"])
    report.cells = [_cell(one) for one in plain["cells"]]
    report.undecided = [
        Undecided(
            tuple(refs), raw, tuple(tuple(_value(value) for value in way) for way in ways), why, _where(where), complete
        )
        for refs, raw, ways, why, where, complete in plain["undecided"]
    ]
    report.headings = [Heading(no, title, level, tuple(span)) for no, title, level, span in plain["headings"]]
    report.body = tuple(plain["body"])
    report.tables = [tuple(span) for span in plain["tables"]]
    report.dates = [(date.fromisoformat(day), tuple(span)) for day, span in plain["dates"]]
    return report


def keep_finding(finding: Finding) -> Plain:
    """A finding with everything it says."""
    return finding.as_checked_json()


def kept_finding(plain: Mapping[str, Any]) -> Finding:
    """The finding again."""
    texts = {name: plain[name] for name in ("title", "message", "expected", "actual", "basis", "section")}
    repairs = tuple(
        Repair(tuple((c["cell"], c["printed"], c["figure"]) for c in one["changes"]), one["because"])
        for one in plain["repair"]
    )
    return Finding(
        plain["rule"], plain["verdict"], plain["severity"], cells=tuple(plain["cells"]),
        spans=tuple((start, end) for start, end in plain["spans"]), repair=repairs, waived=plain["waived"], **texts,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _keep_value(value: Value) -> list[str | None]:
    return [value.kind, None if value.number is None else str(value.number)]


def _value(plain: list[Any]) -> Value:
    kind, number = plain
    return Value(kind, None if number is None else Decimal(number))


def _keep_where(where: Where) -> list[Any]:
    return [where.page, where.table, where.row, where.column, list(where.span) if where.span else None]


def _where(plain: list[Any]) -> Where:
    page, table, row, column, span = plain
    return Where(page, table, row, column, (span[0], span[1]) if span else None)


def _keep_cell(cell: ReadCell) -> list[Any]:
    return [
        cell.ref, _keep_value(cell.value), cell.raw, _keep_where(cell.where), cell.settled_by, cell.row_label,
        cell.column_label,
    ]  # fmt: skip


def _cell(plain: list[Any]) -> ReadCell:
    ref, value, raw, where, by, row, column = plain
    return ReadCell(ref, _value(value), raw, _where(where), by, row, column)
