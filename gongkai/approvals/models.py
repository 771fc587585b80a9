"""The registers of powers: approval items and their limits, decisions, administrative charges, purchases."""

from __future__ import annotations

from functools import partial

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord, listed_by

UNITS = (("working_day", "工作日"), ("natural_day", "自然日"))


class Item(RegisterRecord):
    """One item of power (审批或其他事项), with its statutory and its promised time limit.

    It stands from `from_on` until the day before `ended_on`. A time limit is a whole number of its unit.
    """

    power = models.CharField("权力种类", max_length=16, choices=partial(choices, "powers"))
    name = models.CharField("事项名称", max_length=200)
    legal_basis = models.CharField("设定依据", max_length=500, blank=True)
    statutory_limit = models.PositiveIntegerField("法定时限", null=True, blank=True, validators=[MinValueValidator(1)])
    statutory_unit = models.CharField("法定时限单位", max_length=12, choices=UNITS, blank=True)
    promised_limit = models.PositiveIntegerField("承诺时限", null=True, blank=True, validators=[MinValueValidator(1)])
    promised_unit = models.CharField("承诺时限单位", max_length=12, choices=UNITS, blank=True)
    from_on = models.DateField("实施日期")
    ended_on = models.DateField("取消日期", null=True, blank=True, help_text="自该日起不再实施;仍在实施则留空")
    filed_with = models.CharField("备案机关", max_length=120, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "审批和服务事项"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="approvals_item_ends_after_beginning",
            ),
            models.CheckConstraint(
                condition=(Q(statutory_limit__isnull=True) & Q(statutory_unit=""))
                | (Q(statutory_limit__gte=1) & ~Q(statutory_unit="")),
                name="approvals_item_statutory_limit_has_unit",
            ),
            models.CheckConstraint(
                condition=(Q(promised_limit__isnull=True) & Q(promised_unit=""))
                | (Q(promised_limit__gte=1) & ~Q(promised_unit="")),
                name="approvals_item_promised_limit_has_unit",
            ),
        ]
        indexes = [
            *listed_by(
                "statutory_limit",
                "promised_limit",
                "from_on",
                "ended_on",
                "filed_on",
                "power",
                "statutory_unit",
                "promised_unit",
            ),
            models.Index(fields=["organ", "from_on", "ended_on", "power"], name="approvals_item_standing"),
        ]

    def __str__(self) -> str:
        return self.name


class ItemStatus(RegisterRecord):
    """A change in how an item runs, from a day on. An item without any runs since it began; its end is `ended_on`."""

    class Status(models.TextChoices):
        RUNNING = "running", "正常运行"
        SUSPENDED = "suspended", "暂停"

    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        related_name="statuses",
        verbose_name="所涉事项",
    )
    status = models.CharField("运行状态", max_length=12, choices=Status.choices)
    from_on = models.DateField("自何日起")
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "事项运行状态"
        indexes = listed_by("from_on", "status")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.UniqueConstraint(fields=["item", "from_on"], name="approvals_itemstatus_one_a_day"),
        ]


class Decision(RegisterRecord):
    """Decisions taken on one day under one power: a single one, or a batch of `quantity`."""

    item = models.ForeignKey(
        Item,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="所涉事项",
        help_text="没有则留空",
    )
    power = models.CharField("权力种类", max_length=16, choices=partial(choices, "powers"))
    decided_on = models.DateField("决定日期")
    quantity = models.PositiveIntegerField(
        "件数", default=1, validators=[MinValueValidator(1)], help_text="成批登记时填件数;留空按 1 件计"
    )
    kind = models.CharField("决定种类", max_length=60, blank=True, help_text="如“准予许可”“罚款”“查封”")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "处理决定"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(quantity__gte=1), name="approvals_decision_at_least_one"),
        ]
        indexes = [
            *listed_by("decided_on", "quantity", "power"),
            models.Index(fields=["organ", "decided_on", "power", "quantity"], name="approvals_decision_decided"),
        ]


class Charge(RegisterRecord):
    """An administrative charge (行政事业性收费) collected, in yuan; not the fee for handling an application."""

    name = models.CharField("收费项目", max_length=200)
    charged_on = models.DateField("收费日期")
    amount = models.DecimalField("收费金额(元)", max_digits=16, decimal_places=2)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "行政事业性收费"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="approvals_charge_not_negative"),
        ]
        indexes = [
            *listed_by("charged_on", "amount"),
            models.Index(fields=["organ", "charged_on", "amount"], name="approvals_charge_charged"),
        ]


class Purchase(RegisterRecord):
    """A purchase under central government procurement (政府集中采购), in yuan, on the day of its contract."""

    title = models.CharField("采购项目", max_length=200)
    signed_on = models.DateField("签订日期")
    amount = models.DecimalField("采购金额(元)", max_digits=16, decimal_places=2)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "政府集中采购"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="approvals_purchase_not_negative"),
        ]
        indexes = [
            *listed_by("signed_on", "amount"),
            models.Index(fields=["organ", "signed_on", "amount"], name="approvals_purchase_signed"),
        ]
