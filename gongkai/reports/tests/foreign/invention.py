"""Invented reports: random figures that add up on any form, for drawing in every shape in which reports are met."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from gongkai.law.report_forms import ReportForm, Table
from gongkai.law.values import NOT_APPLICABLE, Value, number

PLACES = ("临江市", "松山县", "河口区", "青石镇", "望海新区")
BODIES = ("人民政府", "教育局", "自然资源局", "农业农村局", "管理委员会")


@dataclass(slots=True)
class Invented:
    """A report that nobody published. figures: every cell of the form, by ref."""

    form: ReportForm
    year: int
    organ: str
    figures: dict[str, Value]
    prose: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"


def invent(form: ReportForm, seed: int, *, size: int | None = None) -> Invented:
    """A report whose identities all hold. size 0: nearly nothing happened; 3: a large city."""
    chance = Random(seed)
    size = chance.choice((0, 0, 1, 1, 2, 3)) if size is None else size
    first, last = form.first_year, form.last_year or form.first_year + 4
    figures: dict[str, Value] = {}
    for table in form.tables:
        if table.print == "applications":
            _applications(table, chance, size, figures)
        elif table.print == "disputes":
            _disputes(table, chance, size, figures)
        elif table.print == "items":
            _items(form, table, chance, size, figures)
        else:
            _list(form, table, chance, size, figures)
    organ = chance.choice(PLACES) + chance.choice(BODIES)
    return Invented(form, chance.randint(first, last), organ, figures)


def amount(chance: Random, size: int) -> int:
    """A count: mostly nothing for the small, up to five digits for the large."""
    if chance.random() < (0.9, 0.7, 0.45, 0.2)[size]:
        return 0
    return chance.randint(1, (4, 60, 700, 4000)[size])


def _applications(table: Table, chance: Random, size: int, figures: dict[str, Value]) -> None:
    """Table three: results by applicant, and what came in and went out to match them."""
    people = [column.id for column in table.columns if column.id != "total"]
    parts = [row.id for row in table.rows if row.role == "part"]
    cells = {
        (row, who): amount(chance, size if who == "natural_person" else max(size - 1, 0))
        for row in parts
        for who in people
    }
    for who in people:
        results = sum(cells[row, who] for row in parts)
        forward = amount(chance, max(size - 1, 0))
        over = min(amount(chance, max(size - 1, 0)), results + forward)
        cells["results_total", who], cells["carried_forward", who] = results, forward
        cells["carried_over", who], cells["new_received", who] = over, results + forward - over
    for row in table.rows:
        if row.role != "header":
            figures.update({f"{table.id}.{row.id}.{who}": number(cells[row.id, who]) for who in people})
            figures[f"{table.id}.{row.id}.total"] = number(sum(cells[row.id, who] for who in people))


def _disputes(table: Table, chance: Random, size: int, figures: dict[str, Value]) -> None:
    for row in table.rows:
        values = [amount(chance, max(size - 1, 0)) for _ in table.columns[:-1]]
        for column, value in zip(table.columns, [*values, sum(values)], strict=True):
            figures[f"{table.id}.{row.id}.{column.id}"] = number(value)


def _items(form: ReportForm, table: Table, chance: Random, size: int, figures: dict[str, Value]) -> None:
    for row in table.rows:
        for column in table.columns:
            cell = form.cell(f"{table.id}.{row.id}.{column.id}")
            value = Decimal(amount(chance, min(size + 1, 3)))
            if column.signed and chance.random() < 0.3:
                value = -value
            if cell.decimals and value:
                value += Decimal(chance.randint(0, 9999)) / 10000
            figures[cell.ref] = number(value)
        _no_more_than_all(table, row.id, figures)


def _no_more_than_all(table: Table, row: str, figures: dict[str, Value]) -> None:
    """What is disclosed in all is no less than what was disclosed this year."""
    year, total = f"{table.id}.{row}.disclosed_this_year", f"{table.id}.{row}.disclosed_in_total"
    if year in figures:
        figures[total] = number((figures[year].number or 0) + (figures[total].number or 0))


def _list(form: ReportForm, table: Table, chance: Random, size: int, figures: dict[str, Value]) -> None:
    """A list: parts first, then their totals; a cumulative column is never less than that of the year."""
    for column in reversed(table.columns):
        for row in reversed(table.rows):
            ref = f"{table.id}.{row.id}.{column.id}"
            if row.role == "header" or ref not in {cell.ref for cell in form.cells}:
                continue
            parts = [other.id for other in table.rows if other.parent == row.id and other.role in ("part", "overlap")]
            value = sum(int(figures[f"{table.id}.{part}.{column.id}"].number or 0) for part in parts)
            figures[ref] = number(value if parts else amount(chance, min(size + 1, 3)))
    for row in table.rows:
        year, total = (f"{table.id}.{row.id}.{one}" for one in ("year", "cumulative"))
        if year in figures and total in figures:
            both = (figures[year].number or 0) + (figures[total].number or 0)
            figures[total] = number(both) if form.cell(total).applies else NOT_APPLICABLE
