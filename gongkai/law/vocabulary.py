"""Controlled vocabularies read from the book: the codes that records carry, with names, articles and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.law import book
from gongkai.law.refusal import Misprint

OWN_FIELDS = ("code", "zh", "en", "cite", "mark")


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary.

    cite: the article or document it rests on, or "" for our own term. mark: how the fact was checked (a code of the
    vocabulary `marks`). extra: the other fields of the page, as written there.
    """

    code: str
    zh: str
    en: str
    cite: str
    mark: str
    extra: Mapping[str, Any]


def terms(name: str) -> dict[str, Term]:
    """All terms of `vocabulary/<name>.toml` by code, in the order of the page. Misprint when the page is faulty."""
    return dict(_terms(name))


def term(name: str, code: str) -> Term:
    """One term; Misprint when the vocabulary has no such code."""
    found = _terms(name).get(code)
    if found is None:
        raise Misprint(f"vocabulary/{name}.toml", f"没有代码“{code}”", f"现有:{'、'.join(_terms(name))}")
    return found


def choices(name: str) -> list[tuple[str, str]]:
    """(code, Chinese name) pairs for model fields and drop-downs, in the order of the page."""
    return [(entry.code, entry.zh) for entry in _terms(name).values()]


@cache
def _terms(name: str) -> Mapping[str, Term]:
    page = book.page("vocabulary", name)
    found: dict[str, Term] = {}
    for raw in page.get("term", ()):
        entry = _term(name, page, raw)
        if entry.code in found:
            raise Misprint(f"vocabulary/{name}.toml", f"代码“{entry.code}”出现两次", "删去一个")
        found[entry.code] = entry
    if not found:
        raise Misprint(f"vocabulary/{name}.toml", "没有一个词条", "至少写一个 [[term]]")
    return found


def _term(name: str, page: Mapping[str, Any], raw: Mapping[str, Any]) -> Term:
    for field in ("code", "zh", "en"):
        if not raw.get(field):
            raise Misprint(f"vocabulary/{name}.toml", f"词条 {raw.get('code', '?')} 缺少 {field}", "补上这一项")
    return Term(
        code=raw["code"],
        zh=raw["zh"],
        en=raw["en"],
        cite=raw.get("cite", page.get("cite", "")),
        mark=raw.get("mark", page.get("mark", "D")),
        extra={key: value for key, value in raw.items() if key not in OWN_FIELDS},
    )
