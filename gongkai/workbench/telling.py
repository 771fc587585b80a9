"""Entries of the entry book in the reader's words: what was done, and to what kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext, gettext_noop

from gongkai.disclosures import flow as items
from gongkai.records.models import Entry

ACTS = {
    "import": gettext_noop("导入工作簿"),
    "record": gettext_noop("登记"),
    "amend": gettext_noop("更正登记"),
    "void": gettext_noop("作废登记"),
    "create": gettext_noop("新建年报"),
    "compile": gettext_noop("编制"),
    "recompile": gettext_noop("重新编制"),
    "draft_narrative": gettext_noop("起草正文"),
    "write_section": gettext_noop("撰写正文"),
    "enter_figure": gettext_noop("填报数字"),
    "restore_counted": gettext_noop("恢复为统计的数字"),
    "set_opening_balance": gettext_noop("登记期初余额"),
    "check": gettext_noop("检查"),
    "submit": gettext_noop("送审"),
    "withdraw": gettext_noop("撤回送审"),
    "approve": gettext_noop("审定"),
    "send_back": gettext_noop("退回"),
    "return": gettext_noop("退回修改"),
    "publish": gettext_noop("发布"),
    "correct": gettext_noop("建立更正版"),
    "waive": gettext_noop("豁免检查结果"),
    "take_back_waiver": gettext_noop("撤销豁免"),
    "promise": gettext_noop("登记工作打算"),
    "amend_promise": gettext_noop("修改工作打算"),
    "withdraw_promise": gettext_noop("撤去工作打算"),
    "settle_promise": gettext_noop("认定兑现情况"),
    "set_earlier_day": gettext_noop("登记提前报送要求"),
    "conclude": gettext_noop("办结"),
    "register_organ": gettext_noop("登记机关"),
    "rename": gettext_noop("机关更名"),
    "succeed": gettext_noop("机关承接"),
    "abolish": gettext_noop("撤销机关"),
    "set_contact": gettext_noop("更改联系方式"),
    "establish": gettext_noop("设立"),
    "enrol": gettext_noop("登记人员"),
    "appoint": gettext_noop("任职"),
    "dismiss": gettext_noop("免职"),
    "end_item": gettext_noop("事项停办"),
    "receive_comment": gettext_noop("收到留言"),
    "show_comment": gettext_noop("展示留言并分办"),
    "show_after_all": gettext_noop("改为展示留言"),
    "withhold_comment": gettext_noop("不予展示留言"),
    "take_down": gettext_noop("撤下留言"),
    "take_down_replied": gettext_noop("撤下留言"),
    "take_down_answered": gettext_noop("撤下留言"),
    "assign_comment": gettext_noop("改派留言"),
    "draft_reply": gettext_noop("拟答复"),
    "send_back_reply": gettext_noop("退回答复"),
    "release_reply": gettext_noop("公开答复"),
    "begin_edition": gettext_noop("起草指南和制度"),
    "write_edition": gettext_noop("撰写内容"),
    "revise_edition": gettext_noop("修订为新版"),
    "confirm_edition": gettext_noop("核对无误"),
    "repeal": gettext_noop("废止"),
    "raise_tasks": gettext_noop("产生公开任务"),
    "fulfil_task": gettext_noop("反馈已公开"),
    "report_nothing": gettext_noop("反馈本期无此信息"),
    "reopen_done": gettext_noop("退回重办"),
    "reopen_nothing": gettext_noop("退回重办"),
    "give_notice": gettext_noop("发出到期提醒"),
    "redate": gettext_noop("按新日历重算期限"),
    "make_feed": gettext_noop("开通日历订阅"),
    "revoke_feed": gettext_noop("停用日历订阅"),
    "remind": gettext_noop("发出提醒"),
    "acknowledge": gettext_noop("签收提醒"),
    "withdraw_reminder": gettext_noop("撤回提醒"),
    "withdraw_acknowledged": gettext_noop("撤回提醒"),
    "note_correction_below": gettext_noop("阅知下级年报更正"),
    "note_correction": gettext_noop("阅知本机关年报更正"),
    "receive_report": gettext_noop("收下报告"),
    "assign_report": gettext_noop("指明报告机关"),
    "ask_organ": gettext_noop("询问"),
    "answer_question": gettext_noop("答复询问"),
    "answer_again": gettext_noop("重新答复询问"),
    "accept_answer": gettext_noop("认可答复"),
    "reject_answer": gettext_noop("退回答复"),
    "withdraw_question": gettext_noop("撤回询问"),
    "withdraw_rejected": gettext_noop("撤回询问"),
    "erase_contact": gettext_noop("删除联系方式"),
    "read_personal_data": gettext_noop("查看个人信息"),
    "ask_job": gettext_noop("交办后台任务"),
    "run_job_again": gettext_noop("再次执行后台任务"),
    "hand_over": gettext_noop("移交职责"),
    "take_back": gettext_noop("收回职责"),
    "sign_in": gettext_noop("登录"),
    "sign_out": gettext_noop("退出"),
    "sign_in_failed": gettext_noop("登录失败"),
    "end_session": gettext_noop("终止登录会话"),
    "unlock_account": gettext_noop("解除账号锁定"),
    "unlock_address": gettext_noop("解除来源地址锁定"),
    "change_password": gettext_noop("更换密码"),
    "reset_password": gettext_noop("重置密码"),
    "close_account": gettext_noop("停用账号"),
    "reopen_account": gettext_noop("恢复账号"),
    "enrol_second_factor": gettext_noop("启用第二因子"),
    "remove_second_factor": gettext_noop("取消第二因子"),
    "renew_recovery_codes": gettext_noop("换恢复码"),
    "reset_second_factor": gettext_noop("重置第二因子"),
    "export_entries": gettext_noop("导出操作日志"),
    "backup": gettext_noop("备份"),
    "restore": gettext_noop("恢复"),
    "anchor": gettext_noop("做日锚"),
    "verify": gettext_noop("核验操作日志"),
    "set_rules": gettext_noop("更改登录设置"),
    "draft": gettext_noop("起草公开信息"),
    "discard": gettext_noop("作废草稿"),
    "adopt": gettext_noop("转入审核流程"),
    "pass_attribute": gettext_noop("公开属性审核通过"),
    "close": gettext_noop("认定为不主动公开"),
    "clear_secrecy": gettext_noop("保密审查通过"),
    "close_secrecy": gettext_noop("保密审查认定不公开"),
    "catalogue": gettext_noop("编目"),
    "catalogue_to_sign": gettext_noop("编目并报签发"),
    "sign": gettext_noop("签发"),
    "schedule": gettext_noop("定时发布"),
    "unschedule": gettext_noop("取消定时"),
    "publish_now": gettext_noop("发布信息"),
    "revise": gettext_noop("起草新版本"),
    "drop_revision": gettext_noop("放弃新版本"),
    "keep_closed": gettext_noop("评估后继续不主动公开"),
    "reopen": gettext_noop("改为主动公开"),
    "redraft": gettext_noop("撤回后重新起草"),
    "mark_urgent": gettext_noop("标为急件"),
    "judge_finding": gettext_noop("处理筛查结果"),
    "open_incident": gettext_noop("登记疑似涉密事件"),
    "close_incident": gettext_noop("处置疑似涉密事件"),
    "set_validity": gettext_noop("标注有效期"),
    "deliver": gettext_noop("报送查阅点"),
    "unadopt": gettext_noop("退回台账"),
    "post": gettext_noop("登记其他渠道发布"),
    "correct_posting": gettext_noop("更正发布记录"),
    "appoint_holder": gettext_noop("指定账号管理员"),
    "end_holder": gettext_noop("卸任账号管理员"),
    "receive_receipt": gettext_noop("登记回执"),
    "set_rule": gettext_noop("制定公开审核规定"),
    "begin_procedure": gettext_noop("启用公开审核流程"),
}
ACTS |= {name: gettext_noop("退回起草人") for name, _, _ in items.BACK.values()}
ACTS |= {name: gettext_noop("修改") for name in items.EDIT.values()}
ACTS |= {name: gettext_noop("撤回公开") for name in items.WITHDRAW.values()}


# What entries are about that is no record.
PLAIN = {"workbook": gettext_noop("工作簿"), "installation": gettext_noop("本站")}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as shown. kind: the Chinese name of what it is about; an act without a word keeps its own name."""

    entry: Entry
    act: str
    kind: str


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Entries with their acts and subjects in words."""
    return [Line(entry, gettext(ACTS.get(entry.act, entry.act)), _kind(entry.subject_type)) for entry in entries]


def _kind(subject_type: str) -> str:
    if subject_type in PLAIN:
        return PLAIN[subject_type]
    label, _, model = subject_type.partition(".")
    try:
        return str(apps.get_model(label, model)._meta.verbose_name)
    except LookupError:  # a kind of record that this program no longer has
        return subject_type
