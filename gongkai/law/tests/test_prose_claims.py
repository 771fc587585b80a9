"""Every figure of a text as data: what it is worth, what kind it is, and what it is tied to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import prose, report_forms
from gongkai.law.prose_items import passage
from gongkai.law.prose_lists import lists
from gongkai.law.values import number

FORM = report_forms.load("national_2021")


def stated(text: str) -> list[tuple[str, str, str]]:
    return [(str(one.value), one.unit, one.kind) for one in prose.claims(FORM, {"一": text})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公开1,760条", [("1760", "条", "count")]),
        ("\uff15\uff11\uff11条", [("511", "条", "count")]),
        ("五百一十一条", [("511", "条", "count")]),
        ("近18万余条", [("180000", "条", "count")]),
        ("收费3.5万元", [("35000.0", "元", "money")]),
        ("访问11460人次", [("11460", "人次", "people")]),
        ("占62.5%", [("62.5", "%", "share")]),
        ("同比增长8.1%", [("8.1", "%", "growth")]),
        ("二〇一三年", [("2013", "年", "date")]),
        ("二○一三年", [("2013", "年", "date")]),
        ("二0一0年", [("2010", "年", "date")]),
        ("20个工作日", [("20", "个工作日", "duration")]),
        ("某函〔2021〕30号", [("2021", "", "document"), ("30", "", "document")]),
        ("第20条", [("20", "条", "ordinal")]),
    ],
)
def test_a_figure_is_typed(text: str, found: list[tuple[str, str, str]]) -> None:
    assert stated(text) == found


def test_about_near_and_ranges_are_marked() -> None:
    about, near, low, high = prose.claims(FORM, {"一": "500余条,约30件,3-5次"})
    assert about.about
    assert near.near
    assert [low.value, high.value] == [Decimal(3), Decimal(5)]
    assert high.upto


def test_a_figure_is_bound_to_its_cell_or_left_free() -> None:
    text = {"一": "全年收到政府信息公开申请16件。编发简报9期。"}
    bound, free = prose.claims(FORM, text, {"t3.new_received.total": number(16)})
    assert (bound.bound, bound.rules) == (("t3.new_received.total",), ("N21-N-37",))
    assert free.free
    assert text["一"][slice(*bound.span)] == "16"


def test_a_figure_is_bound_to_the_sum_that_it_equals() -> None:
    figures = {"t3.new_received.total": number(16), "t3.carried_over.total": number(2)}
    (claim,) = prose.claims(FORM, {"一": "全年收到政府信息公开申请18件。"}, figures)
    assert claim.bound == ("t3.new_received.total", "t3.carried_over.total")


def test_parts_are_tied_to_their_whole_and_growth_to_its_base() -> None:
    text = "收到来信30封,同比增长20%,其中个人来信20封、单位来信10封。"
    whole, growth, one, other = prose.claims(FORM, {"一": text})
    assert one.tied == other.tied == growth.tied
    assert text[slice(*one.tied[0])] == "30封"
    assert [text[slice(*span)] for span in whole.tied] == ["20封", "10封"]


@given(
    st.text(alphabet="一二三十百千万零条件%\uff05,。()其中占约余0123456789. \u3000年月日增长同比“”《》", max_size=60)
)
def test_claims_are_defined_for_any_text_and_their_spans_lie_in_it(text: str) -> None:
    claims = prose.claims(FORM, {"一": text})
    assert all(0 <= one.span[0] < one.span[1] <= len(text) for one in claims)
    assert [one.span[0] for one in claims] == sorted(one.span[0] for one in claims)
    assert all(one.value >= Decimal(0) for one in claims)


def read(text: str) -> list[tuple[str, list[str], str]]:
    return [
        (parts.marker, [str(whole.value) for whole in parts.wholes], parts.text)
        for parts in lists(passage("", text))
        if len(parts.items) > 1
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共12期,其中,市级7期、县级5期。", [("其中", ["12"], "7+5=12")]),
        ("共12期(市级7期、县级5期),另有他事。", [("括号", ["12"], "7+5=12")]),
        ("在公开的12条信息中,市级7条,县级5条。", [("之中", ["12"], "7+5=12")]),
        ("共公开12条,包括市级7条、县级5条。", [("包括", ["12"], "7+5=12")]),
        ("共公开12条。其中市级7条,县级5条。", [("其中", ["12"], "7+5=12")]),
        ("机关公开3条,占75%。乡镇公开1条,占25%。", [("占比", [], "3+1=4")]),
        (
            "收到3件,收费50元。其中甲局1件,收费20元;乙局2件,收费30元。",
            [("其中", ["3"], "1+2=3"), ("其中", ["50"], "20+30=50")],
        ),
        ("共12件(含上年3件、前年1件)。", []),
        ("收到12件,其中个人7件(含老人2件)、单位5件。", [("其中", ["12"], "7+5=12")]),
        ("收到12件,其中个人7件,同比增加2件,单位5件。", [("其中", ["12"], "7+5=12")]),
    ],
)
def test_a_list_is_read_with_its_whole(text: str, found: list[tuple[str, list[str], str]]) -> None:
    assert read(text) == found
