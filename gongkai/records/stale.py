"""Two who change the same thing at once: the second is told, before anything that the first saved is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import models

from gongkai.law.refusal import Refused
from gongkai.records import entries


def fingerprint(record: models.Model, names: Iterable[str]) -> str:
    """The state of some fields of a record in 16 hexadecimal digits: two that differ in any of them differ here."""
    fields = {name: record._meta.get_field(name) for name in names}
    values = {name: getattr(record, field.attname) for name, field in fields.items() if isinstance(field, models.Field)}
    return hashlib.sha256(entries.canonical(values).encode()).hexdigest()[:16]


def require_unchanged(record: models.Model, names: Iterable[str], seen: str, what: str) -> None:
    """Refused "changed_meanwhile" unless the record, read under a lock, is as its editor saw it; seen "": not asked."""
    if seen and fingerprint(record, names) != seen:
        told = f"{what}在您打开以后被改动过，您的改动没有保存；请对照两边，再次保存就以您填写的为准"
        raise Refused("changed_meanwhile", told)
