"""A report as the desk shows it: drawn with each number leading to its list, its findings, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.findings import Finding, Tally
from gongkai.organs.models import Staff
from gongkai.papers import html
from gongkai.records.moves import may as moves_for
from gongkai.reports import assembling
from gongkai.reports.flow import COMPILED, FLOW, PUBLISHED
from gongkai.reports.models import Report
from gongkai.reports.typesetting import typeset_finding


def fragment(report: Report) -> SafeString:
    """The report's HTML, escaped where it is written; every figure links to the list behind it."""
    address = reverse("workbench:figure", args=(report.pk, "REF"))
    return mark_safe(html.write(assembling.paper(report), link=lambda ref: address.replace("REF", ref)))


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the cells it speaks of: (ref, name in words)."""

    finding: Finding
    cells: tuple[tuple[str, str], ...]


def told(report: Report) -> list[Told]:
    """The findings of the last check, with the names of their cells."""
    form = report.form
    return [
        Told(typeset_finding(finding), tuple((ref, form.name_of(ref)) for ref in finding.cells))
        for finding in assembling.stored_findings(report)
    ]


def tally(findings: Iterable[Told]) -> dict[str, int]:
    """How many findings of each verdict; 0 where there is none."""
    counted = Tally()
    for one in findings:
        counted.add(one.finding)
    return {verdict: counted.counts.get(verdict, 0) for verdict in ("fail", "ask", "not_assessable", "pass")}


def may(report: Report, staff: Staff, on: date) -> frozenset[str]:
    """The acts that this person may do now: the buttons that are shown work."""
    roles = staff.roles_on(on)
    acts = {"compile" if move.name == "recompile" else move.name for move in moves_for(FLOW, report, roles)}
    if "clerk" in roles and report.state != PUBLISHED:
        acts |= {"write", "draft"}
        if report.state == COMPILED:
            acts |= {"check", "enter"}
    return frozenset(acts)
