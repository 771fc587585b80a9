"""What was typed into the fields of a form, as a number, a day or a text; refused in words beside the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.law.values import BLANK, Value, number
from gongkai.records.cells import Unfit, read_day

LARGEST = Decimal(10) ** 14  # what the column of figures can hold
TOLD = 40  # characters of what was typed that a sentence repeats
YEARS = range(2008, 2100)
Read = TypeVar("Read")


class Fields:
    """The fields of one form: each is read in turn, and what is missing or unreadable is kept in `faults`."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given, self.faults = given, dict[str, str]()

    def take(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What is read; `otherwise` in place of what cannot be, which is refused with the rest in the end."""
        try:
            return read()
        except Refused as refused:
            self.faults |= refused.faults
            return otherwise

    def said(self, name: str, label: str) -> str:
        """A text that must not be empty."""
        return self.take(lambda: said(self.given.get(name, ""), label, name), "")

    def day(self, name: str, label: str) -> date:
        """A day."""
        return self.take(lambda: day(self.given.get(name, ""), label, name), date.min)


@contextmanager
def together(given: Mapping[str, str]) -> Iterator[Fields]:
    """The fields of a form; whatever is wrong with them is refused together when all have been read."""
    fields = Fields(given)
    yield fields
    if fields.faults:
        raise SeveralRefused(fields.faults)


def said(given: str, label: str, field: str) -> str:
    """A text. Refused when nothing was typed. label: the name of the field as people read it."""
    if not given.strip():
        raise Refused(field, f"请填写“{label}”")
    return given


def value(given: str, field: str) -> Value:
    """What was typed as a value; nothing typed is a blank. Refused when it is no number or larger than any figure."""
    given = given.strip()
    if not given:
        return BLANK
    no_number = f"“{given[:TOLD]}”不是可填的数字；请只填数字，没有数就留空"
    try:
        typed = Decimal(given)
    except InvalidOperation:
        raise Refused(field, no_number) from None
    if not typed.is_finite() or abs(typed) >= LARGEST:
        raise Refused(field, no_number)
    return number(typed)


def day(given: str, label: str, field: str) -> date:
    """A day, as 2024-01-31 or in another way in which registers take it. label: what people call the field."""
    given = said(given, label, field).strip()
    try:
        return read_day(given)
    except Unfit as unfit:
        raise Refused(field, f"“{label}”写的{unfit}") from None


def year(given: str, field: str) -> int:
    """A report year."""
    if not given.strip().isdecimal() or len(given) > 10 or int(given) not in YEARS:
        raise Refused(field, f"“{given[:TOLD]}”不是年度；请写四位数字，例如 2024")
    return int(given)


def count(given: str | None) -> int | None:
    """A whole number from a hidden field or address, None where there is none."""
    return int(given) if given and given.isdecimal() and len(given) < 10 else None
