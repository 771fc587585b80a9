"""Registers of organs: posts, leading groups, training, meetings, units and money; and what every register has."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models.organ import Organ
from gongkai.organs.models.people import Staff
from gongkai.organs.models.spans import ends_after_beginning


def listed_by(*columns: str) -> list[models.Index]:
    """The indexes of a register's list: for each column by which it is ordered or narrowed the organ, the column, the
    number. Along it the database walks a page of one organ's rows in either direction, passing over none."""
    return [models.Index(fields=["organ", column, "number"]) for column in (*columns, "provenance")]


class RegisterQuerySet(models.QuerySet[Any]):
    """Rows of a register, fetched through the right to see them."""

    def seen_by(self, staff: Staff) -> Self:
        """Only the rows of the organ where the person works."""
        return self.filter(organ_id=staff.organ_id)


class RegisterRecord(models.Model):
    """What every register record has: its organ, a number unique there, and where the record comes from.

    A subclass with its own Meta writes `class Meta(RegisterRecord.Meta)` and, if it adds constraints,
    `constraints = [*RegisterRecord.Meta.constraints, …]`; every one says `indexes = [*listed_by(…)]` with the days,
    numbers and choices by which its list is ordered and narrowed (docs/decisions/090-lists-of-any-length.md).
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    number = models.CharField("登记号", max_length=64)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")
    note = models.CharField("备注", max_length=500, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organ", "number"], name="%(app_label)s_%(class)s_number")
        ]

    def __str__(self) -> str:
        return self.number


class DisclosurePost(RegisterRecord):
    """A person who does disclosure work, full-time or part-time, between two days (专人专岗)."""

    class Assignment(models.TextChoices):
        DISCLOSURE = "disclosure", "信息公开工作"
        GAZETTE_OR_SITE = "gazette_or_site", "政府公报、政府网站工作"

    person_name = models.CharField("姓名", max_length=60)
    post = models.CharField("岗位", max_length=100, blank=True)
    engagement = models.CharField("专职或兼职", max_length=16, choices=partial(choices, "engagements"))
    # The national form of 2014 leaves out those who work on the gazette and the website.
    assignment = models.CharField("工作内容", max_length=16, choices=Assignment.choices, default=Assignment.DISCLOSURE)
    from_on = models.DateField("上岗日期")
    until_on = models.DateField("离岗日期", null=True, blank=True, help_text="最后在岗之日；仍在岗则留空")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开工作人员"
        indexes = listed_by("from_on", "until_on", "engagement", "assignment")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning()]


class LeadingGroup(RegisterRecord):
    """A leading group, its office, or a supervision group for disclosure work."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", "领导小组"
        LEAD_OFFICE = "lead_office", "领导小组办公室"
        SUPERVISION_GROUP = "supervision_group", "监督检查小组"

    kind = models.CharField("组织种类", max_length=20, choices=Kind.choices)
    name = models.CharField("名称", max_length=120)
    basis = models.CharField("成立依据", max_length=200, blank=True)
    from_on = models.DateField("成立日期")
    until_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "领导机构"
        indexes = listed_by("from_on", "until_on", "kind")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning()]

    def __str__(self) -> str:
        return self.name


class GroupMember(RegisterRecord):
    """A member of a leading group, its office or a supervision group, between two days."""

    class Duty(models.TextChoices):
        HEAD = "head", "组长(主任)"
        DEPUTY = "deputy", "副组长(副主任)"
        MEMBER = "member", "成员"

    group = models.ForeignKey(LeadingGroup, on_delete=models.PROTECT, related_name="members", verbose_name="领导机构")
    person_name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=100, blank=True)
    duty = models.CharField("组内职责", max_length=16, choices=Duty.choices)
    from_on = models.DateField("任职日期")
    until_on = models.DateField("免职日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "领导机构成员"
        indexes = listed_by("from_on", "until_on", "duty")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning()]


class Training(RegisterRecord):
    """A training session, held by the organ itself or by another and attended; one row a session."""

    held_on = models.DateField("培训日期")
    title = models.CharField("培训名称", max_length=200)
    organised_by = models.CharField("举办方", max_length=16, choices=partial(choices, "training_organisers"))
    organiser_name = models.CharField("举办单位", max_length=120, blank=True)
    attendances = models.PositiveIntegerField(
        "参加人次", null=True, blank=True, help_text="本机关参加（接受）培训的人次；不知道则留空，不要填 0"
    )
    materials = models.CharField("培训材料", max_length=300, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开培训"
        indexes = listed_by("held_on", "attendances", "organised_by")


class Meeting(RegisterRecord):
    """A meeting held on disclosure work."""

    held_on = models.DateField("会议日期")
    title = models.CharField("会议名称", max_length=200)
    chair = models.CharField("主持人", max_length=60, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开工作会议"
        indexes = listed_by("held_on")


class DedicatedUnit(RegisterRecord):
    """A unit set up for disclosure work, between two days."""

    name = models.CharField("机构名称", max_length=120)
    from_on = models.DateField("设立日期")
    until_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开专门机构"
        indexes = listed_by("from_on", "until_on")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning()]


class SpecialBudget(RegisterRecord):
    """Money granted for disclosure work alone, in yuan; not that for the gazette or the website."""

    granted_on = models.DateField("安排日期")
    purpose = models.CharField("用途", max_length=200, blank=True)
    amount = models.DecimalField("金额(元)", max_digits=14, decimal_places=2)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开专项经费"
        indexes = listed_by("granted_on", "amount")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="%(app_label)s_%(class)s_not_negative"),
        ]
