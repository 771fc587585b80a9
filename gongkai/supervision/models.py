"""What is stored of supervision: reminders sent to organs below, and corrections that were taken note of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.organs.models import Organ, Staff
from gongkai.reports.models import Report
from gongkai.supervision.flow import SENT, STATES

LONGEST_LETTER = 2000


class Reminder(models.Model):
    """A letter to an organ whose annual report is wanting; it stands on that organ's list until the report is out."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="被提醒机关")
    sender = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="发出机关")
    year = models.PositiveSmallIntegerField("报告年度")
    due_on = models.DateField("要求办结日期")
    letter = models.TextField("提醒函", max_length=LONGEST_LETTER)
    state = models.CharField("状态", max_length=16, choices=STATES, default=SENT)
    sent_at = models.DateTimeField("发出时间")

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _ in STATES]), name="supervision_reminder_state"
            ),
            models.CheckConstraint(condition=~Q(letter=""), name="supervision_reminder_says_something"),
        ]
        indexes = [
            models.Index(fields=["organ", "year"], name="supervision_reminded"),
            models.Index(fields=["sender", "year"], name="supervision_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年度报告提醒"


class CorrectionNoted(models.Model):
    """That an organ took note of a correction: of a report below it, or of its own that a later report builds upon."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", verbose_name="更正版")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="阅知机关")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="阅知人")
    noted_at = models.DateTimeField("阅知时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正阅知"
        constraints = [models.UniqueConstraint(fields=["report", "organ"], name="supervision_correction_noted_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.organ}"
