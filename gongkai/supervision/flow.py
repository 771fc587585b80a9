"""The procedure of a reminder on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

SENT, ACKNOWLEDGED, WITHDRAWN = "sent", "acknowledged", "withdrawn"
STATES = ((SENT, "已发出"), (ACKNOWLEDGED, "已签收"), (WITHDRAWN, "已撤回"))
STANDING = (SENT, ACKNOWLEDGED)

SUPERVISOR, CLERK, LEAD = "supervisor", "clerk", "office_lead"
NOTERS = (CLERK, LEAD)
"""Who takes note of a correction of the organ's own report."""

FLOW = Flow(
    (
        Move("acknowledge", SENT, ACKNOWLEDGED, CLERK, "签收提醒"),
        Move("withdraw_reminder", SENT, WITHDRAWN, SUPERVISOR, "撤回提醒"),
        Move("withdraw_acknowledged", ACKNOWLEDGED, WITHDRAWN, SUPERVISOR, "撤回提醒"),
    )
)
