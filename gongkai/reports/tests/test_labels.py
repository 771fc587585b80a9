"""Labels and cell texts as they are met in print: what two printings have in common, and what a text is worth."""

from __future__ import annotations

import pytest

from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, number
from gongkai.reports.labels import key, value_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("其中:⑴专职人员数", "专职人员数"),
        ("15新闻发布会发布信息数", "15.新闻发布会发布信息数"),
        ("\uff08一\uff09予以公开", "(一)予 以公开"),
        ("Ⅱ纠错数", "纠错数"),
        ("3.危及“三安全一稳定”", "3. 危及三安全一稳定"),
        ("4.公开信息总数★", "公开信息总数"),
    ],
)
def test_two_printings_of_a_label_have_one_key(left: str, right: str) -> None:
    assert key(left) == key(right)


def test_different_rows_keep_different_keys() -> None:
    form = load("national_2021")
    keys = [key(row.label) for row in form.table("t3").rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,234", 1234), (" 579 条", 579), ("\uff11\uff12", 12), ("《简报》200份、《动态》50份", 250), ("", None)],
)
def test_cell_texts_are_read_as_people_write_them(text: str, expected: int | None) -> None:
    form = load("jilin_city_2012")
    cell = form.cell("annex.other_bulletins.year")
    assert value_of(form, cell, text) == (BLANK if expected is None else number(expected))


def test_words_are_not_taken_for_a_figure() -> None:
    form = load("jilin_city_2012")
    assert value_of(form, form.cell("annex.disclosed_total.year"), "见附件3") is None
