"""Reads across the organs under one: how their reports stand, and who has been reminded of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.organs.models import Organ, OrganName
from gongkai.organs.models.spans import in_force
from gongkai.reports import deadlines
from gongkai.reports.deadlines import Deadline
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import Report
from gongkai.reports.periods import YEAR
from gongkai.supervision.flow import STANDING, WITHDRAWN
from gongkai.supervision.models import Reminder


@dataclass(frozen=True, slots=True)
class Standing:
    """How an organ stands with its report for a year.

    state: of the report, "" where there is none. report: only where it is published: drafts are not for others to see.
    failing: rules that the published report fails. due, cite: the statutory day and its article.
    """

    organ: Organ
    name: str
    state: str
    report: Report | None
    failing: int
    due: date
    cite: str
    reminders: tuple[Reminder, ...]

    @property
    def is_published(self) -> bool:
        return self.report is not None

    def is_overdue(self, today: date) -> bool:
        """Whether it is not out although its day has passed."""
        return self.report is None and self.due < today


def below(organ: Organ, year: int) -> QuerySet[Organ]:
    """The organs directly under one that existed at the end of a year, by code."""
    last = date(year, 12, 31)
    begun = Q(established_on__isnull=True) | Q(established_on__lte=last)
    standing = Q(abolished_on__isnull=True) | Q(abolished_on__gte=last)
    return Organ.objects.filter(begun, standing, parent=organ).prefetch_related("names").order_by("code")


def overview(organ: Organ, year: int) -> list[Standing]:
    """How each organ below stands with its report for a year; four queries, however many there are."""
    children = [child for child in below(organ, year) if child.is_named_on(date(year, 12, 31))]
    reports = _last_reports(children, year)
    sent: dict[int, list[Reminder]] = {}
    for reminder in Reminder.objects.filter(organ__in=children, sender=organ, year=year).exclude(state=WITHDRAWN):
        sent.setdefault(reminder.organ_id, []).append(reminder)
    return [_standing(child, year, reports.get(child.pk), tuple(sent.get(child.pk, ()))) for child in children]


def unreminded(organ: Organ, year: int, today: date) -> list[tuple[Organ, Deadline]]:
    """The organs below whose report is overdue and to whom no reminder is running, each with its day; one query."""
    named = OrganName.objects.filter(in_force(date(year, 12, 31)), organ=OuterRef("pk"))
    published = Report.objects.filter(organ=OuterRef("pk"), year=year, period_code=YEAR, state=PUBLISHED)
    running = Reminder.objects.filter(organ=OuterRef("pk"), sender=organ, year=year, due_on__gte=today)
    found = below(organ, year).prefetch_related(None).filter(Exists(named), ~Exists(published))
    silent = found.filter(~Exists(running.exclude(state=WITHDRAWN)))
    days = ((child, deadlines.statutory(child, year)) for child in silent)
    return [(child, day) for child, day in days if day.due < today]


def _last_reports(children: list[Organ], year: int) -> dict[int, Report]:
    """The report that speaks for each organ: the one published last, else the one furthest on its way."""
    fails = Count("findings", filter=Q(findings__verdict="fail", findings__waiver__isnull=True))
    found = (
        Report.objects.filter(organ__in=children, year=year, period_code=YEAR)
        .annotate(failing=fails)
        .order_by("published_at", "pk")
    )
    ranked = sorted(found, key=lambda report: report.state == PUBLISHED)
    return {report.organ_id: report for report in ranked}


def _standing(child: Organ, year: int, report: Report | None, reminders: tuple[Reminder, ...]) -> Standing:
    limit = deadlines.statutory(child, year)
    published = report if report is not None and report.state == PUBLISHED else None
    return Standing(
        child, child.name_on(date(year, 12, 31)), report.state if report else "", published,
        getattr(published, "failing", 0), limit.due, limit.cite, reminders,
    )  # fmt: skip


def years_below(organ: Organ) -> list[int]:
    """The years for which an organ below has a report, latest first."""
    years = (
        Report.objects.filter(organ__parent=organ, period_code=YEAR).order_by("-year").values_list("year", flat=True)
    )
    return list(years.distinct())


def reminders_to(organ: Organ) -> QuerySet[Reminder]:
    """What stands on an organ's list: reminders of reports that are still not published."""
    published = Report.objects.filter(organ=organ, period_code=YEAR, state=PUBLISHED).values("year")
    standing = Reminder.objects.filter(organ=organ, state__in=STANDING).exclude(year__in=published)
    return standing.select_related("organ", "sender").prefetch_related("sender__names").order_by("due_on", "pk")
