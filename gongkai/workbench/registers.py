"""The registers (登记簿) as pages: the rows an organ sees, and each row as text under the headers of its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.values import plain
from gongkai.organs.models import Organ, Staff
from gongkai.records.ledgers import Ledger, LedgerColumn
from gongkai.records.spoken import Word, told
from gongkai.records.workbooks import YES_NO

WIDE = 14  # letters; a cell with more may break its lines


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


def links_of(ledger: Ledger) -> list[str]:
    """The columns that hold other records."""
    return [column.name for column in ledger.columns if column.kind == "link"]


def own_rows(ledger: Ledger, staff: Staff) -> QuerySet[Any]:
    """The register's rows of the person's organ, in the order of their numbers."""
    rows = ledger.model._default_manager.filter(organ_id=staff.organ_id).order_by("number")
    links = links_of(ledger)
    return rows.select_related(*links) if links else rows


def counted(ledgers: Sequence[Ledger], staff: Staff) -> list[tuple[Ledger, int]]:
    """Each register with the number of its own rows: one query, however many registers there are."""
    totals = {f"rows_{place}": Subquery(_total(ledger)) for place, ledger in enumerate(ledgers)}
    found = Organ.objects.filter(pk=staff.organ_id).annotate(**totals).values_list(*totals).get()
    return [(ledger, total or 0) for ledger, total in zip(ledgers, found, strict=True)]


def _total(ledger: Ledger) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = ledger.model._default_manager.filter(organ=OuterRef("pk")).order_by().values("organ")
    totals: QuerySet[Any, Any] = rows.annotate(total=Count("*")).values("total")
    return totals


def years_of(ledger: Ledger, staff: Staff) -> list[int]:
    """The years that the register covers, latest first; [] when it is empty or has no date."""
    day = day_column(ledger)
    if not day:
        return []
    days = ledger.model._default_manager.filter(organ_id=staff.organ_id, **{f"{day}__isnull": False})
    # Two short walks along an index; an aggregate of both ends would read every row.
    first, last = (days.order_by(end).values_list(day, flat=True).first() for end in (F(day).asc(), F(day).desc()))
    return [] if first is None or last is None else list(range(last.year, first.year - 1, -1))


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a row as shown: `text` is "" for an empty field."""

    text: str
    kind: str


def fields_of(ledger: Ledger, record: Any) -> list[Field]:
    """A record's fields as text, in the ledger's columns; the first is its number."""
    return [Field(text_of(column, getattr(record, column.name)), column.kind) for column in ledger.all_columns]


def cells_of(fields: Iterable[Field]) -> SafeString:
    """Fields as cells of a table. Made here and not in the template, which takes four times as long for a page."""
    return mark_safe("".join(f"<td{_cell_class(field)}>{told(field.text)}</td>" for field in fields))


def _cell_class(field: Field) -> str:
    if field.kind in ("integer", "amount"):
        return ' class="number"'
    return ' class="text"' if len(field.text) > WIDE else ""


def text_of(column: LedgerColumn, value: Any) -> str:
    """A value as read under its column; "" for an empty one."""
    if value is None or value == "":
        return ""
    if column.kind == "choice":
        return Word(column.choices.get(value, value))
    if column.kind == "flag":
        return Word(YES_NO[bool(value)])
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)
