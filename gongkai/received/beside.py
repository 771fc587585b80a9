"""Reports received at different times held beside each other: parents and children, copies, the very same figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import localtime

from gongkai.law import identities
from gongkai.law.checks import Evidence, Figures, named
from gongkai.law.findings import Finding
from gongkai.organs.models import Organ
from gongkai.received.models import Received
from gongkai.received.queries import known_organs, whose
from gongkai.reports.checking import folder, organs
from gongkai.reports.checking.keeping import kept, kept_finding
from gongkai.reports.checking.organs import Groups, Structure
from gongkai.reports.checking.output import BETWEEN, Checked
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.waiving import WAIVABLE

SAME = "S-SAME-01"
YEARS = 1  # years on either side of a report in which its text may have been copied
MOST = 1000  # reports that a new one is held beside, the latest of them


class Others(NamedTuple):
    """What was received before, under the names by which findings speak of it. whole: there were no more than MOST."""

    checked: dict[str, Checked]
    rows: dict[str, Received]
    whole: bool


class Earlier(NamedTuple):
    """What was found between a report received before and others. whole: this is all that holds; else it comes on top
    of what it has."""

    findings: list[Finding]
    whole: bool


class Beside(NamedTuple):
    """What was found between reports: by file just read, and by key of a report received before. Both empty where
    there was none to hold them beside."""

    found: dict[str, list[Finding]]
    earlier: dict[int, Earlier]


def between(keeper: Organ, files: Sequence[Checked]) -> Beside:
    """Files just read beside each other and beside what the keeper received before: the last report of every organ for
    the same years and those next to them. Reads only."""
    read = [one for one in files if one.report is not None and one.report.year]
    before = others(keeper, read)
    if not before.rows:
        return Beside({}, {})
    several = [*files, *before.checked.values()]
    groups = organs.grouped(several)
    found: dict[str, list[Finding]] = defaultdict(list)
    for name, findings in folder.between(groups, _structure(keeper, groups)).items():
        found[name] += findings
    for name, findings in _same(several, {one.name for one in read}).items():
        found[name] += findings
    years = {one.report.year for one in read if one.report}
    earlier = {
        row.pk: Earlier(found.get(name, []), before.whole and row.year in years) for name, row in before.rows.items()
    }
    return Beside({one.name: found.get(one.name, []) for one in files}, earlier)


def others(keeper: Organ, files: Iterable[Checked]) -> Others:
    """The last report of each organ and year near those of the files, but for what these take the place of."""
    reports = [one.report for one in files if one.report]
    years = {report.year + step for report in reports for step in range(-YEARS, YEARS + 1)}
    taken = {(report.organ, report.year) for report in reports}
    digests = {one.digest for one in files}
    rows: dict[str, Received] = {}
    received = list(_received(keeper, years))
    for row in received:
        if (row.organ_name, row.year) not in taken and row.digest not in digests:
            taken.add((row.organ_name, int(row.year or 0)))
            when = localtime(row.received_at)
            rows[f"{row.file_name}（{when:%Y-%m-%d}收到，第{row.pk}号）"] = row
    return Others({name: _checked(name, row) for name, row in rows.items()}, rows, len(received) < MOST)


def _received(keeper: Organ, years: Iterable[int]) -> QuerySet[Received]:
    found = Received.objects.filter(keeper=keeper, year__in=years, reading__isnull=False).exclude(organ_name="")
    latest = found.defer("content").prefetch_related("findings").order_by("-received_at", "-pk")
    return latest[:MOST]


def _checked(name: str, row: Received) -> Checked:
    report = kept(row.reading or {})
    report.name = name
    findings = [kept_finding(one.told) for one in row.findings.all()]
    return Checked(name, row.digest, report, findings, previous=row.previous)


def _structure(keeper: Organ, groups: Groups) -> Structure:
    """Who is whose: as registered, and by names where an organ is not registered."""
    names = set(groups.organ_of.values())
    known = known_organs(keeper)
    registered = {name: organ for name in names if (organ := whose(name, known)) is not None}
    by_key = {organ.pk: name for name, organ in registered.items()}
    stated = {
        name: by_key[organ.parent_id] for name, organ in registered.items() if organ.parent_id in by_key
    }  # fmt: skip
    return Structure({**organs.by_names(names).parents, **stated})


def _same(several: Sequence[Checked], new: set[str]) -> dict[str, list[Finding]]:
    """Reports of which one is new and which have the very same figures: another organ's, or another year's."""
    alike: dict[object, dict[str, ReadReport]] = defaultdict(dict)
    for one in several:
        if one.report and one.report.form and (numbers := _numbers(one.report.figures())):
            alike[one.report.form.id, numbers][one.name] = one.report
    found: dict[str, list[Finding]] = {}
    for reports in alike.values():
        if len(reports) > 1 and new & set(reports):
            found |= {name: list(_copied(name, reports)) for name in reports}
    return found


def _numbers(figures: Figures) -> tuple[tuple[str, object], ...]:
    return tuple((ref, value.number) for ref, value in figures.items() if value.number)


def _copied(name: str, reports: Mapping[str, ReadReport]) -> Iterable[Finding]:
    report = reports[name]
    if report.form is None:
        return ()
    beside = {other: one.figures() for other, one in reports.items() if other != name}
    evidence = Evidence(report.form, report.figures(), year=report.year, organ=report.organ, others=beside)
    return [one for one in identities.run(named(SAME), evidence) if one.verdict in WAIVABLE]


def with_between(alone: Sequence[Finding], beside: Sequence[Finding]) -> list[Finding]:
    """The findings on a file alone, and those that were found between it and others."""
    held = [finding for finding in beside if is_between(finding)]
    rules = {finding.rule for finding in held}
    return [*(one for one in alone if one.rule not in rules and not is_between(one)), *held]


def is_between(finding: Finding) -> bool:
    """Whether a finding speaks of another file; that a report is like no other passes and stays."""
    return finding.rule.startswith(BETWEEN) and finding.verdict in WAIVABLE
