"""One figure of an organ over the years: across forms, and back through the organs that it was merged from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from gongkai.law import crosswalk
from gongkai.law.values import BLANK, Value, number
from gongkai.organs.models import Organ, OrganEvent
from gongkai.organs.queries import changes_of
from gongkai.reports import assembling
from gongkai.reports.across.latest import latest
from gongkai.reports.models import Report

ORGAN = "organ"


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series; value may be one of the kinds of nothing.

    parts: names of the organs whose figures are in it, where they are others than the organ itself.
    """

    year: int
    form_id: str
    value: Value
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Between two years the line must not be drawn through; kind as in law.crosswalk.Break, and why in Chinese.

    kind "organ": the organ changed, and not what is counted.
    """

    before: int
    after: int
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One concept over the years of an organ, across forms."""

    id: str
    title: str
    note: str
    points: tuple[Point, ...]
    breaks: tuple[SeriesBreak, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An organ in a line. until: the year from which on another stands for it, None for the organ itself."""

    organ: Organ
    until: int | None

    def stands_in(self, year: int, first: int | None) -> bool:
        """Whether the line of that year needs its figure. first: the first year that it reported on."""
        founded = self.organ.established_on.year if self.organ.established_on else first
        return (self.until is None or year < self.until) and founded is not None and founded <= year


def series(organ_code: str) -> list[Series]:
    """Every concept that the published reports of an organ carry in at least one year, with the breaks of its line.

    The years before a merger are the sums of the organs merged, where all of them reported a number on the same form.
    """
    organ = Organ.objects.filter(code=organ_code).prefetch_related("names").first()
    if organ is None:
        return []
    events = changes_of(organ)
    years = _years(_members(organ, events))
    figures = {report.pk: assembling.values(report) for reports in years.values() for _, report in reports if report}
    found = []
    for concept in map(crosswalk.series, crosswalk.concepts()):
        points = tuple(_point(concept, organ, year, reports, figures) for year, reports in years.items())
        if any(point.value.number is not None for point in points):
            breaks = (*_breaks(concept, points), *_changes(events, points))
            found.append(Series(concept.id, concept.title, concept.note, points, breaks))
    return found


def _members(organ: Organ, events: Sequence[OrganEvent]) -> list[Member]:
    """The organ, and by mergers all that went into it, each until it did."""
    members = {organ.pk: Member(organ, None)}
    mergers = [event for event in events if event.kind == OrganEvent.Kind.MERGE]
    # Again and again: of several on one day any may come first.
    while found := [e for e in mergers if e.successor_id in members and e.predecessor_id not in members]:
        for event in found:
            until = min(event.on.year, members[event.successor_id].until or event.on.year)
            members[event.predecessor_id] = Member(event.predecessor, until)
    return list(members.values())


Reported = list[tuple[Member, Report | None]]


def _years(members: Sequence[Member]) -> dict[int, Reported]:
    """For each year with a report on a form that concepts are read from: the members that the line needs, each with its
    report, of two the last published."""
    reports: dict[tuple[int, int], Report] = {}
    found = latest().filter(organ__in=[one.organ.pk for one in members], form_id__in=crosswalk.forms())
    found = found.prefetch_related("figures")
    for report in found.order_by("published_at", "pk"):
        reports[report.organ_id, report.year] = report
    first = {one.organ.pk: min((y for o, y in reports if o == one.organ.pk), default=None) for one in members}
    years: dict[int, Reported] = {}
    for year in sorted({year for _, year in reports}):
        needed = [one for one in members if one.stands_in(year, first[one.organ.pk])]
        told: Reported = [(one, reports.get((one.organ.pk, year))) for one in needed]
        if any(report is not None for _, report in told):
            years[year] = told
    return years


def _point(
    concept: crosswalk.Series, organ: Organ, year: int, told: Reported, figures: Mapping[int, Mapping[str, Value]]
) -> Point:
    values = [concept.value(report.form_id, figures[report.pk]) if report else BLANK for _, report in told]
    form_id = next(report.form_id for _, report in told if report)
    numbers = [value.number for value in values if value.number is not None]
    # On two forms the same may be counted otherwise, or in another unit (yuan, ten thousand yuan): that is no sum.
    alike = len({report.form_id for _, report in told if report}) == 1
    value = values[0] if len(values) == 1 else number(sum(numbers)) if alike and len(numbers) == len(values) else BLANK
    others = [str(member.organ) for member, _ in told] if [member.organ for member, _ in told] != [organ] else []
    return Point(year, form_id, value, tuple(others))


def _breaks(concept: crosswalk.Series, points: Sequence[Point]) -> Iterator[SeriesBreak]:
    """Where the form changes between two reported years, every break of the concept on the way."""
    order = list(concept.cells)
    for before, after in pairwise(points):
        passed = order[order.index(before.form_id) : order.index(after.form_id) + 1]
        for broken in concept.breaks:
            if broken.before in passed and broken.after in passed:
                yield SeriesBreak(before.year, after.year, broken.kind, broken.note)


def _changes(events: Sequence[OrganEvent], points: Sequence[Point]) -> Iterator[SeriesBreak]:
    """Where the organ was renamed, merged, or took or gave away work between two reported years."""
    for before, after in pairwise(points):
        for event in events:
            if before.year < event.on.year <= after.year:
                yield SeriesBreak(before.year, after.year, ORGAN, _told(event))


def _told(event: OrganEvent) -> str:
    """E.g. 2010-03-01 合并：原市经济委员会并入市工业和信息化局."""
    day, kind = event.on.isoformat(), event.get_kind_display()
    before, after = _name(event.predecessor, event), str(event.successor)
    said = {
        OrganEvent.Kind.RENAME.value: f"原名{before}",
        OrganEvent.Kind.MERGE.value: f"{before}并入{after}，此前各年为合并各机关之和",
        OrganEvent.Kind.SPLIT.value: f"自{before}分出{after}，此前的数仍在{before}",
        OrganEvent.Kind.TRANSFER.value: f"{before}的部分职能划入{after}，前后各年范围不同",
    }
    return f"{day} {kind}：{said[event.kind]}"


def _name(organ: Organ, event: OrganEvent) -> str:
    """As it was called the day before; its last name where none is registered for that day."""
    day = event.on - timedelta(days=1)
    return organ.name_on(day) if organ.is_named_on(day) else str(organ)
