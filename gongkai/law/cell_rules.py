"""Rules about single cells: which numbers a cell may carry, and who may fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from gongkai.law.checks import Check, Evidence, label
from gongkai.law.findings import Finding
from gongkai.law.report_forms import Cell, ReportForm
from gongkai.law.vectors import Number


@cache
def _cells(check: Check, form: ReportForm) -> tuple[tuple[int, Cell], ...]:
    """The cells of the tables and columns that the page names, with their places; all where it names none."""
    tables, columns = check.terms.get("tables"), check.terms.get("columns")
    without = check.terms.get("except_columns", ())
    return tuple(
        (place, cell)
        for place, cell in enumerate(form.cells)
        if (not tables or cell.table in tables)
        and cell.column not in without
        and (not columns or cell.column in columns)
    )


def _each(check: Check, evidence: Evidence, wrong: Callable[[Cell, Number], str]) -> Iterator[Finding]:
    """A finding for each cell that carries a wrong number, or one that says how many were looked at."""
    seen = 0
    faulty = False
    numbers = evidence.numbers.numbers
    for place, cell in _cells(check, evidence.form):
        figure = numbers[place]
        if figure is None:
            continue
        seen += 1
        if fault := wrong(cell, figure):
            faulty = True
            text = evidence.numbers.texts[place]
            message = check.message.format(where=label(evidence.form, cell.ref), figure=text, fault=fault)
            yield check.finding("fail", message, actual=text, cells=(cell.ref,))
    if not seen:
        yield check.finding("not_assessable", "无法核对:表内没有一个数")
    elif not faulty:
        yield check.finding("pass", f"已核对{seen}格,均合格")


def _fraction(cell: Cell, figure: Number) -> str:
    if isinstance(figure, int) or figure == round(figure, cell.decimals):
        return ""
    return f"小数超过{cell.decimals}位" if cell.decimals else "不是整数"


def not_negative(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """Numbers are at least 0, and whole except in cells of money (as many decimals as the form gives them)."""
    yield from _each(check, evidence, lambda cell, figure: "是负数" if figure < 0 else _fraction(cell, figure))


def signed(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """Increase or decrease: may be negative, must be whole."""
    yield from _each(check, evidence, _fraction)


def star_blank(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """★ cells carry a number only in the reports of those reporters who may fill them."""
    stars = [cell for cell in evidence.form.cells if cell.star]
    if evidence.reporter_kind in evidence.form.star_reporters:
        yield check.finding("pass", "本机关可以填报★栏")
        return
    filled = [cell for cell in stars if evidence.value(cell.ref).number is not None]
    for cell in filled:
        figure = str(evidence.value(cell.ref))
        message = check.message.format(
            where=label(evidence.form, cell.ref), figure=figure, note=evidence.form.star_note
        )
        yield check.finding("fail", message, actual=figure, cells=(cell.ref,))
    if not filled:
        yield check.finding("pass", f"★栏{len(stars)}格均未填数")


def first_year(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """In the first year of a form the year before cannot have used it."""
    if evidence.year is None:
        yield check.finding("not_assessable", "无法核对:未说明报告年度")
    elif evidence.year != evidence.form.first_year:
        yield check.finding("pass", f"{evidence.year}年不是本格式的首个年度")
    elif evidence.previous is not None and evidence.previous[0] is evidence.form:
        yield check.finding("fail", check.message.format(where=f"{evidence.year}年", form=evidence.form.title))
    else:
        yield check.finding("pass", f"{evidence.year}年是本格式的首个年度,没有可比的上年数")


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "nonneg_int": not_negative,
    "nonneg_number": not_negative,
    "signed": signed,
    "star_blank": star_blank,
    "first_year": first_year,
}
