"""What is stored of a report: its figures and sections, the lists frozen behind it, and its files."""

from __future__ import annotations

import zlib
from functools import partial

from django.db import models
from django.db.models import F, Q

from gongkai.law.report_forms import Cell, ReportForm, load
from gongkai.law.values import Value
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, Staff
from gongkai.reports.flow import APPROVED, DRAFT, PUBLISHED, STATES, SUBMITTED
from gongkai.reports.periods import PERIODS, YEAR, Period

VALUE_KINDS = [
    ("number", "数字"),
    ("blank", "空格"),
    ("not_applicable", "不适用"),
    ("not_reported", "不予统计"),
]


def numbered(kind: str, value: str) -> Q:
    """A value stands exactly where the kind is "number": blank is not zero."""
    return Q(**{kind: "number", f"{value}__isnull": False}) | (~Q(**{kind: "number"}) & Q(**{f"{value}__isnull": True}))


class Report(models.Model):
    """The annual report (政府信息公开工作年度报告) of an organ on one form, or the tables of a part of the year.

    A published report is never changed: a correction is a new version that supersedes it. submitted_by, approved_by:
    who did so last; they are different people.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="reports", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("年度")
    period_code = models.CharField("期间", max_length=8, choices=PERIODS, default=YEAR)
    form_id = models.CharField("报表格式", max_length=64)
    version = models.PositiveSmallIntegerField("版次", default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="代替的版本"
    )
    correction_reason = models.CharField("更正原因", max_length=500, blank=True)
    state = models.CharField("状态", max_length=16, choices=STATES, default=DRAFT)
    submitted_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    approved_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    sent_back_reason = models.CharField("退回原因", max_length=500, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    accepted_reason = models.TextField("带问题发布的理由", blank=True)
    digest = models.CharField("数据包摘要", max_length=64, blank=True)
    versions = models.JSONField("依据版本", default=dict, blank=True)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["organ_id", "-year", "form_id"]
        # The public lists are of what is published. Without it the rows themselves are read, which are wide.
        indexes = [models.Index(fields=["state", "period_code", "year"], name="reports_report_published")]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year", "period_code", "form_id", "version"], name="reports_report_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=PUBLISHED)
                | (Q(published_on__isnull=False, published_at__isnull=False) & ~Q(digest="")),
                name="reports_report_published_is_dated",
            ),
            models.CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="reports_report_state"),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True)
                | (Q(version__gt=1, supersedes__isnull=False) & ~Q(correction_reason="")),
                name="reports_report_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SUBMITTED, APPROVED)) | Q(submitted_by__isnull=False),
                name="reports_report_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=APPROVED) | Q(approved_by__isnull=False), name="reports_report_approved_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="reports_report_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        kind = "年度报告" if self.period.is_year else f"{self.get_period_code_display()}统计表"
        return f"{self.organ} {self.year} {kind}" + (f"（第{self.version}版）" if self.version > 1 else "")

    @property
    def form(self) -> ReportForm:
        """The form as the book has it."""
        return load(self.form_id)

    @property
    def period(self) -> Period:
        """What it counts: a year, a half or a quarter."""
        return Period(self.year, self.period_code)


class Figure(models.Model):
    """One figure of a report: what is printed, how it came about, and beside an entered one what was counted."""

    class Origin(models.TextChoices):
        COUNTED = "counted", "由登记簿统计"
        CARRIED = "carried", "期初余额加登记簿统计"
        ENTERED = "entered", "人工填报"
        FORM = "form", "格式规定"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures", verbose_name="年度报告")
    table = models.CharField("表", max_length=32)
    row = models.CharField("行", max_length=64)
    column = models.CharField("栏", max_length=32)
    kind = models.CharField("值的种类", max_length=16, choices=VALUE_KINDS)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True, blank=True)
    origin = models.CharField("来源", max_length=16, choices=Origin.choices)
    counted_kind = models.CharField("统计值的种类", max_length=16, choices=VALUE_KINDS, default="blank")
    counted_value = models.DecimalField("统计值", max_digits=20, decimal_places=6, null=True, blank=True)
    reason = models.CharField("填报理由", max_length=500, blank=True)
    source = models.CharField("出处", max_length=300, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)
    basis = models.CharField("统计口径", max_length=500, blank=True)
    list_digest = models.CharField("清单摘要", max_length=64, blank=True)
    list_count = models.PositiveIntegerField("清单条数", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "数字"
        constraints = [
            models.UniqueConstraint(fields=["report", "table", "row", "column"], name="reports_figure_once"),
            models.CheckConstraint(condition=numbered("kind", "value"), name="reports_figure_blank_is_not_zero"),
            models.CheckConstraint(
                condition=numbered("counted_kind", "counted_value"), name="reports_figure_counted_blank_is_not_zero"
            ),
            models.CheckConstraint(
                condition=~Q(origin="entered") | ~Q(reason=""), name="reports_figure_entered_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} = {self.printed}"

    @property
    def ref(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def printed(self) -> Value:
        """The value as printed."""
        return Value(self.kind, self.value)  # type: ignore[arg-type]  # the field's choices are the kinds

    @property
    def counted(self) -> Value:
        """The value as counted, also where another was entered."""
        return Value(self.counted_kind, self.counted_value)  # type: ignore[arg-type]

    def cell(self) -> Cell:
        """The cell of the form; needs `report` loaded."""
        return self.report.form.cell(self.ref)


class FrozenList(models.Model):
    """The numbers of the records behind a figure, as they were at publication."""

    figure = models.OneToOneField(Figure, on_delete=models.CASCADE, related_name="frozen", verbose_name="数字")
    packed = models.BinaryField("登记号清单")  # zlib; one number a line, each line ended by \n

    class Meta:
        verbose_name = verbose_name_plural = "封存清单"

    def __str__(self) -> str:
        return f"{self.figure_id}"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in order."""
        return tuple(zlib.decompress(bytes(self.packed)).decode().splitlines())


class Section(models.Model):
    """One numbered part of the text; figures stand in it as references `{table.row.column}`."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections", verbose_name="年度报告")
    no = models.CharField("序号", max_length=8)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文", blank=True)
    # A drafted text follows the figures when they are compiled anew; one that somebody wrote is never touched.
    drafted = models.BooleanField("系统起草", default=False)
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "正文部分"
        constraints = [models.UniqueConstraint(fields=["report", "no"], name="reports_section_once")]

    def __str__(self) -> str:
        return f"{self.no}、{self.title}"


class RenderedFile(models.Model):
    """A file of a published report, kept byte for byte as it was sent out."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files", verbose_name="年度报告")
    format = models.CharField("格式", max_length=16)
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("内容")
    sha256 = models.CharField("SHA-256 摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "发布文件"
        constraints = [models.UniqueConstraint(fields=["report", "format"], name="reports_renderedfile_once")]

    def __str__(self) -> str:
        return self.name
