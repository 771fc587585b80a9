"""Saving a record under all its rules: what cannot be true is refused in words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.law.refusal import Refused


def save(record: models.Model, fields: tuple[str, ...] | None = None) -> None:
    """Check and save a record, or only some fields of it. Refused when a field cannot be."""
    try:
        record.full_clean()
    except ValidationError as fault:
        raise Refused("invalid_record", f"{record._meta.verbose_name}：{'；'.join(fault.messages)}") from fault
    record.save(update_fields=fields)
