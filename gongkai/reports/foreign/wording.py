"""The words of a form, made ready for finding: keys of titles, rows and columns, and the printed names of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from gongkai.law.report_forms import Column, ReportForm, Row, Table
from gongkai.law.typesetting import typeset
from gongkai.reports.labels import key, marker, short_key, tidy

Kind = Literal["row", "head", "title"]
UNITS = ("万元", "亿元", "元", "人次", "条", "件", "次", "个", "份", "篇", "项", "人")
_REMARK = re.compile(r"\([^()]*[\u4e00-\u9fff][^()]*\)$")
_INSIDE = re.compile(r"[\u4e00-\u9fff]\d+[\u4e00-\u9fff][\u4e00-\u9fff)]")
_YEAR = re.compile(r"^(?:\d{4}年度?|本年度?)(?:第[一二三四]季度|[上下]半年)?")
_LAST_NUMBER = re.compile(r"(?:\d+|\(\d+\))$")
# Words that printings of the tables carry around the labels.
AROUND = (
    "申请人情况",
    "法人或其他组织",
    "信息内容",
    "指标名称",
    "计量单位",
    "统计指标",
    "单位",
    "统计数",
    "年度",
    "情况",
    "备注",
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that stands in a printed table and can be found by its words. order: place on the form.

    marker: the number in the label; no: the number of the row, which some printings add where the label has none.
    """

    kind: Kind
    table: str
    row: str
    keys: tuple[str, ...]
    marker: str
    order: int
    no: str = ""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one form."""

    form: ReportForm
    items: tuple[Item, ...]
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]  # table -> column -> keys
    known: Mapping[str, str]  # table -> everything printed in it, for telling its words from others
    matrices: tuple[Table, ...]  # tables whose rows stand beside each other under one line of heads

    @cached_property
    def row_keys(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by key, titles left out; several where a form prints a label twice."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.kind != "title":
                for one in item.keys:
                    found.setdefault(one, []).append(item)
        return {one: tuple(items) for one, items in found.items()}

    @cached_property
    def before(self) -> Mapping[str, str]:
        """For a key that ends another row's label: the letters that stand before it there."""
        keys = {one for item in self.items for one in item.keys}
        own = {one: item for item in self.items for one in item.keys}
        return {
            one: "".join(longer[: -len(one)] for longer in keys if longer.endswith(one) and own[longer] is not own[one])
            for one in keys
        }  # fmt: skip

    @cached_property
    def numbered_words(self) -> re.Pattern[str] | None:
        """Numbers that stand inside labels ("超过20个工作日"), with the letters around them; they may be broken."""
        found = {
            _loose(one[0]) for table in self.form.tables for row in table.rows
            for one in _INSIDE.finditer(tidy(row.label))
        }  # fmt: skip
        return re.compile("|".join(sorted(found, key=len, reverse=True))) if found else None

    @cached_property
    def long_lists(self) -> Mapping[str, bool]:
        """Whether rows of a table are numbered beyond nine."""
        return {
            table.id: any(
                item.table == table.id and item.marker.isdigit() and len(item.marker) > 1 for item in self.items
            )
            for table in self.form.tables
        }  # fmt: skip

    @cached_property
    def courses(self) -> Mapping[str, str]:
        """Rows of matrices by the words that head them (复议后起诉)."""
        return {
            key(label.split(":")[-1]): row.id
            for table in self.matrices for row in table.rows for label in (row.label, *row.aliases)
        }  # fmt: skip

    @cached_property
    def refs(self) -> frozenset[str]:
        return frozenset(cell.ref for cell in self.form.cells)

    @cached_property
    def titles(self) -> Mapping[str, Table]:
        return {key(table.title): table for table in self.form.tables}

    def share(self, bare: str) -> float:
        """How much of the form's words a text has: rows, and columns of tables whose columns tell forms apart."""
        rows = [any(one in bare for one in item.keys) for item in self.items if item.kind == "row"]
        heads = [
            any(one in bare for one in keys)
            for table in self.form.tables
            for keys in self.columns[table.id].values()
            if len(keys[0]) > 2
        ]
        return 0.5 * sum(rows) / max(len(rows), 1) + 0.5 * sum(heads) / max(len(heads), 1)


@cache
def words(form: ReportForm) -> Words:
    """The words of a form, made once."""
    items: list[Item] = []
    sections = {key(section.title) for section in form.sections}
    matrices = tuple(table for table in form.tables if table.print == "disputes")
    for table in form.tables:
        if key(table.title) not in sections:
            items.append(Item("title", table.id, "", (key(table.title),), "", len(items)))
        for row in table.rows if table not in matrices else ():
            kind: Kind = "head" if row.role == "header" else "row"
            number = _LAST_NUMBER.search(row.no)
            no = number[0] if number else ""
            items.append(Item(kind, table.id, row.id, row_keys(row), marker(row.label), len(items), no))
    columns = {table.id: {column.id: column_keys(column) for column in table.columns} for table in form.tables}
    known = {table.id: _known(form, table) for table in form.tables}
    return Words(form, tuple(items), columns, known, matrices)


def row_keys(row: Row) -> tuple[str, ...]:
    """Keys of a row: without what stands in brackets, whole, and of its other printings."""
    labels = (row.label, *row.aliases)
    return _unique([short_key(label) for label in labels] + [key(label) for label in labels])


def column_key(label: str) -> str:
    """2012年度 and 本年度 are one column; so are 收费金额(单位:万元) and 收费金额(万元)."""
    return _YEAR.sub("", short_key(label)) or short_key(label)


def column_keys(column: Column) -> tuple[str, ...]:
    """Every key by which a column's head may be found, fullest first."""
    labels = (column.label, *column.aliases)
    return _unique([column_key(label) for label in labels] + [short_key(label) for label in labels])


def _loose(text: str) -> str:
    """A pattern for a text that may be broken by blanks and line ends."""
    return r"\s*".join(re.escape(letter) for letter in text)


def _known(form: ReportForm, table: Table) -> str:
    rows = [label for row in table.rows for label in (row.label, row.unit, row.block, row.part, *row.aliases)]
    columns = [label for column in table.columns for label in (column.label, *column.aliases)]
    around = [table.title, table.note, *AROUND, *(section.title for section in form.sections)]
    return "|".join(re.sub(r"[\W\d_]+", "", tidy(text)) for text in [*rows, *columns, *around])


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in keys if one))


# ── Names in print ──


@cache
def row_label(form: ReportForm, table_id: str, row_id: str, found: str = "", parent: str = "") -> str:
    """The labels from group to row, joined by `/`; `found` is the key by which the row was found, `parent` that by
    which its parent was."""
    table, row = form.table(table_id), form.row(table_id, row_id)
    above = [
        _printing(other, parent if other.id == row.parent else "")
        for other in table.rows if other is not row and _holds(other, row)
    ]  # fmt: skip
    if table.print == "items":
        above.insert(0, typeset(table.title))
    return "/".join([*above, _printing(row, found).replace("\uff1a", "/")])


def _holds(other: Row, row: Row) -> bool:
    """Whether a row stands over another: its number goes on, or it is the parent in a list without numbers."""
    if not other.no or not row.no:
        return bool(row.parent) and row.parent == other.id
    if not row.no.startswith(other.no) or row.no == other.no:
        return False
    return not (other.no[-1].isdigit() and row.no[len(other.no)].isdigit())


def _printing(row: Row, found: str) -> str:
    """The label, or the other printing that was met; a shortened or misprinted label is given in full."""
    for alias in row.aliases:
        shortened = 2 * len(found) < len(key(row.label)) or _within(found, key(row.label))
        if found in (key(alias), short_key(alias)) and not shortened:
            return _shown(alias)
    return _shown(row.label)


def _within(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _shown(label: str) -> str:
    bare = _REMARK.sub("", label).rstrip("— ★") or label
    return typeset(bare)


@cache
def column_label(form: ReportForm, table_id: str, column_id: str, year: int = 0) -> str:
    """A column as printed; the column of the year with the year that the report prints in it."""
    label = form.column(table_id, column_id).label
    if year and (fixed := re.match(r"(?:\d{4}年|本年)(?=度|发生)", label)):
        label = f"{year}年{label[fixed.end() :]}"
    return typeset(label)
