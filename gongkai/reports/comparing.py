"""A report beside last year's: figures, differences, and changes large enough to be explained, across forms too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.law import crosswalk
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import BLANK, Value, plain
from gongkai.reports import assembling
from gongkai.reports.flow import DRAFT, PUBLISHED
from gongkai.reports.models import Report

THRESHOLD = Decimal(30)  # per cent
PERCENT = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in both years. ref: the cell of this year's report, "" where a concept adds up several.

    note: why the two may not be compared as they stand.
    """

    name: str
    ref: str
    before: Value
    now: Value
    note: str = ""

    @property
    def change(self) -> Decimal | None:
        """By how much it grew; None where one year has no number."""
        if self.before.number is None or self.now.number is None:
            return None
        return self.now.number - self.before.number

    @property
    def percent(self) -> Decimal | None:
        """The same of last year's figure in per cent, one decimal; None where last year's is 0 or no number."""
        if self.change is None or not self.before.number:
            return None
        return (self.change * 100 / self.before.number).quantize(PERCENT, ROUND_HALF_UP)

    @property
    def shown_change(self) -> str:
        """The change with its sign; nothing where there is none to tell."""
        return "" if self.change is None else f"{'+' if self.change > 0 else ''}{plain(self.change)}"

    def is_over(self, threshold: Decimal) -> bool:
        """Whether the change is larger than so many per cent; from nothing to something always is."""
        if self.change is None:
            return self.before.kind != self.now.kind
        if self.percent is None:
            return bool(self.change)
        return abs(self.percent) > threshold


@dataclass(frozen=True, slots=True)
class Comparison:
    """before: last year's report. same_form: cell by cell; else by the concepts that both forms know."""

    before: Report
    same_form: bool
    lines: tuple[Line, ...]


def last_year(report: Report) -> Report | None:
    """The organ's report for the same period a year before, on the same form if there is one, in its last version."""
    found = Report.objects.filter(organ=report.organ_id, year=report.year - 1, period_code=report.period_code)
    return min(
        found.exclude(state=DRAFT),
        key=lambda other: (other.form_id != report.form_id, other.state != PUBLISHED, -other.version, other.pk),
        default=None,
    )


def compare(report: Report) -> Comparison | None:
    """The report beside last year's; None where there is none."""
    before = last_year(report)
    if before is None:
        return None
    old, new = assembling.values(before), assembling.values(report)
    same = before.form_id == report.form_id
    lines = _cells(report.form, old, new) if same else _concepts(before.form_id, old, report.form_id, new)
    return Comparison(before, same, tuple(lines))


def _cells(form: ReportForm, old: dict[str, Value], new: dict[str, Value]) -> Iterator[Line]:
    for cell in form.cells:
        yield Line(form.name_of(cell.ref), cell.ref, old.get(cell.ref, BLANK), new.get(cell.ref, BLANK))


def _concepts(old_form: str, old: dict[str, Value], new_form: str, new: dict[str, Value]) -> Iterator[Line]:
    for concept in map(crosswalk.series, crosswalk.concepts()):
        refs = concept.cells.get(new_form, ())
        if not refs and not concept.cells.get(old_form):
            continue
        told = "；".join(dict.fromkeys(broken.note for broken in _between(concept, old_form, new_form) if broken.note))
        ref = refs[0] if len(refs) == 1 else ""
        yield Line(concept.title, ref, concept.value(old_form, old), concept.value(new_form, new), told or concept.note)


def _between(concept: crosswalk.Series, old_form: str, new_form: str) -> Iterator[crosswalk.Break]:
    order = list(concept.cells)
    if old_form in order and new_form in order:
        passed = order[order.index(old_form) : order.index(new_form) + 1]
        yield from (broken for broken in concept.breaks if broken.before in passed and broken.after in passed)
