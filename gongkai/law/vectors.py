"""The figures of a report as one row of numbers, so that sums run over places instead of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value, plain

Number = int | Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """numbers: one for each cell of the form, in its order; None where the cell carries none. texts: as printed."""

    numbers: tuple[Number | None, ...]
    texts: tuple[str, ...]


@cache
def places(form: ReportForm) -> Mapping[str, int]:
    """Where each cell stands, by full ref."""
    return {cell.ref: place for place, cell in enumerate(form.cells)}


def vector(form: ReportForm, figures: Mapping[str, Value]) -> Vector:
    """The figures in the order of the form; whole numbers become int, which adds and prints fastest."""
    numbers: list[Number | None] = []
    texts: list[str] = []
    get = figures.get
    for ref in places(form):
        value = get(ref)
        if value is None or value.number is None:
            numbers.append(None)
            texts.append("")
            continue
        exact = value.number
        whole = int(exact)
        if whole == exact:
            numbers.append(whole)
            texts.append(str(whole))
        else:
            numbers.append(exact)
            texts.append(plain(exact))
    return Vector(tuple(numbers), tuple(texts))


def joint(
    form: ReportForm, figures: Mapping[str, Value], previous: tuple[ReportForm, Mapping[str, Value]] | None
) -> Vector:
    """This year's figures, and behind them those of the year before where its report is at hand."""
    now = vector(form, figures)
    if previous is None:
        return now
    before = vector(*previous)
    return Vector(now.numbers + before.numbers, now.texts + before.texts)
