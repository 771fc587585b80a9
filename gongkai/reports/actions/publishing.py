"""Publish a report: lists frozen, files rendered, nothing changed afterwards; and open a correction of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.moves import carry_out, require
from gongkai.reports import assembling, counting, freezing, package, rendering, soundness
from gongkai.reports.actions.checking import keep_findings
from gongkai.reports.actions.permission import legal_day, locked, require_role, require_said, roles_within
from gongkai.reports.flow import COMPILED, FLOW, PUBLISHED
from gongkai.reports.models import Figure, FrozenList, RenderedFile, Report, Section


@transaction.atomic
def publish(report: Report, *, by: Any, at: datetime) -> Report:
    """Publish what was approved, for good: row numbers behind each figure are frozen, files rendered and kept.

    Refused when the registers have changed since the report was compiled, or when it no longer passes what it passed
    when it was submitted (a waiver has run out).
    """
    locked(report)
    role_of = roles_within(report.organ)
    require(FLOW, "publish", report, by=by, at=at, role_of=role_of)
    soundness.require_current(report)
    findings = [one.finding for one in keep_findings(report, at)]
    soundness.require_sound(report, findings, report.accepted_reason)
    _freeze(report)
    report.published_on, report.published_at = legal_day(at), at
    packed = package.write(assembling.package(report, findings))
    carry_out(
        FLOW, "publish", report, by=by, at=at, role_of=role_of, published_on=report.published_on,
        published_at=at, digest=hashlib.sha256(packed).hexdigest(),
    )  # fmt: skip
    RenderedFile.objects.bulk_create(
        [
            RenderedFile(
                report=report, format=file.format, name=file.name, content=file.content,
                sha256=hashlib.sha256(file.content).hexdigest(),
            )
            for file in rendering.render(assembling.paper(report), packed, assembling.facts(report).file_title)
        ]
    )  # fmt: skip
    return report


def _freeze(report: Report) -> None:
    openings = counting.openings_of(report.organ, report.form, report.period)
    lists = freezing.freeze(counting.plan(report.form, report.organ, report.period, openings))
    figures = [figure for figure in report.figures.all() if figure.ref in lists]
    frozen = []
    for figure in figures:
        packing = lists[figure.ref]
        packed, figure.list_digest = packing.finish()
        figure.list_count = packing.count
        frozen.append(FrozenList(figure=figure, packed=packed))
    Figure.objects.bulk_update(figures, ["list_digest", "list_count"], batch_size=100)
    FrozenList.objects.bulk_create(frozen)


@transaction.atomic
def correct(report: Report, reason: str, *, by: Any, at: datetime) -> Report:
    """Open the next version of a published report, with its figures and text to be corrected; it stays as it is.

    reason: printed on the correction and told on its page. Refused for what is not published, and where a correction is
    open or published already.
    """
    locked(report)
    require_role(report.organ, by, at, "建立更正版")
    said = require_said(reason, "no_reason", "更正须写明原因:哪里错了、怎样发现的")
    if report.state != PUBLISHED:
        raise Refused("not_published", f"{report} 还没有发布,直接修改即可,不需要更正版")
    if Report.objects.filter(supersedes=report).exists():
        raise Refused("corrected_already", f"{report} 已有更正版,请打开更正版办理")
    opened = Report.objects.create(
        organ=report.organ, year=report.year, period_code=report.period_code, form_id=report.form_id, state=COMPILED,
        version=report.version + 1, supersedes=report, correction_reason=said[:500], provenance=report.provenance,
        versions=dict(package.versions(report.form_id)),
    )  # fmt: skip
    _copy(report, opened)
    after = {"version": opened.version, "supersedes": report.pk, "reason": said, "state": opened.state}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="correct", subject=opened, after=after)
    return opened


def _copy(report: Report, opened: Report) -> None:
    """Figures and text begin as published; the lists behind them are frozen anew."""
    figures, sections = list(report.figures.all()), list(report.sections.order_by("pk"))
    for figure in figures:
        figure.pk, figure.report, figure.revision, figure.list_digest, figure.list_count = None, opened, 1, "", None
    for section in sections:
        section.pk, section.report, section.revision = None, opened, 1
    Figure.objects.bulk_create(figures)
    Section.objects.bulk_create(sections)
