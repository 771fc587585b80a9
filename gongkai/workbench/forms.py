"""The form of one register record, made from the columns of its ledger: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.law.values import plain
from gongkai.organs.models import Organ
from gongkai.records.cells import Unfit, reader_of
from gongkai.records.ledgers import Ledger, LedgerColumn
from gongkai.records.workbooks import YES_NO

LONG_TEXT = 300  # a text that may be this long gets several lines
LINKS_OFFERED = 30
SEEN = "seen"


@dataclass(slots=True)
class Input:
    """One field of the form. typed: as it stands in the field; stands: what another has put there meanwhile."""

    column: LedgerColumn
    typed: str
    longest: int
    choices: tuple[tuple[str, str], ...] = ()
    offered: tuple[tuple[str, str], ...] = ()  # numbers of the latest linked records, and what they are
    fixed: bool = False
    fault: str = ""
    stands: str | None = None

    @property
    def kind(self) -> str:
        """How it is drawn: choice | text | long | number."""
        if self.choices:
            return "choice"
        if self.column.kind in ("integer", "amount"):
            return "number"
        return "long" if self.column.kind == "text" and not 0 < self.longest < LONG_TEXT else "text"


@dataclass(slots=True)
class RecordForm:
    """A record being added (`record` None) or amended; `seen` is the fingerprint of what its editor saw."""

    ledger: Ledger
    organ: Organ
    inputs: list[Input]
    record: Any = None
    seen: str = ""
    whole: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def faults(self) -> list[Input]:
        """The fields that cannot be taken as they are."""
        return [one for one in self.inputs if one.fault]

    @property
    def refused(self) -> bool:
        """Whether nothing was saved."""
        return bool(self.whole or self.faults)

    def read(self) -> bool:
        """Reads what was typed into `values`; False when some field cannot be read, which then carries its fault."""
        for one in self.inputs:
            if one.fixed:
                continue
            try:
                self.values[one.column.name] = self._value(one)
            except Unfit as unfit:
                one.fault = str(unfit)
        return not self.refused

    def _value(self, one: Input) -> Any:
        column, typed = one.column, one.typed.strip()
        if column.kind == "choice":
            typed = column.choices.get(typed, typed)  # the reader knows labels; a select sends codes
        value = reader_of(self.ledger.model, column)(typed.replace("\r\n", "\n"))
        return self._linked(column, value) if column.links_to is not None else value

    def _linked(self, column: LedgerColumn, number: str | None) -> Any:
        if not number or column.links_to is None:
            return None
        found = column.links_to._default_manager.filter(organ=self.organ, number=number).first()
        if found is None:
            label = column.links_to._meta.verbose_name
            raise Unfit(f"找不到登记号为“{number}”的{label}；请先登记该{label}，或改正登记号")
        return found

    def refuse(self, refused: Refused) -> None:
        """Puts a refusal beside the columns that it names, or over the whole form."""
        faults = {code: typeset(reason) for code, reason in refused.faults.items()}
        for one in self.inputs:
            one.fault = "" if one.fixed else faults.pop(one.column.name, "")
        self.whole = ";".join(faults.values())

    def show_other(self, stored: Any, seen: str) -> None:
        """Sets what the record holds now beside every field where something else is typed."""
        self.seen = seen
        for one in self.inputs:
            stands = typed_of(one.column, getattr(stored, one.column.name))
            if stands != one.typed.strip():
                one.stands = dict(one.choices).get(stands, stands)


def blank(ledger: Ledger, organ: Organ) -> RecordForm:
    """The form of a record to be added."""
    return RecordForm(ledger, organ, [_input(ledger, organ, column, "") for column in ledger.all_columns])


def standing(ledger: Ledger, organ: Organ, record: Any, seen: str) -> RecordForm:
    """The form of a record as it stands. Its number cannot be changed: entries and published lists name it by that."""
    inputs = [_input(ledger, organ, c, typed_of(c, getattr(record, c.name))) for c in ledger.all_columns]
    inputs[0].fixed = True
    return RecordForm(ledger, organ, inputs, record, seen)


def typed(form: RecordForm, given: Mapping[str, str]) -> RecordForm:
    """The same form with what was typed into it."""
    for one in form.inputs:
        if not one.fixed:
            one.typed = given.get(one.column.name, "")
    form.seen = given.get(SEEN, form.seen)
    return form


def typed_of(column: LedgerColumn, value: Any) -> str:
    """A value as one would type it: a choice by its code, a linked record by its number."""
    if value is None or value == "":
        return ""
    if column.kind == "flag":
        return YES_NO[bool(value)]
    if column.kind == "link":
        return str(value.number)
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def _input(ledger: Ledger, organ: Organ, column: LedgerColumn, value: str) -> Input:
    model_field = ledger.model._meta.get_field(column.name)
    longest = column.max_length or getattr(model_field, "max_length", None) or 0
    choices = tuple(column.choices.items()) if column.kind == "choice" else ()
    if column.kind == "flag":
        choices = tuple((label, label) for label in YES_NO.values())
    return Input(column, value, longest, choices, _offered(organ, column))


def _offered(organ: Organ, column: LedgerColumn) -> tuple[tuple[str, str], ...]:
    """The latest records that may be linked, for choosing while typing; any other number can be typed as well."""
    if column.links_to is None:
        return ()
    latest = column.links_to._default_manager.filter(organ=organ).order_by("-pk")[:LINKS_OFFERED]
    return tuple((record.number, str(record)) for record in latest)  # type: ignore[attr-defined]  # a register record
