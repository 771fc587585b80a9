"""The checks of the book: one page a rule, its examples, and the evidence that a rule looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from gongkai.law import book
from gongkai.law.findings import Finding, Severity, Verdict
from gongkai.law.refusal import Misprint
from gongkai.law.report_forms import ReportForm
from gongkai.law.report_forms import load as load_form
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.law.vectors import Vector, joint

OWN_FIELDS = frozenset(
    {
        "title",
        "title_en",
        "message",
        "kind",
        "severity",
        "basis",
        "cite",
        "cite_en",
        "note",
        "forms",
        "owner",
        "passes",
        "fails",
    }
)
SEVERITIES = ("error", "warning", "info")
BASES = ("form", "regulation", "practice", "inference")
OWNER = "本软件维护者"
"""Who answers for a rule whose page names nobody: a province's own rules name theirs (`owner`)."""
EVERY_FORM = ("*",)  # for rules about the text, whatever the form
BETWEEN = ("copied_text", "stale_text", "sum_of_children", "part_of_parent", "two_reports")
"""Kinds that hold between reports; whoever has several of them runs these (reports.checking). One report alone has none
of their findings.
"""
HELD = ("held_said", "held_done", "held_printed")
"""Kinds that hold a report against registers (law.holdings); of a report alone they say nothing."""
# How an example writes a cell that carries no number.
NO_NUMBER = {"": BLANK, "-": NOT_APPLICABLE, "★": NOT_REPORTED}

Figures = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check may look at. figures: value by full ref; a ref that is absent counts as blank.

    previous: form and figures of the year before, the same form or an older one. sections: text by section number;
    None when only tables are at hand. year: report year, None when unknown. headings: numbered headings as printed, in
    order. printed: row label (from group to row, joined by `/`) and column label of a cell as the document prints them.
    published_on: the day it was made public; signed_on: the date below it. organ: whose report it is.
    previous_sections: text of last year's report. document: all of its text, tables included. others: figures of other
    reports on the same form, by name.
    undecided: cells that the document fills without settling them, with how many figures it holds for them; they are
    neither blank nor zero. vector: the figures in the order of the form, made beforehand where many rules look at them.
    """

    form: ReportForm
    figures: Figures
    previous: tuple[ReportForm, Figures] | None = None
    reporter_kind: str = "department"
    sections: Mapping[str, str] | None = None
    year: int | None = None
    headings: Sequence[str] | None = None
    printed: Mapping[str, tuple[str, str]] | None = None
    published_on: date | None = None
    signed_on: date | None = None
    organ: str = ""
    document: str = ""
    previous_sections: Mapping[str, str] | None = None
    others: Mapping[str, Figures] = field(default_factory=dict)
    undecided: Sequence[tuple[tuple[str, ...], int]] = ()
    unknown: frozenset[str] = frozenset()
    vector: Vector | None = None

    @property
    def numbers(self) -> Vector:
        """The figures in the order of the form, last year's behind them."""
        return self.vector or joint(self.form, self.figures, self.previous)

    def value(self, ref: str) -> Value:
        return self.figures.get(ref, BLANK)


@dataclass(frozen=True, slots=True)
class Example:
    """A small table (and text) on which the check must come to `verdict`. held: what the registers hold, as written."""

    evidence: Evidence
    verdict: Verdict
    note: str = ""
    held: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One rule of the book. kind names the reasoning, terms are its parameters as written on the page.

    message: sentence for a finding that does not pass; the fields it may name depend on the kind.
    owner: who answers for it. basis: form (printed on it) | regulation | practice | inference. An `info` rule that does
    not hold asks.
    """

    id: str
    title: str
    message: str
    kind: str
    severity: Severity
    basis: str
    cite: str
    note: str
    forms: tuple[str, ...]
    terms: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""

    def need(self, name: str) -> Any:
        """A parameter that this kind cannot do without; Misprint when the page lacks it."""
        if name not in self.terms:
            raise Misprint(self.page, f"{self.kind} 类规则缺少 {name}", "补上这一项")
        return self.terms[name]

    @property
    def rests_on(self) -> str:
        """Basis and citation as a finding carries them."""
        return f"{self.basis} {self.cite}"

    @property
    def page(self) -> str:
        return f"checks/{self.id}.toml"

    def finding(self, verdict: Verdict, message: str, **more: Any) -> Finding:
        """A finding of this rule; a rule of severity info turns fail into ask."""
        if verdict == "fail" and self.severity == "info":
            verdict = "ask"
        return Finding(self.id, verdict, self.severity, self.title, message, basis=self.rests_on, **more)


@cache
def load(form_id: str) -> tuple[Check, ...]:
    """The checks that apply to a form, in the order of their ids. Misprint when a page is faulty."""
    load_form(form_id)
    return tuple(check for check in all_checks() if form_id in check.forms or check.forms == EVERY_FORM)


@cache
def named(name: str) -> Check:
    """One check by its id. Misprint when the page is faulty."""
    return _check(name)


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the book."""
    return tuple(_check(name) for name in book.pages("checks"))


def examples(check: Check) -> tuple[Example, ...]:
    """The page's own examples. Misprint unless at least one passes and one does not."""
    page = book.page("checks", check.id)
    not_holding: Verdict = "ask" if check.severity == "info" else "fail"
    found = [_example(check, raw, "pass") for raw in page.get("passes", ())]
    found += [_example(check, raw, not_holding) for raw in page.get("fails", ())]
    verdicts = {example.verdict for example in found}
    if "pass" not in verdicts or not verdicts & {not_holding, "ask"}:
        raise Misprint(check.page, "至少要有一个通过的例子和一个不通过的例子", "写 [[passes]] 和 [[fails]]")
    return tuple(found)


@cache
def label(form: ReportForm, ref: str) -> str:
    """How a message names a cell: its row, and its column where the table has several."""
    cell = form.cell(ref)
    table = form.table(cell.table)
    row = f"“{form.row(cell.table, cell.row).label.rstrip('★')}”"
    return row if len(table.columns) == 1 else f"{row}{form.column(cell.table, cell.column).label}"


def _check(name: str) -> Check:
    raw = book.page("checks", name)
    for needed in ("title", "message", "kind", "severity", "basis", "cite", "forms"):
        if not raw.get(needed):
            raise Misprint(f"checks/{name}.toml", f"缺少 {needed}", "补上这一项")
    if raw["severity"] not in SEVERITIES or raw["basis"] not in BASES:
        raise Misprint(f"checks/{name}.toml", f"severity 应为 {SEVERITIES} 之一,basis 应为 {BASES} 之一")
    return Check(
        id=name,
        title=raw["title"],
        message=raw["message"],
        kind=raw["kind"],
        severity=raw["severity"],
        basis=raw["basis"],
        cite=raw["cite"],
        note=raw.get("note", ""),
        forms=tuple(raw["forms"]),
        terms={key: value for key, value in raw.items() if key not in OWN_FIELDS},
        owner=raw.get("owner", OWNER),
    )


def _example(check: Check, raw: Mapping[str, Any], verdict: Verdict) -> Example:
    form = load_form(raw.get("form", "national_2021" if check.forms == EVERY_FORM else check.forms[0]))
    before = raw.get("previous")
    previous = None
    if before is not None:
        old_form = load_form(before.get("form", form.id))
        previous = (old_form, _figures(old_form, before.get("figures", {})))
    undecided = [
        (tuple(form.resolve(ref).ref for ref in one["cells"]), one["figures"]) for one in raw.get("undecided", ())
    ]
    evidence = Evidence(
        form=form,
        figures=_figures(form, raw.get("figures", {})),
        previous=previous,
        reporter_kind=raw.get("reporter", "department"),
        sections=raw.get("text"),
        year=raw.get("year"),
        headings=raw.get("headings"),
        printed={form.resolve(ref).ref: (labels[0], labels[1]) for ref, labels in raw["printed"].items()}
        if "printed" in raw
        else None,
        published_on=raw.get("published_on"),
        signed_on=raw.get("signed_on"),
        organ=raw.get("organ", ""),
        document=raw.get("document", ""),
        previous_sections=before.get("text") if before is not None else None,
        undecided=undecided,
        unknown=frozenset(ref for refs, _ in undecided for ref in refs),
        others={name: _figures(form, figures) for name, figures in raw.get("others", {}).items()},
    )
    return Example(evidence, cast(Literal["pass"], raw.get("verdict", verdict)), raw.get("note", ""), raw.get("held"))


def _figures(form: ReportForm, raw: Mapping[str, int | float | str]) -> dict[str, Value]:
    return {form.resolve(ref).ref: _value(value) for ref, value in raw.items()}


def _value(raw: int | float | str) -> Value:
    return NO_NUMBER[raw] if isinstance(raw, str) else number(Decimal(str(raw)))
