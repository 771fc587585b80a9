"""The daily anchors of the entry book: to be read, kept by anybody, and held against the entries later."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from gongkai.portal import meta, paging
from gongkai.records import public

PER_PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The anchors, the latest first, so many a page."""
    total = public.anchor_days()
    place = paging.place(request, total, PER_PAGE)
    return render(
        request,
        "portal/anchors.html",
        {
            "here": "anchors", "tags": meta.home_tags(request), "total": total, "page": place.page,
            "pages": place.pages, "newer": place.newer, "older": place.older,
            "anchors": public.published_anchors(place.first, PER_PAGE),
        },
    )  # fmt: skip


@require_GET
@cache_control(public=True, max_age=86400)
def day(request: HttpRequest, day: str) -> HttpResponse:
    """The anchor of a day as JSON; it never changes. 404 when there is none."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404(day) from None
    if wanted.isoformat() != day:  # other ways of writing a day are no second address
        raise Http404(day)
    return HttpResponse(public.anchor_file(wanted), content_type="application/json; charset=utf-8")


@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """Leads to the last anchor: the address for a program that fetches it every day."""
    newest = public.published_anchors(0, 1)
    if not newest:
        raise Http404("anchor")
    return redirect("portal:anchor", newest[0].day.isoformat())
