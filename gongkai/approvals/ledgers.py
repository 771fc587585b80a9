"""The ledgers of the desk of approvals."""

from __future__ import annotations

from typing import Any

from gongkai.approvals.models import UNITS, Charge, Decision, Item, ItemStatus, Purchase
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, LedgerColumn

POWERS = dict(choices("powers"))
NOTE = LedgerColumn("note", "备注", max_length=500)


def completed_item(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when an item ends before it begins, or a time limit has no unit or is less than one."""
    require_order(values, ("from_on", "实施日期"), ("ended_on", "取消日期"))
    for limit, unit in (("statutory", "法定时限"), ("promised", "承诺时限")):
        require_together(values, (f"{limit}_limit", unit), (f"{limit}_unit", f"{unit}单位"))
        _at_least_one(values.get(f"{limit}_limit"), unit)
    return values


def completed_decision(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """An empty quantity is one decision. Refused for less than one, and for another power than that of the item."""
    quantity = 1 if values.get("quantity") is None else values["quantity"]
    _at_least_one(quantity, "件数")
    item = values.get("item")
    if isinstance(item, Item) and item.power != values["power"]:
        raise Refused(
            "power_mismatch",
            f"权力种类填为“{POWERS[values['power']]}”,但事项 {item.number} 登记为“{POWERS[item.power]}”;请改为一致",
        )
    return {**values, "quantity": quantity}


def completed_status(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for a status from before the item began, or after it ended."""
    item = values["item"]
    if isinstance(item, Item):
        days = {"begun": item.from_on, "from_on": values["from_on"], "ended": item.ended_on}
        require_order(days, ("begun", "事项的实施日期"), ("from_on", "自何日起"), ("ended", "事项的取消日期"))
    return values


def completed_money(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused for an amount below zero."""
    if values["amount"] < 0:
        raise Refused("negative_amount", f"金额为 {values['amount']},不能小于 0;退费请另行登记")
    return values


def _at_least_one(value: int | None, header: str) -> None:
    if value is not None and value < 1:
        raise Refused("less_than_one", f"“{header}”为 {value},至少为 1")


ITEMS = Ledger(
    name="approval_items",
    title="审批和服务事项",
    title_en="Approval and service items",
    model=Item,
    columns=(
        LedgerColumn("power", "权力种类", "choice", required=True, choices=POWERS),
        LedgerColumn("name", "事项名称", required=True, max_length=200, example="民用爆炸物品销售许可"),
        LedgerColumn("legal_basis", "设定依据", max_length=500),
        LedgerColumn("statutory_limit", "法定时限", "integer", example="20"),
        LedgerColumn("statutory_unit", "法定时限单位", "choice", choices=dict(UNITS)),
        LedgerColumn("promised_limit", "承诺时限", "integer", example="10"),
        LedgerColumn("promised_unit", "承诺时限单位", "choice", choices=dict(UNITS)),
        LedgerColumn("from_on", "实施日期", "date", required=True, example="2008-05-01"),
        LedgerColumn("ended_on", "取消日期", "date", help="自该日起不再实施;仍在实施则留空"),
        LedgerColumn("filed_with", "备案机关", max_length=120, example="市法制办"),
        LedgerColumn("filed_on", "备案日期", "date"),
        NOTE,
    ),
    complete=completed_item,
)

STATUSES = Ledger(
    name="approval_item_statuses",
    title="事项运行状态",
    title_en="Running status of items",
    model=ItemStatus,
    columns=(
        LedgerColumn("item", "事项登记号", "link", required=True, links_to=Item),
        LedgerColumn("status", "运行状态", "choice", required=True, choices=dict(ItemStatus.Status.choices)),
        LedgerColumn("from_on", "自何日起", "date", required=True, example="2012-03-01"),
        LedgerColumn("reason", "原因", max_length=200, example="至今未发生过"),
        NOTE,
    ),
    complete=completed_status,
)

DECISIONS = Ledger(
    name="approval_decisions",
    title="处理决定",
    title_en="Administrative decisions",
    model=Decision,
    columns=(
        LedgerColumn("power", "权力种类", "choice", required=True, choices=POWERS),
        LedgerColumn("item", "事项登记号", "link", links_to=Item, help="没有对应事项的留空"),
        LedgerColumn("decided_on", "决定日期", "date", required=True, example="2021-06-01"),
        LedgerColumn("quantity", "件数", "integer", help="成批登记时填件数;留空按 1 件计", example="1"),
        LedgerColumn("kind", "决定种类", max_length=60, example="准予许可"),
        NOTE,
    ),
    complete=completed_decision,
)

CHARGES = Ledger(
    name="approval_charges",
    title="行政事业性收费",
    title_en="Administrative charges",
    model=Charge,
    columns=(
        LedgerColumn("name", "收费项目", required=True, max_length=200),
        LedgerColumn("charged_on", "收费日期", "date", required=True, example="2021-06-01"),
        LedgerColumn("amount", "收费金额(元)", "amount", required=True, example="1200.00"),
        NOTE,
    ),
    complete=completed_money,
)

PURCHASES = Ledger(
    name="approval_purchases",
    title="政府集中采购",
    title_en="Central government procurement",
    model=Purchase,
    columns=(
        LedgerColumn("title", "采购项目", required=True, max_length=200),
        LedgerColumn("signed_on", "签订日期", "date", required=True, example="2019-06-01"),
        LedgerColumn("amount", "采购金额(元)", "amount", required=True, example="251000.00"),
        NOTE,
    ),
    complete=completed_money,
)

LEDGERS: tuple[Ledger, ...] = (ITEMS, STATUSES, DECISIONS, CHARGES, PURCHASES)
