"""The registers of reconsideration and litigation (复议诉讼登记) and of complaints (举报投诉登记)."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import F, Q

from gongkai.applications.models import Application
from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord, listed_by


class Dispute(RegisterRecord):
    """One case of reconsideration or litigation over disclosure. One not accepted ends as another result."""

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes",
        verbose_name="所涉申请",
        help_text="没有则留空",
    )
    kind = models.CharField("争议种类", max_length=40, choices=partial(choices, "dispute_kinds"))
    body = models.CharField("审理机关", max_length=120, blank=True)
    filed_on = models.DateField("提起日期")
    accepted_on = models.DateField("受理日期", null=True, blank=True, help_text="不予受理的留空")
    concluded_on = models.DateField("审结日期", null=True, blank=True, help_text="尚未审结则留空")
    result = models.CharField(
        "审理结果", max_length=16, choices=partial(choices, "dispute_results"), blank=True, help_text="审结时必填"
    )

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "行政复议和诉讼"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("filed_on")),
                name="disputes_accepted_after_filed",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True)
                | (
                    Q(concluded_on__gte=F("filed_on"))
                    & (Q(accepted_on__isnull=True) | Q(concluded_on__gte=F("accepted_on")))
                ),
                name="disputes_concluded_after_accepted",
            ),
            models.CheckConstraint(
                condition=(Q(concluded_on__isnull=True) & Q(result=""))
                | (Q(concluded_on__isnull=False) & ~Q(result="")),
                name="disputes_concluded_has_result",
            ),
        ]
        indexes = [
            *listed_by("filed_on", "accepted_on", "concluded_on", "kind", "result"),
            models.Index(fields=["organ", "filed_on", "kind"], name="disputes_filed"),
            models.Index(fields=["organ", "accepted_on", "kind"], name="disputes_accepted"),
            models.Index(fields=["organ", "concluded_on", "filed_on", "kind", "result"], name="disputes_concluded"),
        ]


class Complaint(RegisterRecord):
    """A report or complaint (举报投诉) about the organ's disclosure work; written without the complainant's data."""

    received_on = models.DateField("收到日期")
    subject = models.CharField("反映事项", max_length=500, help_text="不得写入举报投诉人的姓名等个人信息")
    concluded_on = models.DateField("办结日期", null=True, blank=True, help_text="尚未办结则留空")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "举报投诉"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("received_on")),
                name="disputes_complaint_ends_after_beginning",
            ),
        ]
        indexes = listed_by("received_on", "concluded_on")
