"""Runs of figures that several cuttings fit, decided together: by the identities of the form, over the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from gongkai.law.checks import Check, load
from gongkai.law.relations import Relation, Term, compiled
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value
from gongkai.reports.foreign.splitting import Sum, Values, Ways

NODES = 6_000  # steps of one joint search
SOLUTIONS = 400
# The kinds of rules that are equations over one report, and over this year's and last year's.
EQUATIONS = ("sum", "eq_sum", "eq", "row_sum")
YEARLY = ("carry", "carry_cross_form", "carry_step", "stock_step", "cumulative_step")
LIMITS = ("each_le", "le_cols", "cumulative_ge_year")


class Run:
    """Cells whose figures run together. options: cuttings still possible; doubted: there are others that fit the number
    of cells and only break the sum of the row, which nothing else has excluded yet; whole: no option was left out."""

    def __init__(self, refs: tuple[str, ...], ways: Ways) -> None:
        self.refs, self.ways = refs, ways
        self.doubted = ways.width is None and bool(ways.summed) and ways.summed_complete
        self.options = ways.summed if self.doubted else [ways.width] if ways.counted and ways.width else ways.every
        self.whole = self.doubted or ways.counted or ways.complete

    @property
    def others(self) -> list[Values]:
        """Ways that break the sum of the row."""
        kept = set(self.options)
        return [one for one in self.ways.every if one not in kept] if self.doubted else []

    @property
    def possible(self) -> list[Values]:
        return self.options + self.others

    @property
    def open(self) -> bool:
        return len(self.options) != 1 or self.doubted or not self.whole

    def keep(self, options: list[Values]) -> None:
        self.options, self.doubted = options, False


@dataclass(slots=True)
class Board:
    """What is known of a report while runs are decided: settled values by ref, and rows that the report leaves out."""

    form: ReportForm
    known: dict[str, Value] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    owner: dict[str, int] = field(default_factory=dict)  # the run of a cell

    def number(self, ref: str) -> Decimal | None:
        """The number in a settled cell; 0 for a blank one and for one that is not printed; None where it is open."""
        value = self.known.get(ref)
        if value is not None:
            return value.number or Decimal(0)
        return Decimal(0) if ref in self.absent else None


@cache
def relations(form: ReportForm, kinds: tuple[str, ...], hard: bool) -> tuple[Relation, ...]:
    """The relations of rules of these kinds; hard: only those that are errors when broken, else only the others."""
    found: list[Relation] = []
    for check in load(form.id):
        if check.kind in kinds and (check.severity == "error") is hard and _plain(check):
            found += compiled(check, form)
    return tuple(found)


def _plain(check: Check) -> bool:
    return "from_year" not in check.terms


@cache
def sums_within(form: ReportForm, refs: tuple[str, ...]) -> tuple[Sum, ...]:
    """The hard sums of one run: cells of the run, parts before their total."""
    places = {ref: place for place, ref in enumerate(refs)}
    found = []
    for relation in relations(form, EQUATIONS, True):
        if len(relation.right) == 1 and all(term.ref in places and term.factor == 1 for term in relation.terms):
            one = Sum(tuple(sorted(places[term.ref] for term in relation.left)), places[relation.right[0].ref])
            if one.total > max(one.parts):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.total))


# ── Searching ──


@dataclass(slots=True)
class _Balance:
    """left - right of a relation: what is fixed, and what each run adds by its option."""

    relation: Relation
    fixed: Decimal
    parts: dict[int, list[Decimal]]  # run -> by option

    @property
    def column(self) -> str:
        """The column that all cells of the relation stand in, "" where they stand in several."""
        columns = {term.ref.rpartition(".")[2] for term in self.relation.terms}
        return columns.pop() if len(columns) == 1 else ""

    def possible(self) -> bool:
        """Whether any choice of options makes it come to zero."""
        sums = {self.fixed}
        for values in self.parts.values():
            sums = {one + value for one in sums for value in set(values)}
            if len(sums) > 1000:
                return True
        return Decimal(0) in sums


def narrow(board: Board, runs: Sequence[Run], among: Iterable[Relation]) -> set[int]:
    """Keep of every run the options that some joint solution of the relations uses; the runs of which that was said.

    Runs that hang together with an identity that nothing can mend are in a table where something is wrong: one of
    their options is kept only if every other way breaks at least two identities more.
    """
    told: set[int] = set()
    for group, balances in _components(board, runs, list(among)):
        sound = [balance for balance in balances if balance.possible()]
        used = _solve(runs, group, sound)
        whole = len(sound) == len(balances) and used is not None
        if used is None:
            used = _without_a_column(runs, group, sound)
        if used is None:
            continue
        if whole:
            told |= set(group)
            for run in group:
                runs[run].keep([runs[run].options[place] for place in sorted(used[run])])
        else:
            _settle_broken(board, runs, group, used, [balance.relation for balance in balances])
    return told


def _without_a_column(runs: Sequence[Run], group: list[int], sound: list[_Balance]) -> dict[int, set[int]] | None:
    """Options used when the identities of any one column are left aside; None where none will do."""
    used: dict[int, set[int]] = {}
    for column in sorted({balance.column for balance in sound if balance.column}):
        found = _solve(runs, group, [balance for balance in sound if balance.column != column])
        for run, places in (found or {}).items():
            used.setdefault(run, set()).update(places)
    return used or None


def _components(board: Board, runs: Sequence[Run], among: list[Relation]) -> Iterator[tuple[list[int], list[_Balance]]]:
    """Open runs that hang together by relations, with those relations."""
    groups: list[tuple[set[int], list[_Balance]]] = []
    for relation in among:
        balance = _balance(board, runs, relation)
        if balance is None:
            continue
        members, own, rest = set(balance.parts), [balance], []
        for group in groups:
            if group[0] & members:
                members, own = members | group[0], group[1] + own
            else:
                rest.append(group)
        groups = [*rest, (members, own)]
    for members, own in groups:
        yield sorted(members, key=lambda run: len(runs[run].options)), own


def _balance(board: Board, runs: Sequence[Run], relation: Relation) -> _Balance | None:
    """The relation in terms of open runs; None where it has none, or names a cell of which too little is known."""
    fixed, parts = Decimal(0), dict[int, list[Decimal]]()
    for term, sign in [*((term, 1) for term in relation.left), *((term, -1) for term in relation.right)]:
        owner = board.owner.get(term.ref)
        if owner is not None and term.ref not in board.known:
            if not runs[owner].whole or not runs[owner].options:
                return None
            _add(parts, runs[owner], owner, term, sign)
        elif (known := board.number(term.ref)) is not None:
            fixed += known * term.factor * sign
        else:
            return None
    return _Balance(relation, fixed, parts) if parts else None


def _add(parts: dict[int, list[Decimal]], run: Run, number: int, term: Term, sign: int) -> None:
    place = run.refs.index(term.ref)
    values = [(option[place].number or Decimal(0)) * term.factor * sign for option in run.options]
    before = parts.get(number)
    parts[number] = values if before is None else [one + other for one, other in zip(before, values, strict=True)]


def _solve(runs: Sequence[Run], group: list[int], balances: list[_Balance]) -> dict[int, set[int]] | None:
    """Options used by any solution, by run; None when there is none or the search was cut off.

    Options that add the same to every balance (a blank here or there) are searched as one.
    """
    alike: list[list[list[int]]] = []
    for run in group:
        by_effect: dict[tuple[Decimal, ...], list[int]] = {}
        for place in range(len(runs[run].options)):
            effect = tuple(balance.parts[run][place] for balance in balances if run in balance.parts)
            by_effect.setdefault(effect, []).append(place)
        alike.append(list(by_effect.values()))
    search = _Joint([[same[0] for same in classes] for classes in alike], balances, group)
    search.descend(0, [])
    if search.nodes > NODES or not search.solutions or len(search.solutions) >= SOLUTIONS:
        return None
    return {
        run: {place for solution in search.solutions for place in alike[number][solution[number]]}
        for number, run in enumerate(group)
    }


class _Joint:
    """Depth-first search over the options of the runs of a group, cut where a balance can no longer come to zero."""

    def __init__(self, options: list[list[int]], balances: list[_Balance], group: list[int]) -> None:
        self.options, self.nodes = options, 0
        self.solutions: list[tuple[int, ...]] = []
        place = {run: number for number, run in enumerate(group)}
        # For each run: the balances it is in, what its options add, and the least and most that runs behind it add.
        self.of_run: list[list[tuple[int, list[Decimal], Decimal, Decimal]]] = [[] for _ in group]
        self.sums = [balance.fixed for balance in balances]
        for number, balance in enumerate(balances):
            low = high = Decimal(0)
            for run in sorted(balance.parts, key=lambda one: -place[one]):
                values = balance.parts[run]
                self.of_run[place[run]].append((number, values, low, high))
                low, high = low + min(values), high + max(values)

    def descend(self, depth: int, chosen: list[int]) -> None:
        """Try every class of options of the run at this depth; `chosen` are classes of the runs before it."""
        self.nodes += 1
        if self.nodes > NODES or len(self.solutions) >= SOLUTIONS:
            return
        if depth == len(self.options):
            self.solutions.append(tuple(chosen))
            return
        for number, option in enumerate(self.options[depth]):
            if self._fits(depth, option):
                self._move(depth, option, 1)
                self.descend(depth + 1, [*chosen, number])
                self._move(depth, option, -1)

    def _fits(self, depth: int, option: int) -> bool:
        for number, values, low, high in self.of_run[depth]:  # a plain loop: it runs a million times
            if not low <= -(self.sums[number] + values[option]) <= high:
                return False
        return True

    def _move(self, depth: int, option: int, sign: int) -> None:
        for number, values, _, _ in self.of_run[depth]:
            self.sums[number] += sign * values[option]


# ── Tables that do not add up ──


def _settle_broken(
    board: Board, runs: Sequence[Run], group: list[int], used: dict[int, set[int]], among: list[Relation]
) -> None:
    """Settle the runs whose best option every other way falls short of by two identities, the other runs being as in
    the solutions; a run that these leave open settles nothing and is not counted on."""
    best = {run: runs[run].options[min(used[run])] for run in group if len(used[run]) == 1}
    trial = dict(board.known)
    for run, option in best.items():
        trial.update(zip(runs[run].refs, option, strict=True))
    known = set(trial) | board.absent
    usable = [relation for relation in among if all(term.ref in known for term in relation.terms)]
    for run, option in best.items():
        if _stands_out(runs[run], option, trial, usable):
            runs[run].keep([option])


def _stands_out(run: Run, best: Values, trial: Mapping[str, Value], among: list[Relation]) -> bool:
    if run.doubted and not run.ways.complete:
        return False
    own = [relation for relation in among if any(term.ref in run.refs for term in relation.terms)]
    least = _broken(run, best, trial, own)
    margins = [_broken(run, option, trial, own) - least for option in run.options if option != best]
    margins += [_broken(run, option, trial, own) - least for option in run.others]
    return all(margin >= 2 for margin in margins)


def _broken(run: Run, option: Values, trial: Mapping[str, Value], among: Iterable[Relation]) -> int:
    """How many of the relations are broken when the run takes this option and all other cells are as in `trial`."""
    values = dict(zip(run.refs, option, strict=True))

    def side(terms: Iterable[Term]) -> Decimal:
        found = ((values.get(term.ref) or trial.get(term.ref), term.factor) for term in terms)
        return sum(((value.number or 0) * factor for value, factor in found if value is not None), Decimal(0))

    return sum(side(relation.left) != side(relation.right) for relation in among)


# ── One run against what is known ──


def holds_with(
    relation: Relation, values: Mapping[str, Value], board: Board, previous: Mapping[str, Value]
) -> bool | None:
    """Whether a relation holds when a run has these values; None where one of its cells is open or blank."""
    sides = []
    for terms in (relation.left, relation.right):
        total = Decimal(0)
        for term in terms:
            number = _number(term, values, board, previous)
            if number is None:
                return None
            total += number * term.factor
        sides.append(total)
    return sides[0] == sides[1] if relation.sign == "=" else sides[0] <= sides[1]


def gap_of(relation: Relation, values: Mapping[str, Value], board: Board) -> Decimal | None:
    """How much the left side of an equation exceeds the right when a run has these values; None with an open cell."""
    total = Decimal(0)
    for term, sign in [*((term, 1) for term in relation.left), *((term, -1) for term in relation.right)]:
        number = _number(term, values, board, {})
        if number is None:
            return None
        total += number * term.factor * sign
    return total


def _number(term: Term, values: Mapping[str, Value], board: Board, previous: Mapping[str, Value]) -> Decimal | None:
    if term.previous:
        return previous[term.ref].number if term.ref in previous else None
    if term.ref in values:
        return values[term.ref].number
    return board.number(term.ref)
