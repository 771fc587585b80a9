"""What an organ decides for itself about its procedure, and the counters behind its numbers."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ


class SignOff(models.TextChoices):
    """Which items the person in charge signs before they are published."""

    NONE = "none", "不须签发"
    NORMATIVE = "normative", "规章和行政规范性文件须签发"
    ALL = "all", "全部须签发"


class ChainRule(models.Model):
    """The procedure of an organ: who signs, how items are numbered, when closed ones are seen again.

    Since when it binds is the organ's `chain_since`: later publications are refused as ledger rows.
    combined_reason: why the organ cannot staff four people; then whoever reviewed the attribute may publish as well.
    index_prefix: the organ's code within index numbers; numbers already given keep the one they were given.
    """

    organ = models.OneToOneField(Organ, on_delete=models.PROTECT, related_name="chain_rule", verbose_name="行政机关")
    sign_off = models.CharField("签发规定", max_length=12, choices=SignOff.choices, default=SignOff.NONE)
    combined_reason = models.CharField("兼任事由", max_length=300, blank=True)
    index_scheme = models.CharField(
        "索引号规则", max_length=40, choices=partial(choices, "index_schemes"), default="national-2009"
    )
    index_prefix = models.CharField("索引号机关代码", max_length=40, blank=True)
    re_review_months = models.PositiveSmallIntegerField("不公开信息评估间隔(月)", default=12)

    class Meta:
        verbose_name = verbose_name_plural = "公开审核规定"
        constraints = [
            models.CheckConstraint(condition=Q(re_review_months__gte=1), name="disclosures_re_review_happens")
        ]

    def __str__(self) -> str:
        return f"{self.organ.code} 公开审核规定"

    @property
    def combined(self) -> bool:
        """Whether reviewer and publisher may be one person."""
        return bool(self.combined_reason)


class Counter(models.Model):
    """The last number given within an organ and a scope: a year's index numbers, a year's items. Locked while given."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    scope = models.CharField("范围", max_length=80)
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号计数"
        constraints = [models.UniqueConstraint(fields=["organ", "scope"], name="disclosures_counter_once")]

    def __str__(self) -> str:
        return f"{self.scope}:{self.last}"
