"""A page of the calendar or of the time limits has changed: open matters get the days that follow from it, each with
an entry that says which day it had before; what is closed keeps its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongkai.law import book
from gongkai.records import entries
from gongkai.records.models import BookEdition

CHAPTERS = ("calendar", "time_limits")
Days = Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Dated:
    """What a desk hands in. title: in Chinese; open: its records whose days may still move, with `organ`;
    days: record -> field name -> the day that follows from the book as it is now.
    """

    title: str
    open: Callable[[], QuerySet[Any]]
    days: Callable[[Any], Days]


@dataclass(frozen=True, slots=True)
class Redated:
    """A record whose days came out differently. before, after: only the fields that differ."""

    organ_code: str
    kind: str
    subject: str
    before: Days
    after: Days


def differing(dated: Sequence[Dated]) -> Iterator[Redated]:
    """What re-dating would change; nothing is written."""
    for desk in dated:
        for row in desk.open().select_related("organ").iterator(chunk_size=500):
            if (found := _compared(desk, row)) is not None:
                yield found


def redate(dated: Sequence[Dated], *, by: object, at: datetime) -> list[Redated]:
    """Give every open record its days anew and keep which edition of the book they rest on.

    A record that somebody has closed meanwhile is left alone. Done again it changes nothing.
    """
    digest = edition()
    done = [found for desk in dated for found in _redated(desk, by, at)]
    BookEdition.objects.create(digest=digest, applied_at=at, changed=len(done))
    return done


def _redated(desk: Dated, by: object, at: datetime) -> Iterator[Redated]:
    differ = [
        row.pk
        for row in desk.open().select_related("organ").iterator(chunk_size=500)
        if _compared(desk, row) is not None
    ]
    for key in differ:
        if (found := _one(desk, key, by, at)) is not None:
            yield found


@transaction.atomic
def _one(desk: Dated, key: int, by: object, at: datetime) -> Redated | None:
    row = desk.open().select_related("organ").select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return None
    found = _compared(desk, row)
    if found is not None:
        type(row)._default_manager.filter(pk=key).update(**found.after)
        entries.write(
            organ_code=found.organ_code, by=by, at=at, act="redate", subject=row, before=found.before, after=found.after
        )
    return found


def _compared(desk: Dated, row: Any) -> Redated | None:
    days = desk.days(row)
    after = {name: day for name, day in days.items() if getattr(row, name) != day}
    if not after:
        return None
    before = {name: getattr(row, name) for name in after}
    return Redated(row.organ.code, *entries.subject_of(row), before, after)


def edition() -> str:
    """SHA-256 over the pages on which days rest: the same pages, the same text."""
    told = hashlib.sha256()
    for chapter in CHAPTERS:
        for name in book.pages(chapter):
            content = Path(book.path_of(chapter, name)).read_bytes()
            told.update(f"{chapter}/{name} {len(content)}\n".encode() + content)
    return told.hexdigest()


def is_current() -> bool:
    """Whether days were last worked out from the pages as they are."""
    last = BookEdition.objects.order_by("-pk").values_list("digest", flat=True).first()
    return last == edition()
