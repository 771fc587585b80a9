"""Check a report, and publish it: lists frozen, files rendered, nothing changed afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.findings import Finding, Tally
from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.moves import LEGAL_TIME, carry_out
from gongkai.reports import assembling, counting, freezing, package, rendering
from gongkai.reports.actions.permission import opened, require_clerk, roles_within
from gongkai.reports.flow import COMPILED, DRAFT, FLOW
from gongkai.reports.models import Figure, FrozenList, RenderedFile, Report, StoredFinding

ARTICLE = "《中华人民共和国政府信息公开条例》"


@transaction.atomic
def check(report: Report, *, by: Any, at: datetime) -> list[Finding]:
    """Run every rule of the form on figures and text, and keep the findings. Refused before the first compilation."""
    report = opened(report)
    require_clerk(report.organ, by, at, "检查年度报告")
    if report.state == DRAFT:
        raise Refused("not_compiled", f"{report} 还没有编制,没有数字可查;请先编制")
    findings = assembling.evaluated(report)
    _keep(report, findings)
    tally = Tally()
    for finding in findings:
        tally.add(finding)
    entries.write(organ_code=report.organ.code, by=by, at=at, act="check", subject=report, after=dict(tally.counts))
    return findings


def _keep(report: Report, findings: Sequence[Finding]) -> None:
    report.findings.all().delete()
    StoredFinding.objects.bulk_create(
        [
            StoredFinding(report=report, position=position, **{**finding.as_json()})
            for position, finding in enumerate(findings)
        ]
    )


@transaction.atomic
def publish(report: Report, *, by: Any, at: datetime, accepting: str = "") -> Report:
    """Publish for good: row numbers behind each figure are frozen, the files are rendered and kept.

    accepting: the reason for publishing although rules fail with severity error or a part of the text is empty; it is
    Refused without one. Refused too when the registers have changed since the report was compiled.
    """
    report = opened(report)
    if report.state != COMPILED:
        raise Refused("not_compiled", f"{report} 还没有编制,不能发布;请先编制、检查")
    _require_current(report)
    findings = assembling.evaluated(report)
    _require_sound(report, findings, accepting)
    _keep(report, findings)
    _freeze(report)
    report.published_on, report.published_at = at.astimezone(LEGAL_TIME).date(), at
    packed = package.write(assembling.package(report, findings))
    carry_out(
        FLOW, "publish", report, by=by, at=at, role_of=roles_within(report.organ), published_on=report.published_on,
        published_at=at, digest=hashlib.sha256(packed).hexdigest(), accepted_reason=accepting.strip(),
    )  # fmt: skip
    RenderedFile.objects.bulk_create(
        [
            RenderedFile(
                report=report, format=file.format, name=file.name, content=file.content,
                sha256=hashlib.sha256(file.content).hexdigest(),
            )
            for file in rendering.render(assembling.paper(report), packed)
        ]
    )  # fmt: skip
    return report


def _require_current(report: Report) -> None:
    """What stands in the report must be what the registers say now, or the frozen lists would not bear it out."""
    counted = counting.count(report.form, report.organ, report.year)
    changed = [figure.ref for figure in report.figures.all() if figure.counted != counted[figure.ref].value]
    if changed:
        shown = "、".join(changed[:5])
        raise Refused(
            "figures_stale",
            f"编制之后登记簿有变动,{len(changed)} 个数字已不同({shown});请重新编制、检查后再发布",
        )


def _require_sound(report: Report, findings: Sequence[Finding], accepting: str) -> None:
    if accepting.strip():
        return
    failing = [finding for finding in findings if finding.verdict == "fail" and finding.severity == "error"]
    told = [f"{finding.rule} {finding.title}" for finding in failing]
    kinds = {section.no: section.kind for section in report.form.sections}
    written = set(assembling.resolved_texts(report))
    told += [f"第{no}部分没有正文" for no, kind in kinds.items() if kind == "text" and no not in written]
    if told:
        raise Refused(
            "findings_fail",
            f"还有 {len(told)} 个问题:{';'.join(told[:5])}。请改正,或写明带问题发布的理由",
            f"{ARTICLE}第五十条" if report.year >= 2019 else f"{ARTICLE}(2007)第三十二条",
        )


def _freeze(report: Report) -> None:
    openings = counting.openings_of(report.organ, report.form, report.year)
    lists = freezing.freeze(counting.plan(report.form, report.organ, report.year, openings))
    figures = [figure for figure in report.figures.all() if figure.ref in lists]
    frozen = []
    for figure in figures:
        packing = lists[figure.ref]
        packed, figure.list_digest = packing.finish()
        figure.list_count = packing.count
        frozen.append(FrozenList(figure=figure, packed=packed))
    Figure.objects.bulk_update(figures, ["list_digest", "list_count"], batch_size=100)
    FrozenList.objects.bulk_create(frozen)
