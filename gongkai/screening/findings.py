"""What screening says: where something stands that must not get out, and what a person decides to mask."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

Severity = Literal["quarantine", "high", "medium", "low"]
Span = tuple[int, int]
SEVERITIES: tuple[Severity, ...] = ("quarantine", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: what is not known or does not apply is "" or 0. Pages, paragraphs and lines count from 1.

    part: what holds the text when it is not the body ("批注", "文档属性", "word/comments.xml", "文件名").
    """

    part: str = ""
    sheet: str = ""
    cell: str = ""
    page: int = 0
    paragraph: int = 0
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        """Only what is known: {"sheet": "名单", "cell": "B7"}."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def __str__(self) -> str:
        said = [
            f"第{self.page}页" * bool(self.page),
            f"工作表“{self.sheet}”" * bool(self.sheet) + self.cell,
            f"第{self.paragraph}段" * bool(self.paragraph),
            f"第{self.line}行" * bool(self.line),
            self.part,
        ]
        return " ".join(part for part in said if part) or "全文"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reviewer must look at.

    kind: "personal" | "sensitive" | "organisation" | "secrecy" | "internal" | "hidden" | "metadata"; rule: the page of
    the book; text: what was found; mask: what may stand in its place, "" when it can only be taken out; basis: the
    article; span: characters in the visible text (`Screening.text`), None for what the visible text does not have.
    A finding of severity "quarantine" means that the file may not be kept in the system at all.
    """

    kind: str
    rule: str
    where: Place
    text: str
    severity: Severity
    mask: str
    basis: str
    span: Span | None = None
    title: str = ""

    def as_json(self) -> dict[str, Any]:
        """The contract of `gongkai screen --json`."""
        return {
            "kind": self.kind, "rule": self.rule, "title": self.title, "where": self.where.as_json(),
            "text": self.text, "severity": self.severity, "mask": self.mask, "basis": self.basis,
            "span": list(self.span) if self.span else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mask:
    """A decision to hide characters `span` of the visible text for a ground; `shown` stands in their place.

    shown "" means one ＊ for every character.
    """

    span: Span
    ground: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """A whole file looked through. text: what a reader sees; kind: real type by content; digest: SHA-256 in hex."""

    name: str
    kind: str
    digest: str
    text: str
    findings: tuple[Finding, ...]

    @property
    def quarantined(self) -> bool:
        """Whether the file may not be kept: it bears the mark of a state secret."""
        return any(finding.severity == "quarantine" for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """One line of `gongkai screen --json`; the text itself is not repeated."""
        return {
            "file": self.name, "kind": self.kind, "digest": self.digest, "quarantined": self.quarantined,
            "findings": [finding.as_json() for finding in self.findings],
        }  # fmt: skip
