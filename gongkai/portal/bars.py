"""One figure over organs as horizontal bars, one row an organ; the longest bar is the largest number of all pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.values import plain
from gongkai.reports.across.public import Place

WIDTH, ROW = 640, 46
LEFT, RIGHT = 8, 520  # right of it stands the number


@dataclass(frozen=True, slots=True)
class Bar:
    """One organ: its name above, its bar and number below. number: "" and width 0 where it told none."""

    place: Place
    text_y: int
    y: int
    width: float
    shown: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a page; measures are in the units of the view box."""

    bars: tuple[Bar, ...]
    height: int


def chart(shown: Sequence[Place], everything: Sequence[Place]) -> Bars:
    """Where each bar stands. A number below zero has no bar; it is printed."""
    numbers = [float(place.value.number) for place in everything if place.value.number is not None]
    highest = max(numbers, default=0.0)

    def bar(row: int, place: Place) -> Bar:
        number = place.value.number
        length = max(float(number), 0) / highest * (RIGHT - LEFT) if number is not None and highest > 0 else 0.0
        top = row * ROW
        return Bar(place, top + 17, top + 23, round(length, 1), plain(number) if number is not None else "")

    return Bars(tuple(bar(row, place) for row, place in enumerate(shown)), max(len(shown), 1) * ROW + 6)
