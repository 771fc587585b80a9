"""The arithmetic of identifiers, held against each other and against random digits."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening import numbers
from gongkai.screening.folding import fold
from gongkai.screening.tests.pages import rules
from gongkai.screening.text import screen_text

DIGITS = st.text("0123456789", min_size=15, max_size=15)


@given(st.sampled_from(["110101", "620102", "710000", "820000"]), st.dates(), st.integers(0, 999))
def test_a_resident_number_stands_with_one_check_digit_and_falls_with_every_other(area, born, serial) -> None:  # type: ignore[no-untyped-def]
    first = f"{area}{born:%Y%m%d}".zfill(14) + f"{serial:03}"
    right = numbers.resident_check_digit(first)
    valid = [digit for digit in "0123456789X" if numbers.is_resident_number(first + digit)]
    assert valid == ([right] if born.year >= 1850 else [])


@given(DIGITS)
def test_a_card_number_has_exactly_one_check_digit(first: str) -> None:
    assert sum(numbers.luhn(first + digit) for digit in "0123456789") == 1


@given(DIGITS, st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_breaks_a_card_number(first: str, place: int, shift: int) -> None:
    number = next(first + digit for digit in "0123456789" if numbers.luhn(first + digit))
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not numbers.luhn(wrong)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_a_credit_code_has_exactly_one_check_character(first: str) -> None:
    right = numbers.credit_check_character(first)
    assert numbers.is_credit_code(first + right)
    assert sum(numbers.is_credit_code(first + one) for one in "0123456789ABCDEFGHJKLMNPQRTUWXY") == 1


@given(st.text(max_size=300))
def test_folding_keeps_places(text: str) -> None:
    folded = fold(text)
    for place, character in enumerate(folded.text):
        start, end = folded.original((place, place + 1))
        assert end == start + 1
        assert fold(text[start:end]).text == character


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["", "\u200b", "\u00ad\u2060"]))
def test_a_number_is_found_wherever_it_stands_and_however_it_is_typed(before: str, after: str, unseen: str) -> None:
    number = unseen.join("110101199003070978")
    text = f"{before}\n{number}\n{after}"
    found = [finding for finding in screen_text(text, rules()) if finding.rule == "resident_number"]
    assert number in [finding.text for finding in found]
    assert all(finding.text == text[slice(*finding.span or (0, 0))] for finding in found)


@given(
    st.lists(
        st.sampled_from(
            [
                "姓名",
                "姓 名",
                "\t",
                "张三",
                "机密",
                "★",
                "10年",
                "\n",
                "13812345678",
                "@",
                "闽A",
                "，",
                " ",
                "栋501室",
                "患有",
                "｜",
                "|",
            ]
        )
    )
)
def test_any_mixture_of_what_rules_look_for_ends_in_findings_with_their_own_text(parts: list[str]) -> None:
    text = "".join(parts)
    for finding in screen_text(text, rules()):
        assert finding.span is not None
        assert finding.text == text[slice(*finding.span)]
        assert finding.text


@pytest.mark.parametrize(
    "part", ["1", "1 ", "a@", "★", "男,", "栋", "患有", "机密 ", "姓名\t", "姓名,电话\n", "住址:", "闽A", "1\u200b"]
)
def test_a_text_made_to_be_slow_is_read_in_linear_time(part: str) -> None:
    """100,000 characters that stop the gate everywhere: well under a second of processor time when all is well."""
    text = part * (100_000 // len(part))
    began = time.process_time()
    screen_text(text, rules())
    assert time.process_time() - began < 5
