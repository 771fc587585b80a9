"""What must hold before a report leaves the clerk's desk, and again before it is published."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.reports import assembling, counting
from gongkai.reports.models import Report

ARTICLE = "《中华人民共和国政府信息公开条例》"


def require_current(report: Report) -> None:
    """What stands in the report must be what the registers say now, or the frozen lists would not bear it out."""
    counted = counting.count(report.form, report.organ, report.period)
    changed = [figure.ref for figure in report.figures.all() if figure.counted != counted[figure.ref].value]
    if changed:
        shown = "、".join(changed[:5])
        raise Refused(
            "figures_stale",
            f"编制之后登记簿有变动,{len(changed)} 个数字已不同({shown});请重新编制、检查后再办"
            "(已经送审的,先撤回或退回)",
        )


def require_sound(report: Report, findings: Sequence[Finding], accepting: str) -> None:
    """Refused while rules fail with severity error or text is missing, unless the reason for accepting that is given;
    waived findings hold nothing up."""
    if accepting.strip():
        return
    failing = [one for one in findings if one.verdict == "fail" and one.severity == "error" and not one.waived]
    told = [f"{finding.rule} {finding.title}" for finding in failing]
    told += [f"第{no}部分没有正文" for no in missing_texts(report)]
    if told:
        raise Refused(
            "findings_fail",
            f"还有 {len(told)} 个问题:{';'.join(told[:5])}。请改正或由审核员豁免,或写明带问题送审的理由",
            f"{ARTICLE}第五十条" if report.year >= 2019 else f"{ARTICLE}(2007)第三十二条",
        )


def missing_texts(report: Report) -> list[str]:
    """The parts of the form that are text and have none; the tables of a part of the year have no text."""
    if not report.period.is_year:
        return []
    written = set(assembling.resolved_texts(report))
    return [section.no for section in report.form.sections if section.kind == "text" and section.no not in written]
