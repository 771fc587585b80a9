"""Arithmetic rules as relations between cells: two sums and a sign, written out once for each form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from gongkai.law.checks import Check, load
from gongkai.law.refusal import Misprint
from gongkai.law.report_forms import Cell, ReportForm, Table
from gongkai.law.report_forms import load as load_form

ONE = Decimal(1)
Sign = Literal["=", "<="]


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in a sum. previous: read from last year's report. filled: a blank is "not filled", else it counts as 0.

    instead: parts to add up where the cell is blank (a blank 总计 within a column of parts).
    """

    ref: str
    factor: Decimal = ONE
    previous: bool = False
    filled: bool = False
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """left = right, or left <= right, in one row or column (`where`, in Chinese).

    previous_form: id of the form that last year's report must have, or "". skip_empty: say nothing where no cell
    is filled.
    """

    check: Check
    where: str
    left: tuple[Term, ...]
    sign: Sign
    right: tuple[Term, ...]
    previous_form: str = ""
    skip_empty: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Frame:
    """A check laid over one form: finds cells and names rows and columns for the compilers below."""

    check: Check
    form: ReportForm

    @property
    def table(self) -> Table:
        table = self.check.terms.get("table", self.form.tables[0].id)
        return self.form.table(table)

    @property
    def columns(self) -> list[str]:
        return list(self.check.terms.get("columns") or [column.id for column in self.table.columns])

    def term(self, row: str, column: str, factor: Decimal | int = 1, form: ReportForm | None = None) -> Term:
        """The cell of `row` (a row id, or `table.row`) and `column`; of last year's report when `form` is given."""
        table, _, name = row.rpartition(".")
        ref = f"{table or self.table.id}.{name}.{column}"
        return term_of((form or self.form).cell(ref), form or self.form, Decimal(factor), previous=form is not None)

    def terms(self, rows: Iterable[str], column: str) -> tuple[Term, ...]:
        return tuple(self.term(row, column) for row in rows)

    def rows(self) -> Iterator[str]:
        """`table.row` of the rows named on the page; `*` means all that carry figures, table `*` any table."""
        tables = self.form.tables if self.check.terms.get("table") == "*" else (self.table,)
        names = self.check.need("rows")
        for table in tables:
            for row in table.rows:
                if row.role != "header" and (names == ["*"] or row.id in names):
                    yield f"{table.id}.{row.id}"

    def of_column(self, column: str) -> str:
        """Name of a column in messages; "" where the table has only one."""
        return self.form.column(self.table.id, column).label if len(self.table.columns) > 1 else self.table.title

    def of_row(self, row: str) -> str:
        table, _, name = row.rpartition(".")
        return self.form.row(table or self.table.id, name).label.rstrip("★")

    def relation(
        self, where: str, left: Iterable[Term], sign: Sign, right: Iterable[Term], *, skip_empty: bool = False
    ) -> Relation:
        left, right = tuple(left), tuple(right)
        crosses = any(term.previous for term in left + right)
        needed = self.check.terms.get("prev_form", self.form.id) if crosses else ""
        return Relation(self.check, where, left, sign, right, needed, skip_empty)


def term_of(cell: Cell, form: ReportForm, factor: Decimal = ONE, *, previous: bool = False) -> Term:
    """A cell as a term; cells of total rows and 总计 columns must be filled."""
    role = form.row(cell.table, cell.row).role
    return Term(cell.ref, factor, previous, filled=role == "total" or cell.column == "total")


def _sum(frame: Frame) -> Iterator[Relation]:
    need = frame.check.need
    for column in frame.columns:
        parts = tuple(_with_parts(frame.form, term) for term in frame.terms(need("parts"), column))
        yield frame.relation(frame.of_column(column), parts, "=", [frame.term(need("total"), column)])


def _with_parts(form: ReportForm, term: Term) -> Term:
    return Term(term.ref, term.factor, term.previous, term.filled, row_parts(form).get(term.ref, ()))


def _eq_sum(frame: Frame) -> Iterator[Relation]:
    left, right = _listed(frame.check.need("left")), _listed(frame.check.need("right"))
    for column in frame.columns:
        yield frame.relation(frame.of_column(column), frame.terms(left, column), "=", frame.terms(right, column))


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _le(frame: Frame) -> Iterator[Relation]:
    """le, le_sum and le_sum_greater: either side may be one row or a sum of rows."""
    terms = frame.check.terms
    lesser = _listed(terms.get("lesser_parts") or frame.check.need("lesser"))
    greater = _listed(terms.get("greater_parts") or frame.check.need("greater"))
    for column in frame.columns:
        yield frame.relation(frame.of_column(column), frame.terms(lesser, column), "<=", frame.terms(greater, column))


def _each_le(frame: Frame) -> Iterator[Relation]:
    greater = frame.check.need("greater")
    for column in frame.columns:
        for row in frame.check.need("parts"):
            where = frame.of_row(row)
            yield frame.relation(where, [frame.term(row, column)], "<=", [frame.term(greater, column)])


def _le_cols(frame: Frame) -> Iterator[Relation]:
    lesser, greater = frame.check.need("lesser_column"), frame.check.need("greater_column")
    for row in frame.rows():
        yield frame.relation(frame.of_row(row), [frame.term(row, lesser)], "<=", [frame.term(row, greater)])


def _row_sum(frame: Frame) -> Iterator[Relation]:
    total, parts = frame.check.need("total_column"), frame.check.need("part_columns")
    for row in frame.rows():
        left = [frame.term(row, part) for part in parts]
        # In a row of totals the parts stand beside each other: only the 总计 must be filled.
        left = [Term(term.ref) for term in left]
        yield frame.relation(frame.of_row(row), left, "=", [frame.term(row, total)])


def _previous_form(frame: Frame) -> ReportForm:
    return load_form(frame.check.terms.get("prev_form", frame.form.id))


def _carry(frame: Frame) -> Iterator[Relation]:
    this_row, prev_row, old = frame.check.need("this_row"), frame.check.need("prev_row"), _previous_form(frame)
    for column in frame.columns:
        right = [frame.term(prev_row, column, form=old)]
        yield frame.relation(frame.of_column(column), [frame.term(this_row, column)], "=", right)


def _carry_le(frame: Frame) -> Iterator[Relation]:
    this, before = frame.check.need("this_column"), frame.check.need("prev_column")
    for row in frame.rows():
        left = [frame.term(row, before, form=_previous_form(frame))]
        yield frame.relation(frame.of_row(row), left, "<=", [frame.term(row, this)])


def _carry_step(frame: Frame) -> Iterator[Relation]:
    this, before = frame.check.need("this_column"), frame.check.need("prev_columns")
    for row in frame.rows():
        right = [frame.term(row, column, form=_previous_form(frame)) for column in before]
        yield frame.relation(frame.of_row(row), [frame.term(row, this)], "=", right)


def _stock_step(frame: Frame) -> Iterator[Relation]:
    need = frame.check.need
    stock = need("stock_column")
    for row in frame.rows():
        right = [frame.term(row, stock, form=frame.form), frame.term(row, need("in_column"))]
        right.append(frame.term(row, need("out_column"), -1))
        yield frame.relation(frame.of_row(row), [frame.term(row, stock)], "=", right)


def _step_ge(frame: Frame) -> Iterator[Relation]:
    column, added = frame.check.need("column"), frame.check.need("add_column")
    for row in frame.rows():
        right = [frame.term(row, column, form=frame.form), frame.term(row, added)]
        yield frame.relation(frame.of_row(row), [frame.term(row, column)], "<=", right)


def _both_columns(frame: Frame) -> Iterator[str]:
    """Rows that have a cumulative figure beside that of the year."""
    for row in frame.table.rows:
        if row.role != "header" and row.cumulative:
            yield row.id


def _cumulative_ge_year(frame: Frame) -> Iterator[Relation]:
    for row in _both_columns(frame):
        # Many printings have one column only: a cumulative figure that is not there is not nought.
        left, right = frame.term(row, "year"), replace(frame.term(row, "cumulative"), filled=True)
        yield frame.relation(frame.of_row(row), [left], "<=", [right], skip_empty=True)


def _cumulative_step(frame: Frame) -> Iterator[Relation]:
    for row in _both_columns(frame):
        right = [frame.term(row, "cumulative", form=frame.form), frame.term(row, "year")]
        yield frame.relation(frame.of_row(row), [frame.term(row, "cumulative")], "=", right, skip_empty=True)


def _le_carry(frame: Frame) -> Iterator[Relation]:
    lesser, greater, form = frame.check.need("lesser"), frame.check.need("greater"), frame.form
    for column in frame.columns:
        backlog = [frame.term(greater, "cumulative", form=form), frame.term(lesser, "cumulative", -1, form=form)]
        right = [frame.term(greater, column), *backlog]
        yield frame.relation(frame.of_column(column), [frame.term(lesser, column)], "<=", right)


def _pending_nonneg(frame: Frame) -> Iterator[Relation]:
    received, concluded = frame.check.need("received"), frame.check.need("concluded")
    for column in frame.columns:
        left = [frame.term(concluded, column, form=frame.form), frame.term(concluded, column)]
        right = [frame.term(received, column, form=frame.form), frame.term(received, column)]
        yield frame.relation(frame.of_column(column), left, "<=", right)


def _zero(frame: Frame) -> Iterator[Relation]:
    row = frame.check.need("row")
    for column in frame.columns:
        yield frame.relation(frame.of_column(column), [frame.term(row, column)], "=", [])


def _ratio_max(frame: Frame) -> Iterator[Relation]:
    need = frame.check.need
    for column in frame.columns:
        left = [frame.term(need("numerator"), column)]
        right = [frame.term(need("denominator"), column, Decimal(str(need("max"))))]
        yield frame.relation(frame.of_column(column), left, "<=", right)


COMPILERS: Mapping[str, Callable[[Frame], Iterator[Relation]]] = {
    "sum": _sum,
    "eq_sum": _eq_sum,
    "eq": _eq_sum,
    "le": _le,
    "le_sum": _le,
    "le_sum_greater": _le,
    "each_le": _each_le,
    "le_cols": _le_cols,
    "row_sum": _row_sum,
    "carry": _carry,
    "carry_cross_form": _carry,
    "carry_le": _carry_le,
    "carry_step": _carry_step,
    "stock_step": _stock_step,
    "step_ge": _step_ge,
    "cumulative_ge_year": _cumulative_ge_year,
    "cumulative_step": _cumulative_step,
    "le_carry": _le_carry,
    "pending_nonneg": _pending_nonneg,
    "zero": _zero,
    "zero_from": _zero,
    "ratio_max": _ratio_max,
}


@cache
def compiled(check: Check, form: ReportForm) -> tuple[Relation, ...]:
    """The relations of an arithmetic rule on a form; Misprint when the rule names a cell that the form lacks."""
    compiler = COMPILERS.get(check.kind)
    if compiler is None:
        raise Misprint(check.page, f"没有“{check.kind}”这一类算式", f"现有:{'、'.join(COMPILERS)}")
    relations = tuple(compiler(Frame(check, form)))
    if not relations:
        raise Misprint(check.page, f"在 {form.id} 上没有对应任何单元格")
    return relations


@cache
def row_parts(form: ReportForm) -> Mapping[str, tuple[str, ...]]:
    """For each 总计 cell of a row that is itself no total: the cells beside it that add up to it."""
    found: dict[str, tuple[str, ...]] = {}
    for check in load(form.id):
        if check.kind == "row_sum":
            for relation in compiled(check, form):
                total = form.cell(relation.right[0].ref)
                if form.row(total.table, total.row).role != "total":
                    found[total.ref] = tuple(term.ref for term in relation.left)
    return found


@cache
def touching(form: ReportForm) -> Mapping[str, tuple[Relation, ...]]:
    """The relations of a form by the cells of this year that stand in them."""
    found: dict[str, list[Relation]] = {}
    for check in load(form.id):
        if check.kind in COMPILERS:
            for relation in compiled(check, form):
                for term in relation.terms:
                    if not term.previous:
                        found.setdefault(term.ref, []).append(relation)
    return {ref: tuple(relations) for ref, relations in found.items()}


@cache
def carried(form: ReportForm) -> Mapping[tuple[str, str], tuple[Relation, ...]]:
    """The relations of a form by what they read in last year's report: (id of its form, ref of the cell)."""
    found: dict[tuple[str, str], list[Relation]] = {}
    for check in load(form.id):
        if check.kind in COMPILERS:
            for relation in compiled(check, form):
                for term in relation.terms:
                    if term.previous:
                        found.setdefault((relation.previous_form, term.ref), []).append(relation)
    return {place: tuple(relations) for place, relations in found.items()}
