"""Numbers of voided records: known again wherever a record is taken in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from gongkai.records.models import VoidedRecord


def voided_records(model: type[models.Model], organ: Any) -> models.QuerySet[VoidedRecord]:
    """What an organ has voided in the register of a model, the latest first. organ: has `code`."""
    return VoidedRecord.objects.filter(organ_code=organ.code, subject_type=model._meta.label_lower).order_by("-pk")


def voided_among(model: type[models.Model], organ: Any, numbers: Iterable[str]) -> models.QuerySet[VoidedRecord]:
    """Those of the numbers that were voided."""
    return voided_records(model, organ).filter(number__in=list(numbers))


def voided_sentence(record: VoidedRecord) -> str:
    """Why a number cannot be taken again."""
    day = timezone.localtime(record.voided_at).date()
    return f"登记号“{record.number}”已于 {day} 作废（{record.reason}），不能再用；请改用新的登记号"
