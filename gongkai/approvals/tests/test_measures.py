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
from gongkai.disclosures.tests.counting import days, hold, named, scopes
from gongkai.records.measures import Scope

powers = st.sampled_from(("licensing", "penalty", "fee"))
yuan = st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    begun, ended = sorted((draw(days), draw(days)))
    return {"from_on": begun, "ended_on": ended if draw(st.booleans()) else None, "power": draw(powers)}


def change(row: Item, scope: Scope) -> int:
    ended = row.ended_on is not None and scope.first <= row.ended_on <= scope.last
    return (scope.first <= row.from_on <= scope.last) - ended


class TestApprovalsAreCounted(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(items(), max_size=14))
    def test_items_as_by_hand(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        rows = Item.objects.bulk_create(
            Item(organ=organ, number=str(n), name="某事项", **row) for n, row in enumerate(drawn)
        )
        by = {"power": lambda row: row.power}
        for scope in scopes(organ.pk):
            hold(
                named(MEASURES, "approvals.items_at_start"), scope, rows,
                counted=lambda row: row.from_on < scope.first
                and (row.ended_on is None or row.ended_on >= scope.first),
                by=by,
            )  # fmt: skip
            hold(
                named(MEASURES, "approvals.items_change"), scope, rows,
                counted=lambda row: scope.first <= row.from_on <= scope.last
                or (row.ended_on is not None and scope.first <= row.ended_on <= scope.last),
                by=by, amount=lambda row: change(row, scope),
            )  # fmt: skip

    @settings(max_examples=40, deadline=None)
    @given(st.lists(items(), max_size=20))
    def test_this_years_start_and_change_make_next_years_start(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        Item.objects.bulk_create(Item(organ=organ, number=str(n), name="某事项", **row) for n, row in enumerate(drawn))
        at_start, net = named(MEASURES, "approvals.items_at_start"), named(MEASURES, "approvals.items_change")
        for year in (2011, 2012):
            this, following = (Scope((organ.pk,), date(y, 1, 1), date(y, 12, 31)) for y in (year, year + 1))
            began = at_start.grouped(this, ())[()] + net.grouped(this, ())[()]
            assert began == at_start.grouped(following, ())[()]

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(days, powers, st.integers(1, 900)), max_size=12))
    def test_decisions_add_up_their_batches(self, drawn: list[tuple[date, str, int]]) -> None:
        organ = bureau()
        rows = Decision.objects.bulk_create(
            Decision(organ=organ, number=str(n), decided_on=day, power=power, quantity=quantity)
            for n, (day, power, quantity) in enumerate(drawn)
        )
        for scope in scopes(organ.pk):
            hold(
                named(MEASURES, "approvals.decisions"), scope, rows,
                counted=lambda row: scope.first <= row.decided_on <= scope.last,
                by={"power": lambda row: row.power}, amount=lambda row: row.quantity,
            )  # fmt: skip

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
            hold(
                named(MEASURES, "approvals.charges"), scope, charges, by={}, amount=lambda row: row.amount,
                counted=lambda row: scope.first <= row.charged_on <= scope.last,
            )  # fmt: skip
            hold(
                named(MEASURES, "approvals.purchase_amounts"), scope, purchases, by={}, amount=lambda row: row.amount,
                counted=lambda row: scope.first <= row.signed_on <= scope.last,
            )  # fmt: skip
            hold(
                named(MEASURES, "approvals.purchases"), scope, purchases, by={},
                counted=lambda row: scope.first <= row.signed_on <= scope.last,
            )  # fmt: skip
