"""An organ above others at the desk: how they stand, the sum of what they published, and down to the record."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import ReportForm, load
from gongkai.organs.models import Staff
from gongkai.reports.across.latest import latest
from gongkai.reports.models import Report
from gongkai.reports.queries import FigureList, figure_list
from gongkai.reports.queries import figure as figure_of
from gongkai.supervision import queries, rolling_up
from gongkai.workbench import oversight, registers
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.oversight import at_supervisors_desk
from gongkai.workbench.paging import PER_PAGE, page_links


def asked_year(request: HttpRequest) -> int:
    """The year asked for with ?year=; else the one that has ended."""
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 else localdate().year - 1


@require_GET
@at_supervisors_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who has reported for a year, what fails, who has been reminded."""
    year, today = asked_year(request), localdate()
    organs = queries.overview(staff.organ, year)
    years = sorted({*queries.years_below(staff.organ), year}, reverse=True)
    return render(
        request,
        "workbench/oversight.html",
        {
            "staff": staff, "here": "oversight", "year": year, "years": years, "today": today,
            "organs": [(one, one.is_overdue(today)) for one in organs],
            "published": sum(one.is_published for one in organs),
            "forms": rolling_up.forms_used(staff.organ, year),
        },
    )  # fmt: skip


def _form(request: HttpRequest, staff: Staff, year: int) -> ReportForm:
    asked = request.GET.get("form", "")
    forms = rolling_up.forms_used(staff.organ, year)
    if not forms:
        raise Refused("nothing_published", f"{year} 年度还没有下级机关发布年报，没有可汇总的数字")
    return next((form for form in forms if form.id == asked), forms[0])


@require_GET
@at_supervisors_desk
def roll_up(request: HttpRequest, staff: Staff, year: int) -> HttpResponse:
    """The sums in the official table, who is missing from them, and where the organ's own report says otherwise."""
    found = rolling_up.rolled_up(staff.organ, year, _form(request, staff, year))
    return render(
        request,
        "workbench/roll_up.html",
        {
            "staff": staff, "here": "oversight", "year": year, "found": found,
            "forms": rolling_up.forms_used(staff.organ, year), "html": oversight.fragment(staff.organ, found),
        },
    )  # fmt: skip


@require_GET
@at_supervisors_desk
def roll_up_workbook(request: HttpRequest, staff: Staff, year: int) -> HttpResponse:
    """The same as a workbook."""
    found = rolling_up.rolled_up(staff.organ, year, _form(request, staff, year))
    return attachment(oversight.workbook(staff.organ, found), f"{year}年度汇总 {found.form.id}.xlsx", XLSX)


@require_GET
@at_supervisors_desk
def cell(request: HttpRequest, staff: Staff, year: int, form: str, ref: str) -> HttpResponse:
    """One sum: what each organ published there."""
    drawn = load(form)
    parts = rolling_up.parts(staff.organ, year, drawn, ref)
    added = rolling_up.rolled_up(staff.organ, year, drawn).cells[ref]
    context = {
        "staff": staff, "here": "oversight", "year": year, "form": drawn, "ref": ref, "name": drawn.name_of(ref),
        "parts": parts, "added": added, "adds": rolling_up.adds(drawn.cell(ref)),
    }  # fmt: skip
    return render(request, "workbench/oversight_cell.html", context)


def _published_below(staff: Staff, pk: int) -> Report:
    """The published report of an organ directly below; 404 for drafts and for reports of others."""
    return get_object_or_404(latest().filter(organ__parent=staff.organ_id), pk=pk)


@require_GET
@at_supervisors_desk
def figure(request: HttpRequest, staff: Staff, pk: int, ref: str) -> HttpResponse:
    """The list behind a figure of an organ below, as it was published."""
    report = _published_below(staff, pk)
    found, listing = figure_of(report, ref), _listed(report, ref)
    context = {
        "staff": staff, "here": "oversight", "report": report, "ref": ref, "figure": found, "listing": listing,
        "name": report.form.name_of(ref),
        # A starred figure speaks of a whole area: its lines name the records of several organs.
        "linked": listing is not None and len(listing.query.scope.organs) == 1,
    }  # fmt: skip
    if listing is not None:
        page = Paginator(range(listing.count), PER_PAGE).get_page(request.GET.get("page"))
        start = max(page.start_index() - 1, 0)
        context |= {"rows": listing.page(start, start + PER_PAGE), "links": page_links(page)}
    return render(request, "workbench/oversight_figure.html", context)


def _listed(report: Report, ref: str) -> FigureList | None:
    """None for a figure that nothing counts."""
    try:
        listing = figure_list(report, ref, "published")
    except Refused as refused:
        if refused.code != "no_list":
            raise
        return None
    return listing


@require_GET
@at_supervisors_desk
def record(request: HttpRequest, staff: Staff, pk: int, ref: str, key: int) -> HttpResponse:
    """A record that a published list names, and no other: what is not published stays with its organ."""
    report = _published_below(staff, pk)
    listing = _listed(report, ref)
    ledger = registers.ledger_of(LEDGERS, listing.model) if listing is not None else None
    if listing is None or ledger is None:
        raise Http404(ref)
    links = registers.links_of(ledger)
    rows = ledger.model._default_manager.filter(organ=report.organ)
    found: Any = get_object_or_404(rows.select_related(*links) if links else rows, pk=key)
    if str(getattr(found, listing.query.measure.key, "")) not in listing.frozen:
        raise Http404(str(key))
    return render(
        request,
        "workbench/oversight_record.html",
        {
            "staff": staff, "here": "oversight", "report": report, "ref": ref, "name": report.form.name_of(ref),
            "ledger": ledger, "number": found.number,
            "fields": list(zip(ledger.all_columns, registers.fields_of(ledger, found), strict=True)),
        },
    )  # fmt: skip
