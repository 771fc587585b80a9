"""What was decided about a disclosure and by whom; what screening found in it; and incidents, which should not be."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.disclosures.models.register import Disclosure
from gongkai.disclosures.models.versions import Version
from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, Staff


class Gate(models.TextChoices):
    """Where a decision was made."""

    ATTRIBUTE = "attribute", "公开属性审核"
    SECRECY = "secrecy", "保密审查"
    SIGN = "sign", "签发"
    PUBLISH = "publish", "发布"
    RE_REVIEW = "re_review", "定期评估"


class Review(models.Model):
    """One decision at one gate, bound to what was looked at: an edit afterwards makes it void, never changes it.

    digest: of the version as it was reviewed. cite: the article behind the ground or the gate. 《条例》第十七条.
    """

    class Conclusion(models.TextChoices):
        PASSED = "passed", "通过"
        CLOSED = "closed", "不主动公开"
        SENT_BACK = "sent_back", "退回"
        KEPT_CLOSED = "kept_closed", "继续不主动公开"
        OPENED = "opened", "改为主动公开"

    item = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="reviews", verbose_name="公开信息")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews", verbose_name="信息版本")
    gate = models.CharField("环节", max_length=16, choices=Gate.choices)
    conclusion = models.CharField("结论", max_length=16, choices=Conclusion.choices)
    person = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="审核人")
    person_named = models.CharField("审核人署名", max_length=120)
    attribute = models.CharField("认定的公开属性", max_length=20, choices=partial(choices, "disclosure_attributes"))
    ground = models.CharField("不予公开理由", max_length=40, choices=partial(choices, "grounds"), blank=True)
    cite = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("说明", max_length=500, blank=True)
    digest = models.CharField("所审内容摘要", max_length=64)
    at = models.DateTimeField("时间")
    voided_at = models.DateTimeField("失效时间", null=True, blank=True, help_text="审核之后内容被改动,结论不再有效")

    class Meta:
        verbose_name = verbose_name_plural = "审核记录"
        ordering = ["item_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(conclusion__in=("closed", "kept_closed")) | ~Q(ground=""),
                name="disclosures_review_closed_has_a_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_gate_display()}:{self.get_conclusion_display()}"


class ScreeningFinding(models.Model):
    """Something that may have to stay closed, found in the words or in a file; a person accepts or dismisses it.

    place: "body", "title", … or the name of the attachment. where: line, cell or part within it. key: digest of rule
    and text found, so that what was dismissed stays dismissed for the same text.
    """

    class Judgement(models.TextChoices):
        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "属实"
        DISMISSED = "dismissed", "不是问题"

    item = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="findings", verbose_name="公开信息")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="findings", verbose_name="信息版本")
    place = models.CharField("所在", max_length=200)
    kind = models.CharField("种类", max_length=60)
    rule = models.CharField("规则", max_length=60)
    where = models.CharField("位置", max_length=200, blank=True)
    text = models.TextField("原文")
    severity = models.CharField("程度", max_length=16)
    mask = models.CharField("建议的遮盖", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    key = models.CharField("识别码", max_length=64)
    judgement = models.CharField("处理", max_length=16, choices=Judgement.choices, default=Judgement.OPEN)
    reason = models.CharField("处理理由", max_length=300, blank=True)
    judged_by = models.CharField("处理人", max_length=120, blank=True)
    judged_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "内容筛查结果"
        ordering = ["version_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judgement="open") | (~Q(reason="") & Q(judged_at__isnull=False)),
                name="disclosures_finding_judged_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["item", "key"], name="disclosures_finding_key")]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"


class Dismissal(models.Model):
    """A judgement that outlives the finding: in this item, this text under this rule is no problem."""

    item = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="dismissals", verbose_name="公开信息")
    key = models.CharField("识别码", max_length=64)
    reason = models.CharField("理由", max_length=300)
    judged_by = models.CharField("处理人", max_length=120)
    judged_at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "已排除的筛查结果"
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="disclosures_dismissal_once")]

    def __str__(self) -> str:
        return self.key


class Incident(models.Model):
    """A file that must not be here was handed in and was not stored: its digest, its name, the rule it met, who, when.

    closed_reason: what was done about it; the register of incidents is empty when all goes well.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    sha256 = models.CharField("文件摘要", max_length=64)
    name = models.CharField("文件名", max_length=200)
    rule = models.CharField("规则", max_length=60)
    person = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传人"
    )
    person_named = models.CharField("上传人署名", max_length=120)
    at = models.DateTimeField("时间")
    closed_at = models.DateTimeField("处置时间", null=True, blank=True)
    closed_by = models.CharField("处置人", max_length=120, blank=True)
    closed_reason = models.CharField("处置情况", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "疑似涉密文件事件"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closed_reason=""),
                name="disclosures_incident_closed_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.rule}"
