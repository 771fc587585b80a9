"""Where cumulative figures start from: the totals of the years before the registers."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ


class OpeningBalance(models.Model):
    """The cumulative figure of the years before the system (期初余额), as of a day, and where it was taken from."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    form_id = models.CharField("报表格式", max_length=64)
    table = models.CharField("表", max_length=32)
    row = models.CharField("行", max_length=64)
    value = models.DecimalField("累计数", max_digits=20, decimal_places=6)
    as_of = models.DateField("截至日期")
    source = models.CharField("出处", max_length=500)
    provenance = models.CharField("数据来源", max_length=16, choices=partial(choices, "provenances"), default="real")

    class Meta:
        verbose_name = verbose_name_plural = "期初余额"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "form_id", "table", "row", "as_of"], name="reports_openingbalance_once"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="reports_openingbalance_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.row} {self.as_of}"
