"""A ledger (登记簿): which columns a register has in Excel, and how a row of text becomes the fields of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Model

ColumnKind = Literal["text", "date", "integer", "amount", "choice", "flag", "link"]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. name: model field; header: the exact Chinese header in the sheet; choices: code -> Chinese label.

    kind "flag" is 是/否; "amount" is yuan with two decimals (Decimal); "link" holds the number of a record of
    `links_to` of the same organ (its `number`, or `code` for a channel).
    """

    name: str
    header: str
    kind: ColumnKind = "text"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    links_to: type[Model] | None = None
    help: str = ""
    example: str = ""
    max_length: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """A register as a workbook sheet. Its first column is always 登记号 (`number`), unique within the organ.

    complete(values, organ) may add derived fields (a due date, a timing) and must raise Refused with a sentence when
    the row cannot be true (concluded before received); the importer adds sheet, row and column to it.
    """

    name: str  # stable id, e.g. "applications"
    title: str  # sheet name, e.g. "政府信息公开申请"
    title_en: str
    model: type[Model]
    columns: tuple[LedgerColumn, ...]
    complete: Callable[[dict[str, Any], Any], dict[str, Any]] | None = None
