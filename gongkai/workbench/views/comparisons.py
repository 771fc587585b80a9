"""A report beside last year's, and a correction beside what it corrects."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.reports import comparing
from gongkai.reports import differences as differing
from gongkai.workbench import typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.views.reports import own_report


@require_GET
@at_desk
def compare(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Figures of both years side by side; ?threshold= in per cent, ?only=over leaves out smaller changes."""
    found = own_report(staff, pk)
    comparison = comparing.compare(found)
    given = typed.count(request.GET.get("threshold"))
    threshold = comparing.THRESHOLD if given is None else Decimal(given)
    lines = [(line, line.is_over(threshold)) for line in comparison.lines] if comparison else []
    only = request.GET.get("only") == "over"
    context = {
        "staff": staff, "here": "reports", "report": found, "comparison": comparison, "threshold": threshold,
        "lines": [line for line in lines if line[1] or not only], "only": only,
        "over": sum(over for _, over in lines),
    }  # fmt: skip
    return render(request, "workbench/compare.html", context)


@require_GET
@at_desk
def differences(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """What the correction changes, from what to what."""
    found = own_report(staff, pk)
    if found.supersedes is None:
        raise Http404(pk)
    changed = differing.differences(found.supersedes, found)
    context = {"staff": staff, "here": "reports", "report": found, "differences": changed}
    return render(request, "workbench/differences.html", context)
