"""The organ's rule about its procedure, and the register of files that should not have been handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.disclosures import actions, queries
from gongkai.disclosures.actions.permission import rule_of
from gongkai.disclosures.flow import LEAD, SECRECY_REVIEWER
from gongkai.disclosures.models import ChainRule, Incident, SignOff
from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Staff
from gongkai.records import stale
from gongkai.workbench import typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.moving import Field
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import in_type, standing_beside, status_of

RULE = ("sign_off", "index_scheme", "index_prefix", "re_review_months", "combined_reason")


@require_http_methods(["GET", "POST"])
@at_desk
def rule(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's rule; posted, it is changed, or the day is set since which the procedure binds."""
    refused = None
    if request.method == "POST":
        try:
            _set(request, staff)
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:chain_rule")
        except Refused as fault:
            stored = rule_of(staff.organ)
            refused = standing_beside(fault, {name: str(getattr(stored, name)) for name in RULE}, request.POST)
    stands = rule_of(staff.organ)
    given = request.POST if refused and "since" not in request.POST else None
    context = {
        "staff": staff, "here": "items", "fields": _fields(stands, given, refused),
        "seen": stale.fingerprint(stands, RULE),
        "may_set": LEAD in staff.roles_on(localdate()), "since": staff.organ.chain_since,
        "typed_since": request.POST.get("since", ""), "lacking": typeset(queries.lacking(staff.organ, localdate())),
        "refused": in_type(refused) if refused else None,
    }  # fmt: skip
    return render(request, "workbench/chain_rule.html", context, status=status_of(refused) if refused else 200)


def _set(request: HttpRequest, staff: Staff) -> None:
    given = request.POST
    if "since" in given:
        actions.begin_procedure(staff.organ, since=typed.day(given["since"], "启用日期", "since"), by=staff, at=now())
        return
    months = given.get("re_review_months", "")
    if not months.isdecimal() or not 1 <= int(months[:3]) <= 120:
        raise Refused("re_review_months", "评估间隔请填 1 到 120 之间的月数")
    words = ("sign_off", "index_scheme", "index_prefix", "combined_reason")
    values: dict[str, Any] = {name: given.get(name, "").strip() for name in words}
    values |= {"re_review_months": int(months)}
    actions.set_rule(staff.organ, values=values, by=staff, at=now(), seen=given.get("seen", ""))


def _fields(stands: ChainRule, given: Mapping[str, str] | None, refused: Refused | None) -> list[Field]:
    offered = {"sign_off": tuple(SignOff.choices), "index_scheme": tuple(choices("index_schemes"))}
    found = []
    for name in RULE:
        label = str(ChainRule._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        value = str(getattr(stands, name)) if given is None else given.get(name, "")
        kind = "choice" if name in offered else "text"
        fault = typeset(refused.faults.get(name, "")) if refused else ""
        needed = name not in ("index_prefix", "combined_reason")
        found.append(Field(name, label, kind, offered.get(name, ()), needed, value, fault=fault))
    return found


@require_http_methods(["GET", "POST"])
@at_desk
def incidents(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Files that met a secrecy rule and were not stored; a secrecy reviewer says what was done about each."""
    refused = None
    if request.method == "POST":
        given = request.POST.get("incident", "")
        found = get_object_or_404(Incident, organ=staff.organ, pk=int(given) if given.isdecimal() else 0)
        try:
            actions.close_incident(found, reason=request.POST.get("reason", ""), by=staff, at=now())
            messages.success(request, gettext("已办理。"))
            return redirect("workbench:incidents")
        except Refused as fault:
            refused = in_type(fault, reason=f"reason-{found.pk}")
    page = page_of(request, Incident.objects.filter(organ=staff.organ))
    context = {
        "staff": staff, "here": "items", "page": page, "links": page_links(page), "typed": request.POST,
        "may_close": SECRECY_REVIEWER in staff.roles_on(localdate()), "refused": refused,
    }  # fmt: skip
    return render(request, "workbench/incidents.html", context, status=status_of(refused) if refused else 200)
