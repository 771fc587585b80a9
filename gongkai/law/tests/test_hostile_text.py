"""Texts that no report has end in findings all the same, and soon."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import identities, report_forms

FORM = report_forms.load("national_2021")
PIECES = (
    "其中1件", "占5%", "收到申请", "由某", "《a》", "“一”", "一、", "。", ";", "(", "(3件", ")", "同比增长5%", "2020年",
    "12月31日", "〔2020〕3号",
    "0" * 40, "九" * 30, "百分之", "包括:", "政府", "局", "行政复议", "没有", "A类1条,", "件",
)  # fmt: skip


def checked(text: str) -> float:
    """Seconds of work that the checks take."""
    start = time.process_time()
    identities.check(
        FORM, {}, sections={"一": text}, year=2022, organ="青川市水务局", document=text, headings=[text[:50]] * 500,
        previous=(FORM, {}), previous_sections={"一": text},
    )  # fmt: skip
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_the_same_piece_over_and_over_is_soon_checked(piece: str) -> None:
    assert checked(piece * (200_000 // len(piece))) < 5


def test_many_pieces_are_soon_checked() -> None:
    assert checked("".join(random.Random(5).choices(PIECES, k=60_000))) < 5


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40))
def test_any_text_ends_in_findings(pieces: list[str]) -> None:
    text = "".join(pieces)
    findings = identities.check(FORM, {}, sections={"一": text}, year=2022, organ="青川市水务局", document=text)
    assert all(0 <= start <= end <= len(text) for one in findings for start, end in one.spans)
