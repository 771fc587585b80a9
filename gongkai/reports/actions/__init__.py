"""Every change to a report: one function a verb, one transaction, one entry."""

from gongkai.reports.actions.compiling import compile, draft_narrative
from gongkai.reports.actions.filling import create, enter_figure, restore_counted, set_opening_balance, write_section
from gongkai.reports.actions.publishing import check, publish

__all__ = [
    "check",
    "compile",
    "create",
    "draft_narrative",
    "enter_figure",
    "publish",
    "restore_counted",
    "set_opening_balance",
    "write_section",
]
