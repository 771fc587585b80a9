"""One concept over the years as columns on a true time axis: gaps for missing years, a dashed line at each break."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.values import plain
from gongkai.reports.public import Point, Series

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BASE = 16, 624, 44, 200


@dataclass(frozen=True, slots=True)
class Column:
    """One reported year; height 0 and no value where the report gives no number. parts: other organs in it."""

    year: int
    form_id: str
    kind: str
    shown: str
    x: float
    middle: float
    y: float
    width: float
    height: float
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Breaks between two years: where their dashed line stands, its number in the list below, and why."""

    x: float
    number: int
    before: int
    after: int
    kinds: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A series ready to be drawn; measures are in the units of the view box."""

    id: str
    title: str
    note: str
    columns: tuple[Column, ...]
    gaps: tuple[Gap, ...]
    years: tuple[tuple[int, float], ...]  # every year of the axis, reported or not, with its middle


def chart(series: Series) -> Chart:
    """Where each column and break stands. Columns begin at zero; a value below zero has none, its number is printed."""
    first, last = series.points[0].year, series.points[-1].year
    slot = (RIGHT - LEFT) / (last - first + 1)
    width = min(slot * 0.62, 56)
    highest = max((float(point.value.number) for point in series.points if point.value.number is not None), default=0)

    def middle(year: float) -> float:
        return round(LEFT + slot * (year - first + 0.5), 1)

    def column(point: Point, number: float | None, shown: str) -> Column:
        height = round(max(number or 0, 0) / highest * (BASE - TOP), 1) if highest > 0 else 0.0
        x = round(middle(point.year) - width / 2, 1)
        place = (x, middle(point.year), round(BASE - height, 1), round(width, 1), height)
        return Column(point.year, point.form_id, point.value.kind, shown, *place, point.parts)

    columns = tuple(
        column(
            point, None if point.value.number is None else float(point.value.number),
            "" if point.value.number is None else plain(point.value.number),
        )
        for point in series.points
    )  # fmt: skip
    gaps = tuple(
        Gap(middle((before + after) / 2), number, before, after, *reasons)
        for number, ((before, after), reasons) in enumerate(_reasons(series).items(), start=1)
    )
    years = tuple((year, middle(year)) for year in range(first, last + 1))
    return Chart(series.id, series.title, series.note, columns, gaps, years)


def _reasons(series: Series) -> dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]]:
    """(kinds, notes) of all breaks between two years, each said once: several forms may have come and gone between."""
    kinds: dict[tuple[int, int], dict[str, None]] = {}
    notes: dict[tuple[int, int], dict[str, None]] = {}
    for found in series.breaks:
        kinds.setdefault((found.before, found.after), {})[found.kind] = None
        said = notes.setdefault((found.before, found.after), {})
        # The concept's own note stands under the chart already.
        said.update({found.note: None} if found.note and found.note != series.note else {})
    return {years: (tuple(kinds[years]), tuple(notes[years])) for years in kinds}
