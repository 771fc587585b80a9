"""The roles that people hold and moves ask for."""

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
    AUDITOR = "auditor", "审计员"
