"""The log of changes: which documents of which shelf changed, in the same transaction as the change itself."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Change(models.Model):
    """A document was published, altered or withdrawn: whoever searches takes it in first.

    token: random; an index whose last number bears another token belongs to another database and is made anew.
    """

    shelf = models.CharField("检索库", max_length=32)
    key = models.CharField("文档标识", max_length=200)
    token = models.CharField("记号", max_length=16)
    at = models.DateTimeField("时间", db_default=Now())  # by the clock of the database: transactions are timed by it

    class Meta:
        verbose_name = verbose_name_plural = "待收入检索的变动"

    def __str__(self) -> str:
        return f"{self.shelf} {self.key}"
