"""Registers: the list of all, one register with filters, its empty template, and its rows as a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.records import entries, workbooks
from gongkai.workbench import registers, telling
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.paging import page_links, page_of

ENTRIES_SHOWN = 50


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every register with the number of the organ's rows in it."""
    counted = [(ledger, registers.own_rows(ledger, staff).count()) for ledger in LEDGERS]
    return render(request, "workbench/registers.html", {"staff": staff, "here": "registers", "registers": counted})


def _year(request: HttpRequest) -> int | None:
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 else None


@require_GET
@at_desk
def register(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """One register, a page at a time; ?year= and ?words= narrow it."""
    ledger = registers.ledger_named(LEDGERS, name)
    year, words = _year(request), request.GET.get("words", "").strip()
    page = page_of(request, registers.found_rows(ledger, staff, year, words))
    rows = [(record.pk, registers.fields_of(ledger, record)) for record in page]
    return render(
        request,
        "workbench/register.html",
        {
            "staff": staff, "here": "registers", "ledger": ledger, "rows": rows, "year": year, "words": words,
            "years": registers.years_of(ledger, staff), "total": page.paginator.count, "links": page_links(page),
        },
    )  # fmt: skip


@require_GET
@at_desk
def record(request: HttpRequest, staff: Staff, name: str, pk: int) -> HttpResponse:
    """One record, and the entries that made it what it is."""
    ledger = registers.ledger_named(LEDGERS, name)
    found = get_object_or_404(registers.own_rows(ledger, staff), pk=pk)
    return render(
        request,
        "workbench/record.html",
        {
            "staff": staff, "here": "registers", "ledger": ledger, "number": found.number,
            "fields": list(zip(ledger.all_columns, registers.fields_of(ledger, found), strict=True)),
            "entries": telling.lines(entries.about(found, staff.organ.code).order_by("seq")[:ENTRIES_SHOWN]),
        },
    )  # fmt: skip


@require_GET
@at_desk
def template(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """The register's empty workbook, to be filled and imported."""
    ledger = registers.ledger_named(LEDGERS, name)
    return attachment(workbooks.template(ledger), f"{ledger.title}.xlsx", XLSX)


@require_GET
@at_desk
def templates(request: HttpRequest, staff: Staff) -> HttpResponse:
    """One empty workbook with a sheet for every register."""
    return attachment(workbooks.template_all(LEDGERS), "登记簿模板.xlsx", XLSX)


@require_GET
@at_desk
def export(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """The organ's register as a workbook that can be imported again."""
    ledger = registers.ledger_named(LEDGERS, name)
    return attachment(workbooks.export(ledger, staff.organ), f"{ledger.title}.xlsx", XLSX)
