"""The arithmetic of identifiers: check digits, dates inside numbers, lengths and prefixes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from operator import mul

PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_ID_CHECKS = "10X98765432"
_DOUBLED = {str(digit): 2 * digit - 9 * (digit > 4) for digit in range(10)}
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# Issuers' prefixes and the lengths they use. 18 digits are left out: too many contract numbers have them.
_CARDS = (("62", (16, 17, 19)), ("4", (16,)), (("51", "52", "53", "54", "55"), (16,)), ("9", (16, 19)))


def compact(number: str) -> str:
    """Without the spaces and hyphens that people put between groups; letters in capitals."""
    return (number if number.isalnum() else re.sub(r"[\s\-·•]", "", number)).upper()


def is_resident_number(text: str) -> bool:
    """18 places: a province, a day that exists, and the check digit of GB 11643. The district is not looked up.

    A district code is that of the first issue and may have been abolished since; a table of today's would lose people.
    """
    number = compact(text)
    return looks_like_resident_number(number) and resident_check_digit(number[:17]) == number[17]


def looks_like_resident_number(text: str) -> bool:
    """As `is_resident_number`, whatever the check digit."""
    number = compact(text)
    return len(number) == 18 and number[:17].isdigit() and int(number[:2]) in PROVINCES and _is_day(number[6:14])


def is_old_resident_number(text: str) -> bool:
    """15 places, as issued until 1999: a province and a day of the twentieth century."""
    number = compact(text)
    return len(number) == 15 and number.isdigit() and int(number[:2]) in PROVINCES and _is_day("19" + number[6:12])


def resident_check_digit(first_17: str) -> str:
    """The 18th place for 17 digits."""
    return _ID_CHECKS[sum(map(mul, map(int, first_17), _ID_WEIGHTS)) % 11]


def is_bank_card(text: str) -> bool:
    """16, 17 or 19 digits with an issuer's prefix and the check digit of ISO/IEC 7812 (Luhn)."""
    number = compact(text)
    known = any(number.startswith(prefix) and len(number) in lengths for prefix, lengths in _CARDS)
    return known and number.isdigit() and len(set(number)) > 2 and luhn(number)


def luhn(number: str) -> bool:
    """Whether the digits end with their check digit (ISO/IEC 7812-1 annex B)."""
    return (sum(map(int, number[::-2])) + sum(map(_DOUBLED.__getitem__, number[-2::-2]))) % 10 == 0


def is_credit_code(text: str) -> bool:
    """A unified social credit code of 18 places whose last is the check character of GB 32100."""
    code = compact(text)
    return len(code) == 18 and not set(code) - set(_CREDIT_ALPHABET) and credit_check_character(code[:17]) == code[17]


def is_broken_credit_code(text: str) -> bool:
    """Built like a unified social credit code, but the check character is wrong: a slip of the pen."""
    code = compact(text)
    return not is_credit_code(code) and not is_resident_number(code)


def credit_check_character(first_17: str) -> str:
    """The 18th place for 17 places of a unified social credit code; they must be of its alphabet."""
    values = zip(map(_CREDIT_ALPHABET.index, first_17), _CREDIT_WEIGHTS, strict=True)
    return _CREDIT_ALPHABET[-sum(value * weight for value, weight in values) % 31]


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1850
    except ValueError:
        return False


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "resident_number": is_resident_number,
    "resident_number_wrong": lambda text: looks_like_resident_number(text) and not is_resident_number(text),
    "old_resident_number": is_old_resident_number,
    "bank_card": is_bank_card,
    "credit_code": is_credit_code,
    "credit_code_wrong": is_broken_credit_code,
}
