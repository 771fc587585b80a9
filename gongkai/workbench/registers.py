"""The registers (登记簿) as pages: the rows an organ sees, and each row as text under the headers of its ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Min, Model, Q, QuerySet
from django.http import Http404

from gongkai.law.values import plain
from gongkai.organs.models import Staff
from gongkai.records.ledgers import Ledger, LedgerColumn


def ledger_named(ledgers: Iterable[Ledger], name: str) -> Ledger:
    """The ledger of that name; 404 when there is none."""
    for ledger in ledgers:
        if ledger.name == name:
            return ledger
    raise Http404(name)


def ledger_of(ledgers: Iterable[Ledger], model: type[Model]) -> Ledger | None:
    """The ledger of a model's records; None when it has none."""
    return next((ledger for ledger in ledgers if ledger.model is model), None)


def day_column(ledger: Ledger) -> str:
    """The field by which a register is divided into years: its first date column, or "" when it has none."""
    return next((column.name for column in ledger.columns if column.kind == "date"), "")


def own_rows(ledger: Ledger, staff: Staff) -> QuerySet[Any]:
    """The register's rows of the person's organ, in the order of their numbers."""
    links = [column.name for column in ledger.columns if column.kind == "link"]
    rows = ledger.model._default_manager.filter(organ_id=staff.organ_id).order_by("number")
    return rows.select_related(*links) if links else rows


def found_rows(ledger: Ledger, staff: Staff, year: int | None, words: str) -> QuerySet[Any]:
    """Own rows of a year (by the first date column) in which each word occurs in some text column or the number."""
    rows = own_rows(ledger, staff)
    if year is not None and (day := day_column(ledger)):
        rows = rows.filter(**{f"{day}__range": (date(year, 1, 1), date(year, 12, 31))})
    searched = ["number", *(column.name for column in ledger.columns if column.kind == "text")]
    for word in words.split():
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in searched)))
    return rows


def years_of(ledger: Ledger, staff: Staff) -> list[int]:
    """The years that the register covers, latest first; [] when it is empty or has no date."""
    day = day_column(ledger)
    if not day:
        return []
    ends = own_rows(ledger, staff).aggregate(first=Min(day), last=Max(day))
    return [] if ends["first"] is None else list(range(ends["last"].year, ends["first"].year - 1, -1))


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a row as shown: `text` is "" for an empty field."""

    text: str
    kind: str


def fields_of(ledger: Ledger, record: Any) -> list[Field]:
    """A record's fields as text, in the ledger's columns; the first is its number."""
    return [Field(_text(column, getattr(record, column.name)), column.kind) for column in ledger.all_columns]


def _text(column: LedgerColumn, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column.kind == "choice":
        return column.choices.get(value, str(value))
    if column.kind == "flag":
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)
