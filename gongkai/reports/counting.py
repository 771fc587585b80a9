"""Figures counted from the registers: one grouped query for each measure and period, however many cells it fills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gongkai.applications import measures as applications
from gongkai.approvals import measures as approvals
from gongkai.channels import measures as channels
from gongkai.disclosures import measures as disclosures
from gongkai.disputes import measures as disputes
from gongkai.duties import measures as duties
from gongkai.fees import measures as fees
from gongkai.guides import measures as guides
from gongkai.law.report_forms import Cell, ReportForm
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number, plain
from gongkai.organs import measures as organs
from gongkai.organs.models import Organ
from gongkai.records.measures import Measure, Scope
from gongkai.reports.models import Figure, OpeningBalance
from gongkai.reports.periods import Period

DESKS = (organs, channels, guides, disclosures, duties, applications, fees, disputes, approvals)
MEASURES: dict[str, Measure] = {measure.name: measure for desk in DESKS for measure in desk.MEASURES}

# A cumulative column without an opening balance counts everything that the registers hold.
BEGINNING = date(1900, 1, 1)

Openings = Mapping[tuple[str, str], OpeningBalance]
"""(table, row) -> the opening balance to start from."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as counted. origin: counted | carried | form (models.Figure.Origin); basis: 统计口径 in Chinese."""

    value: Value
    origin: str
    basis: str = ""


@dataclass(slots=True)
class Query:
    """One grouped query: the rows of a measure within a scope, and the cells that read from it."""

    measure: Measure
    scope: Scope
    cells: list[Cell] = field(default_factory=list)
    dimensions: tuple[str, ...] = ()

    def groups(self) -> dict[tuple[Any, ...], Any]:
        return self.measure.grouped(self.scope, self.dimensions)

    def matches(self, cell: Cell, group: tuple[Any, ...]) -> bool:
        """Whether the rows of a group belong to a cell; a cell without `where` takes all, uncategorised rows too."""
        found = zip(self.dimensions, group, strict=True)
        return all(value in cell.where[name] for name, value in found if name in cell.where)


def openings_of(organ: Organ, form: ReportForm, period: Period) -> dict[tuple[str, str], OpeningBalance]:
    """The latest opening balance of each row that does not reach beyond the period."""
    balances = OpeningBalance.objects.filter(organ=organ, form_id=form.id, as_of__lte=period.last)
    return {(balance.table, balance.row): balance for balance in balances.order_by("as_of")}


def count(form: ReportForm, organ: Organ, period: Period, openings: Openings | None = None) -> dict[str, Counted]:
    """Every cell of the form for an organ and period, by ref, in the order of the form.

    Totals are counted, not summed from their parts, so that adding up the parts is a real check.
    """
    balances = openings_of(organ, form, period) if openings is None else openings
    found = {cell.ref: fixed for cell in form.cells if (fixed := _fixed(form, cell, organ)) is not None}
    for query in plan(form, organ, period, balances):
        groups = query.groups()
        for cell in query.cells:
            total = sum((value for group, value in groups.items() if query.matches(cell, group)), 0)
            found[cell.ref] = answer(query, cell, total, balances)
    return {cell.ref: found[cell.ref] for cell in form.cells}


def answer(query: Query, cell: Cell, total: Any, openings: Openings) -> Counted:
    """The figure of a cell from what was counted for it, on top of the opening balance that the cell starts from."""
    return _counted(query, cell, total, opening_of(cell, query.measure, openings))


def _fixed(form: ReportForm, cell: Cell, organ: Organ) -> Counted | None:
    """What the form itself settles: cells without meaning, cells reserved for others, cells that nothing counts."""
    if not cell.applies:
        return Counted(NOT_APPLICABLE, Figure.Origin.FORM, "时点数,没有累计数")
    if not form.may_fill(cell, organ.kind):
        return Counted(NOT_REPORTED, Figure.Origin.FORM, form.star_note)
    if not cell.counts:
        return Counted(BLANK, Figure.Origin.FORM, "没有对应的登记簿,须人工填报")
    return None


def plan(form: ReportForm, organ: Organ, period: Period, openings: Openings) -> list[Query]:
    """The queries that a report needs. Their number depends on the form alone, never on the records."""
    own, area = (organ.pk,), None
    queries: dict[tuple[Any, ...], Query] = {}
    for cell in form.cells:
        if _fixed(form, cell, organ) is not None:
            continue
        measure = MEASURES[cell.counts]
        if cell.star and area is None:
            area = area_of(organ)
        first, last = _days(cell, measure, period, opening_of(cell, measure, openings))
        scope = Scope(area if cell.star and area else own, first, last)
        key = (measure.name, scope, *_apart(measure, cell))
        queries.setdefault(key, Query(measure, scope)).cells.append(cell)
    for query in queries.values():
        query.dimensions = tuple(sorted({name for cell in query.cells for name in cell.where}))
    return list(queries.values())


def area_of(organ: Organ) -> tuple[int, ...]:
    """The organ and all below it: starred rows speak of the whole area of a county or zone."""
    below: dict[int, list[int]] = defaultdict(list)
    for key, parent in Organ.objects.filter(parent__isnull=False).values_list("pk", "parent_id"):
        below[parent].append(key)
    found = [organ.pk]
    for key in found:
        found += below[key]
    return tuple(found)


def _apart(measure: Measure, cell: Cell) -> tuple[Any, ...]:
    """Different values counted over two dimensions at once do not add up: such cells are counted apart."""
    if not measure.distinct:
        return ()
    several = any(len(values) > 1 for values in cell.where.values())
    return (tuple(sorted(cell.where.items())),) if several else (tuple(sorted(cell.where)),)


def opening_of(cell: Cell, measure: Measure, openings: Openings) -> OpeningBalance | None:
    """The balance that a cell starts from; None for a cell that is not cumulative, or has none."""
    carries = cell.period == "cumulative" and measure.kind == "flow"
    return openings.get((cell.table, cell.row)) if carries else None


def _days(cell: Cell, measure: Measure, period: Period, opening: OpeningBalance | None) -> tuple[date, date]:
    if cell.period != "cumulative" or measure.kind != "flow":
        return period.first, period.last
    return (opening.as_of + timedelta(days=1) if opening else BEGINNING), period.last


def _counted(query: Query, cell: Cell, total: Any, opening: OpeningBalance | None) -> Counted:
    counted = scaled(total, cell)
    basis = basis_of(query, opening)
    if opening is None:
        return Counted(number(counted), Figure.Origin.COUNTED, basis)
    return Counted(number(counted + opening.value), Figure.Origin.CARRIED, basis)


def scaled(total: Any, cell: Cell) -> Decimal:
    """A counted sum in the unit of the cell (yuan → 万元), rounded half up only where the unit changes."""
    exact = Decimal(total)
    if cell.scale == 1:
        return exact
    return (exact / cell.scale).quantize(Decimal(1).scaleb(-cell.decimals), ROUND_HALF_UP)


def basis_of(query: Query, opening: OpeningBalance | None) -> str:
    """统计口径 in one line: what was counted and for which days."""
    days = f"{query.scope.first:%Y-%m-%d}至{query.scope.last:%Y-%m-%d}"
    if query.measure.kind == "stock":
        days = f"{query.scope.last:%Y-%m-%d}当日"
    elif query.measure.kind == "stock_start":
        days = f"{query.scope.first - timedelta(days=1):%Y-%m-%d}当日"
    elif query.scope.first == BEGINNING:
        days = f"截至{query.scope.last:%Y-%m-%d}"
    told = f"{query.measure.title},{days}"
    if opening is None:
        return told
    return f"截至{opening.as_of:%Y-%m-%d}的期初余额{plain(opening.value)}({opening.source}),加:{told}"[:500]
