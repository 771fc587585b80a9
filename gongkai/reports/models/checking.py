"""What the last check of a report found, and which of it somebody accepted for the time being."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.organs.models import Staff
from gongkai.reports.models.report import Report


class Acceptance(models.Model):
    """A finding accepted with a reason until a day. It holds for the figures that it was given for, and no others.

    digest: of rule, cells and what stands in them, see reports.waiving.
    """

    rule = models.CharField("规则", max_length=64)
    title = models.CharField("标题", max_length=300)
    cells = models.JSONField("涉及单元格", default=list, blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    reason = models.CharField("豁免理由", max_length=500)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="豁免人")
    waived_on = models.DateField("豁免日期")
    expires_on = models.DateField("有效至")
    taken_back_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="%(app_label)s_%(class)s_has_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("waived_on")), name="%(app_label)s_%(class)s_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.expires_on}"

    def stands_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.waived_on <= day <= self.expires_on and (self.taken_back_on is None or day < self.taken_back_on)


class Waiver(Acceptance):
    """A finding on a report of one's own, accepted."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="waivers", verbose_name="年度报告")

    class Meta(Acceptance.Meta):
        verbose_name = verbose_name_plural = "检查结果豁免"


class StoredFinding(models.Model):
    """A finding of the last check of a report, in its order."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="findings", verbose_name="年度报告")
    position = models.PositiveIntegerField("次序")
    rule = models.CharField("规则", max_length=64)
    verdict = models.CharField("结论", max_length=16)
    severity = models.CharField("程度", max_length=16)
    title = models.CharField("标题", max_length=300)
    message = models.TextField("说明")
    expected = models.TextField("应为", blank=True)
    actual = models.TextField("实为", blank=True)
    cells = models.JSONField("涉及单元格", default=list, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    section = models.CharField("所在部分", max_length=8, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    # The waiver in force when the findings were kept; of a published report it is the one it was published with.
    waiver = models.ForeignKey(
        Waiver, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="豁免"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="reports_storedfinding_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"
