"""A ledger (登记簿): which columns a register has in Excel, and how a row of text becomes the fields of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.db.models import Field, Model

from gongkai.law.vocabulary import choices

ColumnKind = Literal["text", "date", "integer", "amount", "choice", "flag", "link"]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column. name: model field; header: the exact Chinese header in the sheet; choices: code -> Chinese label.

    kind "flag" is 是/否; "amount" is yuan with two decimals (Decimal); "link" holds the number of a record of
    `links_to` of the same organ. max_length 0: that of the model field.
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
    """A register as a workbook sheet. `columns` are its own; 登记号 stands before them and 数据来源 behind.

    complete(values, organ) may add derived fields (a due date, a timing) and must raise Refused with a sentence when
    the row cannot be true (concluded before received); the importer adds sheet and row to it, and the column when the
    refusal's code is a column's name. values: field name -> Python value, a link as its record; of an empty cell None,
    or "" where the field is a text that cannot be null.
    guard(record) raises Refused for a record that is kept by a procedure and must not be changed or voided by hand or
    by an import.
    """

    name: str  # stable id, e.g. "applications"
    title: str  # sheet name, e.g. "政府信息公开申请"
    title_en: str
    model: type[Model]
    columns: tuple[LedgerColumn, ...]
    complete: Callable[[dict[str, Any], Any], dict[str, Any]] | None = None
    guard: Callable[[Any], None] | None = None

    @property
    def all_columns(self) -> tuple[LedgerColumn, ...]:
        """The columns of the sheet: 登记号, those of the ledger, 数据来源."""
        own = tuple(column for column in self.columns if column.name not in ("number", "provenance"))
        return (NUMBER, *own, PROVENANCE)


NUMBER = LedgerColumn(
    "number", "登记号", required=True, max_length=64, help="本机关内不重复；再次导入时按登记号更新", example="2012-001"
)
PROVENANCE = LedgerColumn(
    "provenance", "数据来源", "choice", choices=dict(choices("provenances")), help="留空为“实际业务”"
)


def column_of(model: type[Model], name: str, *, required: bool | None = None, example: str = "") -> LedgerColumn:
    """A column as the model field tells it: header, kind, choices, length and help.

    required: None takes it from the field: neither blank nor with a default.
    """
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    kind = _kind_of(field)
    return LedgerColumn(
        name,
        str(field.verbose_name),
        kind,
        required=(not field.blank and not field.has_default()) if required is None else required,
        choices={str(code): str(label) for code, label in field.flatchoices} if kind == "choice" else {},
        links_to=field.related_model if kind == "link" else None,
        help=str(field.help_text),
        example=example,
    )


def _kind_of(field: Field[Any, Any]) -> ColumnKind:
    if field.choices:
        return "choice"
    for field_class, kind in _KINDS:
        if isinstance(field, field_class):
            return kind
    raise TypeError(f"no column kind for {field}")


_KINDS: tuple[tuple[type[Field[Any, Any]], ColumnKind], ...] = (
    (models.ForeignKey, "link"),
    (models.BooleanField, "flag"),
    (models.DateField, "date"),
    (models.IntegerField, "integer"),
    (models.DecimalField, "amount"),
    (models.CharField, "text"),
    (models.TextField, "text"),
)
