"""The procedure of an annual report on one page: its states and the moves between them."""

from gongkai.law.flow import Flow, Move

DRAFT, COMPILED, PUBLISHED = "draft", "compiled", "published"
STATES = ((DRAFT, "草稿"), (COMPILED, "已编制"), (PUBLISHED, "已发布"))

REGULATIONS = "《中华人民共和国政府信息公开条例》"

FLOW = Flow(
    (
        Move("compile", DRAFT, COMPILED, "clerk", "编制"),
        Move("recompile", COMPILED, COMPILED, "clerk", "重新编制"),
        Move("publish", COMPILED, PUBLISHED, "publisher", "发布", cite=f"{REGULATIONS}第四十九条"),
    )
)
