"""The front page, the accessibility statement, and the style sheet of papers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from gongkai.disclosures import public as disclosures
from gongkai.organs import public as organs
from gongkai.papers import html
from gongkai.portal import labels, meta
from gongkai.portal.keeping import kept_for_the_day
from gongkai.reports import public

LATEST = 8
ORGANS = 12  # more stand on a page of their own


@require_GET
@kept_for_the_day
def home(request: HttpRequest) -> HttpResponse:
    """What this site is, the organs, and what they disclosed and reported last."""
    newest = sorted(public.published(), key=lambda report: (report.published_at, report.year), reverse=True)
    latest = labels.lines(newest[:LATEST])
    named = organs.organs(localdate())
    context = {
        "here": "home", "tags": meta.home_tags(request), "latest": latest, "organs": named[:ORGANS],
        "more_organs": len(named) > ORGANS, "items": disclosures.items(at=now(), count=LATEST).items,
    }  # fmt: skip
    return render(request, "portal/home.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used by everybody, and what is still wanting."""
    return render(request, "portal/accessibility.html", {"tags": meta.home_tags(request)})


@require_GET
@cache_control(public=True, max_age=3600)
def paper_styles(request: HttpRequest) -> HttpResponse:
    """The styles that go with the HTML of a paper, as the papers room keeps them."""
    return HttpResponse(html.STYLES, content_type="text/css; charset=utf-8")
