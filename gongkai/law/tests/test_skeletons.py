"""Sentences recognised by their skeleton and said in another language."""

from __future__ import annotations

import pytest

from gongkai.law.skeletons import LONGEST, MOST_PARTS, Skeleton, Skeletons

WORDS = {"收到日期": "Received on", "甲": "First", "空格": "blank"}
PAIRS = {
    "已填“{0}”,未填“{1}”;请补填": "“{0}” is filled but “{1}” is not; fill it in",
    "机关 {0} 没有已发布的 {1} 年度报告": "No report for {1} was published by {0}",
    "机关 {0} 没有": "{0} has none",
    "{where}:{left}大于{right}": "{where}: {left} is more than {right}",
    "。若只错一格,可能是:{0}": ". If only one is wrong: {0}",
    "{0} {1}→{2}": "{0} {1} → {2}",
    "“{0}”写的{1}": "“{0}”: {1}",
    "“{0}”不是日期": "“{0}” is not a date",
    "(空格按0计:{0},共{1}格)": " (blank counts as 0: {0}; {1} cells)",
}
KNOWN = Skeletons(PAIRS, lambda text: WORDS.get(text, ""))


def said(chinese: str) -> str:
    """The translation, with what is kept in angle brackets; "" where the sentence is not known."""
    pieces = KNOWN.translated(chinese)
    return "".join(f"<{one.text}>" if one.kept else one.text for one in pieces or ())


def test_holes_go_where_the_translation_wants_them_and_names_are_kept() -> None:
    assert said("机关 某局 没有已发布的 2023 年度报告") == "No report for 2023 was published by <某局>"


def test_punctuation_set_for_reading_makes_no_other_sentence() -> None:
    assert (
        said("已填“收到日期”，未填“办结日期”；请补填") == "“Received on” is filled but “<办结日期>” is not; fill it in"
    )


def test_what_is_quoted_is_no_sentence() -> None:
    assert (
        said("已填“1大于2”,未填“机关 甲 没有”;请补填") == "“<1大于2>” is filled but “<机关 甲 没有>” is not; fill it in"
    )


def test_a_quotation_ends_where_its_hole_ends() -> None:
    assert said("“收到日期”写的“明天”不是日期") == "“Received on”: “<明天>” is not a date"


def test_a_list_of_short_sentences_is_a_list_and_names_may_hold_blanks() -> None:
    assert said("一 甲 1→0、甲 2→3") == "<一 甲> 1 → 0, First 2 → 3"
    assert said("甲、“乙、甲”") == "First, <“乙、甲”>"


def test_sentences_strung_together_are_translated_one_by_one() -> None:
    told = said("甲:3大于2。若只错一格,可能是:甲、乙(空格按0计:丙,共1格)")
    assert told == "First: 3 is more than 2. If only one is wrong: First, <乙> (blank counts as 0: <丙>; 1 cells)"


def test_a_sentence_behind_a_name_and_a_colon_is_found() -> None:
    assert said("年报.docx:机关 甲 没有") == "<年报.docx>: First has none"


def test_what_is_not_known_is_left_alone() -> None:
    assert said("今天天气很好") == ""
    assert said("甲大于乙") == ""  # the hole before the colon is missing
    assert said("机关 " + "甲" * LONGEST + " 没有") == ""


@pytest.mark.parametrize("mark", ["、", ":", "。", "(", ")", "“", "大于", ":1大于", "机关 "])
def test_marks_typed_by_the_thousand_are_given_up(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    matching = KNOWN.matching

    def counted(text: str) -> list[Skeleton]:
        looked.append(text)
        return matching(text)

    monkeypatch.setattr(KNOWN, "matching", counted)
    KNOWN.translated("机关 " + mark * (LONGEST // len(mark) - 10) + " 没有")
    assert 1 <= len(looked) <= MOST_PARTS
