"""Figures inside prose: `{table.row.column}` and `{share:a/b}` resolved into printed text that knows its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from gongkai.law.refusal import Misprint, Refused
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import BLANK, Value
from gongkai.papers.paper import Run

REFERENCE = re.compile(r"\{([^{}]*)\}")
SHARE = "share:"
UNFILLED = "(未填)"
NO_SHARE = "—"  # a share of nothing is not 0%

Figures = Mapping[str, Value]


def refs_of(form: ReportForm, reference: str) -> tuple[str, ...]:
    """The full refs that one reference (the text between braces) rests on; Refused when the form has no such figure."""
    names = reference.removeprefix(SHARE).split("/") if reference.startswith(SHARE) else [reference]
    if reference.startswith(SHARE) and len(names) != 2:
        raise Refused("unknown_figure", f"正文中的“{{{reference}}}”不是占比;请写成 {{share:分子/分母}}")
    try:
        return tuple(form.cell(name.strip()).ref for name in names)
    except Misprint:
        raise Refused(
            "unknown_figure", f"正文引用了“{{{reference}}}”,本表没有这个数字;请核对引用,写全 表.行.栏"
        ) from None


def refs_in(form: ReportForm, text: str) -> tuple[str, ...]:
    """Every full ref that a text quotes, in order, repeated ones too."""
    return tuple(ref for found in REFERENCE.findall(text) for ref in refs_of(form, found))


def runs(form: ReportForm, text: str, figures: Figures) -> tuple[Run, ...]:
    """The text as runs; a run that prints a figure carries its ref, a share carries the ref of its numerator."""
    return tuple(_runs(form, text, figures))


def resolved(form: ReportForm, text: str, figures: Figures) -> str:
    """The text as read: every reference replaced by what it prints."""
    return "".join(run.text for run in _runs(form, text, figures))


def share(part: Value, whole: Value) -> str:
    """A percentage with one decimal, rounded half up; — where the whole is zero or either is not a number."""
    if part.number is None or not whole.number:
        return NO_SHARE
    return f"{(part.number * 100 / whole.number).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _runs(form: ReportForm, text: str, figures: Figures) -> Iterator[Run]:
    end = 0
    for found in REFERENCE.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        end = found.end()
        yield _printed(form, found[1], figures)
    if end < len(text):
        yield Run(text[end:])


def _printed(form: ReportForm, reference: str, figures: Figures) -> Run:
    refs = refs_of(form, reference)
    values = [figures.get(ref, BLANK) for ref in refs]
    if len(refs) == 2:
        return Run(share(*values), ref=refs[0])
    return Run(str(values[0]) or UNFILLED, ref=refs[0])
