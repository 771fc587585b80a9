"""What a published report carries, in the reader's language: where its data come from, and what its checks found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from gongkai.law import vocabulary
from gongkai.law.findings import Finding
from gongkai.law.report_forms import load
from gongkai.portal.rules import in_english
from gongkai.reports.public import PublishedReport, Waived


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


def word(name: str, code: str) -> str:
    """A code of a vocabulary in the reader's language; "" for none."""
    if not code:
        return ""
    term = vocabulary.term(name, code)
    return term.en if in_english() else term.zh


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the cells it speaks of: (ref, name in words). waiver: why it was accepted, if it was."""

    finding: Finding
    cells: tuple[tuple[str, str], ...]
    waiver: Waived | None = None


def told(form_id: str, findings: Iterable[Finding], waived: Iterable[Waived | None] = ()) -> list[Told]:
    """Findings with the names of their cells; waived: for each of them, in the same order."""
    form = load(form_id)
    return [
        Told(one, tuple((ref, form.name_of(ref)) for ref in one.cells), waiver)
        for one, waiver in zip_longest(findings, waived)
    ]


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each verdict, those waived apart; 0 where there is none."""
    counted = dict.fromkeys(("fail", "ask", "not_assessable", "pass", "waived"), 0)
    for finding in findings:
        counted["waived" if finding.waived else finding.verdict] += 1
    return counted
