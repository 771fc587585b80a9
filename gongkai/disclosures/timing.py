"""The two clocks of a disclosure: made to public (20 working days), made to the reading place (30, a local rule)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.law import clocks, time_limits
from gongkai.law.refusal import Refused

PUBLISH = "proactive_disclosure"
DELIVER = "reading_point_delivery"


FACTS = ("attribute", "is_document", "made_on", "clock_from", "published_on", "delivered_on")


def facts_of(item: Any) -> dict[str, Any]:
    """What the clocks of a disclosure depend on."""
    return {name: getattr(item, name) for name in FACTS}


def timed(values: Mapping[str, Any], jurisdictions: tuple[str, ...]) -> dict[str, Any]:
    """Due days and timings ("within" | "over" | "") of a row with `made_on`, `published_on` and so on.

    clock_from: where the days run from another day than `made_on`: that on which closed information was opened.

    Both clocks run for proactive information only, the second only where its rule is local law. A timing is judged only
    for documents subject to the clocks. Refused `calendar_year_unknown` when a timing needs a year the book lacks.
    """
    proactive, subject = values["attribute"] == "proactive", values["is_document"] == "yes"
    published, delivered = values.get("published_on"), values.get("delivered_on")
    start = values.get("clock_from") or values["made_on"]
    due = _due(PUBLISH, start, published) if proactive else None
    local = proactive and time_limits.rule(DELIVER).jurisdiction in jurisdictions
    delivery_due = _due(DELIVER, start, delivered) if local else None
    return {
        "due_on": due,
        "online_timing": _timing(due, published) if subject else "",
        "delivery_due_on": delivery_due,
        "delivery_timing": _timing(delivery_due, delivered) if subject else "",
    }


def _due(rule: str, made_on: date, done_on: date | None) -> date | None:
    """The day, or None when no such limit was in force, or when it cannot be known yet and nothing depends on it."""
    try:
        return _read(rule, made_on)
    except Refused as refusal:
        # Next year's calendar comes out in the autumn: until then the register must still take what is made today.
        if refusal.code == "rule_not_in_force" or (refusal.code == "calendar_year_unknown" and done_on is None):
            return None
        raise


@lru_cache(maxsize=4096)
def _read(rule: str, made_on: date) -> date:
    # A workbook has many rows of one day, and the book does not change while the program runs.
    return clocks.due(rule, made_on).due


def _timing(due: date | None, done: date | None) -> str:
    if due is None or done is None:
        return ""
    return "within" if done <= due else "over"
