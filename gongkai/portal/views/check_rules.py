"""The rules of checking to read: what each rests on, its own examples, how often it spoke and how often wrongly."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.law import book, checks
from gongkai.law.checks import Check
from gongkai.portal import meta
from gongkai.portal.keeping import kept
from gongkai.received.public import RuleTally, rule_tallies


@dataclass(frozen=True, slots=True)
class Line:
    """A rule with what it came to here. tally: None where it never spoke."""

    rule: Check
    tally: RuleTally | None


@require_GET
@kept
def index(request: HttpRequest) -> HttpResponse:
    """Every rule of the book; ?form= those of one form."""
    spoken, form = rule_tallies(), request.GET.get("form", "")
    rules = [one for one in checks.all_checks() if not form or form in one.forms or one.forms == checks.EVERY_FORM]
    context = {
        "here": "law", "tags": meta.home_tags(request), "lines": [Line(one, spoken.get(one.id)) for one in rules],
    }  # fmt: skip
    return render(request, "portal/check_rules.html", context)


@require_GET
@kept
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule: its page of the book as written, its examples among it."""
    found = next((one for one in checks.all_checks() if one.id == name), None)
    if found is None:
        raise Http404(name)
    context = {
        "here": "law", "tags": meta.home_tags(request), "rule": found, "tally": rule_tallies().get(name),
        "source": book.source("checks", name), "every": found.forms == checks.EVERY_FORM,
    }  # fmt: skip
    return render(request, "portal/check_rule.html", context)
