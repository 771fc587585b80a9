"""The published annual reports that speak today, and single figures of many of them in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongkai.law.values import Value
from gongkai.reports.across.figures import Named
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Figure, Report
from gongkai.reports.periods import YEAR


def latest() -> QuerySet[Report]:
    """Published annual reports in their last published versions, their organs and names at hand."""
    reports = Report.objects.filter(state=PUBLISHED, period_code=YEAR).exclude(superseded_by__state=PUBLISHED)
    return reports.select_related("organ").prefetch_related("organ__names")


def values_of(reports: Iterable[Report], figure: Named) -> dict[int, Value]:
    """The figure in each report, by primary key: one query, however many reports; forms without it are left out."""
    asked = {report.pk: report.form_id for report in reports if figure.is_on(report.form_id)}
    if not asked:
        return {}
    cells = {cell for form_id in set(asked.values()) for cell in figure.cells[form_id]}
    wanted = Q()
    for table, row, column in (cell.split(".") for cell in cells):
        wanted |= Q(table=table, row=row, column=column)
    found: dict[int, dict[str, Value]] = {key: {} for key in asked}
    for one in Figure.objects.filter(wanted, report__in=asked):
        found[one.report_id][one.ref] = one.printed
    return {key: figure.value(asked[key], figures) for key, figures in found.items()}
