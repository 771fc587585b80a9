"""The ledger of the fee desk."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.applications.models import Application
from gongkai.fees.models import Payment
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.records.ledgers import Ledger, LedgerColumn


def completed(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """An empty waiver is none. Refused for amounts below zero and for a waiver without its reason.

    A kind of fee that the law no longer allowed on that day is no reason to refuse the row, because the money may
    really have been taken: `fees.findings` says so instead.
    """
    waived = values.get("waived_amount") or Decimal(0)
    for header, amount in (("实收金额(元)", values["amount"]), ("减免金额(元)", waived)):
        if amount < 0:
            raise Refused("negative_amount", f"“{header}”为 {amount},不能小于 0;退费请另行登记,不要记作负数收费")
    if waived and not values.get("waiver_reason"):
        raise Refused("waiver_without_reason", "已填“减免金额(元)”,未填“减免理由”;请补填理由")
    return {**values, "waived_amount": waived}


PAYMENTS = Ledger(
    name="payments",
    title="依申请公开收费减免",
    title_en="Fees taken and waived",
    model=Payment,
    columns=(
        LedgerColumn(
            "application",
            "申请登记号",
            "link",
            links_to=Application,
            help="收费所对应的申请;查不到则留空",
            example="2012-Y-001",
        ),
        LedgerColumn("kind", "收费种类", "choice", required=True, choices=dict(choices("fee_kinds"))),
        LedgerColumn("paid_on", "收费日期", "date", required=True, example="2012-05-08"),
        LedgerColumn("amount", "实收金额(元)", "amount", required=True, example="12.50"),
        LedgerColumn("waived_amount", "减免金额(元)", "amount", help="没有减免则留空", example="0.00"),
        LedgerColumn("waiver_reason", "减免理由", max_length=200, help="有减免时必填"),
        LedgerColumn("note", "备注", max_length=500),
    ),
    complete=completed,
)

LEDGERS: tuple[Ledger, ...] = (PAYMENTS,)
