"""The entry book (操作日志) of one's own organ, its verification, and its export for the auditor."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.records.roles import Role
from gongkai.workbench import auditing, telling
from gongkai.workbench.access import administers
from gongkai.workbench.paging import page_links, page_of

SITE = "site"  # in addresses: the chain of what concerns no single organ


def _chain(staff: Staff, asked: str) -> str:
    """The chain asked for; 404 where it is not for this reader."""
    code = entries.SYSTEM if asked == SITE else staff.organ.code
    if code not in auditing.chains_of(staff, localdate()):
        raise Http404(asked)
    return code


@require_GET
@administers(Role.AUDITOR, business=True)
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The entries of a chain, latest first; ?verify=1 says whether the whole holds; ?chain=site: the site's."""
    code = _chain(staff, request.GET.get("chain", ""))
    page = page_of(request, Entry.objects.filter(organ_code=code).order_by("-seq"))
    checked = "verify" in request.GET
    return render(
        request,
        "workbench/entries.html",
        {
            "staff": staff, "here": "entries", "rows": telling.lines(page), "total": page.paginator.count,
            "links": page_links(page), "checked": checked, "breaks": entries.verify(code) if checked else [],
            "of_site": code == entries.SYSTEM, "may_export": Role.AUDITOR in staff.roles_on(localdate()),
            "reads_site": entries.SYSTEM in auditing.chains_of(staff, localdate()),
        },
    )  # fmt: skip


@require_POST
@administers(Role.AUDITOR)
def export(request: HttpRequest, staff: Staff) -> FileResponse:
    """The whole chain as a file (kind: jsonl or xlsx), and an entry that says who took it."""
    asked = request.POST.get("chain", "")
    kind, at = request.POST.get("kind", ""), now()
    file = auditing.export(_chain(staff, asked), kind=kind, by=staff, at=at)
    name = f"操作日志 {'本站' if asked == SITE else staff.organ.code} {localdate():%Y-%m-%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=auditing.KINDS[kind])
