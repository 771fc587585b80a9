"""What is stored of received reports: the file as it came, what was read and found, waivers, questions and answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.organs.models import Organ, Staff
from gongkai.received.flow import ANSWERS, ASKED, STATES
from gongkai.reports.checking.wording import level
from gongkai.reports.models import Acceptance

LONGEST_TEXT = 4000


class Received(models.Model):
    """A report as a file, kept by the organ that checks it.

    organ: the registered organ whose report it is, where it is known; organ_name: as the file has it. reading: what
    was read of it (reports.checking.keeping), null where it was refused. engine: of the book and code that judged it.
    Of a removed one only a tombstone is left: whose it was, who removed it and why, and by which rules it was found
    wanting; no content and no words of it.
    """

    keeper = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="检查机关")
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告机关"
    )
    organ_name = models.CharField("报告所载机关", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("报告年度", null=True, blank=True)
    form_id = models.CharField("报表格式", max_length=64, blank=True)
    file_name = models.CharField("文件名", max_length=255)
    digest = models.CharField("文件摘要", max_length=64)
    content = models.BinaryField("文件")
    reading = models.JSONField("读到的内容", null=True, blank=True)
    undecided = models.PositiveIntegerField("待定单元格", default=0)
    refused = models.TextField("不能读的原因", blank=True)
    previous = models.CharField("对照的上年度报告", max_length=255, blank=True)
    engine = models.CharField("规则和程序摘要", max_length=64, blank=True)
    received_at = models.DateTimeField("收到时间")
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="收件人")
    checked_at = models.DateTimeField("检查时间")
    removed_on = models.DateField("删除日期", null=True, blank=True)
    removed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="删除人"
    )
    removal_reason = models.CharField("删除理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收到的报告"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "digest"], condition=Q(removed_on__isnull=True), name="received_received_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=False, reading__isnull=True)
                | Q(removed_on__isnull=True, reading__isnull=True, refused__gt="")
                | Q(removed_on__isnull=True, reading__isnull=False, refused=""),
                name="received_received_read_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_by__isnull=True, removal_reason="")
                | Q(removed_on__isnull=False, removed_by__isnull=False, removal_reason__gt=""),
                name="received_received_removed_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["keeper", "organ_name", "year"], name="received_by_organ_and_year")]

    def __str__(self) -> str:
        return f"{self.organ_name}{self.year}年度报告" if self.organ_name and self.year else self.file_name

    @property
    def seriousness(self) -> str:
        """How serious what is still open is; of a report with the counts of `queries.received_by`."""
        counts = (getattr(self, name) for name in ("errors", "failing", "asking"))
        return "未读" if self.refused else level(*counts, undecided=self.undecided)


class ReceivedWaiver(Acceptance):
    """A finding on a received report accepted with a reason until a day."""

    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="waivers", verbose_name="收到的报告")

    class Meta(Acceptance.Meta):
        verbose_name = verbose_name_plural = "收到的报告的豁免"


class Question(models.Model):
    """What an organ is asked about a finding on its report, and what it answers.

    organ: that is asked; sender: that asks. digest: of the finding, so that it is known again after another check.
    """

    received = models.ForeignKey(
        Received, on_delete=models.PROTECT, related_name="questions", verbose_name="收到的报告"
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="被询问机关")
    sender = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="询问机关")
    rule = models.CharField("规则", max_length=64)
    title = models.CharField("标题", max_length=300)
    text = models.TextField("询问内容")
    evidence = models.JSONField("原文和数", default=list, blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    due_on = models.DateField("要求答复日期")
    state = models.CharField("状态", max_length=16, choices=STATES, default=ASKED)
    asked_at = models.DateTimeField("询问时间")
    answer = models.TextField("答复", max_length=LONGEST_TEXT, blank=True)
    answered_as = models.CharField("答复的性质", max_length=16, choices=ANSWERS, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    remark = models.TextField("对答复的意见", max_length=LONGEST_TEXT, blank=True)
    decided_at = models.DateTimeField("认定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "对报告的询问"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="received_question_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("answered", "accepted", "rejected")) | ~Q(answer=""),
                name="received_question_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "state"], name="received_question_to"),
            models.Index(fields=["sender", "state"], name="received_question_from"),
        ]

    def __str__(self) -> str:
        return f"{self.received} {self.title}"


class ReceivedFinding(models.Model):
    """A finding of the last check of a received report. told: all of it (reports.checking.keeping)."""

    received = models.ForeignKey(Received, on_delete=models.CASCADE, related_name="findings", verbose_name="收到的报告")
    position = models.PositiveIntegerField("次序")
    rule = models.CharField("规则", max_length=64)
    verdict = models.CharField("结论", max_length=16)
    severity = models.CharField("程度", max_length=16)
    title = models.CharField("标题", max_length=300)
    message = models.TextField("说明")
    evidence = models.JSONField("原文和数", default=list, blank=True)
    repairs = models.JSONField("可能的改法", default=list, blank=True)
    question_text = models.TextField("要问什么", blank=True)
    told = models.JSONField("全部内容")
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    waiver = models.ForeignKey(
        ReceivedWaiver, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="豁免"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="询问"
    )

    class Meta:
        verbose_name = verbose_name_plural = "收到的报告的检查结果"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["received", "position"], name="received_finding_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"
