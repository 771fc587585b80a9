"""Every read of reports worth a name: the list behind a figure, as published and as of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.db.models import Case, Field, Model, QuerySet, When

from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import Cell
from gongkai.organs.models import Organ
from gongkai.records.spoken import Word
from gongkai.reports.counting import Query, openings_of, plan
from gongkai.reports.freezing import ORGAN_MARK
from gongkai.reports.models import Figure, Promise, Report
from gongkai.reports.periods import PERIODS

AsOf = Literal["published", "today"]


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One record behind a figure. values: as shown, in the order of the headers; pk None: the record is gone."""

    organ_code: str
    number: str
    values: tuple[str, ...]
    pk: int | None


@dataclass(frozen=True)
class RecordList:
    """The records behind a number: `records` is the very QuerySet that is counted."""

    query: Query
    where: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """统计口径."""
        return self.query.measure.title

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(header for _, header in self._columns)

    @property
    def _columns(self) -> tuple[tuple[str, str], ...]:
        return self.query.measure.columns or ((self.query.measure.key, "登记号"),)

    @property
    def model(self) -> type[Model]:
        """The register that the rows come from."""
        model: type[Model] = self.records.model
        return model

    @cached_property
    def records(self) -> QuerySet[Any]:
        """What is counted today."""
        return self.query.measure.listed(self.query.scope, self.where)

    @property
    def number(self) -> Any:
        """What the records come to, in the unit of the register."""
        return self.records.aggregate(counted=self.query.measure.value_of(self.query.scope))["counted"] or 0

    @cached_property
    def count(self) -> int:
        """How many rows the list has."""
        return self.records.count()

    def page(self, start: int, stop: int) -> list[ListedRow]:
        """The rows from `start` up to, not including, `stop`."""
        paths = ["organ__code", "pk", self.query.measure.key, *(path for path, _ in self._columns)]
        return [self._row(row) for row in self.records.values_list(*paths)[start:stop]]

    def _row(self, row: Sequence[Any]) -> ListedRow:
        code, pk, number, *values = row
        told = zip(self._columns, values, strict=True)
        shown = (self._labels[path].get(value) or said(value) for (path, _), value in told)
        return ListedRow(code, str(number), tuple(shown), pk)

    @cached_property
    def _labels(self) -> dict[str, Mapping[Any, str]]:
        return {path: choices_of(self.model, path) for path, _ in self._columns}


@dataclass(frozen=True)
class FigureList(RecordList):
    """The list behind a figure of a report. `frozen`: the lines kept at publication.

    as_of "published": the frozen numbers, each with its record as it is now. "today": what would be counted now.
    """

    figure: Figure
    as_of: AsOf
    cell: Cell

    @cached_property
    def frozen(self) -> tuple[str, ...]:
        """The lines kept at publication; Refused for a figure that was not frozen."""
        kept = getattr(self.figure, "frozen", None)
        if kept is None:
            raise Refused("not_frozen", f"{self.figure.report} 还没有发布,只有今日清单")
        lines: tuple[str, ...] = kept.numbers
        return lines

    @cached_property
    def count(self) -> int:
        """How many rows the list has."""
        return len(self.frozen) if self.as_of == "published" else self.records.count()

    def page(self, start: int, stop: int) -> list[ListedRow]:
        """The rows from `start` up to, not including, `stop`."""
        if self.as_of == "today":
            return super().page(start, stop)
        lines = self.frozen[start:stop]
        found = self._found(lines)
        blank = ("",) * len(self._columns)
        return [found.get(place, ListedRow(*place, blank, None)) for place in map(self._place, lines)]

    def _place(self, line: str) -> tuple[str, str]:
        if len(self.query.scope.organs) == 1:
            return self.figure.report.organ.code, line
        code, _, number = line.partition(ORGAN_MARK)
        return code, number

    def _found(self, lines: Iterable[str]) -> dict[tuple[str, str], ListedRow]:
        key = self.query.measure.key
        by_organ: dict[str, list[str]] = {}
        for code, number in map(self._place, lines):
            by_organ.setdefault(code, []).append(number)
        paths = ["organ__code", "pk", key, *(path for path, _ in self._columns)]
        found: dict[tuple[str, str], ListedRow] = {}
        for code, numbers in by_organ.items():
            rows = self.model._default_manager.filter(**{"organ__code": code, f"{key}__in": numbers})
            for row in map(self._row, rows.order_by("-pk").values_list(*paths)):
                found[row.organ_code, row.number] = row
        return found


@dataclass(frozen=True, slots=True)
class Differences:
    """What has changed behind a figure since publication: lines no longer counted, and lines counted since."""

    gone: tuple[str, ...]
    added: tuple[str, ...]


def said(value: Any) -> str:
    """A stored value as a list shows it; nothing for an empty one."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def choices_of(model: type[Model], path: str) -> Mapping[Any, str]:
    """Code -> Chinese label of the field at the end of a path; empty for a field without choices."""
    field: Any = None
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    if not (isinstance(field, Field) and field.choices):
        return {}
    return {code: Word(label) for code, label in field.flatchoices}


def figure(report: Report, ref: str) -> Figure:
    """The figure of a ref; Refused when the form has no such cell or the report is not compiled."""
    try:
        cell = report.form.cell(ref)
    except Misprint:
        raise Refused("unknown_figure", f"“{report.form.title}”没有 {ref} 这个数字") from None
    found = report.figures.filter(table=cell.table, row=cell.row, column=cell.column).select_related("frozen").first()
    if found is None:
        raise Refused("not_compiled", f"{report} 还没有编制,还没有数字")
    return found


def figure_list(report: Report, ref: str, as_of: AsOf = "today") -> FigureList:
    """The list behind a figure: the same query that makes the number. Refused for a figure that nothing counts."""
    found = figure(report, ref)
    openings = openings_of(report.organ, report.form, report.period)
    for query in plan(report.form, report.organ, report.period, openings):
        for cell in query.cells:
            if cell.ref == ref:
                return FigureList(query, cell.where, found, as_of, cell)
    raise Refused("no_list", f"{ref} 不由登记簿统计({found.basis or '没有清单'}),没有清单可看")


def differences(report: Report, ref: str) -> Differences:
    """The published list held against today's."""
    published = figure_list(report, ref, "published")
    key = published.query.measure.key
    several = len(published.query.scope.organs) > 1
    today = {
        f"{code}{ORGAN_MARK}{number}" if several else str(number)
        for code, number in published.records.values_list("organ__code", key)
    }
    frozen = set(published.frozen)
    return Differences(tuple(sorted(frozen - today)), tuple(sorted(today - frozen)))


def reports_of(organ: Organ) -> QuerySet[Report]:
    """The reports of an organ, the newest year first; within a year the whole of it, then its parts."""
    beside = ("organ", "submitted_by", "approved_by", "supersedes", "superseded_by")
    place = Case(*(When(period_code=code, then=place) for place, (code, _) in enumerate(PERIODS)))
    found = Report.objects.filter(organ=organ).select_related(*beside).annotate(place=place)
    return found.order_by("-year", "place", "form_id", "-version")


def promises_of(organ: Organ, year: int) -> QuerySet[Promise]:
    """What the organ undertook in its report for a year, by day."""
    return Promise.objects.filter(organ=organ, year=year)
