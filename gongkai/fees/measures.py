"""What the fee desk can count."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.fees.models import Payment
from gongkai.records.measures import Measure, Scope, rows_of

LISTED = (
    ("number", "登记号"), ("application__number", "申请登记号"), ("kind", "收费种类"), ("paid_on", "收费日期"),
    ("amount", "实收金额(元)"), ("waived_amount", "减免金额(元)"), ("waiver_reason", "减免理由"),
)  # fmt: skip


def _paid(scope: Scope) -> QuerySet[Any]:
    return rows_of(Payment, scope, "paid_on")


def _waived(scope: Scope) -> QuerySet[Any]:
    return _paid(scope).filter(waived_amount__gt=0)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "fees.collected",
        title="依申请公开收费金额:收费日期在统计期内的实收金额,单位元,不含减免",
        rows=_paid,
        by={"kind": "kind"},
        amount="amount",
        unit="元",
        columns=LISTED,
    ),
    Measure(
        "fees.waived",
        title="依申请公开减免金额:收费日期在统计期内减免的金额,单位元",
        rows=_waived,
        by={"kind": "kind"},
        amount="waived_amount",
        unit="元",
        columns=LISTED,
    ),
    Measure(
        "fees.waivers",
        title="依申请公开减免件数:收费日期在统计期内有减免的收费记录",
        rows=_waived,
        by={"kind": "kind"},
        unit="件",
        columns=LISTED,
    ),
)
