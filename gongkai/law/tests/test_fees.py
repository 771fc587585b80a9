"""Fees: the regime of the day and the progressive tariff."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import book, fees
from gongkai.law.refusal import Refused

SHARED = Path(__file__).resolve().parents[4] / "shared" / "law" / "fee_examples.toml"
ON = date(2024, 3, 1)
quantities = st.integers(1, 2000)


def examples(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book.page("fees", name)["example"]
    return found


@pytest.mark.parametrize("example", examples("processing_fee_by_item"), ids=lambda example: str(example["quantity"]))
def test_an_example_by_item_costs_as_written(example: dict[str, Any]) -> None:
    charge = fees.by_items(example["quantity"], ON)
    assert (charge.total, charge.marginal) == (example["total"], example["marginal"])


@pytest.mark.parametrize("example", examples("processing_fee_by_page"), ids=lambda example: str(example["quantity"]))
def test_an_example_by_page_costs_as_written(example: dict[str, Any]) -> None:
    assert fees.by_pages(example["quantity"], ON).total == example["total"]


def test_every_published_vector_holds_and_is_in_the_book() -> None:
    if not SHARED.exists():
        pytest.skip(f"没有 {SHARED},不能与算例核对")
    published = tomllib.loads(SHARED.read_text(encoding="utf-8"))
    for vector in published["by_item"]:
        charge = fees.by_items(vector["n"], ON)
        assert (charge.total, charge.marginal) == (vector["total"], vector["marginal"])
    for vector in published["by_page"]:
        assert fees.by_pages(vector["pages"], ON).total == vector["total"]
    assert len(examples("processing_fee_by_item")) == len(published["by_item"])
    assert len(examples("processing_fee_by_page")) == len(published["by_page"])


@given(quantities)
def test_the_price_of_the_last_item_is_the_formula_of_the_notice(n: int) -> None:
    blocks_above_30 = -(-(n - 30) // 10)
    expected = 0 if n <= 10 else 100 if n <= 30 else 100 * (1 + blocks_above_30)
    assert fees.by_items(n, ON).marginal == expected


@given(quantities, st.sampled_from([fees.by_items, fees.by_pages]))
def test_the_last_unit_is_the_difference_between_two_totals(n: int, charge_for: Any) -> None:
    now, before = charge_for(n, ON), charge_for(n - 1, ON)
    assert now.total - before.total == now.marginal >= before.marginal >= 0


@given(st.integers(0, 2000), st.sampled_from([fees.by_items, fees.by_pages]))
def test_the_tiers_hold_every_unit_once_and_add_up(n: int, charge_for: Any) -> None:
    charge = charge_for(n, ON)
    assert sum(tier.quantity for tier in charge.tiers) == n
    assert sum(tier.amount for tier in charge.tiers) == charge.total
    assert [tier.first for tier in charge.tiers[1:]] == [tier.last + 1 for tier in charge.tiers[:-1]]


@given(st.integers(0, 500))
def test_totals_are_whole_steps_of_the_tariff(n: int) -> None:
    assert fees.by_items(n, ON).total % 100 == 0
    assert fees.by_pages(n, ON).total % 10 == 0


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_day_has_exactly_one_regime(day: date) -> None:
    assert fees.fee_regime(day).cite


@pytest.mark.parametrize("example", examples("regimes"), ids=lambda example: str(example["on"]))
def test_the_regime_changes_on_the_day_written(example: dict[str, Any]) -> None:
    assert fees.fee_regime(example["on"]).id == example["regime"]


@pytest.mark.parametrize("on", [date(2017, 4, 1), date(2019, 5, 15), date(2020, 12, 31)])
def test_in_the_free_years_nothing_is_due_and_the_basis_is_named(on: date) -> None:
    charge = fees.by_pages(1000, on)
    assert (charge.total, charge.tiers, charge.regime) == (0, (), "free")
    assert charge.cite


@pytest.mark.parametrize(
    ("on", "code"), [(date(2012, 6, 1), "local_price_table_needed"), (date(2008, 4, 30), "no_national_rule")]
)
def test_where_prices_are_local_no_amount_is_made_up(on: date, code: str) -> None:
    with pytest.raises(Refused) as no:
        fees.by_items(20, on)
    assert no.value.code == code
    assert no.value.cite


@pytest.mark.parametrize("n", [-1, fees.MOST + 1])
def test_an_impossible_quantity_is_refused(n: int) -> None:
    with pytest.raises(Refused, match="数量"):
        fees.by_items(n, ON)
