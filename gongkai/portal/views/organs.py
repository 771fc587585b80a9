"""An organ's disclosure site: its front, its columns and their lists, and what it keeps closed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from gongkai.disclosures import public as disclosures
from gongkai.law.refusal import Refused
from gongkai.organs import public as organs
from gongkai.organs.public import OrganCard
from gongkai.papers import docx
from gongkai.portal import choosing, columns, labels, meta, paging
from gongkai.portal.application_form import drawn as application_form_of
from gongkai.portal.columns import APPLY, COLUMNS, DISCLOSED, HOME, REPORTS, Column
from gongkai.portal.keeping import kept, kept_for_the_day
from gongkai.reports import public as reports

LATEST, PER_PAGE = 8, 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def card(code: str) -> OrganCard:
    """The organ of an address; 404 where there is none, or it has no name today."""
    try:
        return organs.organ(code, localdate())
    except Refused as refused:
        raise Http404(refused.reason) from refused


def framed(request: HttpRequest, organ: OrganCard, column: Column, **more: object) -> dict[str, object]:
    """What every page of an organ's site needs."""
    return {
        "here": "organs", "tags": columns.tags(request, column, organ.name), "organ": organ, "column": column,
        "columns": COLUMNS, "apply": APPLY, **more,
    }  # fmt: skip


@require_safe
@kept_for_the_day
def index(request: HttpRequest) -> HttpResponse:
    """Every organ, with how much it has made public."""
    counted = disclosures.counted_by_organ()
    found = [(organ, counted.get(organ.code, 0)) for organ in organs.organs(localdate())]
    tags = meta.column_tags(request, HOME.title, "各机关的政府信息公开", ("政府信息公开",), HOME.kind)
    return render(request, "portal/organs.html", {"here": "organs", "tags": tags, "organs": found})


@require_safe
@kept_for_the_day
def home(request: HttpRequest, organ: str) -> HttpResponse:
    """The front of an organ's site: its columns, what it published last, how to reach it."""
    found = card(organ)
    latest = disclosures.items(at=now(), organ_code=organ, count=LATEST)
    context = framed(request, found, HOME, latest=latest.items, total=latest.total)
    context["years"] = [report.year for report in reports.published(organ)]
    return render(request, "portal/organ.html", context)


@require_safe
@kept_for_the_day
def disclosed(request: HttpRequest, organ: str) -> HttpResponse:
    """法定主动公开内容: the list, narrowed by item of the Regulations, theme, genre, year, validity and words."""
    found, chosen = card(organ), choosing.chosen(request, organ)
    first = (paging.asked(request) - 1) * PER_PAGE
    listing = disclosures.listing(chosen, at=now(), first=first, count=PER_PAGE)
    place = paging.place(request, listing.total, PER_PAGE)
    if place.first != first:  # a page that is not there: the nearest one
        listing = disclosures.listing(chosen, at=now(), first=place.first, count=PER_PAGE)
    groups = choosing.groups(request, chosen, listing.counts)
    context = framed(
        request, found, DISCLOSED, listing=listing, chosen=chosen, groups=groups,
        page=place.page, pages=place.pages, newer=place.newer, older=place.older,
        closed=disclosures.closed_total(organ), theme=labels.word("themes", chosen.theme),
        item=labels.word("disclosure_items", chosen.disclosure_item),
    )  # fmt: skip
    return render(request, "portal/disclosed.html", context)


@require_safe
@kept
def closed(request: HttpRequest, organ: str) -> HttpResponse:
    """Notices of what the organ does not disclose proactively: no titles, the ground and its article."""
    found = card(organ)
    place = paging.place(request, disclosures.closed_total(organ), PER_PAGE)
    notices = disclosures.closed(organ, first=place.first, count=PER_PAGE)
    rows = [
        (
            notice,
            labels.word("disclosure_attributes", notice.attribute.code),
            labels.word("grounds", notice.ground.code),
        )
        for notice in notices
    ]
    context = framed(
        request, found, DISCLOSED, rows=rows, page=place.page, pages=place.pages, newer=place.newer, older=place.older
    )
    return render(request, "portal/closed.html", context)


@require_safe
@kept
def annual_reports(request: HttpRequest, organ: str) -> HttpResponse:
    """政府信息公开年报: the organ's reports of all years."""
    context = framed(request, card(organ), REPORTS, lines=labels.lines(reports.published(organ)))
    return render(request, "portal/organ_reports.html", context)


@require_safe
@kept
def apply(request: HttpRequest, organ: str) -> HttpResponse:
    """依申请公开: what an application holds, where it goes, what happens then."""
    return render(request, "portal/apply.html", framed(request, card(organ), APPLY))


@require_safe
def application_form(request: HttpRequest, organ: str) -> HttpResponse:
    """The form to fill in, as a Word file."""
    found = card(organ)
    response = HttpResponse(docx.write(application_form_of(found.name)), content_type=WORD)
    name = f"{found.name}政府信息公开申请表.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    patch_cache_control(response, public=True, max_age=3600)
    return response
