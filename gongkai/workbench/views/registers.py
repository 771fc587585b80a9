"""Registers: the list of all, one register narrowed and ordered, its empty template, and its rows as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from gongkai.organs.models import Staff
from gongkai.records import workbooks
from gongkai.records.ledgers import Ledger
from gongkai.records.roles import Role
from gongkai.records.voided import voided_records
from gongkai.workbench import narrowing, registers
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.paging import in_order, page_links, page_of, stretch


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every register with the number of the organ's rows in it."""
    counted = registers.counted(LEDGERS, staff)
    return render(request, "workbench/registers.html", {"staff": staff, "here": "registers", "registers": counted})


@require_GET
@at_desk
def register(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """One register, a page at a time, narrowed and ordered as asked (see `narrowing.asked`)."""
    ledger = registers.ledger_named(LEDGERS, name)
    asked = narrowing.asked(ledger, request.GET)
    place, rows = request.GET.get("page", ""), asked.rows(staff)
    among = registers.own_rows(ledger, staff) if asked.is_set else None
    page = stretch(place, rows, among=among, holding=asked.holding(staff))
    return render(
        request,
        "workbench/register.html",
        {
            "staff": staff, "here": "registers", "ledger": ledger, "asked": asked, "page": page, "links": page.links,
            "rows": [_row(ledger, record) for record in page.rows],
            "years": registers.years_of(ledger, staff), "may_write": staff.has_role(Role.CLERK, localdate()),
        },
    )  # fmt: skip


def _row(ledger: Ledger, record: Any) -> tuple[int, str, SafeString]:
    """A record's key, its number, and the cells of its other fields."""
    number, *others = registers.fields_of(ledger, record)
    return record.pk, number.text, registers.cells_of(others)


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
    """The rows that the register's page shows under the same address, all pages of them, as a workbook."""
    ledger = registers.ledger_named(LEDGERS, name)
    asked = narrowing.asked(ledger, request.GET)
    return attachment(workbooks.exported(ledger, in_order(asked.rows(staff))), f"{ledger.title}.xlsx", XLSX)


@require_GET
@at_desk
def voided(request: HttpRequest, staff: Staff, name: str) -> HttpResponse:
    """What was taken out of a register, and why."""
    ledger = registers.ledger_named(LEDGERS, name)
    page = page_of(request, voided_records(ledger.model, staff.organ))
    context = {"staff": staff, "here": "registers", "ledger": ledger, "page": page, "links": page_links(page)}
    return render(request, "workbench/voided.html", context)
