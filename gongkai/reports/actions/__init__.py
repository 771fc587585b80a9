"""Every change to a report: one function a verb, one transaction, one entry."""

from gongkai.reports.actions.checking import check, take_back_waiver, waive
from gongkai.reports.actions.compiling import compile, draft_narrative
from gongkai.reports.actions.filling import create, enter_figure, restore_counted, set_opening_balance, write_section
from gongkai.reports.actions.promising import (
    amend_promise,
    promise,
    set_earlier_day,
    settle_promise,
    withdraw_promise,
)
from gongkai.reports.actions.publishing import correct, publish
from gongkai.reports.actions.reviewing import approve, send_back, submit, withdraw

__all__ = [
    "amend_promise",
    "approve",
    "check",
    "compile",
    "correct",
    "create",
    "draft_narrative",
    "enter_figure",
    "promise",
    "publish",
    "restore_counted",
    "send_back",
    "set_earlier_day",
    "set_opening_balance",
    "settle_promise",
    "submit",
    "take_back_waiver",
    "waive",
    "withdraw",
    "withdraw_promise",
    "write_section",
]
