"""The roles that people hold and moves ask for, and which of them one person may not hold at the same time."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What a member of staff is trusted with."""

    CLERK = "clerk", "登记员"
    REVIEWER = "reviewer", "审核员"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    PUBLISHER = "publisher", "发布员"
    OFFICE_LEAD = "office_lead", "信息公开工作机构负责人"
    SUPERVISOR = "supervisor", "监督员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


# GB/T 22239-2019 第8.1.5条: system, security and audit are administered by different people, none of whom
# does business.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value, Role.AUDITOR.value})
BUSINESS = frozenset(Role.values) - ADMINISTRATORS


def clash(one: str, other: str) -> bool:
    """Whether one person may not hold both roles at a time: two administrators, or an administrator and business."""
    return one != other and (one in ADMINISTRATORS or other in ADMINISTRATORS)
