"""A checked file as JSON, in the published form `gongkai.check/1` (docs/check-schema.json)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.law.findings import Finding, Tally
from gongkai.law.refusal import Refused
from gongkai.law.values import Value
from gongkai.reports.checking.keeping import keep, keep_finding, kept, kept_finding
from gongkai.reports.foreign.report import ReadCell, ReadReport, Undecided
from gongkai.reports.package import plain_number, versions

SCHEMA = "gongkai.check/1"
BETWEEN = ("B-", "S-SAME")
"""How the rules begin that hold between files which were checked together."""
Plain = dict[str, Any]


@dataclass(slots=True)
class Checked:
    """A file and what became of it: a report with its findings, or why it was refused. digest: SHA-256 of its bytes."""

    name: str
    digest: str
    report: ReadReport | None = None
    findings: Sequence[Finding] = field(default_factory=tuple)
    refused: Refused | None = None
    previous: str = ""  # name of the file taken for last year's report

    @property
    def failing(self) -> list[Finding]:
        """Findings that do not pass and were not waived."""
        return [finding for finding in self.findings if finding.verdict == "fail" and not finding.waived]

    @property
    def tally(self) -> dict[str, int]:
        """How many findings of each verdict."""
        return tally_of(self.findings)

    def keep(self) -> Plain:
        """For handing from process to process."""
        return {
            "name": self.name, "digest": self.digest, "report": keep(self.report) if self.report else None,
            "findings": [keep_finding(finding) for finding in self.findings], "previous": self.previous,
            "refused": [self.refused.code, self.refused.reason, self.refused.cite] if self.refused else None,
        }  # fmt: skip


def tally_of(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings of each verdict."""
    counted = Tally()
    for finding in findings:
        counted.add(finding)
    return {verdict: counted.counts.get(verdict, 0) for verdict in ("fail", "ask", "not_assessable", "pass")}


def checked(plain: Mapping[str, Any]) -> Checked:
    """A checked file as it was kept."""
    return Checked(
        plain["name"], plain["digest"], kept(plain["report"]) if plain["report"] else None,
        [kept_finding(one) for one in plain["findings"]], Refused(*plain["refused"]) if plain["refused"] else None,
        plain["previous"],
    )  # fmt: skip


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def as_json(one: Checked) -> Plain:
    """The object of one file. A refused file has `refused`, and nothing was read of it."""
    report = one.report
    made: Plain = {
        "schema": SCHEMA,
        "file": one.name,
        "digest": one.digest,
        "form": report.form.id if report and report.form else None,
        "year": (report.year or None) if report else None,
        "organ": report.organ if report else "",
        "previous": one.previous or None,
        "cells": [_cell(cell) for cell in report.cells] if report else [],
        "undecided": [_undecided(open_) for open_ in report.undecided] if report else [],
        "findings": [_finding(finding, report) for finding in one.findings] if report else [],
        "read": _read(report) if report else None,
        "versions": dict(sorted(versions(report.form.id).items())) if report and report.form else {},
    }
    if one.refused:
        made["refused"] = {"code": one.refused.code, "reason": one.refused.reason, "cite": one.refused.cite}
    return made


def _cell(cell: ReadCell) -> Plain:
    return cell.as_json() | {"value": plain_number(cell.value.number)}


def _undecided(one: Undecided) -> Plain:
    return one.as_json() | {"candidates": [[_candidate(value) for value in way] for way in one.candidates]}


def _candidate(value: Value) -> Plain:
    return {"kind": value.kind, "value": plain_number(value.number)}


def _finding(finding: Finding, report: ReadReport) -> Plain:
    made = finding.as_checked_json()
    made["spans"] = [excerpt(report, finding.section, span) for span in finding.spans]
    return made


def excerpt(report: ReadReport, section: str, span: tuple[int, int]) -> Plain:
    """A span of a section as characters of the whole text, with what stands there."""
    text = report.sections.get(section)
    if text is None:
        return {"section": section, "start": span[0], "end": span[1], "text": report.text[slice(*span)]}
    offset = report.offsets.get(section, 0)
    return {"section": section, "start": offset + span[0], "end": offset + span[1], "text": text[slice(*span)]}


def missing(report: ReadReport) -> list[str]:
    """Cells of the form that were neither settled nor left undecided."""
    met = {cell.ref for cell in report.cells} | {ref for one in report.undecided for ref in one.refs}
    return [cell.ref for cell in report.form.cells if cell.ref not in met] if report.form else []


def _read(report: ReadReport) -> Plain:
    return {
        "format": report.format,
        "title": report.title,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "headings": [{"no": one.no, "title": one.title, "level": one.level} for one in report.headings],
        "variants": report.variants,
        "not_understood": report.not_understood,
        "missing": missing(report),
        "text": report.text,
    }
