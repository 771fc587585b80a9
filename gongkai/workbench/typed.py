"""What was typed into a field of a report's form, as a number, a day or a count; refused in words when it is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.law.refusal import Refused
from gongkai.law.values import BLANK, Value, number

LARGEST = Decimal(10) ** 14  # what the column of figures can hold
YEARS = range(2008, 2100)


def value(given: str) -> Value:
    """What was typed as a value; nothing typed is a blank. Refused when it is no number or larger than any figure."""
    given = given.strip()
    if not given:
        return BLANK
    try:
        typed = Decimal(given)
    except InvalidOperation:
        raise _no_number(given) from None
    if not typed.is_finite() or abs(typed) >= LARGEST:
        raise _no_number(given)
    return number(typed)


def _no_number(given: str) -> Refused:
    return Refused("not_a_number", f"“{given}”不是可填的数字；请只填数字，没有数就留空")


def day(given: str, what: str) -> date:
    """A day as YYYY-MM-DD, as the browser's field gives it. what: the name of the field."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise Refused("not_a_day", f"“{what}”写的是“{given}”，不是日期；请按 2024-01-31 的样子写") from None


def year(given: str) -> int:
    """A report year."""
    if not given.strip().isdecimal() or int(given) not in YEARS:
        raise Refused("bad_year", f"“{given}”不是年度；请写四位数字，例如 2024")
    return int(given)


def count(given: str | None) -> int | None:
    """A whole number from a hidden field or address, None where there is none."""
    return int(given) if given and given.isdecimal() and len(given) < 10 else None
