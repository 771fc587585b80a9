"""The register of disclosures (政府信息公开登记) and of the carriers each was put on."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import F, Q

from gongkai.channels.models import Posting
from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord

YES_NO = (("yes", "是"), ("no", "否"))
TIMINGS = (("within", "未超过期限"), ("over", "超过期限"))


class Disclosure(RegisterRecord):
    """One piece of government information, with its attribute, its days and the two clocks it is held to.

    Due days and timings are derived by `timing.timed` when the row is written and are never typed: they stay as judged
    under the law and the calendar of that moment.
    """

    title = models.CharField("名称", max_length=300)
    summary = models.TextField("内容概述", blank=True)
    index_number = models.CharField("索引号", max_length=64, blank=True)
    document_number = models.CharField("文号", max_length=100, blank=True)
    attribute = models.CharField(
        "公开属性",
        max_length=20,
        choices=partial(choices, "disclosure_attributes"),
        default="proactive",
        help_text="留空按主动公开登记",
    )
    ground = models.CharField(
        "不予公开理由",
        max_length=40,
        choices=partial(choices, "grounds"),
        blank=True,
        help_text="公开属性为不予公开时必填",
    )
    information_class = models.CharField("信息类别", max_length=40, choices=partial(choices, "information_classes"))
    public_interest = models.CharField(
        "与公众利益密切相关",
        max_length=3,
        choices=YES_NO,
        default="no",
        help_text="公共卫生、扶贫优抚、招考和教育收费、社会保障和劳动就业、土地征用等;留空为否",
    )
    instrument = models.CharField(
        "文件性质",
        max_length=24,
        choices=partial(choices, "instruments"),
        default="other",
        help_text="留空为其他",
    )
    theme = models.CharField("主题分类", max_length=16, choices=partial(choices, "themes"), blank=True)
    genre = models.CharField("体裁分类", max_length=40, choices=partial(choices, "genres"), blank=True)
    disclosure_item = models.CharField(
        "法定公开事项", max_length=40, choices=partial(choices, "disclosure_items"), blank=True
    )
    made_on = models.DateField("生成日期", help_text="公文为成文日期")
    published_on = models.DateField("发布日期", null=True, blank=True, help_text="首次公开之日;尚未公开则留空")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True, help_text="自该日起失效;现行有效则留空")
    is_document = models.CharField(
        "文件信息", max_length=3, choices=YES_NO, default="no", help_text="“是”则按公开期限考核及时性;留空为否"
    )
    due_on = models.DateField("应公开日期", null=True, blank=True, editable=False)
    online_timing = models.CharField("公开及时性", max_length=6, choices=TIMINGS, blank=True, editable=False)
    delivered_on = models.DateField("报送查阅点日期", null=True, blank=True)
    delivery_due_on = models.DateField("应报送日期", null=True, blank=True, editable=False)
    delivery_timing = models.CharField("报送及时性", max_length=6, choices=TIMINGS, blank=True, editable=False)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "公开信息"
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("made_on")),
                name="disclosures_published_after_made",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(attribute="proactive"),
                name="disclosures_only_proactive_published",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("made_on")),
                name="disclosures_repealed_after_made",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("made_on")),
                name="disclosures_delivered_after_made",
            ),
            models.CheckConstraint(
                condition=~Q(attribute="non_disclosure") | ~Q(ground=""), name="disclosures_closed_has_ground"
            ),
            models.CheckConstraint(
                condition=Q(online_timing="") | Q(published_on__isnull=False), name="disclosures_timed_is_published"
            ),
            models.CheckConstraint(
                condition=Q(delivery_timing="") | Q(delivered_on__isnull=False), name="disclosures_timed_is_delivered"
            ),
        ]
        # Each holds all that one measure filters and groups by, so that counting reads the index alone.
        indexes = [
            models.Index(
                fields=["organ", "published_on", "information_class", "public_interest"], name="disclosures_published"
            ),
            models.Index(fields=["organ", "online_timing", "published_on"], name="disclosures_online"),
            models.Index(fields=["organ", "delivery_timing", "delivered_on"], name="disclosures_delivered"),
            models.Index(fields=["organ", "instrument", "made_on", "repealed_on"], name="disclosures_instruments"),
            models.Index(fields=["organ", "instrument", "published_on"], name="disclosures_instr_published"),
            models.Index(fields=["organ", "instrument", "repealed_on"], name="disclosures_instr_repealed"),
        ]


class Placement(RegisterRecord):
    """A disclosure put on a carrier: this posting carries that disclosure. A posting carries at most one."""

    disclosure = models.ForeignKey(
        Disclosure,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name="公开信息",
    )
    posting = models.OneToOneField(
        Posting,
        on_delete=models.PROTECT,
        related_name="placement",
        verbose_name="发布记录",
    )

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "信息发布对应"
