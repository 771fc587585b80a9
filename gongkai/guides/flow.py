"""The procedure of an edition of the guide or of a rule on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

DRAFT, SUBMITTED, APPROVED, PUBLISHED, REPEALED = "draft", "submitted", "approved", "published", "repealed"
STATES = (
    (DRAFT, "起草"),
    (SUBMITTED, "待审定"),
    (APPROVED, "待发布"),
    (PUBLISHED, "已发布"),
    (REPEALED, "已废止"),
)
ON_ITS_WAY = (DRAFT, SUBMITTED, APPROVED)
"""Not yet public; a document has one such edition at most."""

PUBLIC = (PUBLISHED, REPEALED)
CLERK, LEAD, PUBLISHER = "clerk", "office_lead", "publisher"
CITE = "《政府信息公开条例》(2019)第四条、第十二条"

FLOW = Flow(
    (
        Move("submit", DRAFT, SUBMITTED, CLERK, "送审", CITE),
        Move("approve", SUBMITTED, APPROVED, LEAD, "审定", CITE, separate_from=("submitted_by",)),
        Move("send_back", SUBMITTED, DRAFT, LEAD, "退回修改"),
        Move("return", APPROVED, DRAFT, LEAD, "退回修改"),
        Move("publish", APPROVED, PUBLISHED, PUBLISHER, "发布", CITE, separate_from=("submitted_by",)),
        Move("repeal", PUBLISHED, REPEALED, LEAD, "废止"),
    )
)
