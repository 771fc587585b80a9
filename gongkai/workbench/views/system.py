"""The system administrator's pages: organs and the rules of the door; the security administrator's: what is locked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs_actions
from gongkai.organs.models import Organ, Staff
from gongkai.records import stale
from gongkai.records.roles import Role
from gongkai.workbench.access import administers
from gongkai.workbench.accounts import administration, rules, tries
from gongkai.workbench.accounts.forms import Contact, NewName, OrganUnder, Rules
from gongkai.workbench.accounts.models import DoorRules, Tries
from gongkai.workbench.refusals import beside, standing_beside

REFUSED = 409
SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN


@require_http_methods(["GET", "POST"])
@administers(SYSTEM)
def organs(request: HttpRequest, staff: Staff) -> HttpResponse:
    """One's organ and those beneath; posted, one more is registered."""
    under = administration.organ_choices(staff)
    form = OrganUnder(request.POST if request.method == "POST" else None, parents=under)
    refused, status = None, 200
    if form.is_bound:
        status = REFUSED
        if form.is_valid():
            parent = next(organ for organ in under if organ.code == form.cleaned_data["parent"])
            try:
                made = organs_actions.establish(**form.values, parent=parent, by=staff, at=now())
            except Refused as no:
                refused = beside(form, no)
            else:
                messages.success(request, gettext("已登记机关；请为它开设账号。"))
                return redirect("workbench:organ", made.code)
    context = {"staff": staff, "here": "organs", "organs": under, "form": form, "refused": refused}
    return render(request, "workbench/organs.html", context, status=status)


@require_http_methods(["GET", "POST"])
@administers(SYSTEM)
def organ(request: HttpRequest, staff: Staff, code: str) -> HttpResponse:
    """One organ: its names; posted, how it is reached is changed, or (`rename` set) it gets a new name."""
    found = next((one for one in administration.organ_choices(staff) if one.code == code), None)
    if found is None:
        raise Http404(code)
    renaming = "rename" in request.POST
    contact = Contact(request.POST if request.method == "POST" and not renaming else None, instance=found)
    name = NewName(request.POST if renaming else None, initial={"on": localdate()}, auto_id="name_%s")
    refused, status = None, 200
    if request.method == "POST":
        status = REFUSED
        try:
            if _changed(staff, found, contact, name, request.POST):
                messages.success(request, gettext("已保存。"))
                return redirect("workbench:organ", code)
        except Refused as no:
            told = standing_beside(no, _contact_of(found), request.POST)
            refused = beside(name if renaming else contact, told)
    context = {
        "staff": staff, "here": "organs", "organ": found, "contact": contact, "name": name, "refused": refused,
        "seen": stale.fingerprint(Organ.objects.get(pk=found.pk), organs_actions.CONTACT_FIELDS),
    }  # fmt: skip
    return render(request, "workbench/organ.html", context, status=status)


def _contact_of(found: Organ) -> dict[str, str]:
    stored = Organ.objects.get(pk=found.pk)
    return {name: getattr(stored, name) for name in organs_actions.CONTACT_FIELDS}


def _changed(staff: Staff, found: Organ, contact: Contact, name: NewName, given: QueryDict) -> bool:
    seen = given.get("seen", "")
    if name.is_bound and name.is_valid():
        organs_actions.rename(found, **name.cleaned_data, by=staff, at=now(), seen=seen)
        return True
    if contact.is_bound and contact.is_valid():
        stored = Organ.objects.get(pk=found.pk)  # the form has written into the one at hand
        organs_actions.set_contact(stored, **contact.cleaned_data, by=staff, at=now(), seen=seen)
        return True
    return False


@require_http_methods(["GET", "POST"])
@administers(SYSTEM)
def door(request: HttpRequest, staff: Staff) -> HttpResponse:
    """How long a session lasts, when an account is locked, who needs a second factor."""
    form, refused = Rules(request.POST if request.method == "POST" else None, instance=_stored_rules(staff)), None
    if form.is_bound and form.is_valid():
        try:
            rules.set_rules(
                staff.organ, values=form.cleaned_data, by=staff, at=now(), seen=request.POST.get("seen", "")
            )  # fmt: skip
        except Refused as no:
            stands = {name: str(getattr(_stored_rules(staff), name) or "") for name in Rules.Meta.fields}
            refused = beside(form, standing_beside(no, stands, request.POST))
        else:
            messages.success(request, gettext("已保存；对所有人立即生效。"))
            return redirect("workbench:door")
    status = REFUSED if form.is_bound else 200
    seen = stale.fingerprint(_stored_rules(staff), rules.FIELDS)
    context = {"staff": staff, "here": "door", "form": form, "refused": refused, "seen": seen}
    return render(request, "workbench/door.html", context, status=status)


def _stored_rules(staff: Staff) -> DoorRules:
    """The rules as they stand: a form writes into the instance that it is given."""
    return DoorRules.objects.filter(organ=staff.organ).first() or DoorRules(organ=staff.organ)


@require_GET
@administers(SECURITY)
def locked(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The accounts that are locked in the organs one is over, and for the topmost organ the addresses too."""
    at, topmost = now(), staff.organ.parent_id is None
    context = {
        "staff": staff, "here": "locked", "topmost": topmost,
        "accounts": administration.locked_accounts(administration.organ_choices(staff), at),
        "addresses": list(administration.locked_addresses(at)) if topmost else [],
    }  # fmt: skip
    return render(request, "workbench/locked.html", context)


@require_POST
@administers(SECURITY)
def unlock_address(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Let an address try again."""
    row = Tries.objects.filter(pk=pk, kind=Tries.Kind.ADDRESS).first()
    if row is None:
        raise Http404(str(pk))
    tries.unlock_address(row, by=staff, at=now())
    messages.success(request, gettext("已解除锁定。"))
    return redirect("workbench:locked")
