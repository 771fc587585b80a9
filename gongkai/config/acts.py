"""Who may do what: every act by its name in the entry book, the roles that may do it, and where they hold them.

Moves of a procedure stand in the flow of their desk; all other acts stand here. docs/roles.md is made of both, and
tests/test_roles.py tries every act by every role in every state: what is possible is what is written, no more, no less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.comments import flow as comments
from gongkai.disclosures import flow as disclosures
from gongkai.duties import flow as duties
from gongkai.guides import flow as guides
from gongkai.law.flow import Flow
from gongkai.received import flow as received
from gongkai.records.roles import Role
from gongkai.reports import flow as reports
from gongkai.supervision import flow as supervision

OWN, ABOVE, SELF = "own", "above", "self"
"""Where somebody holds the role: in the organ that the act is about, in one above it; or it is about themselves."""

ANY = tuple(Role.values)
SYSTEM, SECURITY = (Role.SYSTEM_ADMIN.value,), (Role.SECURITY_ADMIN.value,)
CLERK, LEAD, SUPERVISOR = (Role.CLERK.value,), (Role.OFFICE_LEAD.value,), (Role.SUPERVISOR.value,)
AUDITOR = (Role.AUDITOR.value,)
REVIEWER, SECRECY, PUBLISHER = (Role.REVIEWER.value,), (Role.SECRECY_REVIEWER.value,), (Role.PUBLISHER.value,)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a room that is no move of a procedure. states: those of its subject; () when it has none.

    itself: whether anybody may do it about themselves, whatever their role.
    """

    room: str
    name: str
    title: str
    roles: tuple[str, ...]
    places: tuple[str, ...] = (OWN,)
    states: tuple[str, ...] = ()
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """A flow with its states in words. places: for a role that is not held in the subject's own organ, where it is."""

    room: str
    title: str
    flow: Flow
    states: tuple[tuple[str, str], ...]
    places: Mapping[str, str] = field(default_factory=dict)


PROCEDURES = (
    Procedure("disclosures", "公开信息", disclosures.FLOW, disclosures.STATES),
    Procedure("reports", "年度报告", reports.FLOW, reports.STATES),
    Procedure("guides", "指南和制度", guides.FLOW, guides.STATES),
    Procedure("duties", "公开任务", duties.FLOW, duties.STATES),
    Procedure("comments", "年报留言", comments.FLOW, comments.STATES),
    Procedure("received", "检查询问", received.FLOW, received.STATES, {Role.SUPERVISOR.value: ABOVE}),
    Procedure("supervision", "报送提醒", supervision.FLOW, supervision.STATES, {Role.SUPERVISOR.value: ABOVE}),
)

_LOOKED_AT = (reports.COMPILED, reports.SUBMITTED)
_UNPUBLISHED = tuple(code for code, _ in reports.STATES if code != reports.PUBLISHED)
_REPORTS = (
    Act("reports", "create", "新建年度报告", CLERK),
    Act("reports", "set_opening_balance", "登记期初余额", CLERK),
    Act("reports", "enter_figure", "填报数字", CLERK, states=(reports.COMPILED,)),
    Act("reports", "restore_counted", "恢复为统计的数字", CLERK, states=(reports.COMPILED,)),
    Act("reports", "write_section", "撰写正文", CLERK, states=reports.OPEN),
    Act("reports", "draft_narrative", "起草正文", CLERK, states=reports.OPEN),
    Act("reports", "check", "检查", CLERK, states=(reports.COMPILED,)),
    Act("reports", "waive", "豁免检查结果", REVIEWER + LEAD, states=_LOOKED_AT),
    Act("reports", "take_back_waiver", "撤销豁免", REVIEWER + LEAD, states=_LOOKED_AT),
    Act("reports", "correct", "建立更正版", CLERK, states=(reports.PUBLISHED,)),
    Act("reports", "promise", "登记工作打算", CLERK + LEAD, states=_UNPUBLISHED),
    Act("reports", "amend_promise", "修改工作打算", CLERK + LEAD, states=_UNPUBLISHED),
    Act("reports", "withdraw_promise", "撤去工作打算", CLERK + LEAD, states=_UNPUBLISHED),
    Act("reports", "settle_promise", "认定兑现情况", CLERK + LEAD, states=(*_UNPUBLISHED, reports.PUBLISHED)),
    Act("reports", "set_earlier_day", "登记提前报送要求", CLERK + LEAD),
)
_SHOWN = (comments.OPEN, comments.REPLIED)
_EVERY = tuple(code for code, _ in comments.STATES)
_COMMENTS = (
    Act("comments", "assign_comment", "改派留言", LEAD, states=_SHOWN),
    Act("comments", "read_personal_data", "查看留言人联系方式", CLERK + LEAD, states=_EVERY),
    Act("comments", "erase_contact", "删除联系方式", LEAD, states=_EVERY),
)
_GUIDES = (
    Act("guides", "begin_edition", "起草指南和制度", CLERK),
    Act("guides", "write_edition", "撰写内容", CLERK, states=(guides.DRAFT,)),
    Act("guides", "revise_edition", "修订为新版", CLERK, states=(guides.PUBLISHED,)),
    Act("guides", "confirm_edition", "核对无误", LEAD, states=(guides.PUBLISHED,)),
)
_DUTIES = (Act("duties", "raise_tasks", "登记公开事由", CLERK + LEAD),)
_SUPERVISION = (
    Act("supervision", "remind", "发出提醒", SUPERVISOR, (ABOVE,)),
    Act("supervision", "note_correction_below", "阅知下级年报更正", SUPERVISOR, (ABOVE,)),
    Act("supervision", "note_correction", "阅知本机关年报更正", CLERK + LEAD),
)
_RECEIVED = (
    Act("received", "receive_report", "收下报告", CLERK + SUPERVISOR),
    Act("received", "check", "重新检查", CLERK + SUPERVISOR),
    Act("received", "assign_report", "指明报告机关", CLERK + SUPERVISOR),
    Act("received", "waive", "豁免检查结果", REVIEWER + LEAD + SUPERVISOR),
    Act("received", "take_back_waiver", "撤销豁免", REVIEWER + LEAD + SUPERVISOR),
    Act("received", "remove_report", "删除收到的报告", REVIEWER + LEAD + SUPERVISOR),
    Act("received", "ask_organ", "询问下级机关", SUPERVISOR, (ABOVE,)),
)
_DISCLOSURES = (
    Act("disclosures", "draft", "起草公开信息", CLERK),
    Act("disclosures", "discard", "作废草稿", CLERK, states=(disclosures.DRAFT,)),
    Act("disclosures", "mark_urgent", "标为急件", CLERK + LEAD, states=disclosures.REVISED),
    Act("disclosures", "judge_finding", "处理筛查结果", CLERK + REVIEWER + SECRECY, states=disclosures.REVISED),
    Act("disclosures", "close_incident", "处置疑似涉密事件", SECRECY),
    Act("disclosures", "repeal", "标注废止", PUBLISHER, states=(disclosures.PUBLISHED,)),
    Act("disclosures", "set_validity", "标注有效期", PUBLISHER, states=(disclosures.PUBLISHED,)),
    Act("disclosures", "deliver", "报送查阅点", CLERK, states=(disclosures.PUBLISHED,)),
    Act("disclosures", "receive_receipt", "登记签收", CLERK, states=tuple(code for code, _ in disclosures.STATES)),
    Act("disclosures", "set_rule", "制定公开审核规定", LEAD),
    Act("disclosures", "post", "登记其他渠道发布", PUBLISHER, states=(disclosures.PUBLISHED,)),
    Act("disclosures", "correct_posting", "更正发布记录", PUBLISHER, states=(disclosures.PUBLISHED,)),
    Act("channels", "appoint_holder", "指定账号管理员", LEAD),
    Act("channels", "end_holder", "卸任账号管理员", LEAD),
    Act("organs", "begin_procedure", "启用公开审核流程", LEAD),
)
_REGISTERS = tuple(
    Act(room, name, title, CLERK)
    for room in ("disclosures", "duties", "applications", "fees", "disputes", "approvals", "channels", "organs")
    for name, title in (("record", "登记"), ("amend", "更正登记"), ("void", "作废登记"))
)
_DESKS = (
    Act("workbook", "import", "导入工作簿", CLERK),
    Act("applications", "conclude", "办结申请", CLERK),
    Act("disputes", "conclude", "登记审理结果", CLERK),
    Act("approvals", "end_item", "事项停办", CLERK),
)
_BOTH = (OWN, ABOVE)
_ORGANS = (
    Act("organs", "establish", "在本机关之下登记机关", SYSTEM, _BOTH),
    Act("organs", "rename", "机关更名", SYSTEM, _BOTH),
    Act("organs", "succeed", "登记机关承接", SYSTEM, _BOTH),
    Act("organs", "abolish", "撤销机关", SYSTEM, _BOTH),
    Act("organs", "set_contact", "更改联系方式", SYSTEM, _BOTH),
    Act("organs", "enrol", "开设账号、登记人员", SYSTEM, _BOTH),
    Act("organs", "appoint", "任命角色", SECURITY, _BOTH),
    Act("organs", "dismiss", "免去角色", SECURITY, (*_BOTH, SELF)),
    Act("organs", "hand_over", "移交职责", SECURITY, _BOTH, itself=True),
    Act("organs", "take_back", "收回职责", SECURITY, _BOTH, itself=True),
)
_ACCOUNTS = (
    Act("organs", "close_account", "停用账号", SYSTEM, _BOTH),
    Act("organs", "reopen_account", "恢复账号", SYSTEM, _BOTH),
    Act("organs", "reset_password", "重置密码", SYSTEM, _BOTH),
    Act("accounts", "set_rules", "更改登录设置", SYSTEM, _BOTH),
    Act("organs", "reset_second_factor", "重置第二因子", SECURITY, _BOTH),
    Act("organs", "unlock_account", "解除账号锁定", SECURITY, (*_BOTH, SELF)),
    Act("accounts", "unlock_address", "解除来源地址锁定（最上级机关）", SECURITY, (ABOVE,)),
    Act("organs", "export_entries", "导出操作日志", AUDITOR),
    Act("organs", "end_session", "终止登录会话", SECURITY, _BOTH, itself=True),
)
ACTS = (
    *_DISCLOSURES,
    *_REPORTS, *_COMMENTS, *_GUIDES, *_DUTIES, *_SUPERVISION, *_RECEIVED, *_REGISTERS, *_DESKS, *_ORGANS, *_ACCOUNTS,
)  # fmt: skip
