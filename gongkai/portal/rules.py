"""Time-limit rules in the reader's language: lengths of time, marks and events in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext, ngettext

from gongkai.law import time_limits, vocabulary
from gongkai.law.time_limits import Effect, Rule, Version
from gongkai.law.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Change:
    """An event that moves the day: restart, suspend or extend."""

    title: str
    length: str
    cite: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a rule in words; `last` is None while it stands."""

    first: date
    last: date | None
    length: str
    cite: str
    mark: str
    note: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rule as a page. starts: which day is day 0; versions: oldest first; events: the kinds it knows."""

    id: str
    title: str
    starts: str
    note: str
    transition: str
    versions: tuple[Wording, ...]
    events: frozenset[str]

    @property
    def latest(self) -> Wording:
        return self.versions[-1]


def in_english() -> bool:
    """Whether the page is in English; any other language reads the Chinese original."""
    return (get_language() or "").startswith("en")


def mark_name(code: str) -> str:
    """How a fact was checked."""
    mark = vocabulary.term("marks", code)
    return mark.en if in_english() else typeset(mark.zh)


def length_of(limit: int | str, unit: str) -> str:
    """A length of time in words: "20 个工作日"; a fixed date ("03-31") is a day of the year after."""
    if isinstance(limit, str):
        month, day = map(int, limit.split("-"))
        return gettext("次年 %(month)d 月 %(day)d 日前") % {"month": month, "day": day}
    if unit == "working_day":
        return ngettext("%(n)d 个工作日", "%(n)d 个工作日", limit) % {"n": limit}
    if unit == "month":
        return ngettext("%(n)d 个月", "%(n)d 个月", limit) % {"n": limit}
    if unit == "hour":
        return ngettext("%(n)d 小时", "%(n)d 小时", limit) % {"n": limit}
    return ngettext("%(n)d 日", "%(n)d 日", limit) % {"n": limit}


def _change(effect: Effect, unit: str) -> Change:
    titles = {"restart": gettext("重新起算"), "suspend": gettext("中止"), "extend": gettext("延长")}
    return Change(
        title=titles[effect.kind], length=length_of(effect.limit, unit) if effect.limit else "", cite=effect.cite,
        mark=mark_name(effect.mark), note=effect.note,
    )  # fmt: skip


def _wording(version: Version) -> Wording:
    return Wording(
        first=version.first, last=version.last, length=length_of(version.limit, version.unit), cite=version.cite,
        mark=mark_name(version.mark), note=version.note,
        changes=tuple(_change(effect, version.unit) for effect in version.events.values()),
    )  # fmt: skip


def sheet(rule: Rule) -> Sheet:
    """A rule of the book in the reader's language."""
    return Sheet(
        id=rule.id, title=rule.title_en if in_english() else rule.title, starts=rule.starts, note=rule.note,
        transition=rule.transition, versions=tuple(_wording(version) for version in rule.versions),
        events=frozenset(kind for version in rule.versions for kind in version.events),
    )  # fmt: skip


def all_sheets() -> list[Sheet]:
    """Every rule of the book, by name."""
    return [sheet(time_limits.rule(name)) for name in time_limits.names()]
