"""The book of law to read: what it holds, and the working-day calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.law import book, calendar, report_forms
from gongkai.portal import meta, months


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What the book holds."""
    years = calendar.known_years()
    return render(
        request,
        "portal/law.html",
        {
            "here": "law", "tags": meta.home_tags(request), "limit_total": len(book.pages("time_limits")),
            "rule_total": len(book.pages("checks")),
            "forms": report_forms.all_forms(), "first": years[0], "last": years[-1],
        },
    )  # fmt: skip


@require_GET
def calendar_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The working days of a year; without one, of this year or the nearest that the book knows."""
    years = calendar.known_years()
    if year is None:
        year = max(years[0], min(localdate().year, years[-1]))
    if year not in years:
        raise Http404(str(year))
    return render(
        request,
        "portal/calendar.html",
        {
            "here": "law", "tags": meta.home_tags(request), "year": year, "years": years,
            "months": months.year_in_months(year), "page": book.page("calendar", str(year)),
        },
    )  # fmt: skip
