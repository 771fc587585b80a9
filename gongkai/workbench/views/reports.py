"""Reports at the desk: the list, one report with its tables and findings, and the acts that move it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms
from gongkai.organs.models import Staff
from gongkai.reports import actions, assembling, deadlines, queries
from gongkai.reports.actions.promising import KEEPERS
from gongkai.reports.completeness import completeness
from gongkai.reports.models import Report
from gongkai.reports.periods import PERIODS, YEAR
from gongkai.workbench import drawn, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import in_type, status_of


def own_report(staff: Staff, pk: int) -> Report:
    """The report, when it is of the organ one works for; 404 otherwise."""
    return get_object_or_404(queries.reports_of(staff.organ), pk=pk)


@require_http_methods(["GET", "POST"])
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's reports; posted, one is begun for a year or a part of it, on the form in force or a named one."""
    if request.method == "GET":
        return _list(request, staff)
    try:
        report = actions.create(
            staff.organ, typed.year(request.POST.get("year", ""), "year"), request.POST.get("form") or None,
            by=staff, at=now(), period_code=request.POST.get("period") or YEAR,
        )  # fmt: skip
    except Refused as refused:
        return _list(request, staff, refused=refused)
    return redirect("workbench:report", report.pk)


def _list(request: HttpRequest, staff: Staff, refused: Refused | None = None) -> HttpResponse:
    year, roles = localdate().year - 1, staff.roles_on(localdate())
    asked = request.POST.get("for_year", "")
    stands = deadlines.earlier_day(staff.organ, int(asked) if asked in map(str, typed.YEARS) else year)
    context = {
        "staff": staff, "here": "reports", "reports": queries.reports_of(staff.organ), "forms": all_forms(),
        "last_year": year, "periods": PERIODS, "deadline": _deadline(staff, year), "typed": request.POST,
        "may_create": "clerk" in roles, "may_set_day": bool(roles & set(KEEPERS)),
        "refused": in_type(refused, unknown_form="form") if refused else None,
        "seen_day": stands.isoformat() if stands else "",
    }  # fmt: skip
    return render(request, "workbench/reports.html", context, status=status_of(refused) if refused else 200)


def _deadline(staff: Staff, year: int) -> deadlines.Deadline | None:
    try:
        return deadlines.deadline(staff.organ, year)
    except Refused:  # a year without a form
        return None


@require_POST
@at_desk
def earlier_day(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The day before the statutory one by which the organ above wants the report."""
    try:
        with typed.together(request.POST) as fields:
            year = fields.take(lambda: typed.year(request.POST.get("for_year", ""), "for_year"), 0)
            day, source = fields.day("due_on", "要求日期"), fields.said("source", "出处")
        seen = request.POST.get("seen", "")
        actions.set_earlier_day(staff.organ, year, day, source, by=staff, at=now(), seen=seen)
    except Refused as refused:
        return _list(request, staff, refused)
    messages.success(request, gettext("已保存。"))
    return redirect("workbench:reports")


@require_GET
@at_desk
def report(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The report as it will be printed, each number leading to its list, with the findings and the acts beside it."""
    return report_page(request, staff, own_report(staff, pk))


def report_page(request: HttpRequest, staff: Staff, found: Report, refused: Refused | None = None) -> HttpResponse:
    """The page of a report; after a refused act with the reason and what was typed."""
    today = localdate()
    told = drawn.told(found, today)
    parts = completeness(found)
    context = {
        "staff": staff, "here": "reports", "report": found, "title": assembling.facts(found).title,
        "provenance": found.provenance, "html": drawn.fragment(found, told), "told": told,
        "tally": drawn.tally(told), "may": drawn.may(found, staff, today), "parts": parts,
        "lacking": [part for part in parts if not part.is_whole], "typed": request.POST,
        "kept_promises": queries.promises_of(staff.organ, found.year - 1) if found.period.is_year else (),
        "corrected": hasattr(found, "superseded_by"),
        "refused": in_type(refused, no_reason="reason") if refused else None,
    }  # fmt: skip
    return render(request, "workbench/report.html", context, status=status_of(refused) if refused else 200)


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does, and what is said when it is done."""

    do: Callable[..., Any]
    said: Callable[[], str]
    takes: str = ""  # the name of the one field that it takes along


ACTS = {
    "compile": Act(actions.compile, lambda: gettext("已按登记簿编制。")),
    "draft": Act(actions.draft_narrative, lambda: gettext("已根据数字起草正文。")),
    "check": Act(actions.check, lambda: gettext("已检查。")),
    "submit": Act(actions.submit, lambda: gettext("已送审。"), "accepting"),
    "withdraw": Act(actions.withdraw, lambda: gettext("已撤回，可以继续修改。")),
    "approve": Act(actions.approve, lambda: gettext("已审定。")),
    "send_back": Act(actions.send_back, lambda: gettext("已退回登记员。"), "reason"),
    "publish": Act(actions.publish, lambda: gettext("已发布。")),
    "correct": Act(actions.correct, lambda: gettext("已建立更正版，原版不变。"), "reason"),
}


@require_POST
@at_desk
def act(request: HttpRequest, staff: Staff, pk: int, name: str) -> HttpResponse:
    """Carry out one act; what may not be done is refused on the same page, and nothing typed is lost."""
    found, wanted = own_report(staff, pk), ACTS.get(name)
    if wanted is None:
        raise Http404(name)
    given = {wanted.takes: request.POST.get(wanted.takes, "")} if wanted.takes else {}
    try:
        done = wanted.do(found, by=staff, at=now(), **given)
    except Refused as refused:
        return report_page(request, staff, own_report(staff, pk), refused)
    messages.success(request, wanted.said())
    # A correction is another report than the one it corrects.
    return redirect("workbench:report", done.pk if isinstance(done, Report) else pk)
