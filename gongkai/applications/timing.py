"""The clock of an application: its due day under the law in force when it came, and whether it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.law import clocks
from gongkai.law.clocks import Event
from gongkai.law.refusal import Refused

RULE = "reply"


def timed(values: Mapping[str, Any]) -> dict[str, Any]:
    """`due_on`, without any extension, and `timeliness` of a row with `received_on`, `corrected_on` and so on.

    The version in force on the day of receipt applies throughout: 15 working days before 2019-05-15, 20 from then on.
    The clock restarts when a corrected application arrives and stands still during a consultation. An extension helps
    only as far as the law lets it reach. An open case has no timeliness, and no due day while that lies in a year
    without a calendar. Refused `rule_not_in_force` before 2008-05-01, and for an extension that ends too early.
    """
    concluded = values.get("concluded_on")
    try:
        due = _read(values["received_on"], *_events(values))
    except Refused as refusal:
        if refusal.code == "calendar_year_unknown" and concluded is None:
            return {"due_on": None, "timeliness": ""}
        raise
    if values.get("extended_to") is not None and values["extended_to"] <= due:
        raise Refused("extended_to", f"延期至 {values['extended_to']} 不晚于原答复期限 {due};请核对,未延期则留空")
    return {"due_on": due, "timeliness": _timeliness(values, due, concluded) if concluded else ""}


@lru_cache(maxsize=4096)
def _read(received: date, *events: Event) -> date:
    # A workbook has many rows of one day, and the book does not change while the program runs.
    return clocks.due(RULE, received, events, on=received).due


def _events(values: Mapping[str, Any]) -> list[Event]:
    """What the row says happened, in order; a consultation before the correction fell with the old period."""
    corrected, sent, answered = (values.get(name) for name in ("corrected_on", "consulted_on", "consultation_ended_on"))
    events = [Event("restart", corrected)] if corrected else []
    if sent and answered and (corrected is None or sent >= corrected):
        events.append(Event("suspend", sent, answered))
    return events


def _timeliness(values: Mapping[str, Any], due: date, concluded: date) -> str:
    if concluded <= due:
        return "on_time"
    extended_to = values.get("extended_to")
    if extended_to is None or concluded > extended_to:
        return "overdue"
    longest = _read(values["received_on"], *_events(values), Event("extend"))
    return "extended" if concluded <= longest else "overdue"
