"""The list behind a figure, as published and as of today, to read and to save; and a figure entered by hand."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gongkai.law.refusal import Refused
from gongkai.law.values import BLANK
from gongkai.organs.models import Staff
from gongkai.reports import actions
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Report
from gongkai.reports.queries import AsOf
from gongkai.workbench import drawn, lists, registers, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.paging import PER_PAGE, page_links
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.reports import own_report


def _as_of(request: HttpRequest, report: Report) -> AsOf:
    """As asked with ?as=; by default as published where there is such a list."""
    if report.state != PUBLISHED or request.GET.get("as") == "today":
        return "today"
    return "published"


@require_GET
@at_desk
def figure(request: HttpRequest, staff: Staff, pk: int, ref: str) -> HttpResponse:
    """The figure, how it came about, and the records behind it, a page at a time."""
    return _page(request, staff, own_report(staff, pk), ref)


def _page(request: HttpRequest, staff: Staff, report: Report, ref: str, refused: Refused | None = None) -> HttpResponse:
    """After a refused entry with the reason and what was typed."""
    as_of = _as_of(request, report)
    found = lists.behind(report, ref, as_of)
    context = {
        "staff": staff, "here": "reports", "report": report, "ref": ref, "as_of": as_of, "behind": found,
        "may": drawn.may(report, staff, localdate()), "typed": request.POST,
        "refused": in_type(refused) if refused else None,
        "changed": refused is not None and refused.code == "changed_meanwhile",
    }  # fmt: skip
    if found.listing is not None:
        page = Paginator(range(found.listing.count), PER_PAGE).get_page(request.GET.get("page"))
        start = max(page.start_index() - 1, 0)
        context |= {
            "rows": found.listing.page(start, start + PER_PAGE), "links": page_links(page),
            "ledger": registers.ledger_of(LEDGERS, found.listing.model),
        }  # fmt: skip
    return render(request, "workbench/figure.html", context, status=status_of(refused) if refused else 200)


@require_GET
@at_desk
def workbook(request: HttpRequest, staff: Staff, pk: int, ref: str) -> HttpResponse:
    """The whole list as a workbook."""
    report = own_report(staff, pk)
    found = lists.behind(report, ref, _as_of(request, report))
    return attachment(lists.workbook(found), f"{report.year}年度 {found.name}.xlsx".replace("/", "／"), XLSX)


@require_POST
@at_desk
def enter(request: HttpRequest, staff: Staff, pk: int, ref: str) -> HttpResponse:
    """Print another value than the counted one, with reason and source; an empty value is a blank, not a zero."""
    report, given = own_report(staff, pk), request.POST
    try:
        with typed.together(given) as fields:
            value = fields.take(lambda: typed.value(given.get("value", ""), "value"), BLANK)
            reason, source = fields.said("reason", "填报理由"), fields.said("source", "出处")
        seen = typed.count(given.get("seen"))
        actions.enter_figure(report, ref, value, reason, source=source, by=staff, at=now(), seen=seen)
    except Refused as refused:
        return _page(request, staff, own_report(staff, pk), ref, refused)
    messages.success(request, gettext("已保存。"))
    return redirect("workbench:figure", pk, ref)


@require_POST
@at_desk
def restore(request: HttpRequest, staff: Staff, pk: int, ref: str) -> HttpResponse:
    """Take back an entered value: the counted one is printed again."""
    actions.restore_counted(own_report(staff, pk), ref, by=staff, at=now())
    messages.success(request, gettext("已恢复为统计的数字。"))
    return redirect("workbench:figure", pk, ref)
