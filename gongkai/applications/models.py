"""The register of applications for disclosure (依申请公开登记)."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import F, Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord, listed_by

TIMELINESS = (("on_time", "按时办结"), ("extended", "延期办结"), ("overdue", "逾期办结"))


class Application(RegisterRecord):
    """One application, as far as it is counted: when and how it came, from what kind of applicant, how it ended.

    No personal data are stored here: neither name nor address nor identity document of the applicant, and the subject
    is to be written without them. `due_on` and `timeliness` are derived by `timing.timed` when the row is written.
    """

    received_on = models.DateField("收到日期", help_text="依《条例》确定的收到申请之日")
    channel = models.CharField("申请方式", max_length=16, choices=partial(choices, "application_channels"))
    applicant_type = models.CharField("申请人类型", max_length=32, choices=partial(choices, "applicant_types"))
    subject = models.CharField(
        "申请内容", max_length=500, help_text="所需信息的描述,不得写入申请人的姓名、证件号、联系方式"
    )
    correction_on = models.DateField("补正告知日期", null=True, blank=True)
    corrected_on = models.DateField("收到补正日期", null=True, blank=True, help_text="答复期限自该日重新起算")
    consulted_on = models.DateField(
        "征求意见日期", null=True, blank=True, help_text="向第三方或其他机关发出征求意见书之日"
    )
    consultation_ended_on = models.DateField(
        "征求意见结束日期", null=True, blank=True, help_text="收到意见之日;此间时间不计入答复期限"
    )
    extended_to = models.DateField(
        "延期至", null=True, blank=True, help_text="经批准并告知申请人的延长后期限;未延期则留空"
    )
    due_on = models.DateField("答复期限", null=True, blank=True, editable=False)
    concluded_on = models.DateField("办结日期", null=True, blank=True, help_text="尚未办结则留空")
    outcome = models.CharField(
        "办理结果", max_length=40, choices=partial(choices, "outcomes"), blank=True, help_text="办结时必填"
    )
    ground = models.CharField(
        "不予公开理由",
        max_length=40,
        choices=partial(choices, "grounds"),
        blank=True,
        help_text="办理结果为保护第三方合法权益时,请注明商业秘密、个人隐私或其他",
    )
    timeliness = models.CharField("及时性", max_length=8, choices=TIMELINESS, blank=True, editable=False)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "政府信息公开申请"
        constraints = [
            *RegisterRecord.Meta.constraints,
            # A case that ended before it came would break received + carried over = concluded + carried forward.
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("received_on")),
                name="applications_concluded_after_received",
            ),
            models.CheckConstraint(
                condition=(Q(concluded_on__isnull=True) & Q(outcome="") & Q(timeliness=""))
                | (Q(concluded_on__isnull=False) & ~Q(outcome="") & ~Q(timeliness="")),
                name="applications_concluded_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(correction_on__isnull=True) | Q(correction_on__gte=F("received_on")),
                name="applications_correction_after_received",
            ),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True)
                | Q(correction_on__isnull=False, corrected_on__gte=F("correction_on")),
                name="applications_corrected_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(consultation_ended_on__isnull=True)
                | Q(consulted_on__isnull=False, consultation_ended_on__gte=F("consulted_on")),
                name="applications_consultation_in_order",
            ),
        ]
        # Each holds all that one measure filters and groups by, so that counting reads the index alone.
        indexes = [
            *listed_by(
                "received_on",
                "correction_on",
                "corrected_on",
                "consulted_on",
                "consultation_ended_on",
                "extended_to",
                "concluded_on",
                "channel",
                "applicant_type",
                "outcome",
                "ground",
            ),
            models.Index(fields=["organ", "received_on", "channel", "applicant_type"], name="applications_received"),
            models.Index(
                fields=["organ", "concluded_on", "outcome", "applicant_type", "timeliness", "ground"],
                name="applications_concluded",
            ),
            models.Index(fields=["organ", "concluded_on", "received_on", "applicant_type"], name="applications_open"),
        ]
