"""Today: what there is to do, the organ's reports and the way to its registers on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.workbench import todo
from gongkai.workbench.access import at_desk, posts_of

REPORTS_SHOWN = 8


@require_GET
@at_desk
def home(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What stands where, for the organ one works for."""
    today = localdate()
    reports = todo.reports_of(staff, today)
    return render(
        request,
        "workbench/home.html",
        {
            "staff": staff, "here": "home", "posts": posts_of(request),
            "reports": reports[:REPORTS_SHOWN],
            "tasks": todo.tasks(staff, today, reports=reports),
        },
    )  # fmt: skip
