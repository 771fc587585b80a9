"""The rules that hold a report against registers: true to their own examples, and careful with what they ask."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.law import checks, holdings, report_forms
from gongkai.law.checks import Check, Evidence
from gongkai.law.holdings import Held

RULES = holdings.rules()
FORM = report_forms.load("national_2021")


def asked(check: str, text: str, held: Held) -> list[str]:
    """The verdicts of a rule on a text."""
    evidence = Evidence(FORM, {}, sections={"一": text}, year=2023)
    return [holdings.spoken(one, held).verdict for one in holdings.said(checks.named(check), evidence)]


@pytest.mark.parametrize("check", RULES, ids=[check.id for check in RULES])
def test_a_rule_comes_to_the_verdicts_of_its_own_examples(check: Check) -> None:
    for example in checks.examples(check):
        assert holdings.verdicts(check, example) == {example.verdict}, example


def test_a_figure_of_another_year_is_not_held_against_this_years_register() -> None:
    assert asked("K-ITEM-01", "2021年公开政府信息400条。", Held(Decimal(579), "")) == []


def test_what_is_only_about_a_number_fits_a_register_near_it() -> None:
    assert asked("K-ITEM-01", "全年公开政府信息约580条。", Held(Decimal(579), "")) == ["pass"]
    assert asked("K-ITEM-01", "全年公开政府信息570多条。", Held(Decimal(579), "")) == ["pass"]


def test_text_never_fails_it_asks() -> None:
    assert asked("K-ITEM-01", "全年公开政府信息580条。", Held(Decimal(579), "", whole=True)) == ["ask"]


def test_a_table_fails_only_where_the_register_was_kept_all_the_time() -> None:
    check, ref = checks.named("K-CELL-01"), "t3.new_received.total"
    evidence = checks.examples(check)[1].evidence
    for whole, verdict in ((True, "fail"), (False, "ask")):
        found = list(holdings.printed(check, evidence, {ref: Held(Decimal(11), "", whole=whole)}))
        assert [one.verdict for one in found] == [verdict]


def test_the_postings_of_all_channels_are_not_taken_for_items_nor_for_the_column() -> None:
    text = "本年经网站、公报等载体发布信息1760条。"
    held = Held(Decimal(1760), "")
    assert asked("K-POST-01", text, held) == ["pass"]
    assert asked("K-ITEM-01", text, held) == asked("K-COL-01", text, held) == []
