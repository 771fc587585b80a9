"""Organs, their names and changes over time, their staff; registers of posts, groups, training and money."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.records import roles

COUNTRY = "全国"


def in_force(day: date, first: str = "from_on", last: str = "until_on") -> Q:
    """What stands on a day: begun on or before it, and not ended before it (both days included)."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))


def ends_after_beginning(first: str = "from_on", last: str = "until_on") -> models.CheckConstraint:
    """No record may end before it begins; the last day may be empty."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name="%(app_label)s_%(class)s_ends_after_beginning",
    )


class Organ(models.Model):
    """An administrative organ (行政机关) that discloses and reports. Its names are dated: see OrganName."""

    code = models.CharField(
        "机关代码",
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z_-]+$", "机关代码只能用字母、数字、短横和下划线")],
        help_text="统一社会信用代码，或本系统内唯一的简写",
    )
    kind = models.CharField("机关类别", max_length=32, choices=partial(choices, "reporter_kinds"))
    region_path = models.CharField("所在地区", max_length=128, help_text="从省到县，以“/”分隔，如“吉林省/吉林市”")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    established_on = models.DateField("设立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政机关"
        constraints = [ends_after_beginning("established_on", "abolished_on")]

    def __str__(self) -> str:
        names = sorted(self.names.all(), key=lambda name: name.from_on)
        return names[-1].registered_name if names else self.code

    @property
    def region(self) -> str:
        """The nearest place it belongs to, e.g. 吉林市."""
        return self.region_path.rsplit("/", 1)[-1]

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Places whose forms may bind it, from the nearest to the whole country: ("吉林市", "吉林省", "全国")."""
        return (*reversed([place for place in self.region_path.split("/") if place and place != COUNTRY]), COUNTRY)

    def _naming(self, day: date) -> OrganName | None:
        # In Python over all names, so that a list of organs with prefetched names asks the database once.
        fitting = (name for name in self.names.all() if name.from_on <= day)
        return next((name for name in fitting if name.until_on is None or day <= name.until_on), None)

    def is_named_on(self, day: date) -> bool:
        """Whether a registered name is in force on a day."""
        return self._naming(day) is not None

    def _name_in_force(self, day: date) -> OrganName:
        naming = self._naming(day)
        if naming is None:
            raise Refused("organ_unnamed", f"机关 {self.code} 在 {day} 没有登记名称；请先补登该日的机关名称")
        return naming

    def name_on(self, day: date) -> str:
        """The registered name (登记名称) in force on a day; Refused when none was."""
        return self._name_in_force(day).registered_name

    def short_name_on(self, day: date) -> str:
        """The normative short name (规范化简称) in force on a day, or the full name where there is none."""
        naming = self._name_in_force(day)
        return naming.short_name or naming.registered_name


class OrganName(models.Model):
    """A name an organ bore, from its first to its last day."""

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="names", verbose_name="行政机关")
    registered_name = models.CharField("登记名称", max_length=120)
    short_name = models.CharField("规范化简称", max_length=60, blank=True)
    from_on = models.DateField("启用日期")
    until_on = models.DateField("停用日期", null=True, blank=True, help_text="最后使用之日；仍在使用则留空")

    class Meta:
        verbose_name = verbose_name_plural = "机关名称"
        ordering = ["from_on"]
        constraints = [
            ends_after_beginning(),
            models.UniqueConstraint(fields=["organ", "from_on"], name="organs_organname_one_a_day"),
            models.UniqueConstraint(
                fields=["organ"], condition=Q(until_on__isnull=True), name="organs_organname_one_present"
            ),
        ]

    def __str__(self) -> str:
        return self.registered_name


class OrganEvent(models.Model):
    """A change in the time-line of organs, with the document it rests on."""

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"
        SPLIT = "split", "分立"
        TRANSFER = "transfer", "职能划转"

    kind = models.CharField("变更种类", max_length=16, choices=Kind.choices)
    predecessor = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="later_events", verbose_name="变更前机关"
    )
    successor = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="earlier_events", verbose_name="变更后机关"
    )
    on = models.DateField("变更日期")
    basis = models.CharField("变更依据", max_length=200, blank=True)
    note = models.CharField("备注", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机关沿革"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class Staff(models.Model):
    """A person of an organ who works in this system; what they may do is in their roles."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff", verbose_name="登录账号"
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="staff", verbose_name="行政机关")
    name = models.CharField("姓名", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        constraints = [models.UniqueConstraint(fields=["user", "organ"], name="organs_staff_once_in_an_organ")]

    def __str__(self) -> str:
        return self.name

    def roles_on(self, day: date) -> frozenset[str]:
        """Codes of the roles held on a day."""
        return frozenset(self.roles.filter(in_force(day)).values_list("role", flat=True))

    def has_role(self, role: str, on: date) -> bool:
        """Whether the person held the role on that day."""
        return role in self.roles_on(on)


class StaffRole(models.Model):
    """A role of a member of staff, from its first to its last day."""

    Role = roles.Role

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles", verbose_name="工作人员")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    from_on = models.DateField("任职日期")
    until_on = models.DateField("免职日期", null=True, blank=True, help_text="最后任职之日；仍在任则留空")

    class Meta:
        verbose_name = verbose_name_plural = "人员角色"
        constraints = [
            ends_after_beginning(),
            models.UniqueConstraint(fields=["staff", "role", "from_on"], name="organs_staffrole_one_a_day"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class RegisterQuerySet(models.QuerySet[Any]):
    """Rows of a register, fetched through the right to see them."""

    def seen_by(self, staff: Staff) -> Self:
        """Only the rows of the organ where the person works."""
        return self.filter(organ_id=staff.organ_id)


class RegisterRecord(models.Model):
    """What every register record has: its organ, a number unique there, and where the record comes from.

    A subclass with its own Meta writes `class Meta(RegisterRecord.Meta)` and, if it adds constraints,
    `constraints = [*RegisterRecord.Meta.constraints, …]`.
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


class Meeting(RegisterRecord):
    """A meeting held on disclosure work."""

    held_on = models.DateField("会议日期")
    title = models.CharField("会议名称", max_length=200)
    chair = models.CharField("主持人", max_length=60, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开工作会议"


class DedicatedUnit(RegisterRecord):
    """A unit set up for disclosure work, between two days."""

    name = models.CharField("机构名称", max_length=120)
    from_on = models.DateField("设立日期")
    until_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开专门机构"
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning()]


class SpecialBudget(RegisterRecord):
    """Money granted for disclosure work alone, in yuan; not that for the gazette or the website."""

    granted_on = models.DateField("安排日期")
    purpose = models.CharField("用途", max_length=200, blank=True)
    amount = models.DecimalField("金额(元)", max_digits=14, decimal_places=2)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息公开专项经费"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="%(app_label)s_%(class)s_not_negative"),
        ]
