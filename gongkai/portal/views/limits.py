"""Time limits that explain themselves: all rules, and one rule asked with a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.law import clocks, time_limits
from gongkai.law.refusal import Refused
from gongkai.portal import meta, rules


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All time-limit rules."""
    return render(
        request,
        "portal/limits.html",
        {"here": "law", "tags": meta.home_tags(request), "rules": rules.all_sheets()},
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the form was asked (as typed), and the deadline or why there is none."""

    asked: dict[str, str]
    due: clocks.Due | None = None
    fault: str = ""


ASKED = ("from", "restart", "suspend_from", "suspend_to", "extend")


def _events(asked: dict[str, str]) -> Iterator[clocks.Event]:
    # A restart begins the period anew, so it comes first and an extension last, whatever the order on the page.
    if asked["restart"]:
        yield clocks.event(f"restart:{asked['restart']}")
    if asked["suspend_from"] or asked["suspend_to"]:
        yield clocks.event(f"suspend:{asked['suspend_from']}/{asked['suspend_to']}")
    if asked["extend"]:
        yield clocks.event("extend")


def _answer(request: HttpRequest, name: str) -> Answer:
    asked = {key: request.GET.get(key, "").strip() for key in ASKED}
    if not asked["from"]:
        return Answer(asked)
    try:
        start = date.fromisoformat(asked["from"])
    except ValueError:
        return Answer(asked, fault=f"“{asked['from']}”不是日期；请写成 2012-09-26 这样")
    try:
        return Answer(asked, clocks.due(name, start, list(_events(asked))))
    except Refused as refused:
        return Answer(asked, fault=refused.reason)


@require_GET
def limit(request: HttpRequest, name: str) -> HttpResponse:
    """One rule with its versions; ?from=DATE and events answer when it runs out and why on that day."""
    if name not in time_limits.names():
        raise Http404(name)
    answer = _answer(request, name)
    context = {"here": "law", "tags": meta.home_tags(request), "rule": rules.sheet(time_limits.rule(name))}
    if answer.due:
        context["length"] = rules.length_of(answer.due.limit, answer.due.unit)
    return render(
        request,
        "portal/limit.html",
        context | {"asked": answer.asked, "due": answer.due, "fault": answer.fault},
    )
