"""The entry book (操作日志) of one's own organ, and its verification."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.records.roles import Role
from gongkai.workbench import telling
from gongkai.workbench.access import administers
from gongkai.workbench.paging import page_links, page_of


@require_GET
@administers(Role.AUDITOR, business=True)
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's entries, latest first; ?verify=1 walks the whole chain and says whether it holds."""
    code = staff.organ.code
    page = page_of(request, Entry.objects.filter(organ_code=code).order_by("-seq"))
    checked = "verify" in request.GET
    return render(
        request,
        "workbench/entries.html",
        {
            "staff": staff, "here": "entries", "rows": telling.lines(page), "total": page.paginator.count,
            "links": page_links(page), "checked": checked, "breaks": entries.verify(code) if checked else [],
        },
    )  # fmt: skip
