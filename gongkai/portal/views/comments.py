"""Comments on a published report: what is shown of them, and the form to write one, without sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.comments import public
from gongkai.law.refusal import Refused
from gongkai.portal import meta, paging
from gongkai.records.public import address_of, may_lock, network_of
from gongkai.reports import public as reports
from gongkai.reports.public import PublishedReport

PER_PAGE = 20
TRAP = "website"  # a field that people do not see and programs fill in
REFUSED = 422


def _report(organ: str, year: int) -> PublishedReport:
    """The report commented on. Refused "not_found" when none is published."""
    found = next((report for report in reports.published(organ) if report.year == year), None)
    if found is None:
        raise Refused("not_found", f"机关 {organ} 没有已发布的 {year} 年度报告")
    return found


@require_GET
def index(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Every comment shown on a report with its answer, the latest first."""
    report, total = _report(organ, year), public.shown_total(organ, year)
    place = paging.place(request, total, PER_PAGE)
    return render(
        request,
        "portal/comments.html",
        {
            "here": "reports", "tags": meta.reports_column(request), "report": report, "total": total,
            "comments": public.shown(organ, year, place.first, PER_PAGE),
            "page": place.page, "pages": place.pages, "newer": place.newer, "older": place.older,
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@never_cache
@csrf_protect
def add(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The form; what is typed stays when it is refused."""
    report, fault = _report(organ, year), None
    text, contact = request.POST.get("text", ""), request.POST.get("contact", "")
    if request.method == "POST":
        try:
            number = _taken(request, organ, year, text, contact)
        except Refused as refused:
            fault = refused
        else:
            response = redirect("portal:comment_taken", organ, year)
            response.set_signed_cookie("comment_number", number, max_age=600, httponly=True, samesite="Lax")
            return response
    context = {
        "here": "reports", "tags": meta.reports_column(request), "report": report, "text": text, "contact": contact,
        "refused": fault, "longest": public.LONGEST_TEXT, "longest_contact": public.LONGEST_CONTACT, "trap": TRAP,
    }  # fmt: skip
    return render(request, "portal/comment_form.html", context, status=REFUSED if fault else 200)


def _taken(request: HttpRequest, organ: str, year: int, text: str, contact: str) -> str:
    if request.POST.get(TRAP):
        raise Refused("trapped", "隐藏的栏目被填写了，像是程序自动填写的；请清空它再提交，或用年报所列的联系方式")
    address = address_of(request)
    counted = network_of(address) if may_lock(address) else ""
    return public.submit(organ, year, text=text, contact=contact, address=counted, at=now())


@require_GET
@never_cache
def thanks(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Says that the comment was taken, under which number, and what comes next."""
    number = request.get_signed_cookie("comment_number", default="", max_age=600)
    context = {
        "here": "reports", "tags": meta.reports_column(request), "report": _report(organ, year), "number": number,
    }  # fmt: skip
    return render(request, "portal/comment_taken.html", context)
