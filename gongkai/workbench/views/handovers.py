"""Standing in for one another: one's duties handed over and taken back, and working on behalf of a colleague."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs
from gongkai.organs.models import Handover, Staff
from gongkai.workbench.access import ACTING_KEY, at_own_desk, desk_of
from gongkai.workbench.accounts import administration, words
from gongkai.workbench.accounts.forms import Duty
from gongkai.workbench.refusals import beside

REFUSED = 409


@require_http_methods(["GET", "POST"])
@at_own_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """One's duties handed over and received; posted, one more is handed over."""
    initial = {"from_on": localdate(), "until_on": localdate()}
    data = request.POST if request.method == "POST" else None
    form, refused, status = Duty(data, owner=staff, today=localdate(), initial=initial), None, 200
    if form.is_bound:
        status = REFUSED
        if form.is_valid():
            typed = dict(form.cleaned_data)
            deputy = Staff.objects.select_related("user").get(pk=typed.pop("to_staff"))
            try:
                organs.hand_over(staff, to_staff=deputy, **typed, by=staff, at=now())
            except Refused as no:
                refused = beside(form, no)
            else:
                messages.success(request, gettext("已移交。"))
                return redirect("workbench:handovers")
    duties = [
        (duty, words.role(duty.role), duty.from_staff_id == staff.pk) for duty in administration.duties_about(staff)
    ]
    context = {
        "staff": staff, "here": "own_account", "form": form, "refused": refused, "duties": duties, "today": localdate(),
        "may_give": bool(staff.own_roles_on(localdate())) and staff.acting_for is None,
    }  # fmt: skip
    return render(request, "workbench/handovers.html", context, status=status)


@require_POST
@at_own_desk
def take_back(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """End a handover at once: one's own, or as security administrator that of somebody one is over."""
    found = get_object_or_404(
        Handover.objects.select_related("from_staff__organ", "to_staff"),
        pk=pk, from_staff__organ__in=administration.organ_choices(staff),
    )  # fmt: skip
    organs.take_back(found, by=staff, at=now())
    messages.success(request, gettext("已收回。"))
    if found.from_staff_id == staff.pk:
        return redirect("workbench:handovers")
    return redirect("workbench:person", found.from_staff_id)


@require_POST
@at_own_desk
def act_for(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Work from now on for the colleague named, or as oneself again when none is."""
    wanted = request.POST.get("colleague", "")
    if not wanted:
        request.session.pop(ACTING_KEY, None)
        return redirect("workbench:home")
    absent = next((duty.from_staff for duty in desk_of(request).duties if str(duty.from_staff_id) == wanted), None)
    if absent is None:
        raise Refused("not_yours", "此人今日没有把职责移交给您，不能代办")
    request.session[ACTING_KEY] = absent.pk
    messages.success(request, gettext("从现在起您代 %(name)s 办理，操作日志会写明。") % {"name": absent.name})
    return redirect("workbench:home")
