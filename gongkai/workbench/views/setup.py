"""The first start: one page that asks for the next thing that is missing, opened by the code on the console."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.law.refusal import Refused
from gongkai.records.roles import Role
from gongkai.workbench.accounts import setting_up, words
from gongkai.workbench.accounts.forms import FirstOrgan, NewPerson
from gongkai.workbench.accounts.models import SetUp
from gongkai.workbench.accounts.setting_up import FIRST_ADMINISTRATORS, FIRST_STAFF, Person, Ticket
from gongkai.workbench.refusals import beside, in_type

RIGHT = "setup"  # in the session
REFUSED = 409


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The step that is next; 404 where nothing is to be set up."""
    if not setting_up.is_needed():
        raise Http404("setup")
    under_way = SetUp.objects.select_related("organ").filter(finished_at__isnull=True).first()
    if under_way is None or not setting_up.has_right(request.session.get(RIGHT, "")):
        return _opening(request, under_way)
    if under_way.organ is None:
        return _organ(request)
    missing = setting_up.missing(under_way)
    for step, roles in ((2, FIRST_ADMINISTRATORS), (3, FIRST_STAFF)):
        if any(role in missing for role in roles):
            return _people(request, step, roles)
    return _end(request)


def _page(request: HttpRequest, step: int, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "workbench/setup.html", {"step": step, "steps": range(1, 5), **context}, status=status)


def _opening(request: HttpRequest, under_way: SetUp | None) -> HttpResponse:
    """Ask for the code on the console."""
    if request.method == "GET" or under_way is None or "code" not in request.POST:
        return _page(request, 0)
    try:
        right = setting_up.redeem(request.POST["code"])
    except Refused as no:
        return _page(request, 0, REFUSED, refused=in_type(no, wrong_code="code"))
    request.session.cycle_key()
    request.session[RIGHT] = right
    return redirect("workbench:setup")


def _organ(request: HttpRequest) -> HttpResponse:
    form, refused = FirstOrgan(request.POST if request.POST.get("step") == "1" else None), None
    if form.is_bound and form.is_valid():
        try:
            setting_up.found_organ(values=form.values, second_factor=form.cleaned_data["second_factor"], at=now())
        except Refused as no:
            refused = beside(form, no)
        else:
            return redirect("workbench:setup")
    return _page(request, 1, REFUSED if form.is_bound else 200, form=form, refused=refused)


def _people(request: HttpRequest, step: int, roles: Sequence[Role]) -> HttpResponse:
    data = request.POST if request.POST.get("step") == str(step) else None
    asked = [(role, words.role(role), NewPerson(data, prefix=role.value)) for role in roles]
    refused = None
    if data is not None and all([form.is_valid() for _, _, form in asked]):
        people = [Person(role, form.cleaned_data["username"], form.cleaned_data["name"]) for role, _, form in asked]
        try:
            tickets = setting_up.open_accounts(people, at=now())
        except Refused as no:
            refused = in_type(no)
        else:
            return _page(request, step, tickets=_told(tickets))
    return _page(request, step, 200 if data is None else REFUSED, asked=asked, refused=refused)


def _end(request: HttpRequest) -> HttpResponse:
    """Everybody has an account: passwords that were lost can be made anew; then it is closed for good."""
    if request.POST.get("step") == "renew":
        tickets = setting_up.renew_tickets((*FIRST_ADMINISTRATORS, *FIRST_STAFF), at=now())
        return _page(request, 4, tickets=_told(tickets))
    if request.POST.get("step") == "4":
        organ = setting_up.finish(at=now())
        request.session.flush()
        return render(request, "workbench/setup_done.html", {"organ": organ})
    return _page(request, 4)


def _told(tickets: Iterable[Ticket]) -> list[tuple[Ticket, str]]:
    return [(ticket, words.role(ticket.role)) for ticket in tickets]
