"""The invented applications: dealt out over each batch's days, and concluded under the clock that was in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.demonstration.dealing import dealt, drawn, spread
from gongkai.demonstration.figures import invented
from gongkai.demonstration.rebuilt import Row
from gongkai.law import clocks
from gongkai.law.calendar import working_days_after, working_days_between

LABEL = "〔演示虚构〕"
NOTE = "演示虚构，与任何机关、任何人的实际业务无关"
SUBJECTS = (
    "产业扶持资金分配结果",
    "技术改造项目备案情况",
    "行政许可办理统计",
    "中小企业服务平台名单",
    "工业运行调度数据",
)
# The ground that a refusal rests on, where the vocabulary has one.
GROUNDS = {
    "refused_prohibited_by_law": "prohibited_by_law",
    "refused_third_party_rights": "trade_secret",
    "refused_internal_affairs": "internal_affairs",
    "refused_process_information": "process_information",
    "refused_enforcement_file": "enforcement_file",
}


def labelled(**fields: Any) -> Row:
    """A row with the two marks that every invented record carries."""
    return {"provenance": "invented", "note": NOTE, **fields}


def applications() -> list[Row]:
    """Every invented application, in the order of receipt."""
    return [row for batch in invented()["batch"] for row in batch_rows(batch)]


def batch_rows(batch: dict[str, Any]) -> list[Row]:
    """The applications of one batch, see figures/invented.toml."""
    year, salt = batch["first"].year, batch["first"].isoformat()
    days = spread(batch["received"], batch["first"], batch["last"])
    types, ways, outcomes = (dealt(batch[name], f"{name}-{salt}") for name in ("types", "channels", "outcomes"))
    late = dealt(
        {"extended": batch["extended"], "overdue": batch["overdue"],
         "on_time": batch["received"] - batch["extended"] - batch["overdue"]},
        f"late-{salt}",
    )  # fmt: skip
    return [
        labelled(
            number=f"{salt.replace('-', '')}-SQ-{place + 1:02}", received_on=day, channel=ways[place],
            applicant_type=types[place], outcome=outcomes[place], ground=GROUNDS.get(outcomes[place], ""),
            subject=f"{LABEL}{year}年申请:{SUBJECTS[place % len(SUBJECTS)]}",
            **_days(day, outcomes[place], late[place], f"{salt}-{place}"),
        )
        for place, day in enumerate(days)
    ]  # fmt: skip


def _days(received_on: date, outcome: str, how: str, salt: str) -> dict[str, date]:
    """When it was corrected, extended and concluded; the due day itself is the law's, not ours."""
    if outcome in ("other_correction_overdue", "unable_still_unclear"):
        told = working_days_after(received_on, 3)
        return {"correction_on": told, "concluded_on": working_days_after(told, 15)} | (
            {"corrected_on": working_days_after(told, 8)} if outcome == "unable_still_unclear" else {}
        )
    due = clocks.due("reply", received_on).due
    limit = working_days_between(received_on, due)
    if how == "extended":
        extended_to = working_days_after(due, limit)
        concluded = working_days_after(due, 2 + drawn(f"days-{salt}", limit - 3))
        return {"extended_to": extended_to, "concluded_on": concluded}
    if how == "overdue":
        return {"concluded_on": working_days_after(due, 2)}
    return {"concluded_on": working_days_after(received_on, 4 + drawn(f"days-{salt}", limit - 4))}
