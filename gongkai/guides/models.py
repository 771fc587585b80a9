"""What is stored of the guide and the rules: every edition whole, with who prepared and who approved it."""

from __future__ import annotations

from functools import partial

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from gongkai.guides.flow import APPROVED, DRAFT, ON_ITS_WAY, PUBLIC, REPEALED, STATES, SUBMITTED
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, Staff

GUIDE, RULE = "guide", "rule"
CODE = RegexValidator(r"^[0-9A-Za-z_-]+$", "文件编号只能用字母、数字、短横和下划线")
LONGEST_TEXT = 20_000  # characters of one item


class Edition(models.Model):
    """One edition of the guide, or of one rule, of an organ. What the public has read is never changed afterwards.

    code: "guide", or the rule's own number; editions of one document share it. sections: item of the book
    (`law.public_documents`) -> text. reviewed_on: when it was last found still right without a new edition.
    """

    class Kind(models.TextChoices):
        GUIDE = GUIDE, "公开指南"
        RULE = RULE, "公开制度"

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    code = models.CharField(
        "文件编号",
        max_length=40,
        validators=[CODE],
    )
    version = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("名称", max_length=200)
    sections = models.JSONField("各项内容", default=dict, blank=True)
    change_note = models.CharField("修订说明", max_length=500, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=STATES, default=DRAFT)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")
    revision = models.PositiveIntegerField("修改次数", default=0)
    submitted_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟稿人"
    )
    approved_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    sent_back_reason = models.CharField("退回原因", max_length=500, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    reviewed_on = models.DateField("核对日期", null=True, blank=True)
    replaced_on = models.DateField("被新版替代日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    repeal_reason = models.CharField("废止理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指南制度"
        ordering = ["kind", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "code", "version"], name="guides_edition_one_of_a_version"),
            models.UniqueConstraint(
                fields=["organ", "code"], condition=Q(state__in=ON_ITS_WAY), name="guides_edition_one_on_its_way"
            ),
            models.CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="guides_edition_state"),
            models.CheckConstraint(
                condition=Q(kind=GUIDE, code=GUIDE) | Q(kind=RULE) & ~Q(code=GUIDE), name="guides_edition_one_guide"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | Q(published_at__isnull=False), name="guides_published_is_dated"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(DRAFT, SUBMITTED)) | Q(approved_by__isnull=False),
                name="guides_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SUBMITTED, APPROVED)) | Q(submitted_by__isnull=False),
                name="guides_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="guides_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=REPEALED) | Q(repealed_on__isnull=False) & ~Q(repeal_reason=""),
                name="guides_repealed_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.version}版"

    @property
    def number(self) -> str:
        """How entries name it."""
        return f"{self.code}-v{self.version}"

    @property
    def is_in_force(self) -> bool:
        """Published, and neither replaced nor repealed."""
        return self.state == "published" and self.replaced_on is None
