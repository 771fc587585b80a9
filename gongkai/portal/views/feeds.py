"""What machines read: Atom feeds, sitemaps, and what robots may fetch."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from gongkai.disclosures import public
from gongkai.law import vocabulary
from gongkai.portal import atom, paging
from gongkai.portal.columns import DISCLOSED, REPORTS, RULES
from gongkai.portal.keeping import kept, kept_for_the_day
from gongkai.portal.views.organs import card
from gongkai.reports import public as reports

PER_FEED = 50
PER_SITEMAP = 50_000  # the most that a sitemap may hold (sitemaps.org)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"


@require_safe
@kept_for_the_day
def feed(request: HttpRequest, organ: str = "", item: str = "", theme: str = "") -> HttpResponse:
    """What changed last: of all organs or of one; of an item of the Regulations, or of a theme and what is below it."""
    titles = [card(organ).name if organ else "政府信息公开"]
    titles += [_term("disclosure_items", item)] if item else []
    titles += [_term("themes", theme)] if theme else []
    first = (paging.asked(request) - 1) * PER_FEED
    found = public.feed(at=now(), organ_code=organ, disclosure_item=item, theme=theme, first=first, count=PER_FEED + 1)
    links = [("self", request.build_absolute_uri()), *_pages(request, len(found) > PER_FEED)]
    links.append(("alternate", request.build_absolute_uri(_page_of(organ, item, theme))))
    told = atom.Feed("/".join(("feed", organ, item, theme)), " · ".join(titles), titles[0], links)
    lines = [
        atom.of_item(one, request.build_absolute_uri(reverse("portal:item", args=(one.organ_code, one.number))))
        for one in found[:PER_FEED]
    ]
    return HttpResponse(atom.written(told, lines), content_type=atom.CONTENT_TYPE)


@require_safe
@kept
def reports_feed(request: HttpRequest, organ: str = "") -> HttpResponse:
    """Annual reports as they come out, corrections among them, so that who used a figure hears of its correction."""
    author = card(organ).name if organ else "政府信息公开"
    found = reports.issued(organ, (paging.asked(request) - 1) * PER_FEED, PER_FEED + 1)
    page = reverse("portal:organ_reports", args=(organ,)) if organ else reverse("portal:reports")
    links = [("self", request.build_absolute_uri()), *_pages(request, len(found) > PER_FEED)]
    links.append(("alternate", request.build_absolute_uri(page)))
    told = atom.Feed(f"feed/reports/{organ}", f"{author} · 年度报告", author, links)
    lines = [atom.of_report(one, request.build_absolute_uri(_page_of_report(one))) for one in found[:PER_FEED]]
    return HttpResponse(atom.written(told, lines), content_type=atom.CONTENT_TYPE)


def _page_of_report(report: reports.PublishedReport) -> str:
    """Of this version and no other, also where an organ reports a year on two forms."""
    place = (report.organ_code, report.year, report.version)
    return f"{reverse('portal:report_version', args=place)}?form={report.form_id}"


def _term(name: str, code: str) -> str:
    term = vocabulary.terms(name).get(code)
    if term is None:
        raise Http404(code)
    return term.zh


def _pages(request: HttpRequest, more: bool) -> Iterator[tuple[str, str]]:
    """Links to the pages before and after (RFC 5005, 3)."""
    page = paging.asked(request)
    yield "first", request.build_absolute_uri(request.path)
    if page > 1:
        yield "previous", request.build_absolute_uri(f"{request.path}?page={page - 1}")
    if more:
        yield "next", request.build_absolute_uri(f"{request.path}?page={page + 1}")


def _page_of(organ: str, item: str, theme: str) -> str:
    """The page that shows to people what a feed tells."""
    if not organ:
        return reverse("portal:organs")
    narrowed = f"?item={item}" if item else f"?theme={theme}" if theme else ""
    return reverse("portal:disclosed", args=(organ,)) + narrowed


@require_safe
@kept_for_the_day
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: the sitemap of columns and reports, and as many of items as are needed."""
    pages = -(-public.total() // PER_SITEMAP)
    maps = [reverse("portal:sitemap_columns")]
    maps += [reverse("portal:sitemap_items", args=(page,)) for page in range(1, pages + 1)]
    body = "".join(f"<sitemap><loc>{escape(request.build_absolute_uri(one))}</loc></sitemap>" for one in maps)
    return _xml("sitemapindex", body)


@require_safe
@kept_for_the_day
def sitemap_items(request: HttpRequest, page: int) -> HttpResponse:
    """Fifty thousand items, each with the moment of its last change."""
    found = public.addresses(at=now(), first=(page - 1) * PER_SITEMAP, count=PER_SITEMAP) if page else ()
    if not found:
        raise Http404(str(page))
    base = request.build_absolute_uri("/").rstrip("/")
    body = "".join(
        f"<url><loc>{escape(base + reverse('portal:item', args=(one.organ_code, one.number)))}</loc>"
        f"<lastmod>{one.updated_at.isoformat()}</lastmod></url>"
        for one in found
    )
    return _xml("urlset", body)


@require_safe
@kept
def sitemap_columns(request: HttpRequest) -> HttpResponse:
    """The front page, the columns of every organ that has published something, and every annual report."""
    places = [reverse("portal:home"), reverse("portal:organs"), reverse("portal:reports"), reverse("portal:law")]
    published = reports.published()
    organs = sorted({report.organ_code for report in published} | set(public.counted_by_organ()))
    routes = ("portal:organ", RULES.route, DISCLOSED.route, REPORTS.route)
    places += [reverse(route, args=(organ,)) for organ in organs for route in routes]
    places += [reverse("portal:report", args=(report.organ_code, report.year)) for report in published]
    base = request.build_absolute_uri("/").rstrip("/")
    return _xml("urlset", "".join(f"<url><loc>{escape(base + place)}</loc></url>" for place in dict.fromkeys(places)))


def _xml(name: str, body: str) -> HttpResponse:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return HttpResponse(f'{head}<{name} xmlns="{SITEMAP}">{body}</{name}>', content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be fetched; the staff door is no place for robots."""
    told = (
        "User-agent: *",
        "Disallow: /desk/",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
        "",
    )
    return HttpResponse("\n".join(told), content_type="text/plain; charset=utf-8")
