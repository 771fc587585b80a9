"""Time limits that explain themselves: all rules, and one rule asked with a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.law import clocks, time_limits
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.typesetting import typeset
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
    refused: Refused | None = None


ASKED = ("from", "restart", "suspend_from", "suspend_to", "extend")
DAYS = ASKED[:4]


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
    if not any(asked.values()):
        return Answer(asked)
    if faults := _faults(asked):
        return Answer(asked, refused=SeveralRefused(faults))
    try:
        return Answer(asked, clocks.due(name, date.fromisoformat(asked["from"]), list(_events(asked))))
    except Refused as refused:
        event = "restart" if asked["restart"] else "suspend_from"
        field = {"event_backwards": "suspend_to", "event_too_early": event}.get(refused.code, "from")
        return Answer(asked, refused=Refused(field, typeset(refused.reason), typeset(refused.cite)))


def _faults(asked: dict[str, str]) -> dict[str, str]:
    """What cannot be read, by field: a day that is none, a day that is missing where another asks for it."""
    faults = {
        name: f"“{asked[name][:20]}”不是日期；请写成 2012-09-26 这样" for name in DAYS if not _is_day(asked[name])
    }
    if not asked["from"]:
        faults["from"] = "请填写起算日，写成 2012-09-26 这样"
    for name, other in (("suspend_from", "suspend_to"), ("suspend_to", "suspend_from")):
        if asked[other] and not asked[name]:
            faults[name] = "中止的两个日期须同时填写；还没有收到意见的，先不填"
    return faults


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


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
        context | {"asked": answer.asked, "due": answer.due, "refused": answer.refused},
    )
