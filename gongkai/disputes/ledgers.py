"""The ledgers of the desk of disputes."""

from __future__ import annotations

from typing import Any

from gongkai.applications.models import Application
from gongkai.disputes.models import Complaint, Dispute
from gongkai.law.vocabulary import choices
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, LedgerColumn


def completed_dispute(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when the days are out of order, or only one of end and result is given."""
    require_order(values, ("filed_on", "提起日期"), ("accepted_on", "受理日期"), ("concluded_on", "审结日期"))
    require_together(values, ("concluded_on", "审结日期"), ("result", "审理结果"))
    return values


def completed_complaint(values: dict[str, Any], organ: Any) -> dict[str, Any]:
    """Refused when it ends before it came."""
    require_order(values, ("received_on", "收到日期"), ("concluded_on", "办结日期"))
    return values


DISPUTES = Ledger(
    name="disputes",
    title="行政复议和诉讼",
    title_en="Reconsideration and litigation",
    model=Dispute,
    columns=(
        LedgerColumn("kind", "争议种类", "choice", required=True, choices=dict(choices("dispute_kinds"))),
        LedgerColumn(
            "application", "申请登记号", "link", links_to=Application, help="争议所针对的申请;不针对申请的留空"
        ),
        LedgerColumn("body", "审理机关", max_length=120, example="吉林市人民政府"),
        LedgerColumn("filed_on", "提起日期", "date", required=True, example="2012-06-01"),
        LedgerColumn("accepted_on", "受理日期", "date", help="不予受理的留空", example="2012-06-05"),
        LedgerColumn("concluded_on", "审结日期", "date", help="尚未审结则留空", example="2012-07-30"),
        LedgerColumn("result", "审理结果", "choice", choices=dict(choices("dispute_results")), help="审结时必填"),
        LedgerColumn("note", "备注", max_length=500),
    ),
    complete=completed_dispute,
)

COMPLAINTS = Ledger(
    name="complaints",
    title="举报投诉",
    title_en="Complaints",
    model=Complaint,
    columns=(
        LedgerColumn("received_on", "收到日期", "date", required=True, example="2012-06-01"),
        LedgerColumn(
            "subject", "反映事项", required=True, max_length=500, help="不得写入举报投诉人的姓名等个人信息",
            example="反映应公开的收费标准未公开",
        ),
        LedgerColumn("concluded_on", "办结日期", "date", help="尚未办结则留空", example="2012-06-15"),
        LedgerColumn("note", "备注", max_length=500),
    ),
    complete=completed_complaint,
)  # fmt: skip

LEDGERS: tuple[Ledger, ...] = (DISPUTES, COMPLAINTS)
