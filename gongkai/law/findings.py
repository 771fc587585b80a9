"""A finding: what a check says of figures or text. A value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["pass", "fail", "ask", "not_assessable"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule evaluated once (per row or column where the rule runs over several).

    expected/actual: plain text of both sides ("2961", "2956"); cells: refs `table.row.column`, most suspect first;
    spans: (start, end) character ranges in the text of `section`; basis: "form" | "regulation" | "practice" | "inference",
    followed by the citation where there is one.
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

    def as_json(self) -> dict[str, Any]:
        """The contract of the report package: plain lists and strings."""
        return {
            "rule": self.rule, "verdict": self.verdict, "severity": self.severity, "title": self.title,
            "message": self.message, "expected": self.expected, "actual": self.actual,
            "cells": list(self.cells), "basis": self.basis,
        }  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How many findings of each verdict; for one line at the end of a check."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.counts[finding.verdict] = self.counts.get(finding.verdict, 0) + 1
