"""Our sentences and charts for each form, as pages beside this file. No Django."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.law.refusal import Misprint

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and when it may be said.

    text: with `{table.row.column}` references and $organ, $year, $site facts; it is said only when every figure that it
    quotes is a number. some: at least one of these figures is above zero; none: all of them are zero. parts: clauses
    joined by ; after the text, each under the same conditions for itself; with parts that all fall away so does the
    sentence.
    """

    text: str
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a section ("前言" for the text before the first). lead: its printed head, numbered as it comes."""

    section: str
    lead: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart at the end of a section. bars: (ref, label)."""

    id: str
    section: str
    title: str
    unit: str
    bars: tuple[tuple[str, str], ...]


def passages(form_id: str) -> tuple[Passage, ...]:
    """The paragraphs of a form in the order of the page; none for a form without a page."""
    return tuple(
        Passage(raw["section"], raw.get("lead", ""), tuple(_sentence(form_id, part) for part in raw["sentences"]))
        for raw in _page(form_id).get("passage", ())
    )


def charts(form_id: str) -> tuple[Chart, ...]:
    """The charts of a form."""
    return tuple(
        Chart(raw["id"], raw["section"], raw["title"], raw["unit"], tuple((ref, label) for ref, label in raw["bars"]))
        for raw in _page(form_id).get("chart", ())
    )


def _sentence(form_id: str, raw: Mapping[str, Any]) -> Sentence:
    unknown = set(raw) - {"text", "some", "none", "parts"}
    if unknown:
        strange = "、".join(sorted(unknown))
        raise Misprint(f"wording/{form_id}.toml", f"不认识的字段 {strange}", "只有 text some none parts")
    return Sentence(
        raw["text"], tuple(raw.get("some", ())), tuple(raw.get("none", ())),
        tuple(_sentence(form_id, part) for part in raw.get("parts", ())),
    )  # fmt: skip


@cache
def _page(form_id: str) -> dict[str, Any]:
    path = FOLDER / f"{form_id}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
