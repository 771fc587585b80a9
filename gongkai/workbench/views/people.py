"""The people of an organ: listed, given accounts, appointed, dismissed; by the administrators, each their part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs
from gongkai.organs.models import Organ, Staff
from gongkai.records.roles import Role
from gongkai.workbench.access import administers, desk_of
from gongkai.workbench.accounts import administration, opening, passwords, second_factor, sessions, tries, words
from gongkai.workbench.accounts.forms import Appointment, Dismissal, Duty, Joining
from gongkai.workbench.accounts.models import DeskSession
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import beside

REFUSED = 409
SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN


def chosen_organ(request: HttpRequest, staff: Staff) -> tuple[Organ, list[Organ]]:
    """The organ asked for with ?organ=, among those one is over; 404 for any other."""
    choices = administration.organ_choices(staff)
    asked = request.GET.get("organ") or staff.organ.code
    for organ in choices:
        if organ.code == asked:
            return organ, choices
    raise Http404(asked)


def person_of(staff: Staff, pk: int) -> Staff:
    """A person of an organ one is over; 404 for any other."""
    found = Staff.objects.filter(pk=pk, organ__in=administration.organ_choices(staff)).first()
    if found is None:
        raise Http404(str(pk))
    return administration.with_duties(found)


@require_GET
@administers(SYSTEM, SECURITY)
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The people of an organ, their roles of today and the state of their accounts."""
    organ, choices = chosen_organ(request, staff)
    page = page_of(request, administration.people_of(organ))
    return render(
        request,
        "workbench/people.html",
        {
            "staff": staff, "here": "people", "organ": organ, "choices": choices,
            "rows": administration.listed(page, on=localdate(), at=now()), "total": page.paginator.count,
            "links": page_links(page), "unfilled": administration.unfilled(organ, localdate()),
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@administers(SYSTEM)
def add(request: HttpRequest, staff: Staff) -> HttpResponse:
    """An account for a new person; the page that answers shows its first password, once."""
    organ, choices = chosen_organ(request, staff)
    form = Joining(request.POST if request.method == "POST" else None)
    status, refused = 200, None
    if form.is_bound and form.is_valid():
        typed = {"username": form.cleaned_data["username"], "name": form.cleaned_data["name"]}
        try:
            if form.cleaned_data["existing"]:
                joined = opening.join(organ, **typed, by=staff, at=now())
                messages.success(request, gettext("已登记；请安全管理员任命角色。"))
                return redirect("workbench:person", joined.pk)
            person, password = opening.open_account(organ, **typed, by=staff, at=now())
            return ticket(request, staff, person, password)
        except Refused as no:
            refused, status = beside(form, no), REFUSED
    context = {"staff": staff, "here": "people", "organ": organ, "choices": choices, "form": form, "refused": refused}
    return render(request, "workbench/person_add.html", context, status=status)


def ticket(request: HttpRequest, staff: Staff, person: Staff, password: str) -> HttpResponse:
    """The page with a first password: it is stored nowhere, so it is shown here or never."""
    context = {"staff": staff, "here": "people", "person": person, "password": password}
    return render(request, "workbench/ticket.html", context)


@require_GET
@administers(SYSTEM, SECURITY)
def person(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One person: account, roles with their days, duties handed over, sessions; and what this administrator may do."""
    return _page(request, staff, person_of(staff, pk))


Answer = HttpResponse | str


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does. form: made from (person, data); do: gives a page, or a sentence to show."""

    role: Role
    do: Callable[[HttpRequest, Staff, Staff, dict[str, Any]], Answer]
    form: Callable[[Staff, Any], forms.Form] = field(default=lambda person, data: forms.Form(data))


def _appoint(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    organs.appoint(person, role=typed["role"], from_on=typed["from_on"], by=staff, at=now())
    return gettext("已任命。")


def _dismiss(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    organs.dismiss(person, role=typed["role"], until_on=typed["until_on"], by=staff, at=now())
    return gettext("已免去。")


def _hand_over(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    deputy = Staff.objects.select_related("user").get(pk=typed.pop("to_staff"))
    organs.hand_over(person, to_staff=deputy, **typed, by=staff, at=now())
    return gettext("已移交。")


def _close(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    opening.close_account(person, by=staff, at=now())
    return gettext("账号已停用。")


def _reopen(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    return ticket(request, staff, person, opening.reopen_account(person, by=staff, at=now()))


def _reset_password(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    return ticket(request, staff, person, passwords.reset(person, by=staff, at=now()))


def _reset_factor(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    second_factor.reset(person, by=staff, at=now())
    return gettext("第二因子已重置；此人下次登录后重新设置。")


def _unlock(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    tries.unlock(person, by=staff, at=now())
    return gettext("已解除锁定。")


def _end_session(request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, Any]) -> Answer:
    pk = request.POST.get("session", "")
    session = DeskSession.objects.filter(pk=int(pk) if pk.isdecimal() else 0, user=person.user_id).first()
    if session is None:
        raise Http404(pk)
    sessions.end(session, by=staff, at=now())
    return gettext("已终止。")


def _duty_form(person: Staff, data: Any) -> forms.Form:
    initial = {"from_on": localdate(), "until_on": localdate()}
    return Duty(data, owner=person, today=localdate(), initial=initial, auto_id="duty_%s")


def _dismissal_form(person: Staff, data: Any) -> forms.Form:
    held = [role.role for role in person.roles.all() if role.until_on is None]
    return Dismissal(data, held=held, initial={"until_on": localdate()}, auto_id="dismiss_%s")


def _appointment_form(person: Staff, data: Any) -> forms.Form:
    return Appointment(data, initial={"from_on": localdate()}, auto_id="appoint_%s")


ACTS = {
    "appoint": Act(SECURITY, _appoint, _appointment_form),
    "dismiss": Act(SECURITY, _dismiss, _dismissal_form),
    "hand-over": Act(SECURITY, _hand_over, _duty_form),
    "unlock": Act(SECURITY, _unlock),
    "reset-second-factor": Act(SECURITY, _reset_factor),
    "end-session": Act(SECURITY, _end_session),
    "reset-password": Act(SYSTEM, _reset_password),
    "close": Act(SYSTEM, _close),
    "reopen": Act(SYSTEM, _reopen),
}


@require_POST
@administers(SYSTEM, SECURITY)
def act(request: HttpRequest, staff: Staff, pk: int, name: str) -> HttpResponse:
    """One act on a person; refused, the page comes back with the reason and what was typed."""
    person = person_of(staff, pk)
    if name not in ACTS:
        raise Http404(name)
    form = ACTS[name].form(person, request.POST)
    if not form.is_valid():
        return _page(request, staff, person, {name: form}, status=REFUSED)
    try:
        answer = ACTS[name].do(request, staff, person, dict(form.cleaned_data))
    except Refused as no:
        return _page(request, staff, person, {name: form}, beside(form, no), REFUSED)
    if isinstance(answer, HttpResponse):
        return answer
    messages.success(request, answer)
    return redirect("workbench:person", pk)


def _page(
    request: HttpRequest, staff: Staff, person: Staff, typed: dict[str, forms.Form] | None = None,
    refused: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    bound, desk = typed or {}, desk_of(request)
    context: dict[str, Any] = {
        "staff": staff, "here": "people", "person": person, "refused": refused, "own": person.user_id == staff.user_id,
        "row": administration.listed([person], on=localdate(), at=now())[0],
        "roles": [(held, words.role(held.role)) for held in person.roles.order_by("from_on", "pk")],
        "duties": [(duty, words.role(duty.role)) for duty in administration.duties_about(person)],
    }  # fmt: skip
    if desk.keeps_security:
        context |= {
            "appoint": bound.get("appoint") or _appointment_form(person, None),
            "dismiss": bound.get("dismiss") or _dismissal_form(person, None),
            "duty": bound.get("hand-over") or _duty_form(person, None),
            "sessions": list(sessions.open_sessions(person.user)),
        }
    return render(request, "workbench/person.html", context, status=status)
