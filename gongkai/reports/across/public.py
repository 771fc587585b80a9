"""The window of published figures across organs and years to the outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai.law.values import Value
from gongkai.organs.models import Organ
from gongkai.records.words import words_of
from gongkai.reports import public
from gongkai.reports.across.figures import Named, named, offered
from gongkai.reports.across.latest import latest, values_of
from gongkai.reports.models import Report
from gongkai.reports.public import Point, PublishedReport, Series, described

__all__ = ["Comparison", "Place", "choices", "compared", "listing", "series", "total", "years"]


@dataclass(frozen=True, slots=True)
class Place:
    """One organ's figure for the year compared."""

    report: PublishedReport
    value: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of one year over the organs, the largest number first, those without a number behind.

    forms: titles of the forms that the reports are on; more than one means that definitions may differ.
    """

    year: int
    figure: Named
    places: list[Place]
    forms: tuple[str, ...]


def years() -> list[int]:
    """The years for which a report is published, latest first."""
    return list(latest().order_by("-year").values_list("year", flat=True).distinct())


def total(words: str, year: int | None) -> int:
    """How many reports `listing` lists."""
    return _narrowed(words, year).count()


def listing(words: str, year: int | None, start: int, count: int) -> list[PublishedReport]:
    """So many published reports from a place on, organ by organ, the newest year first.

    words: each occurs in a name that the organ bears or bore, or is its code.
    """
    rows = _narrowed(words, year).order_by("organ__code", "-year", "form_id")
    return [described(report) for report in rows[start : start + count]]


def _narrowed(words: str, year: int | None) -> QuerySet[Report]:
    found = latest()
    if year is not None:
        found = found.filter(year=year)
    organs = Organ.objects.all()
    for word in words_of(words):
        named_so = Q(names__registered_name__icontains=word) | Q(names__short_name__icontains=word)
        organs = organs.filter(named_so | Q(code__iexact=word))
    return found.filter(organ__in=organs.values("pk")) if words else found


def choices(*, year: int | None = None, organ_code: str | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures that can be compared in a year, or followed for an organ; see `across.figures.offered`."""
    found: QuerySet[Report] = latest()
    if year is not None:
        found = found.filter(year=year)
    if organ_code is not None:
        found = found.filter(organ__code=organ_code)
    return offered(found.order_by("-year", "form_id").values_list("form_id", flat=True))


def series(organ_code: str, figure: str) -> Series | None:
    """One figure of an organ over the years; None where no report of it has a number. Refused "unknown_figure"."""
    wanted = named(figure)
    if not wanted.form_id:
        return next((one for one in public.series(organ_code) if one.id == wanted.id), None)
    reports = list(
        latest().filter(organ__code=organ_code, form_id=wanted.form_id).order_by("year", "published_at", "pk")
    )
    values = values_of(reports, wanted)
    points = {report.year: Point(report.year, report.form_id, values[report.pk]) for report in reports}
    if all(point.value.number is None for point in points.values()):
        return None
    return Series(wanted.id.replace(":", "-"), wanted.title, wanted.note, tuple(points.values()), ())


def compared(year: int, figure: str) -> Comparison:
    """One figure of a year over all organs with a published report. Refused "unknown_figure"."""
    wanted = named(figure)
    reports = {  # of two reports of an organ the one published last speaks
        report.organ_id: report for report in latest().filter(year=year).order_by("organ__code", "published_at", "pk")
    }
    values = values_of(reports.values(), wanted)
    told = [report for report in reports.values() if report.pk in values]
    places = sorted((Place(described(one), values[one.pk]) for one in told), key=_rank)
    return Comparison(year, wanted, places, _forms(told))


def _rank(place: Place) -> tuple[bool, object, str]:
    number = place.value.number
    return number is None, -number if number is not None else 0, place.report.organ_code


def _forms(reports: Sequence[Report]) -> tuple[str, ...]:
    return tuple(sorted({report.form_id for report in reports}))
