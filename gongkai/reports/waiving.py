"""Which findings somebody accepted, and whether that still holds for what stands in the report now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.findings import Finding
from gongkai.law.values import BLANK, Value
from gongkai.reports.models import Report, Waiver

WAIVABLE = ("fail", "ask")


def digest(finding: Finding, figures: Mapping[str, Value], texts: Sequence[str] = ()) -> str:
    """What a waiver is bound to: the rule, its cells, what stands in them, and both sides of the comparison.

    texts: of a foreign report, the passages that the finding rests on, whose words count then as well. A finding
    without cells, sides and passages (about the text alone) is bound to its sentence.
    """
    printed = {ref: figures.get(ref, BLANK) for ref in sorted(finding.cells)}
    values = [[ref, value.kind, str(value)] for ref, value in printed.items()]
    said = "" if values or texts or finding.expected or finding.actual else finding.message
    told = [finding.rule, finding.section, values, finding.expected, finding.actual, said, *texts]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its digest and the waiver that stands for it, if any."""

    finding: Finding
    digest: str
    waiver: Waiver | None


def standing(report: Report, day: date) -> dict[str, Waiver]:
    """The waivers in force on a day, by digest: those of this version and of the ones it takes the place of."""
    given = Waiver.objects.filter(
        report__organ=report.organ_id, report__year=report.year, report__period_code=report.period_code,
        report__form_id=report.form_id, report__version__lte=report.version,
    ).select_related("by")  # fmt: skip
    return {waiver.digest: waiver for waiver in given if waiver.stands_on(day)}


def judged(report: Report, findings: Iterable[Finding], figures: Mapping[str, Value], day: date) -> list[Judged]:
    """Findings as they count on a day; a waived one keeps its verdict and says that it is waived."""
    waivers = standing(report, day)
    found = []
    for finding in findings:
        key = digest(finding, figures) if finding.verdict in WAIVABLE else ""
        waiver = waivers.get(key)
        found.append(Judged(replace(finding, waived=True) if waiver else finding, key, waiver))
    return found
