"""What is stored of duties: the register of duties, the tasks made of them, the reminders that were given."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.channels.models import Channel
from gongkai.disclosures.models import TIMINGS, Disclosure
from gongkai.duties.flow import DONE, OPEN, STATES
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, RegisterRecord, ends_after_beginning, listed_by


class Duty(RegisterRecord):
    """What a department must disclose, in which way and place, how often, and within which limit.

    cycle: a period as in ISO 8601, or `event` when nothing but an event gives cause. starts_on: the first day of the
    first period. limit_days: None for the statutory limit of proactive disclosure.
    """

    class Cycle(models.TextChoices):
        WEEK = "P7D", "每周"
        MONTH = "P1M", "每月"
        QUARTER = "P3M", "每季度"
        HALF = "P6M", "每半年"
        YEAR = "P1Y", "每年"
        EVENT = "event", "随时(发生或变更时)"

    class Unit(models.TextChoices):
        WORKING = "working_day", "工作日"
        NATURAL = "natural_day", "日"

    title = models.CharField("公开事项", max_length=200)
    disclosure_item = models.CharField("法定公开事项", max_length=40, choices=partial(choices, "disclosure_items"))
    content = models.CharField("公开内容", max_length=500, blank=True)
    basis = models.CharField("公开依据", max_length=300, blank=True, help_text="留空用法定公开事项的依据")
    department = models.CharField("责任部门", max_length=100, help_text="承担这项公开的科室或所属单位")
    manner = models.CharField(
        "公开方式",
        max_length=20,
        choices=partial(choices, "disclosure_attributes"),
        default="proactive",
        help_text="留空为主动公开",
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="公开渠道"
    )
    column = models.CharField("栏目", max_length=100, blank=True, help_text="放在渠道的哪个栏目")
    audience = models.CharField("公开对象", max_length=100, blank=True, help_text="留空为全社会")
    cycle = models.CharField(
        "公开频次", max_length=8, choices=Cycle.choices, blank=True, help_text="留空用法定公开事项的更新周期"
    )
    starts_on = models.DateField(
        "首期起始日期", null=True, blank=True, help_text="按期公开的必填:第一个周期的第一天,如 2026-01-01"
    )
    limit_days = models.PositiveSmallIntegerField(
        "公开时限", null=True, blank=True, help_text="期末或事项发生后多少天内公开;留空为法定公开期限"
    )
    limit_unit = models.CharField(
        "时限单位", max_length=12, choices=Unit.choices, default=Unit.WORKING, help_text="留空为工作日"
    )
    ends_on = models.DateField("终止日期", null=True, blank=True, help_text="最后一天;仍须公开则留空")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "目录责任"
        indexes = listed_by("starts_on", "limit_days", "ends_on", "disclosure_item", "manner", "cycle", "limit_unit")
        constraints = [
            *RegisterRecord.Meta.constraints,
            ends_after_beginning("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(cycle="event") | Q(starts_on__isnull=False), name="duties_duty_by_periods_has_a_beginning"
            ),
            models.CheckConstraint(
                condition=Q(limit_days__isnull=True) | Q(limit_days__gte=1), name="duties_duty_limit"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DutyTask(models.Model):
    """One occasion of a duty: a period that has ended, or an event; to be answered by what was disclosed for it.

    since, occasion_on: first day of the period (of an event, its own day), and the day on which the task arose. due_on:
    None while the calendar of that year is not out. late_reason: why it was late, where it was.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="tasks", verbose_name="目录责任")
    number = models.CharField("任务号", max_length=80)
    occasion = models.CharField("事由", max_length=200, blank=True)
    since = models.DateField("周期起始日期")
    occasion_on = models.DateField("任务产生日期")
    due_on = models.DateField("应公开日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=STATES, default=OPEN)
    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开信息"
    )
    closed_on = models.DateField("反馈日期", null=True, blank=True)
    timing = models.CharField("及时性", max_length=6, choices=TIMINGS, blank=True)
    late_reason = models.CharField("逾期原因", max_length=500, blank=True)
    reason = models.CharField("情况说明", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开任务"
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="duties_task_number"),
            models.CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="duties_task_state"),
            models.CheckConstraint(
                condition=~Q(state=DONE) | Q(disclosure__isnull=False), name="duties_done_names_a_disclosure"
            ),
            models.CheckConstraint(condition=Q(state=OPEN) | Q(closed_on__isnull=False), name="duties_closed_is_dated"),
            models.CheckConstraint(condition=~Q(timing="over") | ~Q(late_reason=""), name="duties_late_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["organ", "due_on"], condition=Q(state=OPEN), name="duties_task_open"),
            models.Index(fields=["organ", "closed_on"], name="duties_task_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.duty.title} {self.since}"


class Notice(models.Model):
    """A reminder that was given: of what, which day it was due, and whether before, at or after that day. Once each."""

    class Stage(models.TextChoices):
        BEFORE = "before", "到期之前"
        AT = "at", "到期当日"
        AFTER = "after", "逾期"

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    kind = models.CharField("事项种类", max_length=12)
    subject = models.CharField("事项编号", max_length=80)
    due_on = models.DateField("到期日期")
    stage = models.CharField("提醒阶段", max_length=8, choices=Stage.choices)
    given_on = models.DateField("提醒日期")

    class Meta:
        verbose_name = verbose_name_plural = "到期提醒"
        ordering = ["-given_on", "kind", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "subject", "due_on", "stage"], name="duties_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.get_stage_display()}"
