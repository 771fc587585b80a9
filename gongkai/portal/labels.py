"""What a published report carries, in the reader's language: where its data come from, and what its checks found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.law import vocabulary
from gongkai.law.findings import Finding, Tally
from gongkai.law.report_forms import load
from gongkai.portal.rules import in_english
from gongkai.reports.public import PublishedReport


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list. provenance: its label, "" for real business, which needs none.

    form_id: given only where the organ has two reports for the year, so that their addresses differ.
    """

    report: PublishedReport
    provenance: str
    form_id: str = ""


def lines(reports: Sequence[PublishedReport]) -> list[Line]:
    """Published reports with the labels of their data, in the same order."""
    years = Counter((report.organ_code, report.year) for report in reports)
    return [
        Line(report, provenance(report.provenance), report.form_id if years[report.organ_code, report.year] > 1 else "")
        for report in reports
    ]


def provenance(code: str) -> str:
    """Where data come from, in words; "" for real business."""
    if code == "real":
        return ""
    term = vocabulary.term("provenances", code)
    return term.en if in_english() else term.zh


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the cells it speaks of: (ref, name in words)."""

    finding: Finding
    cells: tuple[tuple[str, str], ...]


def told(form_id: str, findings: Iterable[Finding]) -> list[Told]:
    """Findings with the names of their cells."""
    form = load(form_id)
    return [Told(one, tuple((ref, form.name_of(ref)) for ref in one.cells)) for one in findings]


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each verdict; 0 where there is none."""
    counted = Tally()
    for finding in findings:
        counted.add(finding)
    return {verdict: counted.counts.get(verdict, 0) for verdict in ("fail", "ask", "not_assessable", "pass")}
