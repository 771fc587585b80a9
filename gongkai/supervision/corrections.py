"""Corrected reports, told to whoever used their figures: the organ above, and its own report of the year after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.law.relations import carried
from gongkai.organs.models import Organ
from gongkai.reports.differences import Differences, differences
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Report
from gongkai.reports.periods import YEAR
from gongkai.supervision.models import CorrectionNoted

Side = Literal["below", "own"]


@dataclass(frozen=True, slots=True)
class Use:
    """Cells of the year after that a rule holds against corrected ones. ref, name: of the first of them."""

    rule: str
    title: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Later:
    """The organ's report of the year after and what in it rests on corrected figures."""

    report: Report
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. noted: by this organ, None where it has not been; later: None where there is no such report."""

    report: Report
    differences: Differences
    later: Later | None
    noted: CorrectionNoted | None


def corrections(organ: Organ, *sides: Side) -> QuerySet[Any]:
    """Published corrections of the organs directly below, or of its own reports that have one of the year after.

    Reports, each with `is_noted`: whether this organ took note. The latest first.
    """
    found = Report.objects.filter(state=PUBLISHED, period_code=YEAR, version__gt=1)
    which = {"below": Q(organ__parent=organ), "own": Q(Exists(_year_after()), organ=organ)}
    found = found.filter(reduce(or_, (which[side] for side in sides)))
    noted = CorrectionNoted.objects.filter(report=OuterRef("pk"), organ=organ)
    found = found.annotate(is_noted=Exists(noted)).select_related("organ").prefetch_related("organ__names")
    return found.order_by("-published_at", "-pk")


def _year_after() -> QuerySet[Report]:
    """The report of the year after, unless it was published after the correction and so made from it."""
    after = Report.objects.filter(organ=OuterRef("organ"), year=OuterRef("year") + 1, period_code=YEAR)
    # A draft has no moment: it may have been compiled before the correction.
    earlier = Q(published_at__isnull=True) | Q(published_at__lt=OuterRef("published_at"))
    return after.filter(earlier, superseded_by__isnull=True)


def correction(organ: Organ, report: Report) -> Correction:
    """What was corrected, and what rests on it."""
    assert report.supersedes is not None, "the caller takes it from corrections()"
    changed = differences(report.supersedes, report)
    noted = CorrectionNoted.objects.filter(report=report, organ=organ).select_related("by__user").first()
    return Correction(report, changed, _later(report, changed), noted)


def _later(report: Report, changed: Differences) -> Later | None:
    same = Report.objects.filter(organ=report.organ_id, year=report.year + 1, period_code=YEAR)
    later = same.order_by("-version", "-pk").first()
    return Later(later, tuple(_uses(report, later, changed))) if later is not None else None


def _uses(report: Report, later: Report, changed: Differences) -> list[Use]:
    """One for each rule and place, in the order of the form."""
    form, resting = later.form, carried(later.form)
    found = dict.fromkeys(
        relation for figure in changed.figures for relation in resting.get((report.form_id, figure.ref), ())
    )
    uses = []
    for relation in found:
        here = next(term.ref for term in relation.terms if not term.previous)
        uses.append(Use(relation.check.id, relation.check.title, here, form.name_of(here)))
    return uses
