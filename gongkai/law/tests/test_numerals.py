"""Chinese numerals read as numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.numerals import parse
from gongkai.law.refusal import Refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五百一十一", "511"),
        ("十", "10"),
        ("十五", "15"),
        ("一百零五", "105"),
        ("一百二", "120"),
        ("两千三", "2300"),
        ("两千零三", "2003"),
        ("一万零五", "10005"),
        ("两万三", "23000"),
        ("一亿二千万", "120000000"),
        ("二〇一二", "2012"),
        ("三点一四", "3.14"),
        ("伍佰柒拾玖", "579"),
        ("1.2万", "12000"),
        ("3千", "3000"),
        ("1,760", "1760"),
        ("\uff15\uff17\uff19", "579"),
    ],
)
def test_a_numeral_is_read(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "条", "十百", "点五", "五点", "abc", "1.2.3"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="读懂"):
        parse(text)


def written(value: int) -> str:
    """The usual Chinese numeral of a number below 100 million, as a second way to the same result."""
    if value >= 10_000:
        head, tail = divmod(value, 10_000)
        gap = "零" if tail and tail < 1000 else ""
        return written(head) + "万" + gap + (written(tail) if tail else "")
    text, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + unit
            zero = False
        else:
            zero = True
    return text or "零"


@given(st.integers(0, 99_999_999))
def test_every_written_numeral_is_read_back(value: int) -> None:
    assert parse(written(value)) == value
