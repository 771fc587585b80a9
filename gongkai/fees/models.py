"""The register of money taken or remitted for disclosure on application (收费减免登记)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.applications.models import Application
from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord, listed_by


class Payment(RegisterRecord):
    """Money paid on one day, in yuan, and what was remitted of it. Older payments may lack their application."""

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name="所涉申请",
        help_text="没有则留空",
    )
    kind = models.CharField("收费种类", max_length=16, choices=partial(choices, "fee_kinds"))
    paid_on = models.DateField("收费日期")
    amount = models.DecimalField("实收金额(元)", max_digits=14, decimal_places=2)
    waived_amount = models.DecimalField(
        "减免金额(元)", max_digits=14, decimal_places=2, default=Decimal(0), help_text="没有减免则留空"
    )
    waiver_reason = models.CharField("减免理由", max_length=200, blank=True, help_text="有减免时必填")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "收费与减免"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="fees_payment_amount_not_negative"),
            models.CheckConstraint(condition=Q(waived_amount__gte=0), name="fees_payment_waived_not_negative"),
            models.CheckConstraint(
                condition=Q(waived_amount=0) | ~Q(waiver_reason=""), name="fees_payment_waiver_has_reason"
            ),
        ]
        indexes = [
            *listed_by("paid_on", "amount", "waived_amount", "kind"),
            models.Index(fields=["organ", "paid_on", "kind", "amount"], name="fees_payment_paid"),
        ]
