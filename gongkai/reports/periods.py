"""The stretch of time that a report counts: a year, a half or a quarter of one. No Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.refusal import Refused

YEAR = "year"
PERIODS = (
    (YEAR, "全年"),
    ("h1", "上半年"),
    ("h2", "下半年"),
    ("q1", "第一季度"),
    ("q2", "第二季度"),
    ("q3", "第三季度"),
    ("q4", "第四季度"),
)
# First and last month.
MONTHS = {YEAR: (1, 12), "h1": (1, 6), "h2": (7, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}
ORDER = {YEAR: (YEAR,), "h": ("h1", "h2"), "q": ("q1", "q2", "q3", "q4")}


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a year by its code in PERIODS. Refused for a code that is none."""

    year: int
    code: str = YEAR

    def __post_init__(self) -> None:
        if self.code not in MONTHS:
            raise Refused("unknown_period", f"没有“{self.code}”这样的期间；可用:{'、'.join(MONTHS)}")

    @property
    def is_year(self) -> bool:
        return self.code == YEAR

    @property
    def first(self) -> date:
        return date(self.year, MONTHS[self.code][0], 1)

    @property
    def last(self) -> date:
        month = MONTHS[self.code][1]
        return date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    @property
    def title(self) -> str:
        """As printed before a noun: "2012年", "2012年第一季度"."""
        return f"{self.year}年" if self.is_year else f"{self.year}年{dict(PERIODS)[self.code]}"

    @property
    def before(self) -> Period:
        """The period of the same length that ends where this one begins."""
        order = ORDER.get(self.code, ORDER.get(self.code[0], ()))
        place = order.index(self.code)
        return Period(self.year, order[place - 1]) if place else Period(self.year - 1, order[-1])
