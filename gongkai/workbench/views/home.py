"""Today: what there is to do, the organ's reports and its registers on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.workbench import registers, todo
from gongkai.workbench.access import at_desk, posts_of
from gongkai.workbench.ledgers import LEDGERS

REPORTS_SHOWN = 8


@require_GET
@at_desk
def home(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What stands where, for the organ one works for."""
    today = localdate()
    reports = todo.reports_of(staff, today)
    counted = registers.counted(LEDGERS, staff)
    return render(
        request,
        "workbench/home.html",
        {
            "staff": staff, "here": "home", "posts": posts_of(request),
            "reports": reports[:REPORTS_SHOWN],
            "registers": [(ledger, count) for ledger, count in counted if count],
            "tasks": todo.tasks(staff, today, reports=reports),
            "rows_total": sum(count for _, count in counted),
        },
    )  # fmt: skip
