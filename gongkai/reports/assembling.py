"""A stored report put together for others: its values, text, facts, Paper and package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gongkai.law import identities
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value, plain
from gongkai.papers.paper import Paper
from gongkai.records.measures import Scope
from gongkai.reports import narrative
from gongkai.reports.counting import MEASURES
from gongkai.reports.drawing import Facts, draw
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
    """The name that the organ bore at the end of the report year."""
    return report.organ.name_on(date(report.year, 12, 31))


def facts(report: Report) -> Facts:
    """What a drawing must know besides the figures."""
    return Facts(organ_name(report), report.year, report.published_on, report.provenance)


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
    )  # fmt: skip


def stored_findings(report: Report) -> tuple[Finding, ...]:
    """The findings of the last check."""
    return tuple(
        Finding(
            rule=stored.rule, verdict=stored.verdict, severity=stored.severity,  # type: ignore[arg-type]  # stored from findings
            title=stored.title, message=stored.message, expected=stored.expected, actual=stored.actual,
            cells=tuple(stored.cells), basis=stored.basis,
        )
        for stored in StoredFinding.objects.filter(report=report)
    )  # fmt: skip


def previous(report: Report) -> tuple[ReportForm, dict[str, Value]] | None:
    """Form and figures of the organ's report for the year before: on the same form if there is one, published first."""
    found = Report.objects.filter(organ=report.organ, year=report.year - 1).exclude(state="draft")
    ranked = sorted(found, key=lambda other: (other.form_id != report.form_id, other.state != "published", other.pk))
    return (ranked[0].form, values(ranked[0])) if ranked else None


def evaluated(report: Report) -> list[Finding]:
    """Every finding of every rule on the report as it stands; nothing is stored."""
    return identities.check(
        report.form, values(report), previous=previous(report), reporter_kind=report.organ.kind,
        sections=resolved_texts(report), year=report.year,
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
