"""A finding: what a check says of figures or text. A value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["pass", "fail", "ask", "not_assessable"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells to change together, as ref, printed figure and figure that would restore every identity of the report.

    because: what speaks for it ("与正文一致", "与上年报告一致"), "" where only the arithmetic does.
    """

    changes: tuple[tuple[str, str, str], ...]
    because: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(ref for ref, _, _ in self.changes)

    def as_json(self) -> dict[str, Any]:
        """Plain lists and strings."""
        return {
            "changes": [{"cell": ref, "printed": before, "figure": after} for ref, before, after in self.changes],
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule evaluated once (per row or column where the rule runs over several).

    expected/actual: plain text of both sides ("2961", "2956"); cells: refs `table.row.column`, most suspect first;
    spans: (start, end) character ranges in the text of `section`; basis: "form" | "regulation" | "practice" |
    "inference", followed by the citation where there is one. repair: the smallest changes that would mend every
    identity, likeliest first; waived: somebody accepted it with a reason, and it no longer counts.
    """

    rule: str
    verdict: Verdict
    severity: Severity
    title: str
    message: str
    expected: str = ""
    actual: str = ""
    cells: tuple[str, ...] = ()
    basis: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    section: str = ""
    repair: tuple[Repair, ...] = ()
    waived: bool = False

    def as_json(self) -> dict[str, Any]:
        """The contract of the report package: plain lists and strings."""
        return {
            "rule": self.rule, "verdict": self.verdict, "severity": self.severity, "title": self.title,
            "message": self.message, "expected": self.expected, "actual": self.actual,
            "cells": list(self.cells), "basis": self.basis,
        }  # fmt: skip

    def as_checked_json(self) -> dict[str, Any]:
        """The contract of a checked file: where in the text, how to mend it, and whether it was waived, as well."""
        return {
            **self.as_json(), "section": self.section, "spans": [list(span) for span in self.spans],
            "repair": [repair.as_json() for repair in self.repair], "waived": self.waived,
        }  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How many findings of each verdict; for one line at the end of a check."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.counts[finding.verdict] = self.counts.get(finding.verdict, 0) + 1
