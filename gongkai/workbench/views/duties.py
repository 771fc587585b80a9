"""Duties of disclosure at the desk: each department's list, the tasks made of it, and the feedback on a task."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.disclosures.models import Disclosure
from gongkai.duties import actions, matters, noticing, queries
from gongkai.duties.flow import CLERK, FLOW, LEAD, OPEN, REOPENING, STATES
from gongkai.duties.models import Duty, DutyTask
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.moves import may
from gongkai.workbench import telling, todo, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import in_type, status_of

NOTICES_SHOWN = 20
OFFERED = 50  # latest disclosures offered while typing; any other number can be typed as well


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who must disclose what, how often, what is waiting and which column is stale; ?department= narrows it."""
    departments = queries.departments_of(staff.organ)
    asked = request.GET.get("department", "")
    department = asked if asked in departments else ""
    lines = queries.lines(staff.organ, localdate(), department)
    context = {
        "staff": staff, "here": "duties", "departments": departments, "department": department, "lines": lines,
        "late": sum(line.late for line in lines), "stale": sum(line.is_stale for line in lines),
    }  # fmt: skip
    return render(request, "workbench/duty_list.html", context)


@require_http_methods(["GET", "POST"])
@at_desk
def duty(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One duty with its tasks; posted, something has happened that gives cause for one."""
    found, refused = get_object_or_404(Duty.objects.filter(organ=staff.organ_id).select_related("organ"), pk=pk), None
    if request.method == "POST":
        try:
            with typed.together(request.POST) as fields:
                occasion, on = fields.said("occasion", "事由"), fields.day("on", "发生日期")
            made = actions.raise_event(found, occasion=occasion, on=on, by=staff, at=now())
        except Refused as no:
            refused = in_type(no)
        else:
            messages.success(request, gettext("已登记，任务已产生。"))
            return redirect("workbench:duty_task", made.pk)
    page = page_of(request, queries.tasks_of(staff.organ).filter(duty=found).order_by("-occasion_on"))
    context = {
        "staff": staff, "here": "duties", "duty": found, "page": page, "links": page_links(page), "typed": request.POST,
        "today": localdate(), "refused": refused, "may_raise": bool(staff.roles_on(localdate()) & {CLERK, LEAD}),
    }  # fmt: skip
    return render(request, "workbench/duty.html", context, status=status_of(refused) if refused else 200)


@require_GET
@at_desk
def tasks(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's tasks, those waiting unless ?state= asks for others."""
    state = request.GET.get("state", OPEN)
    state = state if state in dict(STATES) else OPEN
    page = page_of(request, queries.tasks_of(staff.organ).filter(state=state))
    context = {
        "staff": staff, "here": "duties", "page": page, "links": page_links(page), "states": STATES, "state": state,
        "today": localdate(), "total": page.paginator.count,
    }  # fmt: skip
    return render(request, "workbench/duty_tasks.html", context)


def _disclosure(staff: Staff, number: str) -> Disclosure:
    found: Disclosure | None = Disclosure.objects.filter(organ=staff.organ_id, number=number.strip()).first()
    if found is None:
        raise Refused("disclosure", f"登记簿中没有登记号为“{number.strip()}”的公开信息；请从列表中选，或先登记这条信息")
    return found


def _fulfil(found: DutyTask, request: HttpRequest, staff: Staff) -> None:
    disclosure = _disclosure(staff, request.POST.get("disclosure", ""))
    late = request.POST.get("late_reason", "")
    actions.fulfil(found, disclosure=disclosure, late_reason=late, by=staff, at=now())


def _nothing(found: DutyTask, request: HttpRequest, staff: Staff) -> None:
    given = {name: request.POST.get(name, "") for name in ("reason", "late_reason")}
    actions.report_nothing(found, **given, by=staff, at=now())


def _reopen(found: DutyTask, request: HttpRequest, staff: Staff) -> None:
    actions.reopen(found, reason=request.POST.get("reopen_reason", ""), by=staff, at=now())


ACTS: dict[str, Callable[[DutyTask, HttpRequest, Staff], None]] = {
    "fulfil": _fulfil,
    "nothing": _nothing,
    "reopen": _reopen,
}


@require_http_methods(["GET", "POST"])
@at_desk
def task(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One task and the feedback on it. A refused form keeps what was typed."""
    rows, refused = queries.tasks_of(staff.organ), None
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404("act")
        try:
            act(found, request, staff)
        except Refused as no:
            field = "reopen_reason" if request.POST.get("act") == "reopen" else "reason"
            refused, found = in_type(no, reason=field), get_object_or_404(rows, pk=pk)
        else:
            messages.success(request, gettext("已办理。"))
            return redirect("workbench:duty_task", pk)
    moves = {move.name for move in may(FLOW, found, staff.roles_on(localdate()))}
    context = {
        "staff": staff, "here": "duties", "task": found, "typed": request.POST, "refused": refused,
        "today": localdate(),
        "may_answer": "fulfil_task" in moves, "may_reopen": bool(moves & set(REOPENING.values())),
        "offered": _offered(found) if "fulfil_task" in moves else (),
        "past": telling.lines(entries.about(found, staff.organ.code).order_by("seq")),
    }  # fmt: skip
    return render(request, "workbench/duty_task.html", context, status=status_of(refused) if refused else 200)


def _offered(found: DutyTask) -> list[Disclosure]:
    """What was published since the period began, that of the same statutory item first."""
    rows = Disclosure.objects.filter(organ=found.organ_id, attribute="proactive", published_on__gte=found.since)
    latest = list(rows.order_by("-published_on", "-pk")[: OFFERED * 4])
    return sorted(latest, key=lambda row: row.disclosure_item != found.duty.disclosure_item)[:OFFERED]


@require_GET
@at_desk
def late(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who is late now: everything past its day, by department, with how long."""
    today = localdate()
    found = [(one, one.days_late(today), todo.address_of(one)) for one in matters.late(staff.organ, today)]
    kinds = {kind: sum(one.kind == kind for one, *_ in found) for kind in ("publish", "deliver", "duty", "guide")}
    page = page_of(request, found)
    context = {
        "staff": staff, "here": "late", "page": page, "links": page_links(page), "kinds": kinds, "total": len(found),
        "notices": noticing.given(staff.organ)[:NOTICES_SHOWN],
        "stale": [line for line in queries.lines(staff.organ, today) if line.is_stale],
    }  # fmt: skip
    return render(request, "workbench/late.html", context)
