"""The ledger of duties."""

from __future__ import annotations

from typing import Any

from gongkai.duties.models import Duty
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import term
from gongkai.organs.register import require_order
from gongkai.records.ledgers import Ledger, column_of


def completed_duty(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Defaults for empty columns: the cycle and the article of the statutory item, 主动公开, 工作日.

    Refused when a duty by periods has no first day, when it ends before it begins, and for a limit of no days.
    """
    item = term("disclosure_items", values["disclosure_item"])
    usual = str(item.extra.get("refresh", ""))
    values = {
        **values,
        "cycle": values.get("cycle") or (usual if usual in Duty.Cycle.values else Duty.Cycle.EVENT.value),
        "basis": values.get("basis") or item.cite,
        "manner": values.get("manner") or "proactive",
        "limit_unit": values.get("limit_unit") or Duty.Unit.WORKING.value,
    }
    if values["cycle"] != Duty.Cycle.EVENT and not values.get("starts_on"):
        label = Duty.Cycle(values["cycle"]).label
        raise Refused(
            "starts_on",
            f"“{values['title']}”按“{label}”公开,未填“首期起始日期”;请填第一个周期的第一天,或把公开频次改为“随时”",
        )
    if values.get("limit_days") == 0:
        raise Refused("limit_days", "“公开时限”填了 0;请填天数,或留空用法定公开期限")
    require_order(values, ("starts_on", "首期起始日期"), ("ends_on", "终止日期"))
    return values


DUTIES = Ledger(
    name="duties",
    title="目录责任",
    title_en="Disclosure duties",
    model=Duty,
    columns=(
        column_of(Duty, "title", example="工业经济运行情况"),
        column_of(Duty, "disclosure_item"),
        column_of(Duty, "content", example="主要行业产值、增速"),
        column_of(Duty, "basis"),
        column_of(Duty, "department", example="运行监测科"),
        column_of(Duty, "manner"),
        column_of(Duty, "channel", example="column"),
        column_of(Duty, "column", example="统计数据"),
        column_of(Duty, "audience"),
        column_of(Duty, "cycle"),
        column_of(Duty, "starts_on", example="2026-01-01"),
        column_of(Duty, "limit_days", example="10"),
        column_of(Duty, "limit_unit"),
        column_of(Duty, "ends_on"),
        column_of(Duty, "note"),
    ),
    complete=completed_duty,
)
LEDGERS: tuple[Ledger, ...] = (DUTIES,)
