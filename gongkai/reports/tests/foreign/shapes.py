"""Invented reports drawn as running text, in the shapes that tables take when a page or a PDF is turned into text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from gongkai.law.report_forms import ReportForm, Row, Table
from gongkai.law.typesetting import typeset
from gongkai.law.values import BLANK, Value, plain
from gongkai.reports.labels import marker
from gongkai.reports.tests.foreign.invention import Invented


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table becomes text.

    between: what stands between the cells of a row; around: between label and figures; after: behind a row.
    stray: share of borders of cells with a space where `between` is empty. broken: share of labels with a space or line
    end inside; misprint: with a letter lost. heads: column heads are printed; twice: share of rows behind which they
    are repeated. numbers: rows are numbered where the label has no number (⑴, 12.); groups: the group of a row, printed
    before its first row.
    """

    between: str = ""
    around: str = ""
    after: str = ""
    stray: float = 0.0
    broken: float = 0.0
    misprint: float = 0.0
    heads: bool = True
    twice: float = 0.0
    numbers: bool = False
    groups: bool = False


GLUED = Shape()
SPACED = Shape(between=" ", around=" ", after=" ")
LINES = Shape(between="\n", around="\n", after="\n")
STRAY = Shape(stray=0.3, around=" ", broken=0.2)
BROKEN = Shape(between=" ", around=" ", after=" ", broken=0.4)
MISPRINTED = Shape(misprint=0.15)
REPEATED = Shape(between=" ", around=" ", after="\n", twice=0.05)
# A page pasted into a text editor: every cell ends in a bar, and begins a line or not.
BARS = Shape(between=" |\n", around=" |\n", after=" |\n|\n", numbers=True, groups=True)
BARRED = Shape(between=" | ", around=" | ", after="\n", numbers=True, groups=True)
SHAPES: Mapping[str, Shape] = {
    "glued": GLUED, "spaced": SPACED, "lines": LINES, "stray": STRAY, "broken": BROKEN, "misprinted": MISPRINTED,
    "repeated": REPEATED, "bars": BARS, "barred": BARRED,
}  # fmt: skip


class Drawing:
    """One invented report being written as text."""

    def __init__(self, report: Invented, shape: Shape, seed: int, *, lump: bool = False) -> None:
        self.report, self.shape, self.chance, self.lump = report, shape, Random(seed), lump
        self._group = ""

    def text(self) -> str:
        """The whole report: opening, sections, tables."""
        form, year = self.report.form, self.report.year
        pieces = [f"{self.report.title} ", f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"]
        for section in form.sections:
            pieces.append(f"{section.no}、{typeset(section.title)}{self.shape.around or ' '}")
            pieces.append(self.report.prose.get(section.no, "" if section.kind != "text" else "各项工作按要求开展。"))
            for table in form.tables:
                if table.part == section.no or (not table.part and section is form.sections[-1]):
                    pieces.append(self.table(table))
        pieces.append(f" {self.report.organ} {year + 1}年1月20日")
        return "".join(pieces)

    def table(self, table: Table) -> str:
        if table.print == "disputes":
            return self._matrix(table)
        pieces = []
        if table.print == "items":
            pieces.append(typeset(table.title) + self.shape.after)
        pieces += self._head(table) if self.shape.heads else []
        for row in table.rows:
            if self._hidden(row):
                continue
            pieces.append(self.label(row))
            if row.role != "header" or (self.lump and row.lump):
                pieces.append(self.shape.around + self._unit(table, row) + self.run(table, row) + self.shape.after)
            if self.chance.random() < self.shape.twice:
                pieces += ["\n— 5 —\n", *(self._head(table) if self.shape.heads else [])]
        return "".join(pieces)

    def _hidden(self, row: Row) -> bool:
        return self.lump and row.group == "h_other"

    def _unit(self, table: Table, row: Row) -> str:
        return row.unit + self.shape.around if table.print == "list" and row.unit else ""

    def _head(self, table: Table) -> list[str]:
        gap = self.shape.around
        labels = [typeset(column.label).replace("本年度", f"{self.report.year}年度") for column in table.columns]
        if table.print == "applications":
            labels = [
                "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
                "申请人情况",
                labels[0],
                "法人或其他组织",
                labels[-1],
                *labels[1:-1],
            ]
        elif table.print == "items":
            labels = ["信息内容", *labels]
        else:
            labels = ["指标名称", "计量单位", *labels]
        return [gap.join(labels), self.shape.after or gap]

    def label(self, row: Row) -> str:
        """A label as printed, perhaps with a space inside or a letter lost."""
        label = self._group_of(row) + self._number(row) + typeset(row.label)
        if self.chance.random() < self.shape.broken and len(label) > 5:
            at = self.chance.randint(3, len(label) - 1)
            label = label[:at] + self.chance.choice((" ", "\n")) + label[at:]
        if row.role != "header" and len(label) > 9 and self.chance.random() < self.shape.misprint:
            at = self.chance.randint(5, len(label) - 2)
            label = label[:at] + label[at + 1 :]
        return label

    def _number(self, row: Row) -> str:
        """A number such as 12. or ⑴, for a row that has none in its label."""
        found = re.search(r"(?P<no>\d+)$|\((?P<inner>\d)\)$", row.no) if self.shape.numbers else None
        if found is None or marker(row.label):
            return ""
        return (
            f"{found['no']}."
            if found["no"]
            else ("其中：" if found["inner"] == "1" else "") + chr(0x2473 + int(found["inner"]))
        )

    def _group_of(self, row: Row) -> str:
        """The group of a row before the first of its rows."""
        new, self._group = row.block != self._group, row.block
        return row.block + self.shape.around if self.shape.groups and new and row.block else ""

    def run(self, table: Table, row: Row) -> str:
        source = row.lump if row.role == "header" else row.id
        cells = [f"{table.id}.{source}.{column.id}" for column in table.columns]
        return self.figures([self.report.figures[ref] for ref in cells if ref in self.report.figures])

    def figures(self, values: list[Value]) -> str:
        """Figures of a row: a blank cell leaves nothing behind."""
        text = ""
        for place, value in enumerate(shown for shown in map(written, values) if shown):
            stray = " " if not self.shape.between and self.chance.random() < self.shape.stray else self.shape.between
            text += (stray if place else "") + value
        return text

    def _matrix(self, table: Table) -> str:
        gap = self.shape.around
        results = gap.join(typeset(column.label) for column in table.columns)
        head = gap.join(("行政复议", "行政诉讼", results, "未经复议直接起诉", "复议后起诉", results, results))
        values = [
            self.report.figures[f"{table.id}.{row.id}.{column.id}"] for row in table.rows for column in table.columns
        ]
        return f"{head} {self.figures(values)}{self.shape.after}"


def written(value: Value) -> str:
    if value == BLANK:
        return ""
    return "-" if value.number is None else plain(value.number)


def draw(report: Invented, shape: Shape, seed: int, *, lump: bool = False) -> str:
    """An invented report as text in a shape; the same seed, the same text."""
    return Drawing(report, shape, seed, lump=lump).text()


Change = Callable[[Invented, Random], None]


def break_one(report: Invented, chance: Random) -> None:
    """One cell wrong, as published reports have them: an identity that covers it no longer holds."""
    ref = chance.choice(sorted(report.figures))
    value = report.figures[ref].number
    if value is not None:
        report.figures[ref] = Value("number", value + chance.choice((1, 2, 9, 10, 90)))


def blank_one(report: Invented, chance: Random) -> None:
    """One cell left blank."""
    report.figures[chance.choice(sorted(report.figures))] = BLANK


def with_lump(form: ReportForm, report: Invented) -> None:
    """The figures of a report on a form whose 其他处理 is printed as one row: those of the other rows are in it."""
    table = next(table for table in form.tables if table.print == "applications")
    rows = [row for row in table.rows if row.group == "h_other"]
    lump = next(row.lump for row in table.rows if row.lump)
    for column in table.columns:
        total = sum((report.figures[f"{table.id}.{row.id}.{column.id}"].number or 0) for row in rows)
        for row in rows:
            report.figures.pop(f"{table.id}.{row.id}.{column.id}")
        report.figures[f"{table.id}.{lump}.{column.id}"] = Value("number", total)  # type: ignore[arg-type]
