"""The register of disclosures (政府信息公开登记) and of the carriers each was put on."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import models
from django.db.models import F, Q

from gongkai.channels.models import Channel, Posting
from gongkai.disclosures.flow import PUBLISHED, REGISTERED, SCHEDULED, STATES, WITHDRAWN, WITHHELD
from gongkai.law.vocabulary import choices
from gongkai.organs.models import RegisterRecord, Staff, listed_by

YES_NO = (("yes", "是"), ("no", "否"))
TIMINGS = (("within", "未超过期限"), ("over", "超过期限"))
LEDGER, CHAIN = "ledger", "chain"
ORIGINS = ((LEDGER, "台账登记"), (CHAIN, "审核流程"))


def _person(label: str) -> models.ForeignKey[Staff | None, Staff | None]:
    return models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label, editable=False
    )


# What may never be false, whatever the program does: nothing is public, and nothing says that it was published, without
# its index number, its reviewers and its day; and the author reviewed nothing of it.
_REVIEWED = Q(
    published_at__isnull=False, published_on__isnull=False, author__isnull=False, attribute_reviewer__isnull=False,
    secrecy_reviewer__isnull=False, publisher__isnull=False,
) & ~Q(index_number="")  # fmt: skip
_APART = (
    ~Q(author=F("attribute_reviewer")) & ~Q(author=F("secrecy_reviewer")) & ~Q(author=F("publisher"))
    & ~Q(secrecy_reviewer=F("attribute_reviewer")) & ~Q(secrecy_reviewer=F("publisher"))
)  # fmt: skip
CHAIN_RULES = [
    models.CheckConstraint(
        condition=Q(origin=LEDGER, state=REGISTERED) | (Q(origin=CHAIN) & ~Q(state=REGISTERED)),
        name="disclosures_ledger_rows_are_registered_only",
    ),
    models.CheckConstraint(
        condition=~Q(state=PUBLISHED) | (Q(public_version__isnull=False) & _REVIEWED & _APART),
        name="disclosures_published_is_reviewed",
    ),
    models.CheckConstraint(
        condition=Q(public_version__isnull=True) | (Q(origin=CHAIN, published_at__isnull=False) & ~Q(index_number="")),
        name="disclosures_public_is_dated_and_numbered",
    ),
    models.CheckConstraint(
        condition=~Q(origin=CHAIN) | Q(published_on__isnull=True, published_at__isnull=True)
        | Q(published_on__isnull=False, published_at__isnull=False),
        name="disclosures_chain_day_and_moment_together",
    ),
    models.CheckConstraint(
        condition=~Q(state=WITHDRAWN)
        | (Q(public_version__isnull=True, withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
        name="disclosures_withdrawn_has_a_reason",
    ),
    models.CheckConstraint(
        condition=~Q(state=WITHHELD) | (~Q(attribute="proactive") & ~Q(ground="") & Q(public_version__isnull=True)),
        name="disclosures_withheld_has_a_ground",
    ),
    models.CheckConstraint(
        condition=~Q(state=SCHEDULED) | Q(publish_at__isnull=False), name="disclosures_scheduled_is_dated"
    ),
    models.UniqueConstraint(
        fields=["index_number"], condition=Q(origin=CHAIN) & ~Q(index_number=""), name="disclosures_index_number_once"
    ),
]  # fmt: skip


class Disclosure(RegisterRecord):
    """One piece of government information, with its attribute, its days and the two clocks it is held to.

    Due days and timings are derived by `timing.timed` when the row is written and are never typed: they stay as judged
    under the law and the calendar of that moment.

    origin: "ledger" for history taken from a register, in the one state "registered": counted, never a public page.
    "chain" for what goes through the procedure (`flow`); its words are in `versions`, and `public_version` is the one
    that the public reads, also while a newer one is under way. The people are those of the version under way, or of
    the public one; all who had a hand in its text are `contributors`.
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

    origin = models.CharField("来历", max_length=8, choices=ORIGINS, default=LEDGER, editable=False)
    state = models.CharField("状态", max_length=20, choices=STATES, default=REGISTERED, editable=False)
    department = models.CharField("承办处室", max_length=100, blank=True, editable=False)
    author = _person("起草人")
    attribute_reviewer = _person("公开属性审核人")
    secrecy_reviewer = _person("保密审查人")
    cataloguer = _person("编目人")
    signer = _person("签发人")
    publisher = _person("发布人")
    contributors = models.ManyToManyField(Staff, related_name="+", blank=True, verbose_name="经手修改的人")
    public_version = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的版本",
        editable=False,
    )  # fmt: skip
    clock_from = models.DateField(
        "公开期限起算日期", null=True, blank=True, editable=False, help_text="不自生成日期起算的,例如改为主动公开之日"
    )
    digest = models.CharField("在办内容摘要", max_length=64, blank=True, editable=False)
    planned_channels = models.ManyToManyField(Channel, related_name="+", blank=True, verbose_name="定时发布的渠道")
    urgent_reason = models.CharField("急件事由", max_length=200, blank=True, editable=False)
    sent_back_reason = models.CharField("退回原因", max_length=500, blank=True, editable=False)
    publish_at = models.DateTimeField("定时发布时间", null=True, blank=True, editable=False)
    published_at = models.DateTimeField("首次发布时间", null=True, blank=True, editable=False)
    updated_at = models.DateTimeField("公开内容更新时间", null=True, blank=True, editable=False)
    lapses_on = models.DateField("失效日期", null=True, blank=True, editable=False, help_text="有效期届满之日")
    validity_basis = models.CharField("废止或失效依据", max_length=300, blank=True, editable=False)
    re_review_on = models.DateField("下次评估日期", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤回理由", max_length=500, blank=True, editable=False)

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
            *CHAIN_RULES,
        ]
        # Each holds all that one measure filters and groups by, so that counting reads the index alone.
        indexes = [
            *listed_by(
                "made_on", "published_on", "effective_on", "repealed_on", "delivered_on", "attribute", "ground",
                "information_class", "public_interest", "instrument", "theme", "genre", "disclosure_item",
                "is_document",
            ),
            models.Index(
                fields=["organ", "published_on", "information_class", "public_interest"], name="disclosures_published"
            ),
            models.Index(fields=["organ", "online_timing", "published_on"], name="disclosures_online"),
            models.Index(fields=["organ", "delivery_timing", "delivered_on"], name="disclosures_delivered"),
            models.Index(fields=["organ", "instrument", "made_on", "repealed_on"], name="disclosures_instruments"),
            models.Index(fields=["organ", "instrument", "published_on"], name="disclosures_instr_published"),
            models.Index(fields=["organ", "instrument", "repealed_on"], name="disclosures_instr_repealed"),
            models.Index(fields=["organ", "state", "due_on"], condition=Q(origin=CHAIN), name="disclosures_desk"),
            models.Index(
                fields=["organ", "-published_at", "-id"], condition=Q(public_version__isnull=False),
                name="disclosures_public",
            ),
            models.Index(fields=["publish_at"], condition=Q(state=SCHEDULED), name="disclosures_scheduled"),
        ]  # fmt: skip

    def validity_on(self, day: date) -> str:
        """A code of the vocabulary `validities`: the one judgement that page, lists and feeds show."""
        if self.repealed_on is not None and self.repealed_on <= day:
            return "repealed"
        if self.lapses_on is not None and self.lapses_on <= day:
            return "lapsed"
        if self.effective_on is not None and self.effective_on > day:
            return "not_yet"
        return "in_force"


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
        indexes = listed_by()
