"""What the desk of approvals can count."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from gongkai.approvals.models import Charge, Decision, Item, Purchase
from gongkai.records.measures import Measure, Scope, rows_of

ITEM_LISTED = (
    ("number", "登记号"), ("name", "事项名称"), ("power", "权力种类"), ("from_on", "实施日期"),
    ("ended_on", "取消日期"),
)  # fmt: skip


def _decisions(scope: Scope) -> QuerySet[Any]:
    return rows_of(Decision, scope, "decided_on")


def _items_at_start(scope: Scope) -> QuerySet[Any]:
    return Item.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=scope.first),
        organ_id__in=scope.organs, from_on__lt=scope.first,
    )  # fmt: skip


def _items_changed(scope: Scope) -> QuerySet[Any]:
    days = (scope.first, scope.last)
    return Item.objects.filter(Q(from_on__range=days) | Q(ended_on__range=days), organ_id__in=scope.organs)


def _change(scope: Scope) -> CombinedExpression:
    """+1 for a beginning within the scope, -1 for an end within it; an item that did both changes nothing."""
    days = (scope.first, scope.last)
    begun = Case(When(from_on__range=days, then=Value(1)), default=Value(0), output_field=IntegerField())
    ended = Case(When(ended_on__range=days, then=Value(1)), default=Value(0), output_field=IntegerField())
    return begun - ended


def _charges(scope: Scope) -> QuerySet[Any]:
    return rows_of(Charge, scope, "charged_on")


def _purchases(scope: Scope) -> QuerySet[Any]:
    return rows_of(Purchase, scope, "signed_on")


PURCHASE_LISTED = (
    ("number", "登记号"), ("title", "采购项目"), ("signed_on", "签订日期"), ("amount", "采购金额(元)"),
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    Measure(
        "approvals.decisions",
        title="处理决定数:决定日期在统计期内各条登记的件数之和",
        rows=_decisions,
        by={"power": "power"},
        amount="quantity",
        unit="件",
        columns=(
            ("number", "登记号"), ("power", "权力种类"), ("item__name", "事项名称"), ("kind", "决定种类"),
            ("decided_on", "决定日期"), ("quantity", "件数"),
        ),
    ),
    Measure(
        "approvals.items_at_start",
        title="上一年项目数:统计期开始前一日仍在实施的事项,含暂停的",
        rows=_items_at_start,
        by={"power": "power"},
        kind="stock_start",
        unit="项",
        columns=ITEM_LISTED,
    ),
    Measure(
        "approvals.items_change",
        title="本年增减项目数:统计期内开始实施的事项计加1,统计期内取消的计减1",
        rows=_items_changed,
        by={"power": "power"},
        amount=_change,
        unit="项",
        columns=ITEM_LISTED,
    ),
    Measure(
        "approvals.charges",
        title="行政事业性收费金额:收费日期在统计期内的收费,单位元,不含政府信息公开信息处理费",
        rows=_charges,
        amount="amount",
        unit="元",
        columns=(("number", "登记号"), ("name", "收费项目"), ("charged_on", "收费日期"), ("amount", "收费金额(元)")),
    ),
    Measure(
        "approvals.purchases",
        title="政府集中采购项目数:签订日期在统计期内的采购项目",
        rows=_purchases,
        unit="项",
        columns=PURCHASE_LISTED,
    ),
    Measure(
        "approvals.purchase_amounts",
        title="政府集中采购总金额:签订日期在统计期内的采购金额之和,单位元",
        rows=_purchases,
        amount="amount",
        unit="元",
        columns=PURCHASE_LISTED,
    ),
)  # fmt: skip
