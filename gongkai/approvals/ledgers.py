"""The ledgers of the desk of approvals."""

from __future__ import annotations

from typing import Any

from gongkai.approvals.models import Charge, Decision, Item, ItemStatus, Purchase
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, column_of

POWERS = dict(choices("powers"))


def completed_item(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when an item ends before it begins, or a time limit has no unit or is less than one."""
    require_order(values, ("from_on", "实施日期"), ("ended_on", "取消日期"))
    for limit, unit in (("statutory", "法定时限"), ("promised", "承诺时限")):
        require_together(values, (f"{limit}_limit", unit), (f"{limit}_unit", f"{unit}单位"))
        _at_least_one(f"{limit}_limit", unit, values.get(f"{limit}_limit"))
    return values


def completed_decision(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """An empty quantity is one decision. Refused for less than one, and for another power than that of the item."""
    quantity = 1 if values.get("quantity") is None else values["quantity"]
    _at_least_one("quantity", "件数", quantity)
    item = values.get("item")
    if item is not None and item.power != values["power"]:
        raise Refused(
            "power",
            f"权力种类填为“{POWERS[values['power']]}”,但事项 {item.number} 登记为“{POWERS[item.power]}”;请改为一致",
        )
    return {**values, "quantity": quantity}


def completed_status(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for a status from before the item began, or after it ended."""
    item = values["item"]
    days = {"begun": item.from_on, "from_on": values["from_on"], "ended": item.ended_on}
    require_order(days, ("begun", "事项的实施日期"), ("from_on", "自何日起"), ("ended", "事项的取消日期"))
    return values


def completed_money(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for an amount below zero."""
    if values["amount"] < 0:
        raise Refused("amount", f"金额为 {values['amount']},不能小于 0;请核对金额")
    return values


def _at_least_one(name: str, header: str, value: int | None) -> None:
    if value is not None and value < 1:
        raise Refused(name, f"“{header}”为 {value},至少为 1")


ITEMS = Ledger(
    name="approval_items",
    title="审批和服务事项",
    title_en="Approval and service items",
    model=Item,
    columns=(
        column_of(Item, "power"),
        column_of(Item, "name", example="民用爆炸物品销售许可"),
        column_of(Item, "legal_basis"),
        column_of(Item, "statutory_limit", example="20"),
        column_of(Item, "statutory_unit"),
        column_of(Item, "promised_limit", example="10"),
        column_of(Item, "promised_unit"),
        column_of(Item, "from_on", example="2008-05-01"),
        column_of(Item, "ended_on"),
        column_of(Item, "filed_with", example="市法制办"),
        column_of(Item, "filed_on", example="2012-04-20"),
        column_of(Item, "note"),
    ),
    complete=completed_item,
)

STATUSES = Ledger(
    name="approval_item_statuses",
    title="事项运行状态",
    title_en="Running status of items",
    model=ItemStatus,
    columns=(
        column_of(ItemStatus, "item", example="S-01"),
        column_of(ItemStatus, "status"),
        column_of(ItemStatus, "from_on", example="2012-03-01"),
        column_of(ItemStatus, "reason", example="至今未发生过"),
        column_of(ItemStatus, "note"),
    ),
    complete=completed_status,
)

DECISIONS = Ledger(
    name="approval_decisions",
    title="处理决定",
    title_en="Administrative decisions",
    model=Decision,
    columns=(
        column_of(Decision, "power"),
        column_of(Decision, "item", example="S-01"),
        column_of(Decision, "decided_on", example="2021-06-01"),
        column_of(Decision, "quantity", example="1"),
        column_of(Decision, "kind", example="准予许可"),
        column_of(Decision, "note"),
    ),
    complete=completed_decision,
)

CHARGES = Ledger(
    name="approval_charges",
    title="行政事业性收费",
    title_en="Administrative charges",
    model=Charge,
    columns=(
        column_of(Charge, "name"),
        column_of(Charge, "charged_on", example="2021-06-01"),
        column_of(Charge, "amount", example="1200.00"),
        column_of(Charge, "note"),
    ),
    complete=completed_money,
)

PURCHASES = Ledger(
    name="approval_purchases",
    title="政府集中采购",
    title_en="Central government procurement",
    model=Purchase,
    columns=(
        column_of(Purchase, "title"),
        column_of(Purchase, "signed_on", example="2019-06-01"),
        column_of(Purchase, "amount", example="251000.00"),
        column_of(Purchase, "note"),
    ),
    complete=completed_money,
)

LEDGERS: tuple[Ledger, ...] = (ITEMS, STATUSES, DECISIONS, CHARGES, PURCHASES)
