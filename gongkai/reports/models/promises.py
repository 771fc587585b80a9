"""Next year's plan as promises (工作打算), and days that a superior organ set before the statutory one."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ


class Promise(models.Model):
    """What an organ undertook in its report for a year: by whom, until when, and what became of it."""

    class Status(models.TextChoices):
        OPEN = "open", "未到期或进行中"
        KEPT = "kept", "已兑现"
        PARTLY = "partly", "部分兑现"
        BROKEN = "broken", "未兑现"

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="promises", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("提出年度", help_text="写在哪一年度的报告里")
    text = models.CharField("打算", max_length=500)
    owner = models.CharField("责任人", max_length=120)
    due_on = models.DateField("完成期限")
    status = models.CharField("兑现情况", max_length=8, choices=Status.choices, default=Status.OPEN)
    evidence = models.CharField("依据", max_length=500, blank=True)
    settled_on = models.DateField("认定日期", null=True, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")

    class Meta:
        verbose_name = verbose_name_plural = "工作打算"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", settled_on__isnull=True)
                | (~Q(status="open") & Q(settled_on__isnull=False) & ~Q(evidence="")),
                name="reports_promise_settled_with_evidence",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(owner=""), name="reports_promise_has_an_owner"),
        ]

    def __str__(self) -> str:
        return self.text


class EarlierDay(models.Model):
    """A day before the statutory one by which an organ must report, told by the organ above it."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="+", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("报告年度")
    due_on = models.DateField("要求日期")
    source = models.CharField("出处", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "提前报送要求"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="reports_earlierday_once"),
            models.CheckConstraint(condition=~Q(source=""), name="reports_earlierday_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.due_on}"
