"""What changed from one version of a report to the next: which figures, and which paragraphs of which part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongkai.law.typesetting import typeset
from gongkai.law.values import BLANK, Value
from gongkai.reports import assembling
from gongkai.reports.models import Report


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One figure, before and after; name: the cell in words."""

    ref: str
    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that stayed, was taken out, or was put in."""

    kind: Literal["same", "gone", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """One part of the text with its paragraphs, those taken out before those put in their place."""

    no: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Every difference; false when there is none."""

    figures: tuple[ChangedFigure, ...]
    sections: tuple[ChangedSection, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.sections)


def differences(before: Report, after: Report) -> Differences:
    """From one version to another on the same form, in the order of the form."""
    return Differences(tuple(_figures(before, after)), tuple(_sections(before, after)))


def _figures(before: Report, after: Report) -> Iterator[ChangedFigure]:
    form, old, new = after.form, assembling.values(before), assembling.values(after)
    for cell in form.cells:
        was, now = old.get(cell.ref, BLANK), new.get(cell.ref, BLANK)
        if was != now:
            yield ChangedFigure(cell.ref, typeset(form.name_of(cell.ref)), was, now)


def _sections(before: Report, after: Report) -> Iterator[ChangedSection]:
    """Held against each other as they are printed."""
    old, new = assembling.resolved_texts(before), assembling.resolved_texts(after)
    for section in after.sections.order_by("pk"):
        was, now = typeset(old.get(section.no, "")), typeset(new.get(section.no, ""))
        if was != now:
            yield ChangedSection(section.no, section.title, tuple(_paragraphs(was.splitlines(), now.splitlines())))


def _paragraphs(was: list[str], now: list[str]) -> Iterator[Paragraph]:
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Paragraph("same", line) for line in was[a:b])
        else:
            yield from (Paragraph("gone", line) for line in was[a:b])
            yield from (Paragraph("added", line) for line in now[c:d])
