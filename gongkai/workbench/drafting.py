"""The form of a draft: its words and facts as fields, in the order in which one fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_noop

from gongkai.disclosures.actions import WORDS
from gongkai.disclosures.models import YES_NO, Disclosure, Version
from gongkai.law.vocabulary import choices
from gongkai.workbench.moving import NO_FAULTS, Field

ORDER = (
    "title", "document_number", "made_on", "summary", "body", "keywords", "attribute", "ground", "information_class",
    "instrument", "is_document", "public_interest", "department", "effective_on", "lapses_on", "change_note",
)  # fmt: skip
LONG = ("summary", "body", "change_note")
NEEDED = ("title", "made_on", "information_class")
HINTS = {
    "summary": gettext_noop("提交审核前必须填写：目录要有内容概述。"),
    "body": gettext_noop("正文和附件至少要有一样，提交审核前补齐即可。"),
    "ground": gettext_noop("只在不主动公开时选择。"),
    "made_on": gettext_noop("公文为成文日期，按 2012-09-26 的样子写。"),
}
VOCABULARIES = {
    "attribute": "disclosure_attributes", "ground": "grounds", "information_class": "information_classes",
    "instrument": "instruments",
}  # fmt: skip
FIRST = {"attribute": "proactive", "instrument": "other", "is_document": "no", "public_interest": "no"}
"""What a new draft proposes: disclosure is the rule (《条例》第五条)."""


def blank(given: Mapping[str, str] | None = None, faults: Mapping[str, str] = NO_FAULTS) -> list[Field]:
    """The form of a new draft; given: what was typed into one that was refused, and `faults`: why, by field."""
    typed = FIRST if given is None else given
    return [_field(name, typed.get(name, ""), faults) for name in ORDER if name != "change_note"]


def standing(
    item: Disclosure, version: Version, given: Mapping[str, str] | None = None, faults: Mapping[str, str] = NO_FAULTS
) -> list[Field]:
    """The form of the version under way; given: what was typed into a refused one, and `faults`: why, by field."""
    names = ORDER if version.number > 1 else ORDER[:-1]
    typed = {name: _stands(item, version, name) for name in names} if given is None else given
    return [_field(name, typed.get(name, ""), faults) for name in names]


def standing_texts(item: Disclosure, version: Version) -> dict[str, str]:
    """What each field of the form holds now, as one would type it."""
    return {name: _stands(item, version, name) for name in ORDER}


def _stands(item: Disclosure, version: Version, name: str) -> str:
    value = getattr(version if name in WORDS else item, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _field(name: str, typed: str, faults: Mapping[str, str]) -> Field:
    model = Version if name in WORDS else Disclosure
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    kind = "long" if name in LONG else "day" if name.endswith("_on") else "text"
    offered = tuple(choices(VOCABULARIES[name])) if name in VOCABULARIES else ()
    if name in ("is_document", "public_interest"):
        offered = YES_NO
    return Field(
        name, label, "choice" if offered else kind, offered, name in NEEDED, typed, hint=HINTS.get(name, ""),
        fault=faults.get(name, ""),
    )  # fmt: skip
