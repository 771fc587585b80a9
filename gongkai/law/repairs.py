"""The smallest changes that would restore every identity of a report: one cell, then two, then a few apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from gongkai.law.checks import Evidence, load
from gongkai.law.findings import Repair
from gongkai.law.relations import COMPILERS, Relation, compiled
from gongkai.law.report_forms import ReportForm
from gongkai.law.report_forms import load as load_form
from gongkai.law.values import plain
from gongkai.law.vectors import Number, places

MOST_BROKEN = 16  # identities broken together; beyond that the table is not mistyped but of another kind
MOST_CELLS = 6  # cells changed together in one proposal
SHOWN_PAIRS = 12
BRANCHES = 4
Changes = tuple[tuple[int, Number], ...]  # place of a cell and how much its figure changes
Told = Callable[[str, Number], str]


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """A relation of this year's cells: the factor of each place; constant places read last year's report."""

    relation: Relation
    factors: Mapping[int, int]
    previous: tuple[tuple[int, int], ...]
    filled: tuple[int, ...]


@dataclass(slots=True, eq=False)
class System:
    """The equations that hold or should, with what each is off by; `of` leads from a cell to its equations."""

    equations: list[Equation] = field(default_factory=list)
    off: list[Number] = field(default_factory=list)
    of: dict[int, set[int]] = field(default_factory=dict)

    def add(self, equation: Equation, off: Number) -> None:
        number = len(self.equations)
        self.equations.append(equation)
        self.off.append(off)
        for place in equation.factors:
            self.of.setdefault(place, set()).add(number)


@cache
def equation(relation: Relation, form: ReportForm) -> Equation | None:
    """A relation as factors by place; None for inequalities and ratios, which no figure settles."""
    if relation.sign != "=" or not relation.right or any(term.factor % 1 for term in relation.terms):
        return None
    factors: dict[int, int] = {}
    previous = []
    for side, sign in ((relation.left, 1), (relation.right, -1)):
        for term in side:
            if term.previous:
                old = len(form.cells) + places(load_form(relation.previous_form))[term.ref]
                previous.append((old, sign * int(term.factor)))
            else:
                place = places(form)[term.ref]
                factors[place] = factors.get(place, 0) + sign * int(term.factor)
    filled = tuple(places(form)[term.ref] for term in relation.terms if term.filled and not term.previous)
    return Equation(relation, factors, tuple(previous), filled)


@cache
def hard(form: ReportForm) -> tuple[Equation, ...]:
    """The equations that must hold in any report on the form."""
    return tuple(
        found
        for check in load(form.id)
        if check.kind in COMPILERS and check.severity == "error"
        for relation in compiled(check, form)
        if (found := equation(relation, form)) is not None
    )


def off_by(one: Equation, evidence: Evidence) -> Number | None:
    """Left side less right side; None where a total is not filled, or last year's report is not on that form."""
    if one.relation.previous_form and (
        evidence.previous is None or evidence.previous[0].id != one.relation.previous_form
    ):
        return None
    numbers = evidence.numbers.numbers
    if any(numbers[place] is None for place in one.filled):
        return None
    if evidence.unknown and any(evidence.form.cells[place].ref in evidence.unknown for place in one.factors):
        return None
    total: Number = 0
    for place, factor in (*one.factors.items(), *one.previous):
        total += factor * (numbers[place] or 0)
    return total


def proposals(
    evidence: Evidence, broken: Sequence[Relation], told: Told | None = None
) -> dict[Relation, tuple[Repair, ...]]:
    """For each broken equation the smallest sets of changes that would restore it and every other, likeliest first.

    broken: relations that do not hold, of any severity; those that are only asked about are mended one by one.
    told: what the text says for a figure in a cell, "" when nothing. Bounded: nothing where too much is broken.
    """
    form = evidence.form
    known = [(one, off) for one in hard(form) if (off := off_by(one, evidence)) is not None]
    must = {one.relation for one, _ in known}
    found: dict[Relation, tuple[Repair, ...]] = {}
    system = _system(known)
    for group in _groups(system):
        changes = _search(system, group, evidence)
        repairs = _ranked(changes, evidence, told)
        found |= {system.equations[number].relation: repairs for number in group}
    for relation in broken:
        soft = equation(relation, form)
        off = None if relation in must or soft is None else off_by(soft, evidence)
        if soft is not None and off:
            alone = _system([*known, (soft, off)])
            changes = _search(alone, frozenset({len(known)}), evidence)
            found[relation] = _ranked(changes, evidence, told)
    return found


def _system(known: Iterable[tuple[Equation, Number]]) -> System:
    system = System()
    for one, off in known:
        system.add(one, off)
    return system


def _groups(system: System) -> Iterator[frozenset[int]]:
    """Broken equations that hang together by cells, one set for each table or block that stands alone."""
    left = {number for number, off in enumerate(system.off) if off}
    while left:
        seen: set[int] = set()
        todo = [min(left)]
        while todo:
            number = todo.pop()
            if number in seen:
                continue
            seen.add(number)
            for place in system.equations[number].factors:
                todo += system.of[place] - seen
        yield frozenset(left & seen)
        left -= seen


def _search(system: System, broken: frozenset[int], evidence: Evidence) -> list[Changes]:
    if len(broken) > MOST_BROKEN:
        return []
    return _one(system, broken, evidence) or _two(system, broken, evidence) or _apart(system, broken, evidence, ())


def _one(system: System, broken: frozenset[int], evidence: Evidence) -> list[Changes]:
    """Cells that stand in all broken equations and in no other, and by which all are off alike."""
    first = min(broken)
    found: list[Changes] = []
    for place in system.equations[first].factors:
        if system.of[place] == broken:
            change = _alike(system, place, broken)
            if change is not None and _possible(place, change, evidence):
                found.append(((place, change),))
    return found


def _alike(system: System, place: int, numbers: Iterable[int]) -> Number | None:
    """The change of one cell that sets all these equations right, or None."""
    changes = {_divided(-system.off[number], system.equations[number].factors[place]) for number in numbers}
    return changes.pop() if len(changes) == 1 else None


def _divided(value: Number, factor: int) -> Number:
    return value if factor == 1 else -value if factor == -1 else Decimal(value) / factor


def _possible(place: int, change: Number, evidence: Evidence) -> bool:
    """Whether the cell could carry the new figure: not negative unless it counts changes, whole unless it is money."""
    cell = evidence.form.cells[place]
    figure = (evidence.numbers.numbers[place] or 0) + change
    if figure < 0 and place not in _signed(evidence.form):
        return False
    return figure == round(Decimal(figure), cell.decimals)


@cache
def _signed(form: ReportForm) -> frozenset[int]:
    """Places of cells that count increase and decrease."""
    return frozenset(place for place, cell in enumerate(form.cells) if form.column(cell.table, cell.column).signed)


def _two(system: System, broken: frozenset[int], evidence: Evidence) -> list[Changes]:
    """Pairs of cells; each equation that either stands in is set right by the two together."""
    first = min(broken, key=lambda number: len(system.equations[number].factors))
    found: dict[frozenset[int], Changes] = {}
    for one in system.equations[first].factors:
        rows = broken | system.of[one]
        for other in {place for number in rows for place in system.equations[number].factors}:
            pair = frozenset((one, other))
            if other == one or pair in found or not system.of[other] <= rows:
                continue
            changes = _solved(system, one, other, rows)
            if changes and all(_possible(place, change, evidence) for place, change in changes):
                found[pair] = changes
    return list(found.values())


def _solved(system: System, one: int, other: int, rows: frozenset[int]) -> Changes | None:
    """The two changes that set all rows right; None where there are none, or any number of them."""
    alone = {number for number in rows if number in system.of[one] and number not in system.of[other]}
    beside = {number for number in rows if number in system.of[other] and number not in system.of[one]}
    both = rows - alone - beside
    if any(number not in system.of[one] for number in both):
        return None
    first = _alike(system, one, alone) if alone else None
    second = _alike(system, other, beside) if beside else None
    if (alone and first is None) or (beside and second is None) or (first is None and second is None):
        return None
    for number in both:
        factors = system.equations[number].factors
        if second is None and first is not None:
            second = _divided(-system.off[number] - factors[one] * first, factors[other])
        elif first is None and second is not None:
            first = _divided(-system.off[number] - factors[other] * second, factors[one])
        if factors[one] * (first or 0) + factors[other] * (second or 0) != -system.off[number]:
            return None
    return ((one, first), (other, second)) if first and second else None


def _apart(system: System, broken: frozenset[int], evidence: Evidence, so_far: Changes) -> list[Changes]:
    """Several independent slips: single changes that each mend some equations and break none, taken together."""
    if len(so_far) + 2 > MOST_CELLS:
        return []
    steps = [
        (((place, change),), system.of[place])
        for place in {place for number in broken for place in system.equations[number].factors}
        if system.of[place] <= broken
        and (change := _alike(system, place, system.of[place])) is not None
        and _possible(place, change, evidence)
    ]
    steps.sort(key=lambda step: (-len(step[1]), step[0][0][0]))
    found: list[Changes] = []
    for step, mended in steps[:BRANCHES]:
        rest = broken - mended
        ends = _one(system, rest, evidence) or _two(system, rest, evidence)[:BRANCHES]
        ends = ends or _apart(system, rest, evidence, so_far + step)
        found += [step + end for end in ends]
    return _fewest(found)


def _fewest(found: list[Changes]) -> list[Changes]:
    least = min(map(len, found), default=0)
    unique = {frozenset(changes): changes for changes in found if len(changes) == least}
    return list(unique.values())


def _ranked(found: list[Changes], evidence: Evidence, told: Told | None) -> tuple[Repair, ...]:
    """As repairs, likeliest first: what the text or last year's report says, then slips of a digit."""
    scored = []
    for order, changes in enumerate(found):
        reasons = [reason for place, change in changes for reason in _reasons(place, change, evidence, told)]
        weight = sum(score for score, _ in reasons)
        scored.append((-weight, order, changes, "、".join(dict.fromkeys(said for _, said in reasons if said))))
    scored.sort(key=lambda one: one[:2])
    limit = len(scored) if found and len(found[0]) == 1 else SHOWN_PAIRS
    return tuple(_repair(changes, because, evidence) for _, _, changes, because in scored[:limit])


def _repair(changes: Changes, because: str, evidence: Evidence) -> Repair:
    numbers, texts = evidence.numbers.numbers, evidence.numbers.texts
    cells = evidence.form.cells
    return Repair(
        tuple(
            (cells[place].ref, texts[place], plain(Decimal((numbers[place] or 0) + change)))
            for place, change in changes
        ),
        because,
    )


def _reasons(place: int, change: Number, evidence: Evidence, told: Told | None) -> Iterator[tuple[int, str]]:
    """What speaks for a change, with its weight."""
    ref = evidence.form.cells[place].ref
    old = evidence.numbers.numbers[place]
    new = (old or 0) + change
    if told is not None:
        said = told(ref, new)
        yield (8, said) if said else (-4 if old is not None and told(ref, old) else 0, "")
    if _fits_last_year(place, new, evidence):
        yield 4, "与上年报告相符"
    cell = evidence.form.cells[place]
    beside = places(evidence.form).get(f"{cell.table}.{cell.row}.year") if cell.period == "cumulative" else None
    if beside is not None and evidence.numbers.numbers[beside] == abs(change):
        yield 2, "恰差本年数"
    if _slip(old, new):
        yield 1, "只差一位数字"
    if old in (None, 0):
        yield 1, "原为空格或零"


def _fits_last_year(place: int, new: Number, evidence: Evidence) -> bool:
    """Whether the new figure makes a rule across years hold that the old one broke."""
    for one in _across(evidence.form):
        if place in one.factors and (off := off_by(one, evidence)):
            old = evidence.numbers.numbers[place] or 0
            if off + one.factors[place] * (new - old) == 0:
                return True
    return False


@cache
def _across(form: ReportForm) -> tuple[Equation, ...]:
    return tuple(
        found
        for check in load(form.id)
        if check.kind in COMPILERS
        for relation in compiled(check, form)
        if relation.previous_form and (found := equation(relation, form)) is not None
    )


def _slip(old: Number | None, new: Number) -> bool:
    """One digit changed, dropped or added, or two neighbours exchanged."""
    if old is None:
        return False
    one, other = str(old), str(new)
    if len(one) == len(other):
        differ = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other)
        return len(differ) == 1 or swapped
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
