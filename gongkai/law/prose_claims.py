"""Every figure of a report's text as data: where it stands, what it is worth and counts, and what it is tied to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from gongkai.law.checks import Evidence, Figures, load
from gongkai.law.prose_growth import found as growths
from gongkai.law.prose_items import NEAR, Passage, passage
from gongkai.law.prose_lists import lists
from gongkai.law.prose_numbers import Number, numbers
from gongkai.law.prose_rules import TABLE_KINDS, claims_of, expression
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import plain

Kind = Literal["count", "people", "money", "share", "growth", "date", "duration", "document", "ordinal", "bare"]
Span = tuple[int, int]
_DATES = re.compile(r"(?:19|20)\d\d年|\d{1,2}月(?!内|以)|\d{1,2}日")
_DOCUMENTS = re.compile(r"[〔\[({【](?:19|20)\d\d[〕\])}】]\d{1,5}号|第\d{1,5}号")
_GROWN = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|下滑|[增减降])(?:了|幅度?为|约|近|超过)*$")
_UPTO = re.compile(r"\s*(?:-|—|~|至|到)\s*$")
PEOPLE = ("人", "人次", "名")
DURATIONS = ("天", "个工作日", "工作日", "年", "月", "日")


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure. span: characters of the section's text, its unit left out; words: what it is said to count.

    bound: cells of the form that a rule of the book compares it with (several where they are added up); rules: these
    rules; tied: spans of the same section that it is reckoned with (its whole, its base). Free where all are empty.
    about: 余 or 多 follows; near: 约 or the like before; upto: it ends a range.
    """

    section: str
    span: Span
    raw: str
    value: Decimal
    unit: str
    kind: Kind
    words: str
    about: bool = False
    near: bool = False
    upto: bool = False
    bound: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    tied: tuple[Span, ...] = ()

    @property
    def free(self) -> bool:
        """Whether nothing else in the report speaks for or against it."""
        return not self.bound and not self.tied

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "section": self.section, "span": list(self.span), "raw": self.raw, "value": plain(self.value),
            "unit": self.unit, "kind": self.kind, "words": self.words, "about": self.about, "near": self.near,
            "upto": self.upto, "cells": list(self.bound), "rules": list(self.rules),
            "tied": [list(span) for span in self.tied],
        }  # fmt: skip


def claims(form: ReportForm, sections: Mapping[str, str], figures: Figures | None = None) -> tuple[Stated, ...]:
    """Every figure of the text in order. figures: of the table; with them a figure is bound to the sum it agrees with,
    where a rule allows for several."""
    evidence = Evidence(form, figures or {}, sections=sections)
    bound = _bound(evidence)
    found: list[Stated] = []
    for section, text in sections.items():
        where = passage(section, text)
        tied = _tied(where)
        for number in numbers(text):
            stated = _stated(where, text, number)
            cells, rules = bound.get((section, number.span[0]), ((), ()))
            found.append(replace(stated, bound=cells, rules=rules, tied=tied.get(number.span[0], ())))
    return tuple(found)


def _stated(where: Passage, text: str, number: Number) -> Stated:
    place = _place(where, number.span[0])
    before = where.text[max(0, place - 24) : place]
    words = re.split(r"[,;:()。!?…\d]", before)[-1]
    return Stated(
        where.section, number.span, number.raw, number.value, number.unit, _kind(where, number, place, before), words,
        about=number.about, near=bool(NEAR.search(before)), upto=bool(_UPTO.search(before)),
    )  # fmt: skip


def _place(where: Passage, start: int) -> int:
    """The place in the plain text of a character of the original."""
    low, high = 0, len(where.plain.offsets) - 1
    while low < high:
        middle = (low + high) // 2
        if where.plain.offsets[middle] < start:
            low = middle + 1
        else:
            high = middle
    return low


def _kind(where: Passage, number: Number, place: int, before: str) -> Kind:
    if number.percent or number.unit in ("个百分点", "百分点", "倍"):
        return "growth" if _GROWN.search(before) else "share"
    if number.unit == "元":
        return "money"
    if number.unit in PEOPLE:
        return "people"
    if number.unit in DURATIONS:
        return "date" if number.unit in "年月日" and _DATES.match(where.text, place) else "duration"
    if _numbers_something(where, place, before):
        return "document" if _in_document(where, place) else "ordinal"
    return "count" if number.unit else "bare"


def _numbers_something(where: Passage, place: int, before: str) -> bool:
    """第20条, 〔2021〕30号, (3), 1.: the number is a name."""
    end = place
    while where.text[end : end + 1].isdigit():
        end += 1
    after = where.text[end : end + 1]
    return (
        before.endswith(("第", "〔", "[", "【", "〕", "]", "】"))
        or after in ("号", "〕")
        or (after in (".", "、", ")") and before[-1:] in ("", "(", "。", ";"))
    )


def _in_document(where: Passage, place: int) -> bool:
    window, at = where.text[max(0, place - 12) : place + 14], min(12, place)
    return any(match.start() <= at < match.end() for match in _DOCUMENTS.finditer(window))


def _bound(evidence: Evidence) -> dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]]:
    """By section and start: the cells that rules compare a figure with, and these rules."""
    found: dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for check in load(evidence.form.id):
        if check.kind not in TABLE_KINDS:
            continue
        for claim, texts in claims_of(check, evidence):
            start = claim.where.plain.offsets[claim.place]
            refs = tuple(term.ref for text in texts[:1] for term in expression(evidence.form, text))
            cells, rules = found.get((claim.section, start), ((), ()))
            found[claim.section, start] = (cells or refs, (*rules, check.id))
    return found


def _tied(where: Passage) -> dict[int, tuple[Span, ...]]:
    """By start in the original: parts to their whole and whole to its parts, growth to the figure it is said of."""
    found: dict[int, list[Span]] = {}

    def tie(start: int, span: Span) -> None:
        found.setdefault(where.plain.offsets[start], []).append(span)

    for parts in lists(where):
        for whole in parts.wholes[:1]:
            for item in parts.items:
                tie(item.start, where.span(whole.start, whole.end))
                tie(whole.start, where.span(item.start, item.end))
                if item.share:
                    tie(item.share.start, where.span(item.start, item.end))
    for growth in growths(where):
        number = re.search(r"\d", where.text[growth.start : growth.end])
        if number:
            tie(growth.start + number.start(), where.span(growth.base.start, growth.base.end))
    return {start: tuple(dict.fromkeys(spans)) for start, spans in found.items()}
