"""What the registers of approvals take and refuse, and the figures a report's narrative takes from the items."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.approvals import actions as approvals
from gongkai.approvals import queries
from gongkai.approvals.models import Charge, Decision, Item, Purchase
from gongkai.disclosures.tests.cast import AT, bureau
from gongkai.law.refusal import Refused

pytestmark = pytest.mark.django_db
YEAR_END = date(2012, 12, 31)
BY: dict[str, Any] = {"by": "张三", "at": AT}


def item(number: str, statutory: int = 20, promised: int | None = None, **changes: Any) -> Item:
    values = {
        "number": number, "power": "licensing", "name": f"事项 {number}", "from_on": date(2008, 5, 1),
        "statutory_limit": statutory, "statutory_unit": "working_day",
    }  # fmt: skip
    if promised is not None:
        values |= {"promised_limit": promised, "promised_unit": "working_day"}
    return approvals.record_item(organ=bureau(), values={**values, **changes}, **BY)


def overview(day: date = YEAR_END) -> queries.Overview:
    return queries.overview((bureau().pk,), day)


def test_the_seventeen_items_of_2012_come_out_of_the_register() -> None:
    for number in range(17):
        by_law = 40 if number < 5 else 20
        # Fifteen cut by half, one by four fifths, one not at all.
        promised = by_law // 2 if number < 15 else (4 if number == 15 else by_law)
        row = item(str(number), by_law, promised, filed_with="市法制办", filed_on=date(2012, 4, 20))
        if number < 3:
            approvals.set_status(row, status="suspended", on=date(2012, 3, 1), number=f"Z{number}", **BY)
    told = overview()
    assert (told.total, told.running, told.suspended, told.filed) == (17, 14, 3, 17)
    assert told.statutory == ((20, "working_day"), (40, "working_day"))
    assert (told.comparable, told.shortened, told.halved) == (17, 16, 16)
    assert told.halved_share == pytest.approx(16 / 17)
    assert told.cut == (50, 80)
    assert queries.suspended((bureau().pk,), YEAR_END).count() == 3
    assert queries.halved((bureau().pk,), YEAR_END).count() == 16
    assert overview(date(2012, 2, 29)).suspended == 0


def test_the_latest_status_up_to_the_day_is_the_one_that_holds() -> None:
    row = item("1")
    for number, day, status in (("a", date(2012, 3, 1), "suspended"), ("b", date(2012, 9, 1), "running")):
        approvals.set_status(row, status=status, on=day, number=number, **BY)
    assert [overview(day).suspended for day in (date(2012, 2, 29), date(2012, 3, 1), date(2012, 9, 1))] == [0, 1, 0]


def test_an_item_is_gone_from_the_day_of_its_end() -> None:
    row = item("1")
    approvals.end_item(row, on=date(2012, 7, 1), **BY)
    assert (overview(date(2012, 6, 30)).total, overview(date(2012, 7, 1)).total) == (1, 0)


def test_a_cut_of_a_hair_less_than_half_is_not_half() -> None:
    item("1", statutory=21, promised=11)
    assert (overview().shortened, overview().halved, overview().halved_share) == (1, 0, 0)


def test_limits_in_different_units_are_not_compared() -> None:
    item("1", promised=5, promised_unit="natural_day")
    item("2", statutory=40, statutory_unit="natural_day")
    told = overview()
    assert (told.statutory, told.comparable, told.halved_share, told.cut) == (None, 0, None, None)


def test_an_empty_register_has_no_extremes_and_no_shares() -> None:
    told = overview()
    assert (told.total, told.statutory, told.halved_share, told.cut) == (0, None, None, None)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"ended_on": date(2008, 4, 30)}, "ended_on"),
        ({"statutory_limit": 0}, "statutory_limit"),
        ({"statutory_unit": ""}, "statutory_unit"),
        ({"promised_unit": "working_day"}, "promised_limit"),
    ],
)
def test_an_impossible_item_is_refused_at_its_column(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(Refused) as refusal:
        item("1", **changes)
    assert refusal.value.code == column
    assert not Item.objects.exists()


@pytest.mark.parametrize("day", [date(2008, 4, 30), date(2012, 7, 2)])
def test_an_item_has_no_status_before_it_began_or_after_it_ended(day: date) -> None:
    row = item("1", ended_on=date(2012, 7, 1))
    with pytest.raises(Refused):
        approvals.set_status(row, status="suspended", on=day, number="Z1", **BY)


def test_a_batch_of_decisions_has_at_least_one_and_an_empty_quantity_is_one() -> None:
    values = {"number": "1", "power": "penalty", "decided_on": date(2021, 6, 1)}
    assert approvals.record_decision(organ=bureau(), values=values, **BY).quantity == 1
    with pytest.raises(Refused) as refusal:
        approvals.record_decision(organ=bureau(), values={**values, "number": "2", "quantity": 0}, **BY)
    assert refusal.value.code == "quantity"


def test_a_decision_is_taken_under_the_power_of_its_item() -> None:
    values = {"number": "1", "power": "penalty", "decided_on": date(2021, 6, 1), "item": item("1")}
    with pytest.raises(Refused) as refusal:
        approvals.record_decision(organ=bureau(), values=values, **BY)
    assert refusal.value.code == "power"
    assert not Decision.objects.exists()


def test_money_below_zero_is_refused() -> None:
    charge = {"number": "1", "name": "某收费", "charged_on": date(2021, 6, 1), "amount": Decimal("-0.01")}
    purchase = {"number": "1", "title": "某采购", "signed_on": date(2021, 6, 1), "amount": Decimal("-0.01")}
    with pytest.raises(Refused):
        approvals.record_charge(organ=bureau(), values=charge, **BY)
    with pytest.raises(Refused):
        approvals.record_purchase(organ=bureau(), values=purchase, **BY)
    assert not Charge.objects.exists()
    assert not Purchase.objects.exists()


def test_one_verb_corrects_a_record_of_any_of_the_registers() -> None:
    charge = {"number": "1", "name": "某收费", "charged_on": date(2021, 6, 1), "amount": Decimal(10)}
    row = approvals.record_charge(organ=bureau(), values=charge, **BY)
    assert approvals.amend(row, changes={"amount": Decimal(12)}, **BY).amount == 12
