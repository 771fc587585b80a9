"""The procedure of a report on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

DRAFT, COMPILED, SUBMITTED, APPROVED, PUBLISHED = "draft", "compiled", "submitted", "approved", "published"
STATES = (
    (DRAFT, "草稿"),
    (COMPILED, "已编制"),
    (SUBMITTED, "已送审"),
    (APPROVED, "已审定"),
    (PUBLISHED, "已发布"),  # and locked: nothing of it is ever changed
)
OPEN = (DRAFT, COMPILED)

REGULATIONS = "《中华人民共和国政府信息公开条例》"
LEAD = ("office_lead",)

FLOW = Flow(
    (
        Move("compile", DRAFT, COMPILED, "clerk", "编制"),
        Move("recompile", COMPILED, COMPILED, "clerk", "重新编制"),
        Move("submit", COMPILED, SUBMITTED, "clerk", "送审"),
        Move("withdraw", SUBMITTED, COMPILED, "clerk", "撤回"),
        Move("approve", SUBMITTED, APPROVED, "reviewer", "审定", also=LEAD, separate_from=("submitted_by",)),
        Move("send_back", SUBMITTED, COMPILED, "reviewer", "退回", also=LEAD),
        Move("publish", APPROVED, PUBLISHED, "publisher", "发布", cite=f"{REGULATIONS}第四十九条"),
        Move("return", APPROVED, COMPILED, "publisher", "退回修改"),
    )
)
