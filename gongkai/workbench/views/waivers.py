"""Accepting a finding with a reason until a day, and taking that back."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.reports import actions
from gongkai.workbench import drawn, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.reports import own_report, report_page

USUAL = timedelta(days=365)


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Every waiver of the report, those that stand and those that ended."""
    found, today = own_report(staff, pk), localdate()
    waivers = [(one, one.stands_on(today)) for one in found.waivers.select_related("by")]
    context = {
        "staff": staff, "here": "reports", "report": found, "waivers": waivers, "may": drawn.may(found, staff, today),
    }  # fmt: skip
    return render(request, "workbench/waivers.html", context)


@require_http_methods(["GET", "POST"])
@at_desk
def waive(request: HttpRequest, staff: Staff, pk: int, digest: str) -> HttpResponse:
    """The form for one finding; what was typed stays when it is refused."""
    found, today = own_report(staff, pk), localdate()
    one = next((one for one in drawn.told(found, today) if one.digest == digest and one.number), None)
    if one is None:
        raise Http404(digest)
    refused = None
    if request.method == "POST":
        try:
            with typed.together(request.POST) as fields:
                reason, until = fields.said("reason", "豁免理由"), fields.day("expires_on", "有效至")
            actions.waive(found, digest, reason, until, by=staff, at=now())
        except Refused as fault:
            refused = in_type(fault, past_day="expires_on")
        else:
            messages.success(request, gettext("已豁免。"))
            return redirect("workbench:report", pk)
    context = {
        "staff": staff, "here": "reports", "report": found, "one": one, "refused": refused,
        "reason": request.POST.get("reason", ""), "may": drawn.may(found, staff, today),
        "expires_on": request.POST.get("expires_on") or (today + USUAL).isoformat(),
    }  # fmt: skip
    return render(request, "workbench/waive.html", context, status=status_of(refused) if refused else 200)


@require_POST
@at_desk
def take_back(request: HttpRequest, staff: Staff, pk: int, waiver: int) -> HttpResponse:
    """The finding counts again."""
    found = own_report(staff, pk)
    try:
        actions.take_back_waiver(get_object_or_404(found.waivers, pk=waiver), by=staff, at=now())
    except Refused as refused:
        return report_page(request, staff, found, refused)
    messages.success(request, gettext("已撤销豁免。"))
    return redirect("workbench:waivers", pk)
