"""The only window of this desk to the outside: published reports, their pages, files and series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.db.models.functions import Length

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.reports import assembling
from gongkai.reports.across.latest import latest
from gongkai.reports.differences import Differences, differences
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.lines import Point, Series, SeriesBreak, series
from gongkai.reports.models import Promise, RenderedFile, Report, StoredFinding
from gongkai.reports.periods import YEAR
from gongkai.reports.rendering import CONTENT_TYPES, FRAGMENT
from gongkai.reports.typesetting import typeset_finding

__all__ = [
    "Content", "Download", "Erratum", "Kept", "Point", "PublishedReport", "ReportPage", "Series", "SeriesBreak",
    "Waived", "described", "download", "erratum", "issued", "published", "report_page", "series",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """One published report, as a list shows it. digest: SHA-256 of its package; version: from 2 on a correction."""

    organ_code: str
    organ: str
    year: int
    form_id: str
    form_title: str
    title: str
    published_on: date
    published_at: datetime
    provenance: str
    digest: str
    version: int = 1
    correction_reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise of last year's report and what became of it. status: open | kept | partly | broken."""

    text: str
    owner: str
    due_on: date
    status: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """What a correction changed, from the version before, and why."""

    before: PublishedReport
    after: PublishedReport
    reason: str
    differences: Differences


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be downloaded; size in bytes."""

    format: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Why a finding was accepted, and until when."""

    reason: str
    waived_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page of a report shows. html: the report as published, a fragment whose headings begin at h2.

    waived: for each of the findings, in their order, why it was accepted, or None. versions: every published version,
    oldest first, this one among them. promises: of the year before.
    """

    report: PublishedReport
    html: str
    downloads: tuple[Download, ...]
    findings: tuple[Finding, ...]
    accepted_reason: str
    waived: tuple[Waived | None, ...] = ()
    versions: tuple[PublishedReport, ...] = ()
    promises: tuple[Kept, ...] = ()

    @property
    def corrected_by(self) -> PublishedReport | None:
        """The next version, where this one has been corrected."""
        return next((other for other in self.versions if other.version == self.report.version + 1), None)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a download."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def published(organ_code: str | None = None) -> list[PublishedReport]:
    """Published annual reports in their last versions, of all organs or of one, the newest year first."""
    reports = _latest().order_by("-year", "organ__code", "form_id")
    if organ_code is not None:
        reports = reports.filter(organ__code=organ_code)
    return [described(report) for report in reports]


def issued(organ_code: str = "", first: int = 0, count: int = 50) -> list[PublishedReport]:
    """Every published version of the annual reports, of all organs or of one, the latest first, from a place on."""
    reports = _published().order_by("-published_at", "-pk")
    if organ_code:
        reports = reports.filter(organ__code=organ_code)
    return [described(report) for report in reports[first : first + count]]


def report_page(organ_code: str, year: int, form_id: str | None = None, version: int | None = None) -> ReportPage:
    """The page of a published report, of its last version unless another is named. Refused "not_found" for none."""
    report = _one(organ_code, year, form_id, version)
    files = report.files.annotate(size=Length("content")).defer("content").order_by("pk")
    downloads = tuple(
        Download(file.format, file.name, file.size, file.sha256) for file in files if file.format != FRAGMENT
    )
    kept = list(assembling.kept_findings(report))
    return ReportPage(
        described(report), bytes(_file(report, FRAGMENT).content).decode(), downloads,
        tuple(typeset_finding(assembling.finding_of(one)) for one in kept), report.accepted_reason,
        tuple(_waived(one) for one in kept), tuple(map(described, _versions(report))), tuple(_promises(report)),
    )  # fmt: skip


def _waived(kept: StoredFinding) -> Waived | None:
    waiver = kept.waiver
    return Waived(waiver.reason, waiver.waived_on, waiver.expires_on) if waiver else None


def erratum(organ_code: str, year: int, version: int, form_id: str | None = None) -> Erratum:
    """What a version changed. Refused "not_found" when it is not published, or corrects nothing."""
    report = _one(organ_code, year, form_id, version)
    if report.supersedes is None:
        raise Refused("not_found", f"{report} 是第1版,没有更正说明")
    return Erratum(
        described(report.supersedes), described(report), report.correction_reason,
        differences(report.supersedes, report),
    )  # fmt: skip


def _versions(report: Report) -> QuerySet[Report]:
    same = _published().filter(organ=report.organ_id, year=report.year, form_id=report.form_id)
    return same.order_by("version")


def _promises(report: Report) -> Iterator[Kept]:
    """Those of the year before, once that report is published: before, they may still be taken out."""
    earlier = _published().filter(organ=report.organ_id, year=report.year - 1)
    if not earlier.exists():
        return
    for made in Promise.objects.filter(organ=report.organ_id, year=report.year - 1):
        yield Kept(made.text, made.owner, made.due_on, made.status, made.evidence)


def download(
    organ_code: str, year: int, file_format: str, form_id: str | None = None, version: int | None = None
) -> Content:
    """A file of a published report, byte for byte as published. Refused "not_found" for an unknown one."""
    if file_format not in CONTENT_TYPES:
        raise Refused("not_found", f"没有 {file_format} 格式;可下载:{'、'.join(CONTENT_TYPES)}")
    file = _file(_one(organ_code, year, form_id, version), file_format)
    return Content(file.name, CONTENT_TYPES[file_format], bytes(file.content), file.sha256)


def _published() -> QuerySet[Report]:
    """Annual reports only: the tables of a part of the year are for the office."""
    reports = Report.objects.filter(state=PUBLISHED, period_code=YEAR)
    return reports.select_related("organ", "supersedes__organ").prefetch_related("organ__names")


def _latest() -> QuerySet[Report]:
    """The last published version of each."""
    return latest().select_related("organ", "supersedes__organ")


def _one(organ_code: str, year: int, form_id: str | None, version: int | None = None) -> Report:
    found = (_latest() if version is None else _published().filter(version=version)).order_by("-published_at", "-pk")
    found = found.filter(organ__code=organ_code, year=year)
    if form_id is not None:
        found = found.filter(form_id=form_id)
    report = found.first()
    if report is None:
        raise Refused("not_found", f"机关 {organ_code} 没有已发布的 {year} 年度报告")
    return report


def _file(report: Report, file_format: str) -> RenderedFile:
    file = report.files.filter(format=file_format).first()
    if file is None:
        raise Refused("not_found", f"{report} 没有 {file_format} 格式的文件")
    return file


def described(report: Report) -> PublishedReport:
    """A published report as a list shows it; its organ and the organ's names at hand."""
    facts = assembling.facts(report)
    if facts.published_on is None or report.published_at is None:
        raise RuntimeError("a published report is dated: the database holds it")
    return PublishedReport(
        report.organ.code, facts.organ, report.year, report.form_id, report.form.title, facts.title,
        facts.published_on, report.published_at, report.provenance, report.digest, report.version,
        report.correction_reason,
    )  # fmt: skip
