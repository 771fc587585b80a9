"""The procedure of a disclosure on one page: its states and the moves between them."""

from dataclasses import replace

from gongkai.law.flow import Flow, Move

REGISTERED = "registered"
DRAFT, ATTRIBUTE, SECRECY, CATALOGUE = "draft", "attribute_review", "secrecy_review", "catalogue"
SIGNING, READY, SCHEDULED, PUBLISHED = "signing", "ready", "scheduled", "published"
WITHHELD, WITHDRAWN = "withheld", "withdrawn"
STATES = (
    (REGISTERED, "台账登记"),  # taken in from a ledger: no move of the procedure leads out of it but `adopt`
    (DRAFT, "起草"),
    (ATTRIBUTE, "待公开属性审核"),
    (SECRECY, "待保密审查"),
    (CATALOGUE, "待编目"),
    (SIGNING, "待签发"),
    (READY, "待发布"),
    (SCHEDULED, "定时发布"),
    (PUBLISHED, "已发布"),
    (WITHHELD, "不主动公开"),
    (WITHDRAWN, "已撤回"),
)
REVIEWED = (ATTRIBUTE, SECRECY, CATALOGUE, SIGNING, READY, SCHEDULED)
"""On the way between draft and public: whoever edits the text here sends it back to the beginning."""
REVISED = (DRAFT, *REVIEWED)
"""States of a working version; an earlier version may be public meanwhile."""

CLERK, REVIEWER, SECRECY_REVIEWER, PUBLISHER, LEAD = (
    "clerk", "reviewer", "secrecy_reviewer", "publisher", "office_lead",
)  # fmt: skip
FOUR_PEOPLE = ("author", "attribute_reviewer", "secrecy_reviewer", "publisher")
ROLES = {
    "author": CLERK, "attribute_reviewer": REVIEWER, "secrecy_reviewer": SECRECY_REVIEWER, "publisher": PUBLISHER,
}  # fmt: skip
REGULATIONS = "《政府信息公开条例》(2019)"
SECRECY_RULES = "《保守国家秘密法实施条例》(2024)第四十二条"
ART_13, ART_17, ART_18 = (f"{REGULATIONS}第{number}条" for number in ("十三", "十七", "十八"))
ART_26, ART_44 = f"{REGULATIONS}第二十六条", f"{REGULATIONS}第四十四条"

BACK = {
    ATTRIBUTE: ("return_attribute", REVIEWER, ("author",)),
    SECRECY: ("return_secrecy", SECRECY_REVIEWER, ("author",)),
    CATALOGUE: ("return_catalogue", CLERK, ()),
    SIGNING: ("return_signing", LEAD, ("author",)),
    READY: ("return_ready", PUBLISHER, ("author",)),
    SCHEDULED: ("return_scheduled", PUBLISHER, ("author",)),
}
"""Sending back with a reason: state -> name of the move, role, and from whom it is kept separate."""
EDIT = {state: f"edit_{state}" for state in REVISED}
WITHDRAW = {state: f"withdraw_{state}" for state in (PUBLISHED, *REVISED)}

REVIEWERS = ("author", "attribute_reviewer", "secrecy_reviewer")
FLOW = Flow(
    (
        Move("adopt", REGISTERED, DRAFT, CLERK, "转入审核流程"),
        Move("unadopt", DRAFT, REGISTERED, CLERK, "退回台账"),
        Move("submit", DRAFT, ATTRIBUTE, CLERK, "提交审核"),
        Move("pass_attribute", ATTRIBUTE, SECRECY, REVIEWER, "公开属性审核通过", ART_17, separate_from=("author",)),
        Move("close", ATTRIBUTE, WITHHELD, REVIEWER, "认定为不主动公开", ART_13, separate_from=("author",)),
        Move("clear_secrecy", SECRECY, CATALOGUE, SECRECY_REVIEWER, "保密审查通过", SECRECY_RULES,
             separate_from=("author", "attribute_reviewer")),
        Move("close_secrecy", SECRECY, WITHHELD, SECRECY_REVIEWER, "保密审查认定不公开", ART_17,
             separate_from=("author", "attribute_reviewer")),
        Move("catalogue", CATALOGUE, READY, CLERK, "编目", f"{REGULATIONS}第十二条"),
        Move("catalogue_to_sign", CATALOGUE, SIGNING, CLERK, "编目并报签发", f"{REGULATIONS}第十二条"),
        Move("sign", SIGNING, READY, LEAD, "签发", separate_from=("author",)),
        Move("publish", READY, PUBLISHED, PUBLISHER, "发布", ART_26, separate_from=REVIEWERS),
        Move("schedule", READY, SCHEDULED, PUBLISHER, "定时发布", ART_26, separate_from=REVIEWERS),
        Move("publish_now", SCHEDULED, PUBLISHED, PUBLISHER, "立即发布", ART_26, separate_from=REVIEWERS),
        Move("unschedule", SCHEDULED, READY, PUBLISHER, "取消定时"),
        *(Move(name, state, DRAFT, role, "退回", separate_from=apart) for state, (name, role, apart) in BACK.items()),
        *(
            Move(name, state, DRAFT, CLERK, "修改" if state == DRAFT else "修改（重新审核）", ART_17)
            for state, name in EDIT.items()
        ),
        Move("revise", PUBLISHED, DRAFT, CLERK, "起草新版本", ART_26),
        Move("drop_revision", DRAFT, PUBLISHED, CLERK, "放弃新版本"),
        Move("keep_closed", WITHHELD, WITHHELD, REVIEWER, "评估后继续不主动公开", ART_18, also=(LEAD,)),
        Move("reopen", WITHHELD, DRAFT, REVIEWER, "改为主动公开", ART_18, also=(LEAD,)),
        Move("redraft", WITHDRAWN, DRAFT, CLERK, "撤回后重新起草"),
        *(
            Move(name, state, WITHDRAWN, PUBLISHER, "撤回", f"{REGULATIONS}第十四条、第十五条", also=(LEAD,))
            for state, name in WITHDRAW.items()
        ),
    )
)  # fmt: skip
COMBINED = Flow(
    tuple(
        replace(move, separate_from=("author", "secrecy_reviewer")) if move.name in
        ("publish", "schedule", "publish_now") else move
        for move in FLOW.moves
    )
)  # fmt: skip
"""Of an organ that has declared it cannot staff four: whoever reviewed the attribute may publish, nothing else."""


def flow_of(combined: bool) -> Flow:
    """The procedure of an organ; combined: it has declared that reviewer and publisher are one person."""
    return COMBINED if combined else FLOW
