"""The ledger of the fee desk."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.fees.models import Payment
from gongkai.law.refusal import Refused
from gongkai.records.ledgers import Ledger, column_of


def completed(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """An empty waiver is none. Refused for amounts below zero and for a waiver without its reason.

    A kind of fee that the law no longer allowed on that day is no reason to refuse the row, because the money may
    really have been taken: `fees.findings` says so instead.
    """
    waived = values.get("waived_amount") or Decimal(0)
    for name, header, amount in (
        ("amount", "实收金额(元)", values["amount"]),
        ("waived_amount", "减免金额(元)", waived),
    ):
        if amount < 0:
            raise Refused(name, f"“{header}”为 {amount},不能小于 0;请核对金额")
    if waived and not values.get("waiver_reason"):
        raise Refused("waiver_reason", "已填“减免金额(元)”,未填“减免理由”;请补填理由")
    return {**values, "waived_amount": waived}


PAYMENTS = Ledger(
    name="payments",
    title="依申请公开收费减免",
    title_en="Fees taken and waived",
    model=Payment,
    columns=(
        column_of(Payment, "application", example="2012-Y-001"),
        column_of(Payment, "kind"),
        column_of(Payment, "paid_on", example="2012-05-08"),
        column_of(Payment, "amount", example="12.50"),
        column_of(Payment, "waived_amount"),
        column_of(Payment, "waiver_reason"),
        column_of(Payment, "note"),
    ),
    complete=completed,
)

LEDGERS: tuple[Ledger, ...] = (PAYMENTS,)
