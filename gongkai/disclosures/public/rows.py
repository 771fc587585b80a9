"""Which rows are public, and how a row becomes a card: what pages, lists and feeds have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.disclosures.actions.publishing import release_due
from gongkai.disclosures.flow import SCHEDULED
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.public.shapes import Code, ItemCard, Validity
from gongkai.law.vocabulary import term
from gongkai.records.moves import LEGAL_TIME


def settle(at: datetime) -> None:
    """Let out what was scheduled for `at` or before; for a door that keeps pages, before it looks for a kept one."""
    if Disclosure.objects.filter(publish_at__lte=at, state=SCHEDULED).exists():
        release_due(at)


def public_rows() -> QuerySet[Any]:
    """Every item that the public may read, with its organ's names at hand."""
    found = Disclosure.objects.filter(public_version__isnull=False)
    return found.select_related("organ").prefetch_related("organ__names")


GONE = Q(public_version__isnull=True, withdrawn_at__isnull=False)
"""Withdrawn, and not public again since: also while it is being drafted anew."""


def in_validity(code: str, day: date) -> Q:
    """The condition for what `Disclosure.validity_on` judges alike."""
    repealed, lapsed = Q(repealed_on__lte=day), Q(lapses_on__lte=day)
    standing = (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)) & (
        Q(lapses_on__isnull=True) | Q(lapses_on__gt=day)
    )
    waiting = Q(effective_on__gt=day)
    begun = Q(effective_on__isnull=True) | Q(effective_on__lte=day)
    found = {
        "repealed": repealed, "lapsed": lapsed & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)),
        "not_yet": standing & waiting, "in_force": standing & begun,
    }  # fmt: skip
    return found.get(code, Q(pk__in=()))


def coded(row: Any, field: str) -> Code:
    """The code that a field holds, with its Chinese name."""
    code = getattr(row, field)
    return Code(code, getattr(row, f"get_{field}_display")() if code else "")


def validity_of(row: Any, day: date) -> Code:
    """Whether the row is in force on a day."""
    code = row.validity_on(day)
    return Code(code, term("validities", code).zh)


def card(row: Any, day: date) -> ItemCard:
    """The row as a list shows it on a day."""
    validity = validity_of(row, day)
    return ItemCard(
        organ_code=row.organ.code, organ_name=str(row.organ), number=row.number, index_number=row.index_number,
        title=row.title, summary=row.summary, document_number=row.document_number,
        information_class=coded(row, "information_class"), instrument=coded(row, "instrument"),
        theme=coded(row, "theme"), genre=coded(row, "genre"), disclosure_item=coded(row, "disclosure_item"),
        made_on=row.made_on, published_on=row.published_on, published_at=local(row.published_at),
        updated_at=local(row.updated_at), validity=Validity(
            validity.code, validity.label, row.effective_on, row.lapses_on, row.repealed_on, row.validity_basis,
        ),
        provenance=row.provenance,
    )  # fmt: skip


def local(moment: datetime | None) -> datetime:
    """A stored moment in Asia/Shanghai."""
    assert moment is not None, "a constraint of the register"
    return moment.astimezone(LEGAL_TIME)
