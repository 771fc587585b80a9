"""Roll-up: the published figures of the organs below, added up cell by cell. Records are never counted here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import Cell, ReportForm, load
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.organs.models import Organ
from gongkai.reports.across.latest import latest
from gongkai.reports.models import Figure, Report
from gongkai.supervision.queries import below

MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Added:
    """One cell over the organs: the sum, and how many reports carry a number there."""

    value: Value
    told: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """What the organs below published for a year on one form, added up.

    reports: those that are in it, by organ. missing: organs without a published report; on_other_forms: reports that
    cannot be added because their cells are others. own: the published report of the organ itself, to compare with.
    """

    form: ReportForm
    year: int
    cells: Mapping[str, Added]
    reports: list[Report]
    missing: list[Organ]
    on_other_forms: list[Report]
    own: Mapping[str, Value]

    @property
    def values(self) -> dict[str, Value]:
        """The sums by ref, as a drawing takes them."""
        return {ref: added.value for ref, added in self.cells.items()}

    @property
    def differing(self) -> list[tuple[str, str, Value, Value]]:
        """Where the organ's own report says otherwise: (ref, name, own, sum); numbers only."""
        return [
            (ref, self.form.name_of(ref), own, self.cells[ref].value)
            for ref, own in self.own.items()
            if own.number is not None and self.cells[ref].value.number not in (None, own.number)
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """What one organ contributes to a sum; figure None: it has no published report on this form."""

    organ: Organ
    name: str
    figure: Figure | None


def adds(cell: Cell) -> bool:
    """Whether the figures of several organs may be added: not where a cell has no meaning, nor in starred rows, which
    speak of a whole area already.
    """
    return cell.applies and not cell.star


def forms_used(organ: Organ, year: int) -> list[ReportForm]:
    """The forms on which the organs below published, the most used first."""
    used = Counter(latest().filter(organ__in=below(organ, year), year=year).values_list("form_id", flat=True))
    return [load(form_id) for form_id, _ in sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))]


def rolled_up(organ: Organ, year: int, form: ReportForm) -> RollUp:
    """The sum of what the organs below published; six queries, however many organs and cells there are."""
    children = list(below(organ, year))
    published = list(latest().filter(organ__in=children, year=year).order_by("organ__code", "published_at", "pk"))
    chosen = {report.organ_id: report for report in published if report.form_id == form.id}
    others = {report.organ_id: report for report in published if report.organ_id not in chosen}
    missing = [child for child in children if child.pk not in chosen and child.pk not in others]
    own = latest().filter(organ=organ, year=year, form_id=form.id).order_by("-published_at", "-pk").first()
    return RollUp(
        form, year, _added(form, [report.pk for report in chosen.values()]), list(chosen.values()), missing,
        list(others.values()), {one.ref: one.printed for one in own.figures.all()} if own else {},
    )  # fmt: skip


def _added(form: ReportForm, reports: list[int]) -> dict[str, Added]:
    places = Figure.objects.filter(report__in=reports).values_list("table", "row", "column").order_by()
    sums = {
        ".".join(place): (total, told)
        for *place, total, told in places.annotate(total=Sum("value"), told=Count("value"))
    }
    return {cell.ref: _cell(cell, *sums.get(cell.ref, (None, 0))) for cell in form.cells}


def _cell(cell: Cell, total: Decimal | None, told: int) -> Added:
    if not cell.applies:
        return Added(NOT_APPLICABLE, 0)
    if not adds(cell):
        return Added(NOT_REPORTED, 0)
    # SQLite adds in floating point; figures have six decimals at most.
    return Added(BLANK if total is None else number(total.quantize(MICRO)), told)


def parts(organ: Organ, year: int, form: ReportForm, ref: str) -> list[Part]:
    """What each organ below published in a cell, by code. Refused "unknown_figure" where the form has no such cell."""
    cell = next((cell for cell in form.cells if cell.ref == ref), None)
    if cell is None:
        raise Refused("unknown_figure", f"“{form.title}”没有 {ref} 这个数字")
    children = list(below(organ, year))
    reports = latest().filter(organ__in=children, year=year, form_id=form.id)
    figures = Figure.objects.filter(report__in=reports, table=cell.table, row=cell.row, column=cell.column)
    figures = figures.select_related("report").order_by("report__published_at", "report_id")
    told = {figure.report.organ_id: figure for figure in figures}
    day = date(year, 12, 31)
    return [
        Part(child, child.name_on(day) if child.is_named_on(day) else child.code, told.get(child.pk))
        for child in children
    ]
