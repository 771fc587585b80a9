"""What is stored of a comment: its words, who deals with it until when, the answer; a contact only encrypted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.comments.flow import ANSWERED, OPEN, RECEIVED, REPLIED, SHOWN, STATES, WITHHELD
from gongkai.organs.models import Organ, Staff

LONGEST_TEXT = 2000
LONGEST_CONTACT = 200


class Comment(models.Model):
    """A comment of the public on the report of an organ for a year; a task of its owner until it is answered.

    contact: personal data, encrypted (records.ciphers); contact_masked: enough of it to tell two apart.
    source: digest of the sender's network that holds for one day, for counting only; "" when it is unknown.
    """

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("年度")
    number = models.CharField("受理号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=16, choices=STATES, default=RECEIVED)
    text = models.TextField("留言", max_length=LONGEST_TEXT)
    contact = models.TextField("联系方式(加密)", blank=True)
    contact_masked = models.CharField("联系方式(遮盖)", max_length=LONGEST_CONTACT, blank=True)
    source = models.CharField("来源摘要", max_length=64, blank=True)
    received_at = models.DateTimeField("收到时间")
    owner = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    due_on = models.DateField("办理期限", null=True, blank=True)
    reason = models.CharField("不予展示的理由", max_length=500, blank=True)
    answer = models.TextField("答复", blank=True, max_length=LONGEST_TEXT)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年报留言"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="comments_comment_state"),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN) | Q(owner__isnull=False, due_on__isnull=False),
                name="comments_shown_has_an_owner_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(REPLIED, ANSWERED)) | ~Q(answer=""), name="comments_replied_has_an_answer"
            ),
            models.CheckConstraint(
                condition=~Q(state=ANSWERED) | Q(answered_on__isnull=False), name="comments_answered_is_dated"
            ),
            models.CheckConstraint(condition=~Q(state=WITHHELD) | ~Q(reason=""), name="comments_withheld_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["organ", "year", "-received_at"], name="comments_of_a_report"),
            models.Index(
                fields=["organ", "due_on"], condition=Q(state__in=(RECEIVED, OPEN, REPLIED)), name="comments_waiting"
            ),
            models.Index(fields=["source", "received_at"], name="comments_source"),
        ]

    def __str__(self) -> str:
        return self.number
