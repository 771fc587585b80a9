"""The procedure of a disclosure task on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

OPEN, DONE, NOTHING = "open", "done", "nothing"
STATES = ((OPEN, "待反馈"), (DONE, "已公开"), (NOTHING, "本期无此信息"))
CLERK, LEAD = "clerk", "office_lead"

FLOW = Flow(
    (
        Move("fulfil_task", OPEN, DONE, CLERK, "反馈已公开"),
        Move("report_nothing", OPEN, NOTHING, CLERK, "反馈本期无此信息"),
        Move("reopen_done", DONE, OPEN, LEAD, "退回重办"),
        Move("reopen_nothing", NOTHING, OPEN, LEAD, "退回重办"),
    )
)
REOPENING = {DONE: "reopen_done", NOTHING: "reopen_nothing"}
