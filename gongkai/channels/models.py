"""Channels and what went out through them: postings, issues, conferences, responses, reading places, visits."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import models
from django.db.models import Q

from gongkai.law.vocabulary import choices
from gongkai.organs.models import Organ, RegisterRecord, Staff, ends_after_beginning, listed_by


class YesNo(models.TextChoices):
    """A dimension of the forms is a text code, never a boolean."""

    YES = "yes", "是"
    NO = "no", "否"


class Channel(RegisterRecord):
    """A carrier of disclosure (公开渠道): a site, a column, a periodical, a newspaper, a station."""

    name = models.CharField("渠道名称", max_length=120)
    kind = models.CharField("渠道种类", max_length=32, choices=partial(choices, "channel_kinds"))
    address = models.CharField("网址或地址", max_length=200, blank=True)
    opened_on = models.DateField("启用日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "公开渠道"
        indexes = listed_by("opened_on", "closed_on", "kind")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning("opened_on", "closed_on")]

    def __str__(self) -> str:
        return self.name


class Holder(models.Model):
    """Who administers the account of a channel (账号管理员), from a first to a last day: nobody else posts there.

    A channel without a holder is open to every publisher of its organ.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="holders", verbose_name="公开渠道")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="账号管理员")
    from_on = models.DateField("起始日期")
    until_on = models.DateField("截止日期", null=True, blank=True, help_text="最后一日;仍在管理则留空")
    reason = models.CharField("指定依据", max_length=200)
    ended_reason = models.CharField("卸任原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号管理员"
        ordering = ["channel_id", "-from_on", "-pk"]
        constraints = [
            ends_after_beginning(),
            models.UniqueConstraint(
                fields=["channel", "staff"], condition=Q(until_on__isnull=True), name="channels_holder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.staff.name}"

    def stands_on(self, day: date) -> bool:
        """Whether the account is theirs on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Posting(RegisterRecord):
    """One piece of information put out through a channel on a day, whether or not it is a catalogued disclosure.

    by_procedure: made when an item of the disclosure procedure was published; the register shows it, and only the acts
    of the procedure change it.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="postings", verbose_name="公开渠道")
    title = models.CharField("信息名称", max_length=300)
    posted_on = models.DateField("发布日期")
    by_procedure = models.BooleanField("由审核流程发布", default=False, editable=False)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "渠道发布信息"
        indexes = listed_by("posted_on")


class Issue(RegisterRecord):
    """One issue of a gazette, bulletin or periodical: copies handed out and items it carried."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="issues", verbose_name="刊物")
    issue_no = models.CharField("期号", max_length=40)
    issued_on = models.DateField("出刊日期")
    copies = models.PositiveIntegerField("发放份数", null=True, blank=True, help_text="不知道则留空，不要填 0")
    items = models.PositiveIntegerField("登载信息条数", null=True, blank=True, help_text="不知道则留空，不要填 0")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "公报刊物"
        indexes = listed_by("issued_on", "copies", "items")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.UniqueConstraint(fields=["channel", "issue_no"], name="channels_issue_one_of_a_number"),
        ]


class PressConference(RegisterRecord):
    """A press conference the organ held, or attended."""

    class Capacity(models.TextChoices):
        HELD = "held", "举办"
        ATTENDED = "attended", "参加"

    held_on = models.DateField("召开日期")
    topic = models.CharField("主题", max_length=200)
    attended_or_held = models.CharField("举办或参加", max_length=16, choices=Capacity.choices, default=Capacity.HELD)
    principal = models.CharField("主要负责同志参加", max_length=3, choices=YesNo.choices)
    items_released = models.PositiveIntegerField("发布信息条数")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "新闻发布会"
        indexes = listed_by("held_on", "items_released", "attended_or_held", "principal")


class OnlineInterview(RegisterRecord):
    """An interview on a government website (在线访谈)."""

    held_on = models.DateField("访谈日期")
    topic = models.CharField("主题", max_length=200)
    principal = models.CharField("主要负责同志参加", max_length=3, choices=YesNo.choices)
    address = models.CharField("网址", max_length=200, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "在线访谈"
        indexes = listed_by("held_on", "principal")


class PublicResponse(RegisterRecord):
    """One response to public concern, or interpretation of a policy; one topic may be answered in several ways."""

    responded_on = models.DateField("回应日期")
    topic = models.CharField("热点或政策名称", max_length=200, help_text="同一热点或舆情各行写法一致，按 1 次计")
    way = models.CharField("回应解读方式", max_length=32, choices=partial(choices, "response_ways"))

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "回应解读"
        indexes = listed_by("responded_on", "way")


class ReadingPlace(RegisterRecord):
    """A public reading place (公共查阅点) set up by the organ, between two days."""

    class Kind(models.TextChoices):
        ARCHIVES = "archives", "国家档案馆"
        LIBRARY = "library", "公共图书馆"
        SERVICE_HALL = "service_hall", "政务服务场所"
        OTHER = "other", "其他场所"

    name = models.CharField("查阅点名称", max_length=120)
    kind = models.CharField("场所种类", max_length=16, choices=Kind.choices)
    electronic = models.CharField("可电子查阅", max_length=3, choices=YesNo.choices)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "公共查阅点"
        indexes = listed_by("opened_on", "closed_on", "kind", "electronic")
        constraints = [*RegisterRecord.Meta.constraints, ends_after_beginning("opened_on", "closed_on")]

    def __str__(self) -> str:
        return self.name


class HoldingDelivery(RegisterRecord):
    """Information gathered at a reading place on a day, electronic or on paper."""

    class Medium(models.TextChoices):
        ELECTRONIC = "electronic", "电子"
        PAPER = "paper", "纸质"

    reading_place = models.ForeignKey(
        ReadingPlace, on_delete=models.PROTECT, related_name="deliveries", verbose_name="公共查阅点"
    )
    delivered_on = models.DateField("汇集日期")
    medium = models.CharField("载体", max_length=16, choices=Medium.choices)
    quantity = models.PositiveIntegerField("信息条数")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "查阅点汇集信息"
        indexes = listed_by("delivered_on", "quantity", "medium")


class ReadingPlaceVisit(RegisterRecord):
    """Readers received and documents lent at a reading place on a day or in a month."""

    reading_place = models.ForeignKey(
        ReadingPlace, on_delete=models.PROTECT, related_name="visits", verbose_name="公共查阅点"
    )
    visited_on = models.DateField("查阅日期", help_text="按月登记的，填该月第一日")
    visitors = models.PositiveIntegerField("接待人次")
    loans = models.PositiveIntegerField("借阅件数")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "查阅点接待"
        indexes = listed_by("visited_on", "visitors", "loans")


class SiteVisits(RegisterRecord):
    """Hits on a disclosure column or site in a month."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="visits", verbose_name="专栏或网站")
    month_on = models.DateField("月份", help_text="该月第一日")
    hits = models.PositiveBigIntegerField("点击次数")

    class Meta(RegisterRecord.Meta):
        verbose_name = verbose_name_plural = "网站点击"
        indexes = listed_by("month_on", "hits")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.UniqueConstraint(fields=["channel", "month_on"], name="channels_sitevisits_one_a_month"),
            models.CheckConstraint(condition=Q(month_on__day=1), name="channels_sitevisits_first_of_month"),
        ]
