"""A stored report put together for others: its values, text, facts, Paper and package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from gongkai.law import identities
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value, plain
from gongkai.papers.paper import Paper
from gongkai.records.measures import Scope
from gongkai.reports import narrative
from gongkai.reports.counting import MEASURES
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.flow import DRAFT, PUBLISHED
from gongkai.reports.models import Report, StoredFinding
from gongkai.reports.package import Package, PackagedFigure, versions
from gongkai.reports.references import resolved


def values(report: Report) -> dict[str, Value]:
    """The printed value of every figure, by ref."""
    return {figure.ref: figure.printed for figure in report.figures.all()}


def texts(report: Report) -> dict[str, str]:
    """The text of every section by number, with references."""
    return {section.no: section.text for section in report.sections.order_by("pk")}


def resolved_texts(report: Report) -> dict[str, str]:
    """The text of every section as read, figures in place; sections without text are left out."""
    form, figures = report.form, values(report)
    return {no: resolved(form, text, figures) for no, text in texts(report).items() if text}


def organ_name(report: Report) -> str:
    """The name that the organ bore at the end of the period."""
    return report.organ.name_on(report.period.last)


def facts(report: Report) -> Facts:
    """What a drawing must know besides the figures."""
    corrects_on = report.supersedes.published_on if report.supersedes else None
    return Facts(
        organ_name(report), report.year, report.published_on, report.provenance, report.period_code, report.version,
        corrects_on, report.correction_reason,
    )  # fmt: skip


def paper(report: Report) -> Paper:
    """The report drawn in its official layout. Refused when a text quotes a figure that does not exist."""
    return draw(report.form, values(report), texts(report), facts(report))


def package(report: Report, findings: Sequence[Finding] | None = None) -> Package:
    """The report as exchanged between machines, with its stored findings or those given."""
    figures = {
        figure.ref: PackagedFigure(figure.printed, figure.origin, figure.list_digest) for figure in report.figures.all()
    }
    return Package(
        organ_name(report), report.year, report.form, figures,
        findings=stored_findings(report) if findings is None else findings,
        versions=report.versions or versions(report.form_id),
        sections=resolved_texts(report),
        published_on=report.published_on.isoformat() if report.published_on else "",
        provenance=report.provenance,
        period_code=report.period_code,
        version=report.version,
        supersedes=report.supersedes.digest if report.supersedes else "",
        correction_reason=report.correction_reason,
    )  # fmt: skip


def stored_findings(report: Report, on: date | None = None) -> tuple[Finding, ...]:
    """The findings of the last check, waived where a waiver stood then (and stands `on` a day, if one is given)."""
    return tuple(finding_of(stored, on) for stored in kept_findings(report))


def kept_findings(report: Report) -> QuerySet[StoredFinding]:
    """The findings of the last check as they are stored, with their waivers."""
    return StoredFinding.objects.filter(report=report).select_related("waiver__by")


def finding_of(stored: StoredFinding, on: date | None = None) -> Finding:
    """A finding as it was kept; waived as in `stored_findings`."""
    return Finding(
        rule=stored.rule, verdict=stored.verdict, severity=stored.severity,  # type: ignore[arg-type]  # stored from findings
        title=stored.title, message=stored.message, expected=stored.expected, actual=stored.actual,
        cells=tuple(stored.cells), basis=stored.basis, section=stored.section,
        waived=stored.waiver is not None and (on is None or stored.waiver.stands_on(on)),
    )  # fmt: skip


def previous(report: Report) -> tuple[ReportForm, dict[str, Value]] | None:
    """Form and figures of the organ's report for the period before."""
    found = report_before(report)
    return (found.form, values(found)) if found else None


def report_before(report: Report) -> Report | None:
    """The organ's report for the period before: on the same form if there is one, published first, its last version."""
    earlier = report.period.before
    found = Report.objects.filter(organ=report.organ, year=earlier.year, period_code=earlier.code)
    return min(
        found.exclude(state=DRAFT),
        key=lambda other: (other.form_id != report.form_id, other.state != PUBLISHED, -other.version, other.pk),
        default=None,
    )


def evaluated(report: Report) -> list[Finding]:
    """Every finding of every rule on the report as it stands; nothing is stored."""
    return identities.check(
        report.form, values(report), previous=previous(report), reporter_kind=report.organ.kind,
        sections=resolved_texts(report) if report.period.is_year else None, year=report.year,
    )  # fmt: skip


def drafted(report: Report) -> dict[str, str]:
    """The narrative that the facts alone allow, by section."""
    told = {"organ": organ_name(report), "year": str(report.year), "contact": _contact(report), **_money(report)}
    return narrative.draft(report.form, values(report), told)


def _contact(report: Report) -> str:
    organ = report.organ
    ways = (("地址", organ.address), ("邮编", organ.postcode), ("电话", organ.phone), ("电子邮箱", organ.email))
    known = [f"{name}:{value}" for name, value in ways if value]
    return f"如对本报告有疑问,请与{organ_name(report)}联系({','.join(known)})。" if known else ""


def _money(report: Report) -> dict[str, str]:
    """Fees that have no cell on any form but must be told: the processing fee (since 2021) and waivers."""
    scope = Scope((report.organ_id,), date(report.year, 1, 1), date(report.year, 12, 31))
    fee = MEASURES["fees.collected"].grouped(scope, ("kind",)).get(("processing_fee",), 0)
    waivers = MEASURES["fees.waivers"].grouped(scope, ())[()]
    waived = MEASURES["fees.waived"].grouped(scope, ())[()]
    taken = f"收取信息处理费{plain(Decimal(fee))}元" if fee else "未收取信息处理费"
    remitted = f"减免费用{waivers}件,共{plain(Decimal(waived))}元" if waivers else "没有减免费用的情况"
    return {"processing_fee": f"{report.year}年{taken}。", "waivers": f"{remitted}。"}
