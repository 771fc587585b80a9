"""Own words in English, what was typed as typed; nothing changes on a Chinese page."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from gongkai.records.measures import Measure, Scope
from gongkai.records.spoken import Word, form_title, said, sentence, told, why_refused, word
from gongkai.reports.counting import MEASURES, Query, basis_of
from gongkai.reports.models import OpeningBalance
from gongkai.workbench.bases import basis

CHINESE = re.compile(r"[\u4e00-\u9fff]")
YEAR = Scope((1,), date(2012, 1, 1), date(2012, 12, 31))


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda one: one.name)
def test_what_a_figure_counts_is_told_in_english(measure: Measure) -> None:
    with override("en"):
        assert not CHINESE.search(basis(basis_of(Query(measure, YEAR), None)))


def test_where_an_opening_balance_came_from_stays_as_typed() -> None:
    opening = OpeningBalance(as_of=date(2011, 12, 31), value=Decimal(4), source="2011年报告(已公布)")
    with override("en"):
        shown = basis(basis_of(Query(MEASURES["organs.trainings"], YEAR), opening))
    assert shown.startswith("Opening balance as of 2011-12-31: 4 (<span lang=")
    assert not CHINESE.search(shown.replace('<span lang="zh-CN">2011年报告(已公布)</span>', ""))


def test_a_chinese_page_says_what_is_stored() -> None:
    assert (word("待编目"), said("待编目"), told(Word("是")), told("a<b")) == ("待编目", "待编目", "是", "a&lt;b")
    assert sentence("收到申请之日,起算(I)") == "收到申请之日，起算（I）"


def test_an_english_page_translates_own_words_and_marks_the_rest() -> None:
    with override("en"):
        assert (word("待编目"), said("待编目"), told(Word("是"))) == (
            "Awaiting cataloguing",
            "Awaiting cataloguing",
            "Yes",
        )
        assert told("是") == word("没有这个词<").replace("没有这个词&lt;", "是") == '<span lang="zh-CN">是</span>'
        assert (told("G2026-00001"), word(""), said("没有这个词")) == ("G2026-00001", "", "没有这个词")


def test_a_name_put_together_is_translated_whole_or_not_at_all() -> None:
    with override("en"):
        assert said("一、本年新收政府信息公开申请数量 › 自然人").endswith(" › Natural persons")
        assert said("一、本年新收政府信息公开申请数量 › 没有这一栏").endswith("没有这一栏")
        assert said("公开信息总数★") == "Items disclosed in the area (county/zone)" != said("公开信息总数")
        assert said("当面申请") == "In person"
        assert said("当面申请", "crosswalk") == "Applications in person"
        assert "Fujian" in form_title("local-fujian-2011")


def test_a_refusal_is_told_in_english_before_its_chinese_words() -> None:
    assert why_refused("changed_meanwhile") == ""
    with override("en"):
        assert why_refused("changed_meanwhile").startswith("Somebody else changed this")
        assert why_refused("a_code_of_tomorrow").startswith("This was not done.")
