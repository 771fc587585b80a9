"""Annual reports for the public: the list, one report, its files, and the figures of an organ over the years."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_GET

from gongkai.portal import labels, meta, series_chart
from gongkai.reports import public

COLUMN = "政府信息公开年报"


def _column(request: HttpRequest) -> meta.Tags:
    described = "各行政机关历年政府信息公开工作年度报告"
    return meta.column_tags(request, COLUMN, described, ("政府信息公开", "年度报告"), "信息公开年报")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Published reports, organ by organ, the newest year first."""
    lines = sorted(labels.lines(public.published()), key=lambda line: line.report.organ_code)
    organs = [(code, list(group)) for code, group in groupby(lines, key=lambda line: line.report.organ_code)]
    return render(request, "portal/reports.html", {"here": "reports", "tags": _column(request), "organs": organs})


@require_GET
def report(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """One report as published, with its files and what the checks found; ?form= tells two reports of a year apart."""
    page = public.report_page(organ, year, request.GET.get("form"))
    tags = meta.content_tags(
        _column(request), title=page.report.title, published_at=page.report.published_at, source=page.report.organ,
        keywords=("政府信息公开", "年度报告", str(year)),
    )  # fmt: skip
    return render(
        request,
        "portal/report.html",
        {
            "here": "reports", "tags": tags, "page": page, "provenance": labels.provenance(page.report.provenance),
            "told": labels.told(page.report.form_id, page.findings), "tally": labels.tally(page.findings),
        },
    )  # fmt: skip


def _etag(request: HttpRequest, organ: str, year: int, kind: str) -> str:
    return f'"{public.download(organ, year, kind, request.GET.get("form")).sha256}"'


@require_GET
@condition(etag_func=_etag)
def download(request: HttpRequest, organ: str, year: int, kind: str) -> HttpResponse:
    """A file of a report (report.docx, report.pdf …), byte for byte as published, saved under its Chinese title."""
    file = public.download(organ, year, kind, request.GET.get("form"))
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    # A published file never changes; a year later it may still be asked for anew.
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_GET
def series(request: HttpRequest, organ: str) -> HttpResponse:
    """Every concept of an organ's published reports over the years, across forms, with the breaks of each line."""
    reports = public.published(organ)
    if not reports:
        raise Http404(organ)
    charts = [series_chart.chart(one) for one in public.series(organ)]
    return render(
        request,
        "portal/series.html",
        {
            "here": "reports", "tags": _column(request), "organ": organ, "organ_name": reports[0].organ,
            "lines": labels.lines(reports), "charts": charts, "box": series_chart,
        },
    )  # fmt: skip
