"""What the outside may see of the guide and the rules: every edition once published, none before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from gongkai.guides.flow import PUBLIC
from gongkai.guides.models import GUIDE, RULE, Edition
from gongkai.law.public_documents import demands
from gongkai.law.refusal import Refused
from gongkai.organs import queries
from gongkai.organs.models import Organ

__all__ = ["GUIDE", "RULE", "PublicEdition", "PublicSection", "edition", "editions", "in_force", "organ_name"]


@dataclass(frozen=True, slots=True)
class PublicSection:
    """One item and its text, the item in both languages."""

    code: str
    zh: str
    en: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """An edition as published. replaced_on, repealed_on: None while it holds. provenance: code."""

    organ_code: str
    organ_name: str
    kind: str
    code: str
    version: int
    title: str
    published_on: date
    reviewed_on: date | None
    effective_on: date | None
    replaced_on: date | None
    repealed_on: date | None
    repeal_reason: str
    change_note: str
    provenance: str
    sections: tuple[PublicSection, ...]

    @property
    def is_in_force(self) -> bool:
        """Neither replaced nor repealed."""
        return self.replaced_on is None and self.repealed_on is None


def edition(organ_code: str, code: str, version: int | None = None) -> PublicEdition:
    """An edition of a document, without a version the last one published. Refused "not_found" when there is none."""
    found = _published(organ_code).filter(code=code)
    if version is not None:
        found = found.filter(version=version)
    row = found.order_by("-version").first()
    if row is None:
        raise Refused("not_found", "没有找到已发布的指南或制度；可能尚未发布，或地址有误")
    return _shown(row)


def editions(organ_code: str, code: str) -> tuple[PublicEdition, ...]:
    """Every published edition of a document, the latest first."""
    return tuple(_shown(row) for row in _published(organ_code).filter(code=code).order_by("-version"))


def in_force(organ_code: str, kind: str = "") -> tuple[PublicEdition, ...]:
    """The last published edition of every document of an organ, repealed ones last."""
    rows = _published(organ_code).filter(replaced_on__isnull=True)
    rows = rows.filter(kind=kind) if kind else rows
    return tuple(sorted((_shown(row) for row in rows), key=lambda one: (one.repealed_on is not None, one.code)))


def organ_name(organ_code: str) -> str:
    """The organ's present name. Refused "not_found" when there is no such organ."""
    return str(_organ(organ_code))


def _organ(code: str) -> Organ:
    try:
        return queries.organ_by_code(code)
    except Refused as refused:
        raise Refused("not_found", refused.reason) from None


def _published(organ_code: str) -> QuerySet[Edition]:
    rows = Edition.objects.filter(organ__code=organ_code, state__in=PUBLIC)
    return rows.select_related("organ").prefetch_related("organ__names")


def _shown(row: Edition) -> PublicEdition:
    assert row.published_at is not None  # a constraint of the table
    published = localtime(row.published_at).date()
    items = demands(row.kind, published).items
    sections = tuple(
        PublicSection(item.code, item.zh, item.en, text)
        for item in items
        if (text := str(row.sections.get(item.code, "")).strip())
    )
    return PublicEdition(
        row.organ.code, str(row.organ), row.kind, row.code, row.version, row.title, published, row.reviewed_on,
        row.effective_on, row.replaced_on, row.repealed_on, row.repeal_reason, row.change_note,
        row.provenance, sections,
    )  # fmt: skip
