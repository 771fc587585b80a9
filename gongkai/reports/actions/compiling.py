"""Compile a report from the registers, and draft its narrative from the figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.records import entries
from gongkai.records.moves import carry_out
from gongkai.reports import assembling, counting
from gongkai.reports.actions.permission import opened, require_clerk, roles_within
from gongkai.reports.counting import Counted
from gongkai.reports.flow import DRAFT, FLOW
from gongkai.reports.models import Figure, Report
from gongkai.reports.package import versions


@transaction.atomic
def compile(report: Report, *, by: Any, at: datetime) -> Report:
    """Count every cell anew; may be repeated until publication.

    An entered figure stays printed, with the new count beside it. Text that was drafted (not written) follows the
    figures. Stored findings are dropped: they spoke of other figures.
    """
    report = opened(report)
    move = "compile" if report.state == DRAFT else "recompile"
    organ = report.organ
    carry_out(FLOW, move, report, by=by, at=at, role_of=roles_within(organ), versions=dict(versions(report.form_id)))
    entered = {figure.ref: figure for figure in report.figures.filter(origin=Figure.Origin.ENTERED)}
    counted = counting.count(report.form, organ, report.year)
    report.figures.all().delete()
    Figure.objects.bulk_create([_figure(report, ref, found, entered.get(ref)) for ref, found in counted.items()])
    report.findings.all().delete()
    _redraft(report, only_drafted=True)
    return report


def _figure(report: Report, ref: str, counted: Counted, entered: Figure | None) -> Figure:
    table, row, column = ref.split(".")
    figure = Figure(
        report=report, table=table, row=row, column=column, kind=counted.value.kind, value=counted.value.number,
        origin=counted.origin, counted_kind=counted.value.kind, counted_value=counted.value.number, basis=counted.basis,
    )  # fmt: skip
    if entered is not None:
        figure.kind, figure.value, figure.reason = entered.kind, entered.value, entered.reason
        figure.origin = Figure.Origin.ENTERED
    return figure


@transaction.atomic
def draft_narrative(report: Report, *, by: Any, at: datetime) -> list[str]:
    """Draft every section that nobody has written, from the figures alone; gives the numbers of those changed.

    Sections of which the figures tell nothing (problems and improvement) stay empty for a person to write.
    """
    report = opened(report)
    require_clerk(report.organ, by, at, "起草正文")
    changed = _redraft(report, only_drafted=False)
    after = {"sections": sorted(changed)}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="draft_narrative", subject=report, after=after)
    return changed


def _redraft(report: Report, only_drafted: bool) -> list[str]:
    sections = [
        section
        for section in report.sections.order_by("pk")
        if section.drafted or (not only_drafted and not section.text)
    ]
    if not sections:
        return []
    drafted = assembling.drafted(report)
    changed = []
    for section in sections:
        text = drafted.get(section.no, "")
        if text != section.text:
            section.text, section.drafted = text, True
            section.save(update_fields=["text", "drafted"])
            changed.append(section.no)
    return changed
