"""How often each rule spoke in the reports at this desk, and how often people found it wrong; the findings behind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.law import checks
from gongkai.law.typesetting import typeset
from gongkai.organs.models import Staff
from gongkai.received.tally import KINDS
from gongkai.workbench import rules
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every rule that spoke."""
    context = {
        "staff": staff, "here": "received", "lines": rules.lines(staff.organ), "said": typeset(rules.SAID),
        "all": len(checks.all_checks()),
    }  # fmt: skip
    return render(request, "workbench/rule_tallies.html", context)


@require_GET
@at_desk
def workbook(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The same as a workbook, with the rules that never spoke."""
    return attachment(rules.workbook(rules.lines(staff.organ)), "规则查出情况.xlsx", XLSX)


@require_GET
@at_desk
def findings(request: HttpRequest, staff: Staff, rule: str, kind: str) -> HttpResponse:
    """The findings behind a number."""
    known = {check.id: check for check in checks.all_checks()}
    if rule not in known or kind not in KINDS:
        raise Http404(rule)
    context = {"staff": staff, "here": "received", "rule": known[rule], "kind": kind}
    return render(
        request, "workbench/rule_findings.html", context | rules.page_of_list(request, staff.organ, rule, kind)
    )
