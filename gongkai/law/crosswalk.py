"""One concept through the generations of the form: which cells carry it, and where a trend line must break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from gongkai.law import book
from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import load as load_form
from gongkai.law.values import BLANK, Value

PAGE = "crosswalk/concepts.toml"
Match = Literal["exact", "sum", "approx", "none"]


@dataclass(frozen=True, slots=True)
class Break:
    """Between two neighbouring forms the line is not continuous. kind: not_counted (one of them has no cell for it),
    moved (the definition changed, compare with the note), incomparable."""

    before: str
    after: str
    kind: Literal["not_counted", "moved", "incomparable"]
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """A concept. cells: by form id, the full refs that are added up; empty where that form does not count it."""

    id: str
    title: str
    match: Match
    group: str
    note: str
    cells: Mapping[str, tuple[str, ...]]
    breaks: tuple[Break, ...]

    def value(self, form_id: str, figures: Mapping[str, Value]) -> Value:
        """The figure of the concept in a report on this form: a sum, or the first cell that carries no number."""
        total = Decimal(0)
        refs = self.cells.get(form_id, ())
        for ref in refs:
            value = figures.get(ref, BLANK)
            if value.number is None:
                return value
            total += value.number
        return Value("number", total) if refs else BLANK


def forms() -> tuple[str, ...]:
    """The ids of the forms that concepts are read from, in the order of their years; a province's own are not among."""
    return tuple(book.page("crosswalk", "concepts")["forms"])


def concepts() -> tuple[str, ...]:
    """The ids of all concepts, in the order of the page."""
    return tuple(_all())


def series(concept: str) -> Series:
    """The definition of a concept per form, with its breaks. Refused ("unknown_concept") when the book has none."""
    found = _all().get(concept)
    if found is None:
        raise Refused("unknown_concept", f"法规册中没有指标“{concept}”;现有:{'、'.join(_all())}")
    return found


@cache
def _all() -> Mapping[str, Series]:
    page = book.page("crosswalk", "concepts")
    forms = page["forms"]
    found: dict[str, Series] = {}
    for raw in page["concept"]:
        cells = {form: tuple(_cell(form, ref) for ref in raw[form]) for form in forms}
        match: Match = raw["match"]
        if match not in ("exact", "sum", "approx", "none"):
            raise Misprint(PAGE, f"{raw['id']} 的 match “{match}”不是四种之一")
        note = raw.get("note", "")
        found[raw["id"]] = Series(
            raw["id"], raw["title"], match, raw.get("group", ""), note, cells, _breaks(cells, match, note)
        )
    return found


def _cell(form: str, ref: str) -> str:
    return load_form(form).cell(ref).ref


def _breaks(cells: Mapping[str, tuple[str, ...]], match: Match, note: str) -> tuple[Break, ...]:
    return tuple(
        broken for (before, old), (after, new) in pairwise(cells.items())
        if (broken := _break(before, old, after, new, match, note)) is not None
    )  # fmt: skip


def _break(
    before: str, old: tuple[str, ...], after: str, new: tuple[str, ...], match: Match, note: str
) -> Break | None:
    if not old and not new:
        return None
    if not old or not new:
        return Break(before, after, "not_counted", note or "两个格式中只有一个统计此项")
    if match == "none":
        return Break(before, after, "incomparable", note)
    same = [ref.split(".")[1:] for ref in old] == [ref.split(".")[1:] for ref in new]
    return Break(before, after, "moved", note) if match == "approx" and not same else None
