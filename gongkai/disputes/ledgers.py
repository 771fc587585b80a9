"""The ledgers of the desk of disputes."""

from __future__ import annotations

from typing import Any

from gongkai.disputes.models import Complaint, Dispute
from gongkai.organs.register import require_order, require_together
from gongkai.records.ledgers import Ledger, column_of


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
        column_of(Dispute, "kind"),
        column_of(Dispute, "application", example="2012-Y-001"),
        column_of(Dispute, "body", example="某市人民政府"),
        column_of(Dispute, "filed_on", example="2012-06-01"),
        column_of(Dispute, "accepted_on", example="2012-06-05"),
        column_of(Dispute, "concluded_on", example="2012-07-30"),
        column_of(Dispute, "result"),
        column_of(Dispute, "note"),
    ),
    complete=completed_dispute,
)

COMPLAINTS = Ledger(
    name="complaints",
    title="举报投诉",
    title_en="Complaints",
    model=Complaint,
    columns=(
        column_of(Complaint, "received_on", example="2012-06-01"),
        column_of(Complaint, "subject", example="反映应公开的收费标准未公开"),
        column_of(Complaint, "concluded_on", example="2012-06-15"),
        column_of(Complaint, "note"),
    ),
    complete=completed_complaint,
)

LEDGERS: tuple[Ledger, ...] = (DISPUTES, COMPLAINTS)
