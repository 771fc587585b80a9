"""The only window of this desk to the outside: published reports, their pages, files and series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import QuerySet
from django.db.models.functions import Length

from gongkai.law import crosswalk
from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.values import Value
from gongkai.reports import assembling
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import RenderedFile, Report
from gongkai.reports.rendering import CONTENT_TYPES, FRAGMENT
from gongkai.reports.typesetting import typeset_finding


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """One published report, as a list shows it. digest: SHA-256 of its data package."""

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


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be downloaded; size in bytes."""

    format: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the page of a report shows. html: the report as published, a fragment whose headings begin at h2."""

    report: PublishedReport
    html: str
    downloads: tuple[Download, ...]
    findings: tuple[Finding, ...]
    accepted_reason: str


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a download."""

    name: str
    content_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series; value may be one of the kinds of nothing."""

    year: int
    form_id: str
    value: Value


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Between two years the line must not be drawn through; kind as in law.crosswalk.Break, and why in Chinese."""

    before: int
    after: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One concept over the years of an organ, across forms."""

    id: str
    title: str
    note: str
    points: tuple[Point, ...]
    breaks: tuple[SeriesBreak, ...]


def published(organ_code: str | None = None) -> list[PublishedReport]:
    """Published reports, of all organs or of one, the newest year first."""
    reports = _published().order_by("-year", "organ__code", "form_id")
    if organ_code is not None:
        reports = reports.filter(organ__code=organ_code)
    return [_described(report) for report in reports]


def report_page(organ_code: str, year: int, form_id: str | None = None) -> ReportPage:
    """The page of a published report. Refused "not_found" when there is none."""
    report = _one(organ_code, year, form_id)
    files = report.files.annotate(size=Length("content")).defer("content").order_by("pk")
    downloads = tuple(
        Download(file.format, file.name, file.size, file.sha256) for file in files if file.format != FRAGMENT
    )
    return ReportPage(
        _described(report), bytes(_file(report, FRAGMENT).content).decode(), downloads,
        tuple(map(typeset_finding, assembling.stored_findings(report))), report.accepted_reason,
    )  # fmt: skip


def download(organ_code: str, year: int, file_format: str, form_id: str | None = None) -> Content:
    """A file of a published report, byte for byte as published. Refused "not_found" for an unknown one."""
    if file_format not in CONTENT_TYPES:
        raise Refused("not_found", f"没有 {file_format} 格式;可下载:{'、'.join(CONTENT_TYPES)}")
    file = _file(_one(organ_code, year, form_id), file_format)
    return Content(file.name, CONTENT_TYPES[file_format], bytes(file.content), file.sha256)


def series(organ_code: str) -> list[Series]:
    """Every concept that the published reports of an organ carry in at least one year, with the breaks of its line."""
    reports = list(
        _published().filter(organ__code=organ_code).prefetch_related("figures").order_by("year", "-published_at")
    )
    years: dict[int, Report] = {}
    for report in reports:  # of two reports for a year the one published last speaks
        years.setdefault(report.year, report)
    figures = {year: assembling.values(report) for year, report in years.items()}
    found = []
    for concept in map(crosswalk.series, crosswalk.concepts()):
        points = tuple(
            Point(year, report.form_id, concept.value(report.form_id, figures[year])) for year, report in years.items()
        )
        if any(point.value.number is not None for point in points):
            found.append(Series(concept.id, concept.title, concept.note, points, _breaks(concept, points)))
    return found


def _breaks(concept: crosswalk.Series, points: Sequence[Point]) -> tuple[SeriesBreak, ...]:
    """Where the form changes between two reported years, every break of the concept on the way."""
    order = list(concept.cells)
    found = []
    for before, after in pairwise(points):
        passed = order[order.index(before.form_id) : order.index(after.form_id) + 1]
        for broken in concept.breaks:
            if broken.before in passed and broken.after in passed:
                found.append(SeriesBreak(before.year, after.year, broken.kind, broken.note))
    return tuple(found)


def _published() -> QuerySet[Report]:
    return Report.objects.filter(state=PUBLISHED).select_related("organ").prefetch_related("organ__names")


def _one(organ_code: str, year: int, form_id: str | None) -> Report:
    found = _published().filter(organ__code=organ_code, year=year).order_by("-published_at")
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


def _described(report: Report) -> PublishedReport:
    facts = assembling.facts(report)
    if facts.published_on is None or report.published_at is None:
        raise RuntimeError("a published report is dated: the database holds it")
    return PublishedReport(
        report.organ.code, facts.organ, report.year, report.form_id, report.form.title, facts.title,
        facts.published_on, report.published_at, report.provenance, report.digest,
    )  # fmt: skip
