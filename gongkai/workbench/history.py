"""The history of one register record: each entry with the values before and after, under the headers of its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from gongkai.records.importing import ACT as IMPORT
from gongkai.records.ledgers import Ledger
from gongkai.records.models import Entry
from gongkai.records.spoken import Word
from gongkai.workbench import telling
from gongkai.workbench.telling import Line

Told = Mapping[str, Any]
BESIDE = {"reason": "理由"}  # what acts tell beside the fields of the record


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an act changed, in words; "" for empty."""

    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Past:
    """One act on the record. kept: False when it came by an import whose entry holds a digest of its values only."""

    line: Line
    changes: tuple[Change, ...]
    kept: bool


def past(ledger: Ledger, number: str, entries: Iterable[Entry]) -> list[Past]:
    """What happened to the record with this number, in the order of its entries; two queries at most for its links."""
    found = [(line, *_told(ledger, number, line.entry)) for line in telling.lines(entries)]
    words = _Words(ledger, [told for _, before, after in found for told in (before, after)])
    return [
        Past(line, words.changes(before, after), bool(before or after or line.entry.act != IMPORT))
        for line, before, after in found
    ]


def _told(ledger: Ledger, number: str, entry: Entry) -> tuple[Told, Told]:
    """The values before and after of this record; an import tells of many, those of at most some of its rows."""
    if entry.act != IMPORT:
        return entry.before, entry.after
    sides = (side.get(ledger.name, {}).get("values", {}).get(number, {}) for side in (entry.before, entry.after))
    before, after = sides
    return before, after


class _Words:
    """Stored values in words: choices by their labels, linked records by their numbers."""

    def __init__(self, ledger: Ledger, told: Iterable[Told]) -> None:
        self.ledger = ledger
        self.fields: dict[str, Field[Any, Any]] = {}
        keys: dict[str, set[Any]] = {}
        for values in told:
            for name, value in values.items():
                field = self.fields.setdefault(name, _field(ledger, name))
                if field.is_relation and value is not None:
                    keys.setdefault(field.name, set()).add(value)
        self.linked = {name: self._numbers(name, values) for name, values in keys.items()}

    def _numbers(self, name: str, keys: set[Any]) -> dict[Any, str]:
        target = self.ledger.model._meta.get_field(name).related_model
        return {record.pk: str(record) for record in target._default_manager.filter(pk__in=keys)}  # type: ignore[union-attr]

    def changes(self, before: Told, after: Told) -> tuple[Change, ...]:
        """The fields in the order of the model, each once."""
        names = [name for name in self.fields if name in before or name in after]
        told = (
            Change(self._header(name), self._text(name, before.get(name)), self._text(name, after.get(name)))
            for name in names
        )
        return tuple(change for change in told if change.before != change.after)

    def _header(self, name: str) -> str:
        columns = {column.name: column.header for column in self.ledger.all_columns}
        field = self.fields[name]
        return columns.get(field.name, str(field.verbose_name))

    def _text(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if value is None or value == "":
            return ""
        if field.is_relation:
            return self.linked[field.name].get(value, str(value))
        return Word(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


def _field(ledger: Ledger, name: str) -> Field[Any, Any]:
    """The model field of a name in an entry ("application_id" is that of "application"), else one with a mere name."""
    try:
        found = ledger.model._meta.get_field(name)
    except FieldDoesNotExist:
        return Field(verbose_name=BESIDE.get(name, name), name=name)
    assert isinstance(found, Field)
    return found
