"""The procedure of a comment on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

RECEIVED, WITHHELD, OPEN, REPLIED, ANSWERED = "received", "withheld", "open", "replied", "answered"
STATES = (
    (RECEIVED, "待审核"),
    (WITHHELD, "不予展示"),
    (OPEN, "待答复"),
    (REPLIED, "答复待审"),
    (ANSWERED, "已答复"),
)
SHOWN = (OPEN, REPLIED, ANSWERED)
"""In these states the public sees the comment; its answer, once it is ANSWERED."""

WITHHOLDING = {
    RECEIVED: "withhold_comment",
    OPEN: "take_down",
    REPLIED: "take_down_replied",
    ANSWERED: "take_down_answered",
}
LEAD, CLERK = "office_lead", "clerk"

FLOW = Flow(
    (
        Move("show_comment", RECEIVED, OPEN, LEAD, "展示并分办"),
        Move("withhold_comment", RECEIVED, WITHHELD, LEAD, "不予展示"),
        Move("show_after_all", WITHHELD, OPEN, LEAD, "改为展示"),
        Move("take_down", OPEN, WITHHELD, LEAD, "撤下"),
        Move("take_down_replied", REPLIED, WITHHELD, LEAD, "撤下"),
        Move("take_down_answered", ANSWERED, WITHHELD, LEAD, "撤下"),
        Move("draft_reply", OPEN, REPLIED, CLERK, "拟答复"),
        Move("send_back_reply", REPLIED, OPEN, LEAD, "退回重拟"),
        Move("release_reply", REPLIED, ANSWERED, LEAD, "公开答复"),
    )
)
