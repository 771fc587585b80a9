"""The words and files of a disclosure, version by version; and the store that keeps each file once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosures.models.register import Disclosure
from gongkai.organs.models import Staff


class StoredFile(models.Model):
    """A file by the digest of its bytes: kept once, never changed, in the database so that a backup holds it whole."""

    sha256 = models.CharField("摘要", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("字节数")
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "文件内容"

    def __str__(self) -> str:
        return self.sha256


class Version(models.Model):
    """What a disclosure says: the words the public reads or will read. Once `published_at` is set nothing changes.

    digest: SHA-256 over every word and every file that would be public (`digests.of_version`); reviews are bound to it.
    withdrawn_at: from when the public may not read it any more, though a later version may be public.
    change_note: what is new against the version before, shown to the public.
    """

    item = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="versions", verbose_name="公开信息")
    number = models.PositiveIntegerField("版次")
    title = models.CharField("名称", max_length=300)
    document_number = models.CharField("文号", max_length=100, blank=True)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True, help_text="以空格分隔")
    body = models.TextField("正文", blank=True)
    change_note = models.CharField("修改说明", max_length=300, blank=True)
    revision = models.PositiveIntegerField("改动次数", default=1)
    made_at = models.DateTimeField("形成时间")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="形成人")
    digest = models.CharField("内容摘要", max_length=64)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    dropped_at = models.DateTimeField("放弃时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息版本"
        ordering = ["item_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="disclosures_version_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(published_at__isnull=True, dropped_at__isnull=True),
                name="disclosures_version_one_under_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item.number} 第{self.number}版"


class Attachment(models.Model):
    """A file of a version: the original as handed in, sealed; and the clean copy, the only one the public gets.

    masks: of each stretch masked in the copy `rule`, `where`, `shown` and `ground`; never what stood there.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attachments", verbose_name="信息版本")
    position = models.PositiveIntegerField("顺序")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("文件类型", max_length=100)
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="封存的原件")
    public_copy = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="供公开的净化件"
    )
    text = models.TextField("文字内容", blank=True)
    left_out = models.JSONField(
        "净化件已去除", default=list, blank=True, help_text="原件里看不见、净化件不再带有的内容：是什么、在哪里"
    )
    masks = models.JSONField("遮盖", default=list, blank=True, help_text="各处遮盖：规则、位置、代之以什么、依据")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="disclosures_attachment_place"),
            models.UniqueConstraint(fields=["version", "name"], name="disclosures_attachment_name"),
        ]

    def __str__(self) -> str:
        return self.name
