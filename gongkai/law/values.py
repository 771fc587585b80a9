"""The value of a cell: a number, or one of three different kinds of nothing. Blank is not zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["number", "blank", "not_applicable", "not_reported"]
KINDS: tuple[Kind, ...] = ("number", "blank", "not_applicable", "not_reported")


class Value(NamedTuple):
    """What stands in a cell. `number` is a Decimal exactly when `kind` is "number", otherwise None."""

    kind: Kind
    number: Decimal | None = None

    def __str__(self) -> str:
        return plain(self.number) if self.number is not None else ""


LARGEST = Decimal(10) ** 14  # no count and no sum of money reaches this; more digits are figures that ran together
BLANK = Value("blank")  # 空格: nobody filled it in
NOT_APPLICABLE = Value("not_applicable")  # the cell has no meaning here (a stock has no cumulative figure)
NOT_REPORTED = Value("not_reported")  # this reporter may not count or publish it (★)


def number(value: int | str | Decimal) -> Value:
    """A counted value; floats are not taken, because money must stay exact."""
    return Value("number", Decimal(value))


def plain(value: Decimal) -> str:
    """The digits as printed: no exponent, no trailing zeros after the point ("579", "19.0913")."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def endless(value: Decimal | None) -> bool:
    """Whether a number has more digits than any count."""
    return value is not None and abs(value) >= LARGEST
