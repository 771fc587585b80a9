"""A parent's report against its children's: which cell does not add up, and which child breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.law.checks import named
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import plain
from gongkai.reports.checking.organs import Groups, Structure
from gongkai.reports.checking.output import Checked

WHOLE, PART = "B-SUM", "B-PART"
SHOWN = 5  # children named in one message
LISTED = 300  # characters of all children's figures
MOST = 30  # findings for one parent; beyond that the children are others, not their figures
Children = Sequence[tuple[str, Checked]]


def compare(groups: Groups, structure: Structure) -> dict[str, list[Finding]]:
    """Findings for the parent's file, by file name.

    Where a file states the structure and every child has reported, the children must sum to the parent (fail). In any
    other case only children that exceed their parent are asked about.
    """
    found: dict[str, list[Finding]] = {}
    for (organ, year), parent in groups.reports.items():
        listed = structure.children(organ)
        children = [(child, groups.reports[child, year]) for child in listed if (child, year) in groups.reports]
        findings = list(_compared(parent, children, structure.stated and len(children) == len(listed)))
        if findings:
            found[parent.name] = findings[:MOST]
    return found


def _compared(parent: Checked, children: Children, whole: bool) -> Iterator[Finding]:
    form = parent.report.form if parent.report else None
    same = [(organ, one) for organ, one in children if one.report and one.report.form is form]
    if form is None or not same:
        return
    whole = whole and len(same) == len(children)
    figures = parent.report.figures() if parent.report else {}
    parts = {organ: one.report.figures() for organ, one in same if one.report}
    for ref, value in figures.items():
        if value.number is None:
            continue
        numbers = {organ: values[ref].number for organ, values in parts.items() if ref in values}
        known = {organ: number for organ, number in numbers.items() if number is not None}
        total = sum(known.values(), Decimal(0))
        if total > value.number or (whole and len(known) == len(same) and total != value.number):
            yield _finding(form, ref, value.number, known, dict(same), whole)


def _finding(
    form: ReportForm, ref: str, own: Decimal, parts: Mapping[str, Decimal], reports: Mapping[str, Checked], whole: bool
) -> Finding:
    total = sum(parts.values(), Decimal(0))
    suspects = ";".join(f"{organ}({why})" for organ, why in culprits(ref, total - own, parts, reports)[:SHOWN])
    listed = "、".join(f"{organ} {plain(number)}" for organ, number in parts.items() if number)
    rule = named(WHOLE if whole else PART)
    message = rule.message.format(
        cell=form.name_of(ref), own=plain(own), count=len(parts), sum=plain(total), gap=plain(total - own),
        said=f"最可能出在:{suspects}" if suspects else f"各下级:{listed[:LISTED]}",
    )  # fmt: skip
    sides = {"expected": plain(total), "actual": plain(own)}
    return rule.finding("fail" if whole else "ask", message, cells=(ref,), **sides)


def culprits(
    ref: str, over: Decimal, parts: Mapping[str, Decimal], reports: Mapping[str, Checked]
) -> list[tuple[str, str]]:
    """Children that break the sum, likeliest first, and why.

    A child whose own report proposes a change of just the difference; whose own report has that cell in a broken
    identity; whose figure is the difference (left out above, or counted twice); that alone exceeds the parent.
    """
    own = sum(parts.values(), Decimal(0)) - over
    reasons: tuple[tuple[Callable[[str], bool], str], ...] = (
        (lambda organ: _mends(reports[organ], ref, -over), "该报告自身勾稽不符,改后即与本级一致"),
        (lambda organ: _breaks(reports[organ], ref), "该数在其报告中自身勾稽不符"),
        (lambda organ: over != 0 and parts.get(organ) == abs(over), f"其数正是差额 {plain(abs(over))}"),
        (lambda organ: over > 0 and parts.get(organ, own) > own, "一家已超过本级"),
    )
    found: dict[str, str] = {}
    for holds, why in reasons:
        for organ in reports:
            if organ not in found and holds(organ):
                found[organ] = why
    return list(found.items())


def _mends(one: Checked, ref: str, change: Decimal) -> bool:
    """Whether its own report proposes to change the cell by so much."""
    return any(
        cell == ref and _change(before, after) == change
        for finding in one.failing
        for repair in finding.repair
        for cell, before, after in repair.changes
    )


def _breaks(one: Checked, ref: str) -> bool:
    return any(ref in finding.cells for finding in one.failing)


def _change(before: str, after: str) -> Decimal | None:
    try:
        return Decimal(after or "0") - Decimal(before or "0")
    except ArithmeticError:
        return None
