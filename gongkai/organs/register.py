"""Writing one register record by hand, under the same rules as its ledger, with one entry in the book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, RegisterRecord, Staff
from gongkai.records import entries, stale
from gongkai.records.ledgers import Ledger
from gongkai.records.models import VoidedRecord
from gongkai.records.moves import LEGAL_TIME
from gongkai.records.roles import Role
from gongkai.records.voided import voided_among, voided_sentence

Row = TypeVar("Row", bound=RegisterRecord)
BASE_FIELDS = ("number", "provenance", "note")
LINKS_TOLD = 5


def require_clerk(organ: Organ, by: object, at: datetime, act: str) -> None:
    """Refused when `by` is a member of staff who is not the organ's clerk on the day; others keep the machine."""
    if not isinstance(by, Staff):
        return
    if by.organ_id != organ.pk or not by.has_role(Role.CLERK, at.astimezone(LEGAL_TIME).date()):
        raise Refused("not_your_role", f"“{act}”须由本机关{Role.CLERK.label}办理；{by} 当日没有这一角色")


@transaction.atomic
def record(
    kind: type[Row], ledger: Ledger, *, organ: Organ, values: Mapping[str, Any], by: object, at: datetime
) -> Row:
    """Add a record; values: field name -> Python value, `number` included. Refused when the row cannot be true.

    Refused too when the number was voided, and to whoever is not the organ's clerk.
    """
    require_clerk(organ, by, at, "登记")
    _require_free(kind, organ, values["number"])
    row = kind(organ=organ)
    after = _apply(row, ledger, organ, values)
    row.save(force_insert=True)
    entries.write(organ_code=organ.code, by=by, at=at, act="record", subject=row, after=after)
    return row


@transaction.atomic
def amend(
    row: Row,
    ledger: Ledger,
    *,
    changes: Mapping[str, Any],
    by: object,
    at: datetime,
    act: str = "amend",
    seen: str = "",
) -> Row:
    """Change fields of a record; what is derived from them is derived anew. Refused when the row cannot be true.

    The row is read again under a lock, so that of two who amend at once the second sees what the first wrote.
    seen: the fingerprint of the record as its editor saw it; Refused "changed_meanwhile" when it is another now.
    An act that changes nothing leaves no entry.
    """
    row = _locked(row)
    require_clerk(row.organ, by, at, "更正登记")
    _require_unguarded(row, ledger)
    if seen and fingerprint(row, ledger) != seen:
        raise Refused(
            "changed_meanwhile", f"登记 {row.number} 在您打开以后被改动过，您的改动没有保存；请对照两边再决定"
        )
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


@transaction.atomic
def void(row: RegisterRecord, ledger: Ledger, *, reason: str, by: object, at: datetime) -> VoidedRecord:
    """Take a record that should never have been out of its register; it is kept whole, and nothing counts it any more.

    Its number stays taken. Refused without a reason, and while other records rest on this one.
    """
    row = _locked(row)
    require_clerk(row.organ, by, at, "作废登记")
    _require_unguarded(row, ledger)
    said = reason.strip()
    if not said:
        raise Refused("reason", "作废须写明理由，例如“重复登记，见 2012-001”")
    if len(said) > (most := VoidedRecord._meta.get_field("reason").max_length or 0):
        raise Refused("reason", f"作废理由最长 {most} 字，现有 {len(said)} 字；请写短些")
    values = {name: entries.plain(getattr(row, name)) for name in _columns_of(row)}
    voided = VoidedRecord.objects.create(
        organ_code=row.organ.code, subject_type=row._meta.label_lower, number=row.number, values=values,
        reason=said, voided_at=at, voided_by=str(by),
    )  # fmt: skip
    entries.write(
        organ_code=row.organ.code, by=by, at=at, act="void", subject=row, before=values,
        after={"reason": said},
    )  # fmt: skip
    try:
        row.delete()
    except ProtectedError as fault:
        raise Refused("linked", _linked_sentence(row, fault)) from fault
    return voided


def _require_unguarded(row: RegisterRecord, ledger: Ledger) -> None:
    if ledger.guard is not None:
        ledger.guard(row)


def _require_free(kind: type[RegisterRecord], organ: Organ, number: str) -> None:
    for voided in voided_among(kind, organ, [number]):
        raise Refused("number", voided_sentence(voided))
    if kind._default_manager.filter(organ=organ, number=number).exists():
        raise Refused("number", f"登记号“{number}”已在本登记簿中；请换一个登记号，或打开原来的登记更正")


def _linked_sentence(row: RegisterRecord, fault: ProtectedError) -> str:
    links = sorted(f"{link._meta.verbose_name} {link}" for link in fault.protected_objects)
    more = f"等 {len(links)} 条" if len(links) > LINKS_TOLD else ""
    return f"登记 {row.number} 还被{'、'.join(links[:LINKS_TOLD])}{more}引用，不能作废；请先更正或作废引用它的登记"


def fingerprint(row: RegisterRecord, ledger: Ledger) -> str:
    """The state of a record in 16 hexadecimal digits: two that differ in any column differ here."""
    return stale.fingerprint(row, _writable(ledger))


def _locked(row: Row) -> Row:
    rows = type(row)._default_manager.select_for_update(of=("self",)).select_related("organ")
    found: Row | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused("gone", f"登记 {row.number} 已不在登记簿中，可能他人刚刚作废；请返回登记簿核对")
    return found


def _columns_of(row: RegisterRecord) -> tuple[str, ...]:
    return tuple(field.attname for field in row._meta.concrete_fields if field.name not in ("id", "organ", "number"))


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
