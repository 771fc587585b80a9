"""Reminders: sent by an organ above, read and acknowledged by the organ below."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.supervision import actions, letters, queries
from gongkai.supervision.flow import SENT, STANDING
from gongkai.supervision.models import LONGEST_LETTER, Reminder
from gongkai.supervision.queries import Standing
from gongkai.workbench import typed as reading
from gongkai.workbench.access import at_desk
from gongkai.workbench.oversight import at_supervisors_desk
from gongkai.workbench.refusals import in_type

GRACE = timedelta(days=10)  # what a letter asks for unless told otherwise
REFUSED = 422


def _standing(staff: Staff, year: int, code: str) -> Standing:
    found = next((one for one in queries.overview(staff.organ, year) if one.organ.code == code), None)
    if found is None:
        raise Http404(code)
    if found.is_published:
        raise Refused("published", f"{found.name} {year} 年度报告已经发布，不需要提醒")
    return found


@require_http_methods(["GET", "POST"])
@at_supervisors_desk
def remind(request: HttpRequest, staff: Staff, year: int, code: str) -> HttpResponse:
    """The letter, written from the facts, to be changed and sent; refused, it keeps what was typed."""
    one, today = _standing(staff, year, code), localdate()
    due_on = max(one.due, today + GRACE)
    typed = {"due_on": due_on.isoformat(), "letter": letters.letter(str(staff.organ), one, year, due_on, today)}
    fault: Refused | None = None
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            with reading.together(typed) as fields:
                due_on, letter = fields.day("due_on", "要求办结日期"), fields.said("letter", "提醒函")
            actions.remind(
                one.organ, year=year, due_on=due_on, letter=letter.replace("\r\n", "\n"), by=staff, at=now()
            )  # fmt: skip
        except Refused as refused:
            fault = in_type(refused)
        else:
            messages.success(request, gettext("提醒已发出。"))
            return redirect(f"{reverse('workbench:oversight')}?year={year}")
    context = {
        "staff": staff, "here": "oversight", "one": one, "year": year, "typed": typed, "refused": fault,
        "longest": LONGEST_LETTER,
    }  # fmt: skip
    return render(request, "workbench/remind.html", context, status=REFUSED if fault else 200)


@require_http_methods(["GET", "POST"])
@at_desk
def reminder(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The letter as the organ reminded reads it, or as its sender does; posted, it is acknowledged."""
    both = Reminder.objects.select_related("organ", "sender")
    found = get_object_or_404(both.filter(organ=staff.organ) | both.filter(sender=staff.organ), pk=pk)
    if request.method == "POST":
        actions.acknowledge(found, by=staff, at=now())
        messages.success(request, gettext("已签收。"))
        return redirect("workbench:reminder", pk)
    today = localdate()
    context = {
        "staff": staff, "here": "home", "reminder": found,
        "may_acknowledge": found.state == SENT and found.organ_id == staff.organ_id and staff.has_role("clerk", today),
        "may_withdraw": found.state in STANDING
        and found.sender_id == staff.organ_id
        and staff.has_role("supervisor", today),
    }  # fmt: skip
    return render(request, "workbench/reminder.html", context)


@require_POST
@at_supervisors_desk
def withdraw(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """A reminder taken back by its sender."""
    found = get_object_or_404(Reminder.objects.filter(sender=staff.organ), pk=pk)
    actions.withdraw(found, by=staff, at=now())
    messages.success(request, gettext("提醒已撤回。"))
    return redirect("workbench:reminder", pk)
