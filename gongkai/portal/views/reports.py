"""One annual report for the public, and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_GET

from gongkai.comments import public as comments
from gongkai.portal import labels, meta
from gongkai.portal.keeping import kept
from gongkai.reports import public

COMMENTS_SHOWN = 5


@require_GET
@kept
def report(request: HttpRequest, organ: str, year: int, version: int | None = None) -> HttpResponse:
    """One report as published, with its files and what the checks found; ?form= tells two reports of a year apart.

    Without a version the last one; every version keeps an address of its own.
    """
    page = public.report_page(organ, year, request.GET.get("form"), version)
    tags = meta.content_tags(
        meta.reports_column(request), title=page.report.title, published_at=page.report.published_at,
        source=page.report.organ, keywords=("政府信息公开", "年度报告", str(year)),
    )  # fmt: skip
    return render(
        request,
        "portal/report.html",
        {
            "here": "reports", "tags": tags, "page": page, "provenance": labels.provenance(page.report.provenance),
            "told": labels.told(page.report.form_id, page.findings, page.waived), "tally": labels.tally(page.findings),
            "comments": comments.shown(organ, year, 0, COMMENTS_SHOWN), "total": comments.shown_total(organ, year),
        },
    )  # fmt: skip


@require_GET
@kept
def differences(request: HttpRequest, organ: str, year: int, version: int) -> HttpResponse:
    """What a correction changed, from what to what, why, when, and whose report it is."""
    erratum = public.erratum(organ, year, version, request.GET.get("form"))
    tags = meta.reports_column(request)
    context = {"here": "reports", "tags": tags, "erratum": erratum, "differences": erratum.differences}
    return render(request, "portal/differences.html", context)


def _etag(request: HttpRequest, organ: str, year: int, kind: str, version: int | None = None) -> str:
    return f'"{public.download(organ, year, kind, request.GET.get("form"), version).sha256}"'


@require_GET
@condition(etag_func=_etag)
def download(request: HttpRequest, organ: str, year: int, kind: str, version: int | None = None) -> HttpResponse:
    """A file of a report (report.docx, report.pdf …), byte for byte as published, saved under its Chinese title."""
    file = public.download(organ, year, kind, request.GET.get("form"), version)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    # A published file never changes; a year later it may still be asked for anew.
    patch_cache_control(response, public=True, max_age=3600)
    return response
