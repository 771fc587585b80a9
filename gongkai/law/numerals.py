"""Chinese numerals read as numbers: 五百一十一, 一万二千, 三点五, 二〇一二, 1.2万."""

from __future__ import annotations

from decimal import Decimal

from gongkai.law.refusal import Refused

_WRITTEN = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {char: digit for digit, chars in enumerate(_WRITTEN) for char in chars}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
CHARS = "".join((*DIGITS, *TENS, *MYRIADS))


def parse(text: str) -> Decimal:
    """The number that a Chinese or mixed numeral means; full-width digits and "点" included.

    Read: 五百一十一 → 511, 十 → 10, 二〇一二 → 2012, 一万零五 → 10005, 两千三 → 2300, 三点一四 → 3.14, 1.2万 → 12000.
    Refused ("not_a_numeral") for anything else.
    """
    plain_text = text.strip().translate(_NARROW)
    try:
        return _parse(plain_text)
    except (ValueError, ArithmeticError):
        raise Refused("not_a_numeral", f"“{text}”不是能读懂的数字") from None


_NARROW = {0xFF01 + place: 0x21 + place for place in range(94)}


def _parse(text: str) -> Decimal:
    if not text:
        raise ValueError(text)
    for unit, worth in sorted(MYRIADS.items(), key=lambda item: -item[1]):
        head, found, tail = text.rpartition(unit)
        if found:
            return _myriads(head, worth, tail)
    if text[0].isascii():
        return _arabic(text)
    whole, point, fraction = text.partition("点")
    if point:
        return Decimal(f"{_section(whole)}.{''.join(str(DIGITS[char]) for char in _digits(fraction))}")
    return Decimal(_section(whole))


def _myriads(head: str, worth: int, tail: str) -> Decimal:
    if not tail:
        return _parse(head) * worth
    if DIGITS.get(tail):  # 两万三 = 23000
        return _parse(head) * worth + DIGITS[tail] * worth // 10
    return _parse(head) * worth + _parse(tail)


def _arabic(text: str) -> Decimal:
    for unit, worth in TENS.items():
        if text.endswith(unit):
            return _arabic(text[:-1]) * worth
    if not all(char.isdigit() or char in ".," for char in text):
        raise ValueError(text)
    return Decimal(text.replace(",", ""))


def _digits(text: str) -> str:
    if not text or any(char not in DIGITS for char in text):
        raise ValueError(text)
    return text


def _section(text: str) -> int:
    """A numeral below 10 000: with 十百千, or digit by digit (二〇一二)."""
    if not any(char in TENS for char in text):
        return int("".join(str(DIGITS[char]) for char in _digits(text)))
    total, digit, last = 0, None, 10_000
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in TENS and TENS[char] < last:
            last = TENS[char]
            total += (1 if digit is None else digit) * last
            digit = None
        else:
            raise ValueError(text)
    if digit is None:
        return total
    bare = text[-2] not in DIGITS and last > 10  # 两千三 = 2300; 两千零三 = 2003; 二十三 = 23
    return total + digit * (last // 10 if bare else 1)
