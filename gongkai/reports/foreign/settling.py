"""From what was found to what is settled: width, then sums, last year's report, and sentences of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.law.relations import Relation
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import BLANK, Value
from gongkai.reports.foreign.report import Settled, Where
from gongkai.reports.foreign.solving import EQUATIONS, LIMITS, YEARLY, Board, Run, gap_of, holds_with, narrow, relations
from gongkai.reports.foreign.splitting import Values, Ways

Claims = Mapping[str, frozenset[Decimal]]  # numbers that sentences give for a cell
MANY_CELLS = 70  # other cells of a table, from which on its having no blank tells something
TELLING = 10  # a number below this fits a cutting too easily to decide anything


@dataclass(slots=True)
class Found:
    """Cells as found in a document. printed: they are kept apart, with these values; else `ways` to cut them.

    wheres: one place for each cell, or one for all of them. raws likewise. contested: the document gives other figures
    for these cells elsewhere, so that nothing settles them; others: those figures, as far as they were read.
    """

    refs: tuple[str, ...]
    wheres: tuple[Where, ...]
    raws: tuple[str, ...]
    printed: Values | None = None
    ways: Ways = field(default_factory=lambda: Ways((), ()))
    contested: bool = False
    others: list[Values] = field(default_factory=list)

    def where(self, place: int) -> Where:
        return self.wheres[place if len(self.wheres) == len(self.refs) else 0]

    def raw(self, place: int) -> str:
        return self.raws[place if len(self.raws) == len(self.refs) else 0]


@dataclass(slots=True)
class Outcome:
    """A found row after settling: by place of the cell its value and what settled it, and the ways that are left."""

    found: Found
    settled: dict[int, tuple[Value, Settled]]
    options: list[Values]
    whole: bool = True

    @property
    def open(self) -> list[int]:
        return [place for place in range(len(self.found.refs)) if place not in self.settled]

    def candidates(self) -> tuple[Values, ...]:
        """The open cells' values in each way that is left, without repeats."""
        return tuple(dict.fromkeys(tuple(option[place] for place in self.open) for option in self.options))


class Settling:
    """All rows of a report on one form, settled stage by stage.

    absent: cells that are not printed because another row took their place; unprinted: cells of rows that this printing
    leaves out, which count as nothing only where the parts of a total need not be all there.
    """

    def __init__(
        self, form: ReportForm, found: Sequence[Found], absent: Iterable[str], unprinted: Iterable[str]
    ) -> None:
        self.form, self.found = form, found
        self.board = Board(form, absent=set(absent))
        self.unprinted = set(unprinted)
        self.rows = [one for one in found if one.printed is None and not one.contested]
        self.runs = [Run(one.refs, one.ways) for one in self.rows]
        self.stages: list[list[tuple[Settled, list[Values]]]] = [[] for _ in self.rows]
        for one in found:
            if one.printed is not None and not one.contested:
                self.board.known.update(zip(one.refs, one.printed, strict=True))
        for number, run in enumerate(self.runs):
            self.board.owner.update({ref: number for ref in run.refs if ref not in self.board.known})
        self._doubt_width()
        self._mark("width")

    def _doubt_width(self) -> None:
        """Figures run together that nothing but their number cuts may hide a blank where the cutting breaks a limit."""
        limits = [*relations(self.form, LIMITS, True), *relations(self.form, LIMITS, False)]
        for run in self.runs:
            if run.open or run.ways.sums or len(run.ways.chunks) > 1 or len(run.refs) < 3:
                continue
            values = dict(zip(run.refs, run.options[0], strict=True))
            own = [one for one in limits if all(term.ref in values for term in one.terms)]
            if any(holds_with(one, values, self.board, {}) is False for one in own):
                run.options = [*run.options, *run.ways.with_one_blank]

    def run(self, previous: tuple[ReportForm, Mapping[str, Value]] | None, claims: Claims) -> list[Outcome]:
        """Every stage, as far as rows stay open; then what came of each row."""
        self._by_sums("sums")
        if previous is not None and self._open():
            self._by_previous(*previous)
            self._by_sums("previous")
        if self._open():
            self._by_parts(claims)
        if claims and self._open():
            self._by_prose(claims)
            self._by_sums("sums")
            self._by_parts(claims)
        if self._open():
            self._by_one_fault()
        return list(self._outcomes())

    def _open(self) -> list[Run]:
        return [run for run in self.runs if run.open and run.options]

    def _mark(self, stage: Settled) -> None:
        """Note what each run may still be, and put what is settled on the board."""
        for run, stages in zip(self.runs, self.stages, strict=True):
            if run.whole and not run.doubted and (not stages or len(run.options) < len(stages[-1][1])):
                stages.append((stage, run.options))
            if not run.open:
                self.board.known.update(zip(run.refs, run.options[0], strict=True))

    def _by_sums(self, stage: Settled) -> None:
        """The identities that must hold, over all tables together."""
        narrow(self.board, self.runs, relations(self.form, EQUATIONS, True))
        self._mark(stage)

    def _by_previous(self, form: ReportForm, figures: Mapping[str, Value]) -> None:
        """What carries over from last year's report."""
        yearly = [*relations(self.form, YEARLY, True), *relations(self.form, YEARLY, False)]
        for run in self._open():
            own = [one for one in yearly if one.previous_form == form.id and _touches(one, run)]
            self._keep(run, own, figures, proven=True)
        self._mark("previous")

    def _keep(self, run: Run, among: Sequence[Relation], figures: Mapping[str, Value], *, proven: bool) -> None:
        """Keep the ways in which no relation is broken, if there are any and a relation said something.

        proven: a way that leaves blank what a relation speaks of is not kept beside one in which the relation holds.
        """
        held: list[list[bool | None]] = []
        for option in run.possible:
            values = dict(zip(run.refs, option, strict=True))
            held.append([holds_with(one, values, self.board, figures) for one in among])
        telling = [place for place in range(len(among)) if any(one[place] is not None for one in held)]
        kept = [option for option, one in zip(run.possible, held, strict=True) if False not in one]
        if proven:
            sure = [option for option, one in zip(run.possible, held, strict=True) if all(one[at] for at in telling)]
            kept = sure or kept
        if kept and telling and run.whole:
            run.keep(kept)

    def _by_parts(self, claims: Claims) -> None:
        """Parts that need not be all there: where they do add up, and no part exceeds its total, that tells."""
        before = [(run.options, run.doubted, run.possible if run.open else run.options) for run in self.runs]
        absent, self.board.absent = self.board.absent, self.board.absent | self.unprinted
        limits = relations(self.form, LIMITS, True)
        for run in self._open():
            self._keep(run, [one for one in limits if _touches(one, run)], {}, proven=False)
        sums = relations(self.form, EQUATIONS, False)
        told = narrow(self.board, self.runs, sums)
        self.board.absent = absent
        for number, (run, (options, doubted, possible)) in enumerate(zip(self.runs, before, strict=True)):
            # A limit alone tells only in a table that has nothing to add up; two cells fit one too easily, and so do
            # figures with a zero, which may as well be a cell beside a blank.
            zero = any("0" in chunk.text for chunk in run.ways.chunks)
            alone = not run.open and len(run.refs) > 2 and not zero
            summed = number in told and not _blank_total(run, sums)
            if not (summed or alone) or _contradicted(run, possible, claims):
                run.options, run.doubted = options, doubted
        self._mark("sums")

    def _by_prose(self, claims: Claims) -> None:
        """Sentences that give the number of a cell: taken when they leave one value for it."""
        for run in self._open():
            for place, ref in enumerate(run.refs):
                said = {number for number in claims.get(ref, ()) if number >= TELLING}
                kept = [option for option in run.possible if option[place].number in said]
                if run.whole and len({option[place] for option in kept}) == 1:
                    run.keep(kept)
        self._mark("prose")

    def _by_one_fault(self) -> None:
        """A row with as many digits as cells, in a table without a blank, that one other figure would make add up with
        all the rest: the document has that figure wrong."""
        sums = relations(self.form, EQUATIONS, True)
        for run in self._open():
            values, table = run.ways.width, f"{run.refs[0].split('.')[0]}."
            digits = "".join(chunk.text for chunk in run.ways.chunks)
            others = [value for ref, value in self.board.known.items() if ref.startswith(table)]
            if values is None or len(digits) != len(run.refs) or len(others) < MANY_CELLS or BLANK in others:
                continue
            if _one_figure_wrong(self.board, dict(zip(run.refs, values, strict=True)), sums):
                run.keep([values])
        self._mark("width")

    def _outcomes(self) -> Iterator[Outcome]:
        number = 0
        for one in self.found:
            if one.contested:
                own = one.ways.every if one.printed is None else [one.printed]
                yield Outcome(one, {}, [*own, *one.others], one.printed is not None and bool(one.others))
            elif one.printed is not None:
                settled: dict[int, tuple[Value, Settled]] = {
                    place: (value, "printed") for place, value in enumerate(one.printed)
                }
                yield Outcome(one, settled, [one.printed])
            else:
                run = self.runs[number]
                yield Outcome(one, dict(self._settled(number)) if run.whole else {}, run.possible, run.whole)
                number += 1

    def _settled(self, number: int) -> Iterator[tuple[int, tuple[Value, Settled]]]:
        """Cells on which all ways left agree, with the first stage that they did; none where no sum proves a blank."""
        run = self.runs[number]
        if all(run.ways.unproved(option) for option in run.options):
            return
        for place in range(len(run.refs)):
            for stage, options in self.stages[number]:
                values = {option[place] for option in options}
                if len(values) == 1:
                    yield place, (values.pop(), stage)
                    break


def _touches(relation: Relation, run: Run) -> bool:
    return any(term.ref in run.refs and not term.previous for term in relation.terms)


def _one_figure_wrong(board: Board, values: Mapping[str, Value], among: Iterable[Relation]) -> bool:
    """Whether the broken ones among these relations of a row share one cell, which stands in none that holds, and miss
    by the same amount."""
    broken: list[set[str]] = []
    sound: set[str] = set()
    gaps = set()
    for relation in among:
        own = {term.ref for term in (*relation.left, *relation.right) if term.ref in values}
        if not own:
            continue
        gap = gap_of(relation, values, board)
        if gap is None:
            return False
        gaps |= {abs(gap)} - {Decimal(0)}
        broken += [own] if gap else []
        sound |= set() if gap else own
    return len(broken) > 1 and len(gaps) == 1 and len(set.intersection(*broken) - sound) == 1


def _blank_total(run: Run, among: Iterable[Relation]) -> bool:
    """Whether every way left has a blank for the total of a sum: parts of nothing beside it are no proof of a blank."""
    totals = {one.right[0].ref for one in among if len(one.right) == 1}
    places = [place for place, ref in enumerate(run.refs) if ref in totals]
    return any(all(option[place] == BLANK for option in run.options) for place in places)


def _contradicted(run: Run, before: list[Values], claims: Claims) -> bool:
    """Whether a sentence gives a number that was possible and is no longer."""
    if len(run.options) == len(before):
        return False
    for place, ref in enumerate(run.refs):
        said = {number for number in claims.get(ref, ()) if number >= TELLING}
        possible = said & {option[place].number for option in before}
        if possible and not possible & {option[place].number for option in run.options}:
            return True
    return False
