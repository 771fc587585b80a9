"""Reports beside the registers: the organ's own, and those received; the comparison, the lists, and both as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.received import holding as receiving
from gongkai.reports import holding
from gongkai.reports.holding import Told
from gongkai.workbench import holding as desk
from gongkai.workbench import lists
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.received import own_received
from gongkai.workbench.views.reports import own_report


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two kinds of reports. find: the report of somebody's organ; told: what it says; home: its page."""

    here: str
    find: Callable[[Staff, int], Any]
    told: Callable[[Any], Told]
    home: str

    def context(self, staff: Staff, one: Any) -> dict[str, Any]:
        return {
            "staff": staff, "here": self.here, "one": one, "home": reverse(self.home, args=(one.pk,)),
            "parent": reverse(f"workbench:{self.here}"), "own": self.here == "reports",
        }  # fmt: skip


OWN = Kind("reports", own_report, desk.told_by, "workbench:report")
RECEIVED = Kind("received", own_received, receiving.told, "workbench:received_report")


def _index(request: HttpRequest, staff: Staff, kind: Kind, pk: int) -> HttpResponse:
    one = kind.find(staff, pk)
    context = kind.context(staff, one)
    try:
        context |= desk.shown(holding.lines(kind.told(one)))
    except Refused as refused:
        return render(
            request, "workbench/held.html", context | {"refused": in_type(refused)}, status=status_of(refused)
        )
    return render(request, "workbench/held.html", context)


def _workbook(staff: Staff, kind: Kind, pk: int) -> HttpResponse:
    one = kind.find(staff, pk)
    return attachment(desk.workbook(str(one), holding.lines(kind.told(one))), f"{one} 与登记簿对照.xlsx", XLSX)


def _list(request: HttpRequest, staff: Staff, kind: Kind, pk: int) -> HttpResponse:
    one = kind.find(staff, pk)
    try:
        found = desk.listed(request, kind.told(one), request.GET.get("of", ""))
    except Refused as refused:
        raise Http404(refused.reason) from None
    return render(request, "workbench/held_list.html", kind.context(staff, one) | found)


def _list_workbook(request: HttpRequest, staff: Staff, kind: Kind, pk: int) -> HttpResponse:
    one, place = kind.find(staff, pk), request.GET.get("of", "")
    try:
        found = holding.records(kind.told(one), place)
    except Refused as refused:
        raise Http404(refused.reason) from None
    return attachment(lists.sheet(f"{one} {place}", found.title, found.title, found), f"{one} {place}.xlsx", XLSX)


@require_GET
@at_desk
def own(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """What the organ's report says beside what its registers hold."""
    return _index(request, staff, OWN, pk)


@require_GET
@at_desk
def own_workbook(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The same as a workbook."""
    return _workbook(staff, OWN, pk)


@require_GET
@at_desk
def own_list(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The records behind a number, ?of= says which."""
    return _list(request, staff, OWN, pk)


@require_GET
@at_desk
def own_list_workbook(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The whole list as a workbook."""
    return _list_workbook(request, staff, OWN, pk)


@require_GET
@at_desk
def received(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """What a received report says beside what its organ's registers hold."""
    return _index(request, staff, RECEIVED, pk)


@require_GET
@at_desk
def received_workbook(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The same as a workbook."""
    return _workbook(staff, RECEIVED, pk)


@require_GET
@at_desk
def received_list(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The records behind a number, ?of= says which."""
    return _list(request, staff, RECEIVED, pk)


@require_GET
@at_desk
def received_list_workbook(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The whole list as a workbook."""
    return _list_workbook(request, staff, RECEIVED, pk)
