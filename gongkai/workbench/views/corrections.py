"""Corrections of reports, told to whoever used their figures, and what of their own rests on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.organs.models import Staff
from gongkai.reports.models import Report
from gongkai.supervision import actions, corrections
from gongkai.supervision.corrections import Side
from gongkai.supervision.flow import NOTERS, SUPERVISOR
from gongkai.workbench.access import at_desk
from gongkai.workbench.paging import page_links, page_of


def may_note(staff: Staff, side: Side) -> bool:
    """Whether it is this person's to take note of a correction on this side."""
    return side == "below" or bool(staff.roles_on(localdate()) & set(NOTERS))


def _sides(staff: Staff) -> tuple[Side, ...]:
    """Reports of the own organ are everybody's to see there, those below the supervisor's."""
    return ("below", "own") if SUPERVISOR in staff.roles_on(localdate()) else ("own",)


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """All corrections that concern this organ, those not yet noted first."""
    found = corrections.corrections(staff.organ, *_sides(staff))
    page = page_of(request, found.order_by("is_noted", *found.query.order_by))
    context = {"staff": staff, "here": "corrections", "page": page, "links": page_links(page)}
    return render(request, "workbench/corrections.html", context)


@require_http_methods(["GET", "POST"])
@at_desk
def correction(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """What changed, why, and what rests on it; posted, the organ takes note."""
    side, report = _found(staff, pk)
    if request.method == "POST":
        note = actions.note_correction_below if side == "below" else actions.note_correction
        note(report, by=staff, at=now())
        messages.success(request, gettext("已阅知。"))
        return redirect("workbench:correction", pk)
    told = corrections.correction(staff.organ, report)
    context = {
        "staff": staff, "here": "corrections", "side": side, "report": report, "told": told,
        "differences": told.differences, "may_note": told.noted is None and may_note(staff, side),
    }  # fmt: skip
    return render(request, "workbench/correction.html", context)


def _found(staff: Staff, pk: int) -> tuple[Side, Report]:
    for side in _sides(staff):
        report = corrections.corrections(staff.organ, side).select_related("supersedes").filter(pk=pk).first()
        if report is not None:
            return side, report
    raise Http404(str(pk))
