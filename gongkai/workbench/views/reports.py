"""Annual reports at the desk: the list, one report with its tables and findings, and the acts that move it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms
from gongkai.organs.models import Staff
from gongkai.reports import actions, assembling, queries
from gongkai.reports.models import Report
from gongkai.workbench import drawn
from gongkai.workbench.access import at_desk

YEARS = range(2008, 2100)


def own_report(staff: Staff, pk: int) -> Report:
    """The report, when it is of the organ one works for; 404 otherwise."""
    return get_object_or_404(queries.reports_of(staff.organ), pk=pk)


@require_http_methods(["GET", "POST"])
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's reports; posted, a new one is begun for a year, on the form in force or a named one."""
    if request.method == "POST":
        report = actions.create(staff.organ, _year(request), request.POST.get("form") or None, by=staff, at=now())
        return redirect("workbench:report", report.pk)
    return render(
        request,
        "workbench/reports.html",
        {
            "staff": staff, "here": "reports", "reports": queries.reports_of(staff.organ), "forms": all_forms(),
            "last_year": localdate().year - 1, "may_create": "clerk" in staff.roles_on(localdate()),
        },
    )  # fmt: skip


def _year(request: HttpRequest) -> int:
    given = request.POST.get("year", "")
    if not given.isdecimal() or int(given) not in YEARS:
        raise Refused("bad_year", f"“{given}”不是年度；请写四位数字，例如 2024")
    return int(given)


@require_GET
@at_desk
def report(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The report as it will be printed, each number leading to its list, with the findings and the acts beside it."""
    found = own_report(staff, pk)
    told = drawn.told(found)
    return render(
        request,
        "workbench/report.html",
        {
            "staff": staff, "here": "reports", "report": found, "title": assembling.facts(found).title,
            "provenance": found.provenance, "html": drawn.fragment(found), "told": told,
            "tally": drawn.tally(told), "may": drawn.may(found, staff, localdate()),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does, and what is said when it is done."""

    do: Callable[[Report, Staff, HttpRequest], object]
    said: Callable[[], str]


ACTS = {
    "compile": Act(
        lambda report, staff, request: actions.compile(report, by=staff, at=now()),
        lambda: gettext("已按登记簿编制。"),
    ),
    "draft": Act(
        lambda report, staff, request: actions.draft_narrative(report, by=staff, at=now()),
        lambda: gettext("已根据数字起草正文。"),
    ),
    "check": Act(
        lambda report, staff, request: actions.check(report, by=staff, at=now()),
        lambda: gettext("已检查。"),
    ),
    "publish": Act(
        lambda report, staff, request: actions.publish(
            report, by=staff, at=now(), accepting=request.POST.get("accepting", "")
        ),
        lambda: gettext("已发布。"),
    ),
}


@require_POST
@at_desk
def act(request: HttpRequest, staff: Staff, pk: int, name: str) -> HttpResponse:
    """Compile, draft, check or publish; what may not be done is refused with the reason."""
    found = own_report(staff, pk)
    if name not in ACTS:
        raise Http404(name)
    ACTS[name].do(found, staff, request)
    messages.success(request, ACTS[name].said())
    return redirect("workbench:report", pk)


@require_http_methods(["GET", "POST"])
@at_desk
def sections(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The text of every section, to be read and written; figures stand in it as references."""
    found = own_report(staff, pk)
    if request.method == "POST":
        no = request.POST.get("no", "")
        actions.write_section(found, no, request.POST.get("text", ""), by=staff, at=now())
        messages.success(request, gettext("已保存。"))
        return redirect("workbench:sections", pk)
    return render(
        request,
        "workbench/sections.html",
        {
            "staff": staff, "here": "reports", "report": found, "sections": found.sections.order_by("pk"),
            "may": drawn.may(found, staff, localdate()), "example": found.form.cells[0].ref,
        },
    )  # fmt: skip
