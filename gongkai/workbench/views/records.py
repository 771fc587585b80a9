"""One register record: its page with its history, and the acts on it – add, amend, void."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.disclosures.flow import REGISTERED
from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.ledgers import Ledger
from gongkai.records.models import VoidedRecord
from gongkai.records.roles import Role
from gongkai.records.voided import voided_records
from gongkai.workbench import forms, history, registers
from gongkai.workbench.access import at_desk
from gongkai.workbench.forms import RecordForm
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.refusals import in_type

ENTRIES_SHOWN = 100
REFUSED = 422
CONFLICT = 409


@require_GET
@at_desk
def record(request: HttpRequest, staff: Staff, name: str, pk: int) -> HttpResponse:
    """One record, and the acts that made it what it is, each with what it changed."""
    ledger, found = _own(staff, name, pk)
    told = entries.about(found, staff.organ.code).order_by("seq")[:ENTRIES_SHOWN]
    return render(
        request,
        "workbench/record.html",
        {
            "staff": staff, "here": "registers", "ledger": ledger, "record": found, "number": found.number,
            "fields": list(zip(ledger.all_columns, registers.fields_of(ledger, found), strict=True)),
            "past": history.past(ledger, found.number, told), "may_write": staff.has_role(Role.CLERK, localdate()),
            "registered": getattr(found, "state", "") == REGISTERED,
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@at_desk
def add(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """A new record; one more after it where "save and add another" was pressed."""
    ledger = registers.ledger_named(LEDGERS, name)
    register.require_clerk(staff.organ, staff, now(), "登记")
    form = forms.blank(ledger, staff.organ)
    if request.method == "POST" and forms.typed(form, request.POST).read():
        try:
            made = register.record(ledger.model, ledger, organ=staff.organ, values=form.values, by=staff, at=now())  # type: ignore[type-var]  # a ledger's model is a register record
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, gettext("已登记。"))
            if "another" in request.POST:
                return redirect("workbench:add_record", name)
            return redirect("workbench:record", name, made.pk)
    return _form(request, staff, form, last=registers.own_rows(ledger, staff).order_by("-pk").first())


@require_http_methods(["GET", "POST"])
@at_desk
def amend(request: HttpRequest, staff: Staff, name: str, pk: int) -> HttpResponse:
    """A record corrected. When another has changed it since the form was opened, nothing is saved, both are shown."""
    ledger, found = _own(staff, name, pk)
    register.require_clerk(staff.organ, staff, now(), "更正登记")
    form = forms.standing(ledger, staff.organ, found, register.fingerprint(found, ledger))
    if request.method == "POST" and forms.typed(form, request.POST).read():
        try:
            register.amend(found, ledger, changes=form.values, by=staff, at=now(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
            if refused.code == "changed_meanwhile":
                return _conflict(request, staff, form)
        else:
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:record", name, pk)
    return _form(request, staff, form)


def _conflict(request: HttpRequest, staff: Staff, form: RecordForm) -> HttpResponse:
    """Both values beside each other; saving once more is then a decision."""
    ledger = form.ledger
    stored = get_object_or_404(registers.own_rows(ledger, staff), pk=form.record.pk)
    form.show_other(stored, register.fingerprint(stored, ledger))
    last = entries.about(stored, staff.organ.code).order_by("-seq").first()
    return _form(request, staff, form, status=CONFLICT, other=last)


def _form(
    request: HttpRequest, staff: Staff, form: RecordForm, *, status: int = REFUSED, last: Any = None, other: Any = None
) -> HttpResponse:
    context = {
        "staff": staff, "here": "registers", "ledger": form.ledger, "form": form, "last": last, "other": other,
        "refused": Refused("whole", form.whole) if form.whole else None,
    }  # fmt: skip
    return render(request, "workbench/record_form.html", context, status=status if form.refused else 200)


@require_http_methods(["GET", "POST"])
@at_desk
def void(request: HttpRequest, staff: Staff, name: str, pk: int) -> HttpResponse:
    """A record taken out of its register, with the reason."""
    ledger, found = _own(staff, name, pk)
    register.require_clerk(staff.organ, staff, now(), "作废登记")
    reason, fault = request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            register.void(found, ledger, reason=reason, by=staff, at=now())
        except Refused as refused:
            fault = in_type(refused, no_reason="reason")
        else:
            messages.success(request, gettext("已作废。"))
            return redirect("workbench:voided", name)
    context = {
        "staff": staff, "here": "registers", "ledger": ledger, "record": found, "number": found.number,
        "reason": reason, "refused": fault, "longest": VoidedRecord._meta.get_field("reason").max_length,
    }  # fmt: skip
    return render(request, "workbench/void.html", context, status=REFUSED if fault else 200)


@require_GET
@at_desk
def voided(request: HttpRequest, staff: Staff, name: str, pk: int) -> HttpResponse:
    """A record that stands in its register no longer: what it said, and its history."""
    ledger = registers.ledger_named(LEDGERS, name)
    gone = get_object_or_404(voided_records(ledger.model, staff.organ), pk=pk)
    told = entries.about((gone.subject_type, gone.number), staff.organ.code).order_by("seq")[:ENTRIES_SHOWN]
    return render(
        request,
        "workbench/record.html",
        {
            "staff": staff, "here": "registers", "ledger": ledger, "number": gone.number, "voided": gone,
            "past": history.past(ledger, gone.number, told),
        },
    )  # fmt: skip


def _own(staff: Staff, name: str, pk: int) -> tuple[Ledger, Any]:
    """The record, when it is of the organ one works for; 404 otherwise."""
    ledger = registers.ledger_named(LEDGERS, name)
    return ledger, get_object_or_404(registers.own_rows(ledger, staff), pk=pk)
