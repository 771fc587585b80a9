"""Rules about the form as printed: an old form, labels misprinted, cells left out, figures of somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache

from gongkai.law.checks import Check, Evidence, Figures, label
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm, Table

_YEAR_OVER = re.compile(r"(?:19|20)\d\d年度?$")
_NUMBERING = re.compile(r"^(?:其中:?)?(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、])")
SHORTEST = 8  # characters a label must have to be told from running text
ENOUGH = 5  # different numbers other than 0 that two reports must share to look copied


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def outdated(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """form_in_force: the form is the one for the year of the report."""
    form, year = evidence.form, evidence.year
    if year is None:
        yield check.finding("not_assessable", "无法核对:未说明报告年度")
    elif form.covers(year):
        yield check.finding("pass", f"{year}年度适用本格式")
    else:
        span = f"{form.first_year}至{form.last_year or ''}年度"
        yield check.finding("fail", check.message.format(year=year, form=form.title, span=span), actual=form.id)


def old_rows(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """old_rows: a row printed as an older form has it, in place of the rows of this one."""
    text = _tidy(evidence.document)
    printed = "".join(row for row, _ in (evidence.printed or {}).values())
    everything = text + _tidy(printed)
    if not everything:
        yield check.finding("not_assessable", "无法核对:没有报表所印的文字")
        return
    old = check.need("header") in everything and not any(word in text for word in check.need("rows"))
    if old and text:
        yield check.finding("fail", check.message.format(header=check.need("header")), cells=_refs(check, evidence))
    else:
        yield check.finding("pass", "各行与本格式一致")


def _refs(check: Check, evidence: Evidence) -> tuple[str, ...]:
    return tuple(ref for ref in evidence.figures if ref.split(".")[1] == check.terms.get("row"))


def labels(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """label_misprint: where the form's label is nowhere in the document but one nearly like it is, it is misprinted."""
    text = _tidy(evidence.document)
    if not text:
        yield check.finding("not_assessable", "无法核对:没有报表所印的文字")
        return
    faulty = False
    for wanted, known in _labels(evidence.form).items():
        if any(one in text for one in known):
            continue
        near = _near(wanted, text)
        if near:
            faulty = True
            yield check.finding("fail", check.message.format(printed=near, label=wanted), expected=wanted, actual=near)
    if not faulty:
        yield check.finding("pass", "栏目名称与格式一致")


@cache
def _labels(form: ReportForm) -> Mapping[str, tuple[str, ...]]:
    """Labels long enough to look for, each with its other printings; numbering and remarks in brackets left out."""
    found: dict[str, tuple[str, ...]] = {}
    for table in form.tables:
        for row in table.rows:
            bare = [
                re.sub(r"\([^()]*\)$", "", _NUMBERING.sub("", _tidy(one))).rstrip("★")
                for one in (row.label, *row.aliases)
            ]
            if len(bare[0]) >= SHORTEST and re.fullmatch(r"[\u4e00-\u9fff、“”]+", bare[0]):
                found[bare[0]] = tuple(bare)
    return found


def _near(wanted: str, text: str) -> str:
    """The words in the text that begin and end like the label and differ by a few characters, "" where none do."""
    head, tail = wanted[:3], wanted[-2:]
    for match in re.finditer(f"(?<=[\\d.、)]){re.escape(head)}", text):
        window = text[match.start() : match.start() + len(wanted) + 1]
        end = window.find(tail, 3)
        if end < 0:
            continue
        candidate = window[: end + 2]
        likely = SequenceMatcher(None, wanted, candidate).ratio() >= 0.75
        if likely and len(candidate) >= len(wanted) - 4 and re.fullmatch(r"[\u4e00-\u9fff、“”]+", candidate):
            return candidate
    return ""


def incomplete(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """row_incomplete: a row of a matrix with fewer figures than cells, where the rows around it are complete."""
    seen = 0
    faulty = False
    for refs, filled in evidence.undecided:
        if filled < len(refs) and len(refs) > 2:
            faulty = True
            yield _incomplete(check, evidence, refs, filled)
    for table in evidence.form.tables:
        if table.layout != "matrix" or len(table.columns) < 3:
            continue
        gaps, full = _rows(table, evidence)
        seen += full + len(gaps)
        # Who leaves cells blank for 0 does so all over the table.
        if len(gaps) > full:
            continue
        for _, filled, cells in gaps:
            faulty = True
            yield _incomplete(check, evidence, tuple(cells), filled)
    if not faulty:
        yield check.finding("pass" if seen else "not_assessable", f"已核对{seen}行" if seen else "没有可核对的行")


def _incomplete(check: Check, evidence: Evidence, refs: tuple[str, ...], filled: int) -> Finding:
    cell = evidence.form.cell(refs[0])
    name = evidence.form.row(cell.table, cell.row).label
    message = check.message.format(row=name, filled=filled, cells=len(refs))
    return check.finding("fail", message, expected=str(len(refs)), actual=str(filled), cells=refs)


def _rows(table: Table, evidence: Evidence) -> tuple[list[tuple[str, int, list[str]]], int]:
    gaps: list[tuple[str, int, list[str]]] = []
    full = 0
    refs = _by_row(evidence.form, table.id)
    for row, cells in refs.items():
        filled = sum(evidence.value(ref).number is not None or ref in evidence.unknown for ref in cells)
        if filled == len(cells):
            full += 1
        elif filled:
            gaps.append((row, filled, [ref for ref in cells if evidence.value(ref).number is None] or cells))
    return [(row, filled, refs[row]) for row, filled, _ in gaps], full


@cache
def _by_row(form: ReportForm, table: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cell in form.cells:
        if cell.table == table:
            found.setdefault(cell.row, []).append(cell.ref)
    return found


def same_figures(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """same_figures: another report has the very same numbers."""
    if not evidence.others:
        yield check.finding("not_assessable", "无法核对:没有其他报告")
        return
    own = _numbers(evidence.figures)
    twins = [
        name
        for name, figures in evidence.others.items()
        if len(set(own.values())) >= ENOUGH and _numbers(figures) == own
    ]
    for name in twins:
        yield check.finding("fail", check.message.format(name=name, count=len(own)), actual=name)
    if not twins:
        yield check.finding("pass", f"与其他{len(evidence.others)}份报告的数不雷同")


def _numbers(figures: Figures) -> dict[str, object]:
    return {ref: value.number for ref, value in figures.items() if value.number}


def extremes(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """jump: a figure a hundred times last year's, or a hundredth, may have slipped a unit or a digit."""
    if evidence.previous is None or evidence.previous[0] is not evidence.form:
        yield check.finding("not_assessable", "无法核对:缺少同一格式的上年报告")
        return
    times, least = check.need("times"), check.need("least")
    faulty = False
    for ref, value in evidence.figures.items():
        before = evidence.previous[1].get(ref)
        if value.number is None or before is None or before.number is None or not before.number or not value.number:
            continue
        high, low = max(value.number, before.number), min(value.number, before.number)
        if low > 0 and high >= least and high >= low * times:
            faulty = True
            message = check.message.format(where=label(evidence.form, ref), now=str(value), before=str(before))
            yield check.finding("fail", message, expected=str(before), actual=str(value), cells=(ref,))
    if not faulty:
        yield check.finding("pass", "与上年各数没有百倍之差")


def head_year(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """head_year: the year printed over a column is that of the report."""
    heads = {labels[1]: ref for ref, labels in (evidence.printed or {}).items() if _YEAR_OVER.match(labels[1])}
    if not heads or evidence.year is None:
        yield check.finding("not_assessable", "表头没有印年度" if evidence.year else "无法核对:不知报告年度")
        return
    wrong = {head: ref for head, ref in heads.items() if head[:4] != str(evidence.year)}
    for head, ref in wrong.items():
        message = check.message.format(head=head, year=evidence.year)
        yield check.finding("fail", message, expected=f"{evidence.year}年度", actual=head, cells=(ref,))
    if not wrong:
        yield check.finding("pass", f"表头年度为{evidence.year}")


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "form_in_force": outdated,
    "old_rows": old_rows,
    "label_misprint": labels,
    "row_incomplete": incomplete,
    "head_year": head_year,
    "same_figures": same_figures,
    "jump": extremes,
}
