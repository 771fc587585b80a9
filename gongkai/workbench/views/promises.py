"""Next year's plan: what the report promises, entered beside it, and what became of last year's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.reports import actions, queries
from gongkai.reports.models import Promise, Report
from gongkai.workbench import drawn, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.reports import own_report


def _annual(staff: Staff, pk: int) -> Report:
    found = own_report(staff, pk)
    if not found.period.is_year:
        raise Http404(pk)
    return found


@require_http_methods(["GET", "POST"])
@at_desk
def index(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The plan of the report, and last year's with what became of it; posted, one promise more."""
    found, refused = _annual(staff, pk), None
    if request.method == "POST":
        try:
            _promise(request, staff, found)
        except Refused as fault:
            refused = in_type(fault)
        else:
            messages.success(request, gettext("已登记。"))
            return redirect("workbench:promises", pk)
    context = {
        "staff": staff, "here": "reports", "report": found, "plan": queries.promises_of(staff.organ, found.year),
        "last": queries.promises_of(staff.organ, found.year - 1), "typed": request.POST, "refused": refused,
        "may": drawn.may(found, staff, localdate()), "next_year": found.year + 1,
    }  # fmt: skip
    return render(request, "workbench/promises.html", context, status=status_of(refused) if refused else 200)


def _promise(request: HttpRequest, staff: Staff, found: Report) -> None:
    given = request.POST
    text, owner, due_on = _plan(given)
    actions.promise(found, text, owner=owner, due_on=due_on, by=staff, at=now())


def _plan(given: Mapping[str, str]) -> tuple[str, str, date]:
    with typed.together(given) as fields:
        text, owner = fields.said("text", "打算做什么"), fields.said("owner", "责任人")
        due_on = fields.day("due_on", "完成期限")
    return text, owner, due_on


@require_http_methods(["GET", "POST"])
@at_desk
def promise(request: HttpRequest, staff: Staff, pk: int, promise: int) -> HttpResponse:
    """One promise: worded anew or taken out while its report is open, settled with evidence at any time."""
    found = _annual(staff, pk)
    made = get_object_or_404(Promise, pk=promise, organ=staff.organ, year__in=(found.year, found.year - 1))
    refused = None
    if request.method == "POST":
        try:
            _change(request, staff, made)
        except Refused as fault:
            refused = in_type(fault)
            made = get_object_or_404(Promise, pk=promise)
        else:
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:promises", pk)
    context = {
        "staff": staff, "here": "reports", "report": found, "made": made, "statuses": Promise.Status.choices,
        "own": made.year == found.year, "typed": request.POST, "refused": refused,
        "changed": refused is not None and refused.code == "changed_meanwhile",
        "may": drawn.may(found, staff, localdate()),
    }  # fmt: skip
    return render(request, "workbench/promise.html", context, status=status_of(refused) if refused else 200)


def _change(request: HttpRequest, staff: Staff, made: Promise) -> None:
    given = request.POST
    seen = typed.count(given.get("seen"))
    if "settle" in given:
        status, evidence = given.get("status", ""), given.get("evidence", "")
        actions.settle_promise(made, status, evidence, by=staff, at=now(), seen=seen)
    elif "withdraw" in given:
        actions.withdraw_promise(made, by=staff, at=now())
    else:
        text, owner, due_on = _plan(given)
        actions.amend_promise(made, text, owner=owner, due_on=due_on, by=staff, at=now(), seen=seen)
