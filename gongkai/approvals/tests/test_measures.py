"""Items, decisions, charges and purchases are counted as by hand; stocks and changes of items agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.approvals.measures import MEASURES
from gongkai.approvals.models import Charge, Decision, Item, Purchase
from gongkai.disclosures.tests.cast import bureau
from gongkai.disclosures.tests.counting import days, held, hold, many, named, scopes, value, within
from gongkai.records.measures import Scope

POWER = {"power": value("power")}
AT_START, CHANGE, DECISIONS, CHARGES, PURCHASES, PURCHASE_AMOUNTS = (
    named(MEASURES, f"approvals.{name}")
    for name in ("items_at_start", "items_change", "decisions", "charges", "purchases", "purchase_amounts")
)
powers = st.sampled_from(("licensing", "penalty", "fee"))
yuan = st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    begun, ended = sorted((draw(days), draw(days)))
    return {"from_on": begun, "ended_on": ended if draw(st.booleans()) else None, "power": draw(powers)}


def stored(drawn: list[dict[str, Any]]) -> tuple[list[Item], int]:
    organ = bureau()
    rows = [Item(organ=organ, number=str(n), name="某事项", **row) for n, row in enumerate(drawn)]
    return Item.objects.bulk_create(rows), organ.pk


def stood_before(row: Item, scope: Scope) -> bool:
    return row.from_on < scope.first and (row.ended_on is None or row.ended_on >= scope.first)


def changed(row: Item, scope: Scope) -> bool:
    return within("from_on")(row, scope) or within("ended_on")(row, scope)


def change(row: Item, scope: Scope) -> int:
    return within("from_on")(row, scope) - within("ended_on")(row, scope)


class TestApprovalsAreCounted(TestCase):
    @held
    @given(many(items()))
    def test_items_as_by_hand(self, drawn: list[dict[str, Any]]) -> None:
        rows, organ = stored(drawn)
        for scope in scopes(organ):
            hold(AT_START, scope, rows, counted=stood_before, by=POWER)
            hold(CHANGE, scope, rows, counted=changed, by=POWER, amount=change)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(items(), max_size=20))
    def test_this_years_start_and_change_make_next_years_start(self, drawn: list[dict[str, Any]]) -> None:
        _, organ = stored(drawn)
        for year in (2011, 2012):
            this, following = (Scope((organ,), date(y, 1, 1), date(y, 12, 31)) for y in (year, year + 1))
            began = AT_START.grouped(this, ())[()] + CHANGE.grouped(this, ())[()]
            assert began == AT_START.grouped(following, ())[()]

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(days, powers, st.integers(1, 900)), max_size=12))
    def test_decisions_add_up_their_batches(self, drawn: list[tuple[date, str, int]]) -> None:
        organ = bureau()
        rows = Decision.objects.bulk_create(
            Decision(organ=organ, number=str(n), decided_on=day, power=power, quantity=quantity)
            for n, (day, power, quantity) in enumerate(drawn)
        )
        for scope in scopes(organ.pk):
            hold(DECISIONS, scope, rows, counted=within("decided_on"), by=POWER, amount=value("quantity"))

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(days, yuan), max_size=12))
    def test_money_is_added_to_the_last_fen(self, drawn: list[tuple[date, Decimal]]) -> None:
        organ = bureau()
        charges = Charge.objects.bulk_create(
            Charge(organ=organ, number=str(n), name="某收费", charged_on=day, amount=amount)
            for n, (day, amount) in enumerate(drawn)
        )
        purchases = Purchase.objects.bulk_create(
            Purchase(organ=organ, number=str(n), title="某采购", signed_on=day, amount=amount)
            for n, (day, amount) in enumerate(drawn)
        )
        for scope in scopes(organ.pk):
            hold(CHARGES, scope, charges, counted=within("charged_on"), by={}, amount=value("amount"))
            hold(PURCHASE_AMOUNTS, scope, purchases, counted=within("signed_on"), by={}, amount=value("amount"))
            hold(PURCHASES, scope, purchases, counted=within("signed_on"), by={})
