"""Compile a report from the registers, and draft its narrative from the figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.records import entries
from gongkai.records.moves import carry_out
from gongkai.reports import assembling, counting
from gongkai.reports.actions.checking import refresh_findings
from gongkai.reports.actions.permission import opened, require_role, roles_within
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
    _set_figures(report, counting.count(report.form, organ, report.period))
    report.findings.all().delete()
    _redraft(report, only_drafted=True)
    return report


COUNTED = ("kind", "value", "origin", "counted_kind", "counted_value", "basis")


def _set_figures(report: Report, counted: dict[str, Counted]) -> None:
    """The figures as counted now; only what changed since the last compilation is written."""
    standing = {figure.ref: figure for figure in report.figures.all()}
    made, changed = [], []
    for ref, found in counted.items():
        figure = standing.pop(ref, None)
        table, row, column = ref.split(".")
        if figure is None:
            figure = Figure(report=report, table=table, row=row, column=column)
            _count_into(figure, found)
            made.append(figure)
        elif _count_into(figure, found):
            figure.revision += 1
            changed.append(figure)
    Figure.objects.filter(pk__in=[figure.pk for figure in standing.values()]).delete()  # cells the form no longer has
    Figure.objects.bulk_create(made)
    Figure.objects.bulk_update(changed, [*COUNTED, "revision"], batch_size=100)


def _count_into(figure: Figure, counted: Counted) -> bool:
    """Put a count beside or in place of what is printed; whether that changed anything."""
    before = [getattr(figure, name) for name in COUNTED]
    figure.counted_kind, figure.counted_value = counted.value
    figure.basis = counted.basis
    if figure.origin != Figure.Origin.ENTERED:
        figure.kind, figure.value = counted.value
        figure.origin = counted.origin
    return before != [getattr(figure, name) for name in COUNTED]


@transaction.atomic
def draft_narrative(report: Report, *, by: Any, at: datetime) -> list[str]:
    """Draft every section that nobody has written, from the figures alone; gives the numbers of those changed.

    Sections of which the figures tell nothing (problems and improvement) stay empty for a person to write.
    """
    report = opened(report)
    require_role(report.organ, by, at, "起草正文")
    changed = _redraft(report, only_drafted=False)
    if changed:
        refresh_findings(report, at)
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
            section.text, section.drafted, section.revision = text, True, section.revision + 1
            section.save(update_fields=["text", "drafted", "revision"])
            changed.append(section.no)
    return changed
