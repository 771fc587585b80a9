"""Writing one register record by hand, under the same rules as its ledger, with one entry in the book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, RegisterRecord
from gongkai.records import entries
from gongkai.records.ledgers import Ledger

Row = TypeVar("Row", bound=RegisterRecord)
BASE_FIELDS = ("number", "provenance", "note")


@transaction.atomic
def record(
    kind: type[Row], ledger: Ledger, *, organ: Organ, values: Mapping[str, Any], by: object, at: datetime
) -> Row:
    """Add a record; values: field name -> Python value, `number` included. Refused when the row cannot be true."""
    row = kind(organ=organ)
    after = _apply(row, ledger, organ, values)
    row.save(force_insert=True)
    entries.write(organ_code=organ.code, by=by, at=at, act="record", subject=row, after=after)
    return row


@transaction.atomic
def amend(row: Row, ledger: Ledger, *, changes: Mapping[str, Any], by: object, at: datetime, act: str = "amend") -> Row:
    """Change fields of a record; what is derived from them is derived anew. Refused when the row cannot be true.

    The row is read again under a lock, so that of two who amend at once the second sees what the first wrote.
    An act that changes nothing leaves no entry.
    """
    row = type(row)._default_manager.select_for_update(of=("self",)).select_related("organ").get(pk=row.pk)
    names = [field.attname for field in row._meta.concrete_fields]
    before = {name: getattr(row, name) for name in names}
    standing = {name: getattr(row, name) for name in _writable(ledger)}
    _apply(row, ledger, row.organ, {**standing, **changes})
    changed = [name for name in names if getattr(row, name) != before[name]]
    if changed:
        row.save()
        entries.write(
            organ_code=row.organ.code, by=by, at=at, act=act, subject=row,
            before={name: before[name] for name in changed}, after={name: getattr(row, name) for name in changed},
        )  # fmt: skip
    return row


def _writable(ledger: Ledger) -> tuple[str, ...]:
    return (*BASE_FIELDS, *(column.name for column in ledger.columns if column.name not in BASE_FIELDS))


def _apply(row: RegisterRecord, ledger: Ledger, organ: Organ, values: Mapping[str, Any]) -> dict[str, Any]:
    """Complete the values by the ledger's rules and set them; gives what was set. Refused on any fault."""
    if unknown := sorted(set(values) - set(_writable(ledger))):
        raise TypeError(f"{ledger.name} has no column {unknown}")
    complete = ledger.complete(dict(values), organ) if ledger.complete else dict(values)
    for name, value in complete.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as fault:
        raise Refused("invalid_record", f"{ledger.title}:{_sentence(row, fault)}") from fault
    return complete


def _sentence(row: RegisterRecord, fault: ValidationError) -> str:
    parts = []
    for name, messages in fault.message_dict.items():
        named = any(field.name == name for field in row._meta.concrete_fields)
        label = f"“{row._meta.get_field(name).verbose_name}”" if named else ""  # type: ignore[union-attr]
        parts.append(label + ";".join(message.rstrip("。") for message in messages))
    return ";".join(parts)


Named = tuple[str, str]
"""A column as (field name, Chinese header)."""


def require_order(values: Mapping[str, Any], *days: Named) -> None:
    """Refused unless each day filled in is on or after those filled in before it; the code is the later column."""
    latest: tuple[Any, str] | None = None
    for name, header in days:
        day = values.get(name)
        if day is None or day == "":
            continue
        if latest is not None and day < latest[0]:
            raise Refused(name, f"{header} {day} 早于{latest[1]} {latest[0]};请核对这两个日期")
        latest = (day, header)


def require_together(values: Mapping[str, Any], first: Named, second: Named) -> None:
    """Refused when one of the two columns is filled in and the other is not; the code is the empty column."""
    filled = [values.get(name) not in (None, "") for name, _ in (first, second)]
    if filled[0] != filled[1]:
        there, missing = (first, second) if filled[0] else (second, first)
        raise Refused(missing[0], f"已填“{there[1]}”,未填“{missing[1]}”;两栏须同时填写或同时留空")
