"""Roles and endings in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

from gongkai.records.roles import Role

ROLES = {
    "clerk": gettext_noop("登记员"),
    "reviewer": gettext_noop("审核员"),
    "secrecy_reviewer": gettext_noop("保密审查员"),
    "publisher": gettext_noop("发布员"),
    "office_lead": gettext_noop("信息公开工作机构负责人"),
    "supervisor": gettext_noop("监督员"),
    "system_admin": gettext_noop("系统管理员"),
    "security_admin": gettext_noop("安全管理员"),
    "auditor": gettext_noop("审计管理员"),
}
ENDINGS = {
    "": gettext_noop("仍在登录"),
    "signed_out": gettext_noop("本人退出"),
    "idle": gettext_noop("长时间无操作"),
    "too_long": gettext_noop("达到最长时间"),
    "ended": gettext_noop("被终止"),
    "password": gettext_noop("更换密码"),
}


def role(code: str) -> str:
    """A role in words."""
    return gettext(ROLES[code])


def roles(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Roles as (code, words), in the order in which they are declared."""
    held = set(codes)
    return [(code, role(code)) for code in Role.values if code in held]


def ending(code: str) -> str:
    """How a session ended, in words."""
    return gettext(ENDINGS[code])
