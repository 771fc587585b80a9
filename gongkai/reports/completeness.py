"""Whether a report has what the outline of its form asks for: every part, its text or tables, what it must speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.law import checks
from gongkai.law.report_forms import ReportForm, Section
from gongkai.reports import assembling
from gongkai.reports.models import Report


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the outline. content: what the form says of it. blanks: cells of its tables that nobody filled in.

    missing_text: a part that is text and has none. missing: what its text does not speak of.
    """

    no: str
    title: str
    content: str
    missing_text: bool
    blanks: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not (self.missing_text or self.blanks or self.missing)


def completeness(report: Report) -> list[Part]:
    """Every part of the form's outline in its order; the tables of a part of the year have no outline."""
    if not report.period.is_year:
        return []
    form, texts, values = report.form, assembling.resolved_texts(report), assembling.values(report)
    blank = {ref for ref, value in values.items() if value.kind == "blank"}
    return [
        Part(
            section.no, section.title, section.content, section.kind == "text" and section.no not in texts,
            tuple(ref for ref in _refs(form, section) if ref in blank),
            tuple(_unspoken(form, section.no, texts)),
        )
        for section in form.sections
    ]  # fmt: skip


def _unspoken(form: ReportForm, no: str, texts: Mapping[str, str]) -> Iterator[str]:
    """What the rules of the book want the part to speak of and its text does not."""
    wanted = (rule for rule in checks.load(form.id) if rule.kind == "required_aspects" and rule.need("section") == no)
    for rule in wanted:
        if no in texts:
            yield from (one["name"] for one in rule.need("must") if not re.search(one["pattern"], texts[no]))


def _refs(form: ReportForm, section: Section) -> list[str]:
    """The cells of the part's own tables, or for an annex of those that stand in no part."""
    inside = {other.no for other in form.sections if other.kind == "table"}
    tables = {table.id for table in form.tables if table.part == section.no}
    if section.kind == "annex":
        tables = {table.id for table in form.tables if table.part not in inside}
    return [cell.ref for cell in form.cells if cell.table in tables] if section.kind != "text" else []
