"""A masked contact tells two apart and gives none away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.comments.masking import masked


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("13812345678", "13*******78"),
        ("zhang@example.cn", "z****@example.cn"),
        ("a@example.cn", "a*@example.cn"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_contact_is_masked(contact: str, shown: str) -> None:
    assert masked(contact) == shown


@given(st.text(st.characters(exclude_characters="@* \t\n\r", categories=["L", "N"]), min_size=1, max_size=40))
def test_of_a_contact_less_than_it_hides_is_shown(contact: str) -> None:
    shown = masked(contact)
    assert len(shown) == len(contact)
    assert sum(character != "*" for character in shown) <= 4
    assert "*" in shown
