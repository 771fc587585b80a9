"""By when an organ's annual report must be out: the time limit of the law, or an earlier day told from above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law import clocks
from gongkai.law.report_forms import ReportForm, in_force
from gongkai.organs.models import Organ
from gongkai.reports.models import EarlierDay

# 《条例》(2019)第四十九条: departments report by 31 January; the report of a whole government follows by 31 March.
DEPARTMENTS, GOVERNMENTS = "report_department", "report_government"
WHOLE_GOVERNMENTS = ("city_government", "county_government")


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a report is due and why: the day, the article or notice, and the statutory day where another is earlier."""

    year: int
    due: date
    cite: str
    statutory: date

    @property
    def is_earlier(self) -> bool:
        return self.due < self.statutory


def earlier_day(organ: Organ, year: int) -> date | None:
    """The day that the organ above wants the report of a year by, where one is registered."""
    return EarlierDay.objects.filter(organ=organ, year=year).values_list("due_on", flat=True).first()


def statutory(organ: Organ, year: int, form: ReportForm | None = None) -> Deadline:
    """The day that the law sets for the report of a year. Refused where no form is in force."""
    rule = (form or in_force(year, organ.jurisdictions)).due
    if rule == DEPARTMENTS and organ.kind in WHOLE_GOVERNMENTS:
        rule = GOVERNMENTS
    found = clocks.due(rule, date(year, 12, 31))
    return Deadline(year, found.due, found.cite, found.due)


def deadline(organ: Organ, year: int) -> Deadline:
    """The day by which the report of a year must be out, the earlier day of a superior organ included."""
    return deadlines([organ], year)[organ.pk]


def deadlines(organs: Iterable[Organ], year: int) -> dict[int, Deadline]:
    """The same for several organs at once, by primary key; one query however many they are."""
    all_of_them = list(organs)
    earlier = {told.organ_id: told for told in EarlierDay.objects.filter(organ__in=all_of_them, year=year)}
    found = {organ.pk: statutory(organ, year) for organ in all_of_them}
    for key, told in earlier.items():
        by_law = found[key].statutory
        if told.due_on < by_law:
            found[key] = Deadline(year, told.due_on, told.source, by_law)
    return found
