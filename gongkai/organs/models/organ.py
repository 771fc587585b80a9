"""Organs, their names and their changes over time."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import choices
from gongkai.organs.models.spans import ends_after_beginning

COUNTRY = "全国"


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
    chain_since = models.DateField(
        "公开审核流程启用日期", null=True, blank=True, editable=False,
        help_text="自该日起发布的信息须经审核流程,不再登记台账",
    )  # fmt: skip
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
