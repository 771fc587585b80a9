"""Copied passages: found whatever surrounds them, required phrases left out, shares of new text right."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.likeness import SHINGLE, SHORTEST, WINDOW, Corpus, compare, prepared

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
COPIED = (
    "各科室每周五下班前把拟发布的稿件交综合科登记,由分管副局长签字后于次周一上午统一上网,逾期不报的在月度例会上点名"
)


def own(seed: int, length: int) -> str:
    chance = random.Random(seed)
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(length))


@settings(max_examples=150, deadline=None)
@given(
    passage=st.text(HAN, min_size=WINDOW + SHINGLE, max_size=80), seed=st.integers(0, 10**6),
    before=st.integers(0, 90), after=st.integers(0, 90),
)  # fmt: skip
def test_any_long_passage_in_common_is_found(passage: str, seed: int, before: int, after: int) -> None:
    one = prepared("甲", own(seed, before) + passage + own(seed + 1, after))
    other = prepared("乙", own(seed + 2, after) + passage + own(seed + 3, before))
    shared = {mark for mark, _ in one.marks} & {mark for mark, _ in other.marks}
    if "\0" not in prepared("", passage).bare:
        assert shared


def test_the_passage_is_given_in_both_texts() -> None:
    first, second = f"开头的话。{COPIED}。结尾。", f"另一个开头,长一些。{COPIED}!"
    likeness = compare(prepared("甲", first), prepared("乙", second))
    (alignment,) = likeness.alignments
    assert first[slice(*alignment.one)] == second[slice(*alignment.other)] == COPIED
    assert alignment.length > SHORTEST


def test_changed_figures_do_not_hide_a_copy() -> None:
    first = f"{own(1, 40)}全年召开调度会12次、现场会3次,{COPIED}"
    second = f"{own(2, 40)}全年召开调度会7次、现场会10次,{COPIED}"
    (alignment,) = compare(prepared("甲", first), prepared("乙", second)).alignments
    assert first[slice(*alignment.one)].startswith("全年召开调度会12次")


def test_a_few_changed_words_leave_one_passage() -> None:
    changed = COPIED.replace("分管副局长", "分管领导")
    likeness = compare(prepared("甲", COPIED), prepared("乙", changed))
    assert len(likeness.alignments) == 1


def test_the_share_of_new_text_is_what_the_other_does_not_have() -> None:
    bare = len(prepared("", COPIED).bare)
    likeness = compare(prepared("甲", COPIED + own(5, bare)), prepared("乙", own(6, 200) + COPIED))
    assert likeness.new == pytest.approx(0.5, abs=0.03)
    assert compare(prepared("甲", COPIED), prepared("乙", COPIED)).new == 0
    assert compare(prepared("甲", own(7, 90)), prepared("乙", own(8, 90))).new == 1


def test_phrases_that_everybody_must_write_are_no_copy() -> None:
    text = "根据《中华人民共和国政府信息公开条例》,本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和"
    assert compare(prepared("甲", text), prepared("乙", text)).alignments == ()


def test_pairs_of_a_corpus_are_those_with_a_passage_in_common() -> None:
    corpus = Corpus()
    for number in range(30):
        corpus.add(f"第{number}号", own(number, 400) + (COPIED if number in (4, 17) else ""))
    (likeness,) = corpus.copied(40)
    assert {likeness.one, likeness.other} == {"第4号", "第17号"}
    assert corpus.new("第4号") < corpus.new("第5号") == 1


def test_what_everybody_has_pairs_nobody() -> None:
    corpus = Corpus()
    for number in range(60):
        corpus.add(str(number), own(number, 100) + COPIED)
    assert corpus.pairs() == []


def test_a_name_is_taken_once() -> None:
    corpus = Corpus()
    corpus.add("甲", COPIED)
    with pytest.raises(KeyError):
        corpus.add("甲", COPIED)
