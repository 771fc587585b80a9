"""What a reader looks for stays within what a database can look for."""

import pytest

from gongkai.records.words import LONGEST, MOST, words_of


@pytest.mark.parametrize(("text", "words"), [("", []), ("  信息 公开　年报\n", ["信息", "公开", "年报"])])
def test_words_are_parted_by_blanks(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_neither_many_words_nor_long_ones_get_through() -> None:
    assert words_of("词 " * 5000) == ["词"] * MOST
    assert words_of("长" * 20_000) == ["长" * LONGEST]
