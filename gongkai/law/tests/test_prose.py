"""Numbers found in Chinese prose, and the plain text that patterns run over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.prose import numbers, plain_text, within


def found(text: str) -> list[tuple[str, str]]:
    return [(str(number.value), number.unit) for number in numbers(text)]


def test_arabic_full_width_and_chinese_numbers_are_found_with_their_units() -> None:
    assert found("公开579条,其中\uff15\uff11\uff11条上网,两次培训,十五人次") == [
        ("579", "条"), ("511", "条"), ("2", "次"), ("15", "人次"),
    ]  # fmt: skip


def test_thousands_and_myriads_are_read() -> None:
    assert found("1,760条,1.2万件,3万余次,二十万元") == [
        ("1760", "条"), ("12000.0", "件"), ("30000", "次"), ("200000", "元"),
    ]  # fmt: skip


def test_a_full_width_comma_separates_numbers() -> None:
    assert [str(number.value) for number in numbers("579\uff0c511条")] == ["579", "511"]


def test_percentages_are_read_in_digits_and_in_words() -> None:
    shares = numbers("占89.3%,即百分之八十九点三,\uff11\uff05")
    assert [(str(share.value), share.percent) for share in shares] == [("89.3", True), ("89.3", True), ("1", True)]


def test_an_ordinal_is_no_number() -> None:
    assert found("依据第三条第二项的规定") == []


def test_more_or_less_is_marked() -> None:
    about, exact = numbers("五百余条,500条")
    assert (about.about, exact.about) == (True, False)


@pytest.mark.parametrize(
    ("claimed", "actual", "fits"), [("500", "579", True), ("500", "600", False), ("500", "500", False)]
)
def test_a_lower_bound_fits_up_to_the_next_step(claimed: str, actual: str, fits: bool) -> None:
    assert within(Decimal(claimed), Decimal(actual), about=True) is fits


def test_an_exact_number_must_be_equal() -> None:
    assert within(Decimal(6), Decimal(6), about=False)
    assert not within(Decimal(579), Decimal(6), about=False)


def test_plain_text_writes_every_number_alike() -> None:
    assert plain_text("共公开 五百一十一 条,占百分之八十九点三").text == "共公开511条,占89.3%"


def test_a_place_in_plain_text_leads_back_to_the_original() -> None:
    text = "在专栏公开 1,760 条信息"
    plain = plain_text(text)
    start = plain.text.index("1760")
    assert text[slice(*plain.span(start, start + 5))].startswith("1,760")


@given(st.text(alphabet="一二三十百千万亿零第条件%\uff05,。0123456789. \u3000余约年"))
def test_plain_text_is_defined_and_ordered_for_any_text(text: str) -> None:
    plain = plain_text(text)
    assert len(plain.offsets) == len(plain.text) + 1
    assert list(plain.offsets) == sorted(plain.offsets)
    assert plain.offsets[-1] == len(text)
