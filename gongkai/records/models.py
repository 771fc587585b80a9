"""The entry book as stored: one append-only chain of entries for each organ, and the head of each chain."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The head of an organ's chain: its last entry. Locked while an entry is added: two never take one place."""

    organ_code = models.CharField("机关代码", max_length=64, primary_key=True)
    seq = models.PositiveBigIntegerField("末条序号", default=0)
    digest = models.CharField("末条摘要", max_length=64, default="", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日志链"

    def __str__(self) -> str:
        return f"{self.organ_code} 第{self.seq}条"


class Entry(models.Model):
    """One act: who, when, what, on which record, with the values before and after. Never changed, never removed.

    digest: SHA-256 over the canonical JSON of all other fields, `previous` (the digest before it) included.
    """

    organ_code = models.CharField("机关代码", max_length=64)
    seq = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    by = models.CharField("经办人", max_length=120)
    by_key = models.CharField("经办人标识", max_length=80, blank=True)
    act = models.CharField("动作", max_length=64)
    subject_type = models.CharField("对象类型", max_length=80)
    subject_key = models.CharField("对象标识", max_length=128)
    before = models.JSONField("变动前", default=dict, blank=True)
    after = models.JSONField("变动后", default=dict, blank=True)
    previous = models.CharField("上条摘要", max_length=64, blank=True)
    digest = models.CharField("本条摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ["organ_code", "seq"]
        constraints = [models.UniqueConstraint(fields=["organ_code", "seq"], name="records_entry_place")]
        indexes = [models.Index(fields=["organ_code", "subject_type", "subject_key"], name="records_entry_subject")]

    def __str__(self) -> str:
        return f"{self.organ_code} 第{self.seq}条 {self.act}"


class Mention(models.Model):
    """A record that an entry touched besides its subject: each row of an import, found again from the record."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions", verbose_name="日志")
    organ_code = models.CharField("机关代码", max_length=64)
    subject_type = models.CharField("对象类型", max_length=80)
    subject_key = models.CharField("对象标识", max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "日志所及记录"
        indexes = [models.Index(fields=["organ_code", "subject_type", "subject_key"], name="records_mention_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_key}"


class VoidedRecord(models.Model):
    """A register record that should never have been (作废): taken out of its register, kept here whole.

    What is counted is what stands in the registers, so a voided record needs no exception in any measure. Its number
    stays taken: a later import of an old workbook does not bring it back. values: as `entries.plain` gives them.
    """

    organ_code = models.CharField("机关代码", max_length=64)
    subject_type = models.CharField("对象类型", max_length=80)
    number = models.CharField("登记号", max_length=64)
    values = models.JSONField("作废时的内容", default=dict)
    reason = models.CharField("作废理由", max_length=500)
    voided_at = models.DateTimeField("作废时间")
    voided_by = models.CharField("经办人", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "作废登记"
        constraints = [
            models.UniqueConstraint(fields=["organ_code", "subject_type", "number"], name="records_voided_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="records_voided_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number


class DailyAnchor(models.Model):
    """The heads of all chains as they stood once a day, published: kept by others, they show what was cut off later.

    heads: organ code -> [seq, digest]. digest: SHA-256 over day, heads and `previous`, the digest of the anchor before.
    Never changed, never removed.
    """

    day = models.DateField("日期", unique=True)
    made_at = models.DateTimeField("生成时间")
    heads = models.JSONField("各链链头", default=dict)
    previous = models.CharField("上一日锚摘要", max_length=64, blank=True)
    digest = models.CharField("本日锚摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "日锚"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} 日锚"


class Job(models.Model):
    """Long work done apart from the page that asked for it: queued, running, done or failed; a failed one runs again.

    kind: which work, known to whoever runs it; arguments, payload: what it works on. said: what came of it, for the
    person who asked; trace: what the program said when it broke off, for the keeper of the machine alone.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "等待执行"
        RUNNING = "running", "正在执行"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    organ_code = models.CharField("机关代码", max_length=64)
    kind = models.CharField("任务种类", max_length=32)
    title = models.CharField("任务名称", max_length=200)
    arguments = models.JSONField("参数", default=dict, blank=True)
    payload = models.BinaryField("所附文件", default=b"", blank=True)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.QUEUED)
    by = models.CharField("交办人", max_length=120)
    asked_at = models.DateTimeField("交办时间")
    began_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    attempts = models.PositiveIntegerField("执行次数", default=0)
    worker = models.CharField("执行进程", max_length=120, blank=True)
    said = models.CharField("结果", max_length=1000, blank=True)
    result = models.JSONField("结果明细", default=dict, blank=True)
    trace = models.TextField("出错细节", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        indexes = [
            models.Index(fields=["organ_code", "-id"], name="records_job_of_organ"),
            models.Index(
                fields=["id"], condition=models.Q(state__in=["queued", "running"]), name="records_job_unfinished"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "failed"]) | models.Q(ended_at__isnull=False),
                name="records_job_ended_is_dated",
            )
        ]

    def __str__(self) -> str:
        return self.title


class BookEdition(models.Model):
    """The calendar and time limits from which open matters were last dated. digest: of those pages together."""

    digest = models.CharField("页面摘要", max_length=64)
    applied_at = models.DateTimeField("启用时间")
    changed = models.PositiveIntegerField("重算改动数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "法规册版次"

    def __str__(self) -> str:
        return self.digest[:12]
