"""The procedure of a question to an organ about its report on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

ASKED, ANSWERED, ACCEPTED, REJECTED, WITHDRAWN = "asked", "answered", "accepted", "rejected", "withdrawn"
STATES = (
    (ASKED, "待答复"), (ANSWERED, "已答复"), (ACCEPTED, "已认可"), (REJECTED, "退回重答"), (WITHDRAWN, "已撤回"),
)  # fmt: skip
WRONG_FINDING, OTHER_MEANING, WILL_CORRECT = "wrong_finding", "other_meaning", "will_correct"
ANSWERS = (
    (WILL_CORRECT, "报告有误，将更正"),
    (OTHER_MEANING, "报告无误，口径不同"),
    (WRONG_FINDING, "报告无误，检查有误"),
)
"""What an answer comes to: the report is wrong; it counts something else; the finding is wrong."""
TO_ANSWER = (ASKED, REJECTED)

SUPERVISOR, CLERK = "supervisor", "clerk"

FLOW = Flow(
    (
        Move("answer_question", ASKED, ANSWERED, CLERK, "答复"),
        Move("answer_again", REJECTED, ANSWERED, CLERK, "重新答复"),
        Move("accept_answer", ANSWERED, ACCEPTED, SUPERVISOR, "认可答复"),
        Move("reject_answer", ANSWERED, REJECTED, SUPERVISOR, "退回答复"),
        Move("withdraw_question", ASKED, WITHDRAWN, SUPERVISOR, "撤回询问"),
        Move("withdraw_rejected", REJECTED, WITHDRAWN, SUPERVISOR, "撤回询问"),
    )
)
