"""Folding is steady, and knows the way back to the text as written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.search.folding import Folded, fold, parts
from gongkai.search.passages import marked, passages

LETTERS = "养犬管理𠮷𪚥1２aＡß éé〔[(）】〕】第12号，。…\n\t　ab\u200b\ue000⼀一Ⅳ①㎡"
TEXT = st.text(st.sampled_from(LETTERS), max_size=200)


@given(text=TEXT | st.text(max_size=30))
@settings(max_examples=500, deadline=None)
def test_what_is_folded_stays_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=TEXT)
@settings(max_examples=300, deadline=None)
def test_a_text_folded_in_pieces_is_the_text_folded(text: str) -> None:
    assert Folded(text).text == fold(text)


@given(text=TEXT, data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_span_found_is_the_span_that_was_written(text: str, data: st.DataObject) -> None:
    """As written it folds to what was found, or to a little more where one sign stands for several (①, …)."""
    folded = Folded(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.written(start, end)
    assert folded.text[start:end].strip() in fold(text[first:last])
    assert len(fold(text[first:last])) <= end - start + 6


@given(text=TEXT)
def test_marking_loses_no_character(text: str) -> None:
    shown = "".join(segment.text for segment in marked(text, parts("养犬 12")))
    assert "".join(shown.split()) == "".join(text.split())


def test_marks_stand_on_the_words_as_written() -> None:
    shown = marked("关于养 犬的通知（吉市政发【２０１５】 第12号）", parts("养犬 吉市政发〔2015〕12号"))
    assert [segment.text for segment in shown if segment.marked] == ["养 犬", "吉市政发【２０１５】 第12号"]


def test_a_passage_shows_each_part_once_and_where_the_text_goes_on() -> None:
    body = "前言" * 200 + "养犬须登记" + "中间" * 200 + "违者罚款" + "结尾" * 200
    first, second = passages((body, ""), parts("养犬 罚款"))
    assert [segment.text for segment in first if segment.marked] == ["养犬"]
    assert [segment.text for segment in second if segment.marked] == ["罚款"]
    assert first[0].text == first[-1].text == "…"


def test_words_that_stand_only_in_an_attachment_are_shown_from_there() -> None:
    shown = passages(("正文", "表" * 50_000 + "补偿标准" + "表" * 100), parts("补偿"))
    assert [segment.text for segment in shown[0] if segment.marked] == ["补偿"]


def test_without_words_a_text_shows_how_it_begins() -> None:
    assert "".join(segment.text for segment in passages(("", "附件\n文字"), ())[0]) == "附件 文字"
