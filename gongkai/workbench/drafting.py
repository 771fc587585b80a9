"""The form of a draft: its words and facts as fields, in the order in which one fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.disclosures.actions import WORDS
from gongkai.disclosures.models import YES_NO, Disclosure, Version
from gongkai.law.vocabulary import choices
from gongkai.workbench.moving import Field

ORDER = (
    "title", "document_number", "made_on", "summary", "body", "keywords", "attribute", "ground", "information_class",
    "instrument", "is_document", "public_interest", "department", "effective_on", "lapses_on", "change_note",
)  # fmt: skip
LONG = ("summary", "body", "change_note")
NEEDED = ("title", "made_on", "information_class")
VOCABULARIES = {
    "attribute": "disclosure_attributes", "ground": "grounds", "information_class": "information_classes",
    "instrument": "instruments",
}  # fmt: skip
FIRST = {"attribute": "proactive", "instrument": "other", "is_document": "no", "public_interest": "no"}
"""What a new draft proposes: disclosure is the rule (《条例》第五条)."""


def blank(given: Mapping[str, str] | None = None) -> list[Field]:
    """The form of a new draft; given: what was typed into one that was refused."""
    return [_field(name, (given or FIRST).get(name, "")) for name in ORDER if name != "change_note"]


def standing(item: Disclosure, version: Version, given: Mapping[str, str] | None = None) -> list[Field]:
    """The form of the version under way; given: what was typed into a refused one."""
    names = ORDER if version.number > 1 else ORDER[:-1]
    return [_field(name, given.get(name, "") if given is not None else _stands(item, version, name)) for name in names]


def _stands(item: Disclosure, version: Version, name: str) -> str:
    value = getattr(version if name in WORDS else item, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _field(name: str, typed: str) -> Field:
    model = Version if name in WORDS else Disclosure
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    kind = "long" if name in LONG else "day" if name.endswith("_on") else "text"
    offered = tuple(choices(VOCABULARIES[name])) if name in VOCABULARIES else ()
    if name in ("is_document", "public_interest"):
        offered = YES_NO
    return Field(name, label, "choice" if offered else kind, offered, name in NEEDED, typed)
