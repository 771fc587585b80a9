"""Relations held against figures: what both sides are, whether they agree, and which single cell could mend them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any

from gongkai.law.checks import Evidence, label
from gongkai.law.findings import Finding, Verdict
from gongkai.law.relations import Relation, Term, touching
from gongkai.law.report_forms import ReportForm
from gongkai.law.report_forms import load as load_form
from gongkai.law.values import Value, plain
from gongkai.law.vectors import Number, Vector, places

ZERO = Decimal(0)
SHOWN_REPAIRS = 3  # how many single-cell repairs the message spells out; the finding lists them all


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One side of a relation as places of the joint vector; only for sums without factors."""

    places: tuple[int, ...]
    pick: Callable[[tuple[Any, ...]], Any]

    def total(self, numbers: tuple[Number | None, ...]) -> Number:
        """TypeError where a cell carries no number."""
        total: Number = self.pick(numbers) + 0 if len(self.places) == 1 else sum(self.pick(numbers))
        return total

    def read(self, numbers: tuple[Number | None, ...]) -> tuple[Number | None, ...]:
        """What stands in its cells."""
        return (self.pick(numbers),) if len(self.places) == 1 else self.pick(numbers)

    def text(self, texts: tuple[str, ...], total: Number) -> str:
        """ "27+5=32", or the number where there is one only."""
        if len(self.places) == 1:
            return str(self.pick(texts))
        return f"{'+'.join(self.pick(texts))}={shown(total)}"


def shown(total: Number) -> str:
    """A sum as a message gives it."""
    return str(total) if isinstance(total, int) else plain(total)


@dataclass(frozen=True, slots=True, eq=False)
class Quick:
    """A relation made ready for reports in which every cell it reads carries a number."""

    left: Run
    right: Run
    cells: tuple[str, ...]
    rests_on: str


@cache
def quick(relation: Relation, form: ReportForm) -> Quick | None:
    """The relation as places; None where it has factors or an empty side, which take the longer way."""
    if not relation.left or not relation.right or any(term.factor != 1 for term in relation.terms):
        return None
    behind = len(form.cells)
    old = places(load_form(relation.previous_form)) if relation.previous_form else {}
    sides = [
        tuple(behind + old[term.ref] if term.previous else places(form)[term.ref] for term in terms)
        for terms in (relation.left, relation.right)
    ]
    left, right = (Run(side, itemgetter(*side)) for side in sides)
    cells = tuple(term.ref for term in relation.terms if not term.previous)
    return Quick(left, right, cells, relation.check.rests_on)


def assess(relation: Relation, evidence: Evidence) -> Finding | None:
    """The finding of one relation, or None where nobody filled a cell that the rule is only about."""
    ready = quick(relation, evidence.form)
    if ready is not None and (passed := _passes(relation, ready, evidence.numbers)):
        return passed
    return _assess(relation, evidence)


def _passes(relation: Relation, ready: Quick, known: Vector) -> Finding | None:
    """The finding of a relation that holds and all of whose cells carry numbers; None in every other case."""
    try:
        left, right = ready.left.total(known.numbers), ready.right.total(known.numbers)
    except TypeError:
        return None
    if left != right if relation.sign == "=" else left > right:
        return None
    left_text, right_text = ready.left.text(known.texts, left), ready.right.text(known.texts, right)
    if relation.sign == "<=":
        message = f"{relation.where}:{left_text}不大于{right_text}"
    elif len(ready.right.places) == 1:
        message = f"{relation.where}:{left_text},一致"
    else:
        message = f"{relation.where}:{left_text},{right_text},一致"
    sides = (left, right) if len(ready.right.places) == 1 else (right, left)
    check = relation.check
    expected, actual = shown(sides[0]), shown(sides[1])
    return Finding(
        check.id, "pass", check.severity, check.title, message, expected, actual, ready.cells, ready.rests_on
    )


@dataclass(slots=True)
class Side:
    """One side of a relation as read: its sum, the numbers in it, cells counted as 0 or summed from their parts, and
    what keeps it from being assessed."""

    total: Decimal = ZERO
    numbers: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    filled: int = 0

    @property
    def text(self) -> str:
        """ "311+283=594" for a sum, "579" for one number, "0" for none."""
        total = plain(self.total)
        if len(self.numbers) < 2 and "".join(self.numbers) in ("", total):
            return total
        return "+".join(self.numbers).replace("+-", "-") + f"={total}"


def _assess(relation: Relation, evidence: Evidence) -> Finding | None:
    left, right = read_side(relation.left, evidence), read_side(relation.right, evidence)
    if not left.filled + right.filled:
        if relation.skip_empty:
            return None
        reason = "、".join((left.missing + right.missing)[:3]) or "各格均未填"
        return _not_assessable(relation, reason)
    if left.missing or right.missing:
        return _not_assessable(relation, "、".join((left.missing + right.missing)[:3]))
    return _verdict(relation, left, right, evidence)


def _verdict(relation: Relation, left: Side, right: Side, evidence: Evidence) -> Finding:
    holds = _holds(relation.sign, left.total, right.total)
    verdict: Verdict = "pass" if holds else "fail"
    if holds:
        message = f"{relation.where}:{_agreement(relation, left, right)}"
        cells = tuple(term.ref for term in relation.terms if not term.previous)
    elif relation.sign == "<=":
        cells = tuple(term.ref for term in (*relation.right, *relation.left) if not term.previous)
        message = _fault(relation, left, right)
    else:
        repairs = _repairs(relation, left.total - right.total, evidence)
        cells = tuple(repair.ref for repair in repairs)
        message = _fault(relation, left, right)
        if relation.check.severity != "info":
            message += _advice(evidence.form, repairs)
    message += _notes(left, right)
    expected, actual = (left, right) if len(relation.right) == 1 else (right, left)
    return relation.check.finding(
        verdict, message, expected=plain(expected.total), actual=plain(actual.total), cells=cells
    )


def _fault(relation: Relation, left: Side, right: Side) -> str:
    return relation.check.message.format(
        where=relation.where, left=left.text, right=right.text, diff=plain(abs(left.total - right.total))
    )


def _agreement(relation: Relation, left: Side, right: Side) -> str:
    if relation.sign == "<=":
        return f"{left.text}不大于{right.text}"
    return f"{left.text},一致" if len(right.numbers) < 2 else f"{left.text},{right.text},一致"


def _holds(sign: str, left: Number, right: Number) -> bool:
    return left == right if sign == "=" else left <= right


def _not_assessable(relation: Relation, reason: str) -> Finding:
    cells = tuple(term.ref for term in relation.terms if not term.previous)
    return relation.check.finding("not_assessable", f"{relation.where}:无法核对,{reason}", cells=cells)


def _notes(left: Side, right: Side) -> str:
    notes = ""
    if blanks := left.blanks + right.blanks:
        notes += f"(空格按0计:{'、'.join(blanks[:3])}{'等' if len(blanks) > 3 else ''},共{len(blanks)}格)"
    if derived := left.derived + right.derived:
        notes += f"(总计栏为空,按各类申请人合计推算:{'、'.join(derived[:3])}{'等' if len(derived) > 3 else ''})"
    return notes


def read_side(terms: Iterable[Term], evidence: Evidence) -> Side:
    """A sum of cells as it stands in the evidence."""
    side = Side()
    for term in terms:
        figures = evidence.figures
        if term.previous and evidence.previous:
            figures = evidence.previous[1]
        value = figures.get(term.ref)
        if value is not None and value.number is not None:
            _add(side, value.number, term)
        else:
            _add_nothing(side, term, value, evidence)
    return side


def _add(side: Side, number: Decimal, term: Term) -> None:
    side.filled += 1
    if term.factor == 1:
        side.total += number
        side.numbers.append(plain(number))
        return
    side.total += number * term.factor
    side.numbers.append(f"-{plain(number)}" if term.factor == -1 else f"{plain(term.factor)}×{plain(number)}")


def _add_nothing(side: Side, term: Term, value: Value | None, evidence: Evidence) -> None:
    """A cell without a number: blank parts count 0, blank totals are not filled, the other kinds cannot be assessed."""
    if term.ref in evidence.unknown and not term.previous:
        side.missing.append(f"{_name(term, evidence)}读不确定")
    elif value is not None and value.kind != "blank":
        side.missing.append(f"{_name(term, evidence)}{_KINDS[value.kind]}")
    elif term.instead:
        parts = [part for part in (evidence.value(ref).number for ref in term.instead) if part is not None]
        derived = sum(parts, ZERO)
        side.total += derived * term.factor
        side.filled += bool(parts)
        if derived:
            side.numbers.append(plain(derived))
            side.derived.append(_name(term, evidence))
    elif term.filled:
        side.missing.append(f"{_name(term, evidence)}未填")
    else:
        side.blanks.append(_name(term, evidence))


_KINDS = {"not_applicable": "不适用", "not_reported": "不由本机关统计"}


def _name(term: Term, evidence: Evidence) -> str:
    form = evidence.previous[0] if term.previous and evidence.previous else evidence.form
    return ("上年" if term.previous else "") + label(form, term.ref)


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell and the figure that would make the relation hold. rank: lower is likelier."""

    ref: str
    figure: Decimal
    rank: tuple[bool, int, bool, int]


def _repairs(relation: Relation, gap: Decimal, evidence: Evidence) -> list[Repair]:
    """Single-cell repairs of an equation whose left side is too large by `gap`, likeliest first.

    Likelier is what mends other failing relations on the way and breaks none that hold; then a cumulative figure
    that is wrong by just this year's figure (added twice, or not at all); then the total before its parts. A figure
    that the cell cannot carry (negative, or a fraction of a case) comes last.
    """
    repairs = [
        *(_repair(relation, place, term, gap, evidence) for place, term in _current(relation.right)),
        *(_repair(relation, place + 100, term, -gap, evidence) for place, term in _current(relation.left)),
    ]
    return sorted(repairs, key=lambda repair: repair.rank)


def _current(terms: Iterable[Term]) -> Iterator[tuple[int, Term]]:
    return ((place, term) for place, term in enumerate(terms) if not term.previous)


def _repair(relation: Relation, place: int, term: Term, change: Decimal, evidence: Evidence) -> Repair:
    old = evidence.value(term.ref).number or ZERO
    figure = old + change / term.factor
    cell = evidence.form.cell(term.ref)
    possible = figure >= 0 and figure == round(figure, cell.decimals)
    broken = 0
    for other in touching(evidence.form).get(term.ref, ()):
        if other is not relation and other.check.severity == "error":
            broken += _effect(other, term.ref, figure, evidence)
    this_year = evidence.value(f"{cell.table}.{cell.row}.year").number if cell.period == "cumulative" else None
    return Repair(term.ref, figure, (not possible, broken, this_year != abs(figure - old), place))


def _effect(relation: Relation, ref: str, figure: Decimal, evidence: Evidence) -> int:
    """-1 if `figure` in `ref` mends the relation, 1 if it breaks it, 0 if nothing changes or it cannot be told."""
    if relation.previous_form and not previous_fits(relation, evidence):
        return 0
    totals = _totals(relation, evidence)
    if totals is None:
        return 0
    left, right = totals
    before = _holds(relation.sign, left, right)
    step = figure - (evidence.value(ref).number or ZERO)
    after_left = left + sum((step * term.factor for term in relation.left if _is(term, ref)), ZERO)
    after_right = right + sum((step * term.factor for term in relation.right if _is(term, ref)), ZERO)
    return int(before) - int(_holds(relation.sign, after_left, after_right))


def _totals(relation: Relation, evidence: Evidence) -> tuple[Number, Number] | None:
    """Both sides, or None where one cannot be assessed."""
    ready = quick(relation, evidence.form)
    numbers = evidence.numbers.numbers
    if ready is not None and None not in (*ready.left.read(numbers), *ready.right.read(numbers)):
        return ready.left.total(numbers), ready.right.total(numbers)
    left, right = read_side(relation.left, evidence), read_side(relation.right, evidence)
    return None if left.missing or right.missing else (left.total, right.total)


def _is(term: Term, ref: str) -> bool:
    return term.ref == ref and not term.previous


def _advice(form: ReportForm, repairs: list[Repair]) -> str:
    likely = [repair for repair in repairs if not repair.rank[0]][:SHOWN_REPAIRS]
    if not likely:
        return ""
    named = ";".join(f"{label(form, repair.ref)}应为{plain(repair.figure)}" for repair in likely)
    return f"。若只错一格,可能是:{named}{'等' if len(repairs) > len(likely) else ''}"


def previous_fits(relation: Relation, evidence: Evidence) -> bool:
    """Whether last year's report is at hand, on the form that the relation reads."""
    return evidence.previous is not None and evidence.previous[0].id == relation.previous_form


def without_previous(relation: Relation, evidence: Evidence) -> Finding:
    """The one finding of a rule across years when the report of the year before is missing or on another form."""
    needed: Mapping[bool, str] = {
        True: "缺少上年报告的数据,请先登记或导入上年报告",
        False: f"上年报告用的是另一种格式,需要格式 {relation.previous_form} 的上年报告",
    }
    return relation.check.finding("not_assessable", f"无法核对:{needed[evidence.previous is None]}")
