"""Fees are counted as by hand, and kinds of fee that the law of the day did not allow are named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.applications import actions as applications
from gongkai.disclosures.tests.cast import AT, bureau, zhang
from gongkai.disclosures.tests.counting import days, held, hold, many, named, scopes, value, within
from gongkai.fees import actions as fees
from gongkai.fees.findings import findings
from gongkai.fees.measures import MEASURES
from gongkai.fees.models import Payment
from gongkai.law.refusal import Refused
from gongkai.records.measures import Scope

yuan = st.decimals(min_value=0, max_value=10**6, places=2)
EVER = (date(2008, 1, 1), date(2026, 12, 31))


@st.composite
def payments(draw: st.DrawFn) -> dict[str, Any]:
    waived = draw(st.just(Decimal(0)) | yuan)
    return {
        "paid_on": draw(days),
        "kind": draw(st.sampled_from(("cost_recovery", "processing_fee", "other"))),
        "amount": draw(yuan),
        "waived_amount": waived,
        "waiver_reason": "经济困难" if waived else "",
    }


def waived(row: Payment, scope: Scope) -> bool:
    return within("paid_on")(row, scope) and row.waived_amount > 0


class TestFeesAreCounted(TestCase):
    @held
    @given(many(payments()))
    def test_as_by_hand_in_every_grouping(self, drawn: list[dict[str, Any]]) -> None:
        organ = bureau()
        rows = Payment.objects.bulk_create(Payment(organ=organ, number=str(n), **row) for n, row in enumerate(drawn))
        kind = {"kind": value("kind")}
        for scope in scopes(organ.pk):
            hold(
                named(MEASURES, "fees.collected"), scope, rows, counted=within("paid_on"), by=kind,
                amount=value("amount"),
            )  # fmt: skip
            hold(named(MEASURES, "fees.waived"), scope, rows, counted=waived, by=kind, amount=value("waived_amount"))
            hold(named(MEASURES, "fees.waivers"), scope, rows, counted=waived, by=kind)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "day", "doubtful"),
    [
        ("cost_recovery", date(2017, 3, 31), False),
        ("cost_recovery", date(2017, 4, 1), True),
        ("processing_fee", date(2020, 12, 31), True),
        ("processing_fee", date(2021, 1, 1), False),
        ("other", date(2012, 6, 1), True),
        ("other", date(2021, 6, 1), True),
    ],
)
def test_a_fee_that_the_law_of_the_day_did_not_know_is_registered_and_named(
    kind: str, day: date, doubtful: bool
) -> None:
    organ = bureau()
    values = {"number": "1", "kind": kind, "paid_on": day, "amount": Decimal("12.50")}
    fees.record(organ=organ, values=values, by=zhang(organ), at=AT)
    found = findings(Scope((organ.pk,), *EVER))
    assert [finding.rule for finding in found] == (["fees.kind_allowed"] if doubtful else [])


@pytest.mark.django_db
def test_the_day_the_application_came_decides_and_not_the_day_of_payment() -> None:
    organ = bureau()
    person = zhang(organ)
    application = applications.record(
        organ=organ, by=person, at=AT,
        values={
            "number": "A1", "received_on": date(2017, 3, 30), "channel": "online", "subject": "某项资金分配结果",
            "applicant_type": "natural_person",
        },
    )  # fmt: skip
    values = {"number": "1", "kind": "cost_recovery", "paid_on": date(2017, 4, 5), "amount": Decimal(10)}
    payment = fees.record(organ=organ, values={**values, "application": application}, by=person, at=AT)
    assert findings(Scope((organ.pk,), *EVER)) == []
    fees.amend(payment, changes={"application": None}, by=person, at=AT)
    assert "2017-04-05" in findings(Scope((organ.pk,), *EVER))[0].message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"amount": Decimal("-1")}, "amount"),
        ({"waived_amount": Decimal("-1")}, "waived_amount"),
        ({"waived_amount": Decimal(5)}, "waiver_reason"),
    ],
)
def test_an_impossible_payment_is_refused_at_its_column(changes: dict[str, Any], column: str) -> None:
    organ = bureau()
    values = {"number": "1", "kind": "cost_recovery", "paid_on": date(2012, 6, 1), "amount": Decimal(10), **changes}
    with pytest.raises(Refused) as refusal:
        fees.record(organ=organ, values=values, by=zhang(organ), at=AT)
    assert refusal.value.code == column
    assert not Payment.objects.exists()
