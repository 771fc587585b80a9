"""The list behind a figure at the desk: the number as printed, the number as of today, and the rows of either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.law.values import NOT_APPLICABLE, Value, number
from gongkai.papers import xlsx
from gongkai.papers.paper import Box, Paper, Paragraph, Run, TableBlock
from gongkai.reports import counting, queries
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Figure, Report
from gongkai.reports.queries import AsOf, Differences, FigureList, ListedRow, RecordList

CHUNK = 5000
NOTHING_CHANGED = Differences((), ())


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure and what stands behind it.

    listing: None where nothing is counted (the form settles the cell, or it is filled in by hand); `why` then says so.
    today: the number as it would be counted now, opening balance included. differences: since publication.
    """

    figure: Figure
    name: str
    basis: str  # 统计口径
    listing: FigureList | None
    why: str
    today: Value
    opening: Value
    differences: Differences


def behind(report: Report, ref: str, as_of: AsOf) -> Behind:
    """What stands behind a figure. Refused for an unknown ref and before the first compilation."""
    figure, name = queries.figure(report, ref), report.form.name_of(ref)
    basis = figure.basis
    try:
        listing = queries.figure_list(report, ref, as_of)
    except Refused as refused:
        if refused.code != "no_list":
            raise
        return Behind(
            figure, name, basis, None, typeset(refused.reason), NOT_APPLICABLE, NOT_APPLICABLE, NOTHING_CHANGED
        )
    opening = _opening(report, figure)
    changed = queries.differences(report, ref) if report.state == PUBLISHED else NOTHING_CHANGED
    return Behind(figure, name, basis, listing, "", _today(listing, opening), opening, changed)


def _opening(report: Report, figure: Figure) -> Value:
    """The balance that a carried figure starts from; not applicable to others."""
    if "期初余额" not in figure.basis:
        return NOT_APPLICABLE
    balance = counting.openings_of(report.organ, report.form, report.period).get((figure.table, figure.row))
    return number(balance.value) if balance else NOT_APPLICABLE


def _today(listing: FigureList, opening: Value) -> Value:
    return number(counting.scaled(listing.number, listing.cell) + (opening.number or 0))


def _rows(listing: RecordList) -> Iterator[ListedRow]:
    for start in range(0, listing.count, CHUNK):
        yield from listing.page(start, start + CHUNK)


def workbook(found: Behind) -> bytes:
    """The whole list as xlsx, under what was counted. Refused where there is no list."""
    listing = found.listing
    if listing is None:
        raise Refused("no_list", found.why)
    return sheet(f"{found.figure.report} {found.name}", found.name, typeset(found.basis), listing)


def sheet(title: str, caption: str, basis: str, listing: RecordList) -> bytes:
    """A list of records as xlsx, under what was counted."""
    head = tuple(Box(header, head="col") for header in listing.headers)
    rows = tuple(tuple(Box(value or "", align="left") for value in _shown(row)) for row in _rows(listing))
    table = TableBlock("list", caption, (head,), rows, (1.0,) * len(head))
    said = Paragraph((Run(f"{basis}；共 {listing.count} 条"),))
    return xlsx.write(Paper(title, (said, table)))


def _shown(row: ListedRow) -> tuple[str, ...]:
    """A row's values; of a record that is gone only its number is left."""
    return row.values if row.pk is not None else (row.number, *row.values[1:])
