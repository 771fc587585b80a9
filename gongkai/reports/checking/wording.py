"""Verdicts, repairs and questions in words, for every place that shows a checked file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.law.findings import Finding, Repair
from gongkai.law.refusal import Misprint
from gongkai.law.report_forms import ReportForm
from gongkai.law.typesetting import typeset
from gongkai.law.values import Value
from gongkai.reports.checking.output import Checked, excerpt
from gongkai.reports.foreign.report import ReadReport, Undecided

SAID = {"fail": "不通过", "ask": "请说明", "not_assessable": "无法核对", "pass": "通过"}
SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
SETTLED = {"printed": "原文", "width": "格数", "sums": "表内勾稽", "previous": "上年报告", "prose": "正文"}
EMPTY = {"blank": "空格", "not_applicable": "不适用", "not_reported": "未报告"}
REPAIRS = 3  # proposals shown of one finding
QUOTED = 160  # characters of evidence


def cell_name(form: ReportForm | None, ref: str) -> str:
    """A cell in words; its ref where the form has none."""
    if form is None:
        return ref
    try:
        return typeset(form.name_of(ref))
    except Misprint:
        return ref


def value(one: Value) -> str:
    """A value or its kind of nothing."""
    return str(one) if one.kind == "number" else EMPTY[one.kind]


def repair(form: ReportForm | None, one: Repair) -> str:
    """A proposal as a sentence: which cell from what to what, and what speaks for it."""
    changes = "、".join(f"{cell_name(form, ref)} {before or '空格'}→{after}" for ref, before, after in one.changes)
    return typeset(f"{changes}({one.because})" if one.because else changes)


def repairs(form: ReportForm | None, finding: Finding) -> list[str]:
    """The likeliest proposals."""
    return [repair(form, one) for one in finding.repair[:REPAIRS]]


def evidence(report: ReadReport, finding: Finding) -> list[str]:
    """The sentences that a finding rests on; its cells with their figures where it rests on none."""
    quoted = [excerpt(report, finding.section, span)["text"].strip() for span in finding.spans]
    found = [f"“{text[:QUOTED]}{'…' if len(text) > QUOTED else ''}”" for text in quoted if text]
    figures = report.figures()
    cells = [f"{cell_name(report.form, ref)}:{value(figures[ref])}" for ref in finding.cells if ref in figures]
    return found + [typeset(cell) for cell in cells]


def question(form: ReportForm | None, finding: Finding) -> str:
    """What the supervising office writes to the organ about a finding."""
    if finding.verdict == "ask":
        return typeset(f"请说明:{finding.message}")
    found = repairs(form, finding)
    return typeset(f"请核实并更正:{finding.message}" + (f"(可能的改法:{found[0]})" if found else ""))


def undecided(form: ReportForm | None, one: Undecided) -> tuple[str, str]:
    """The cells left open, and their candidates."""
    cells = "、".join(cell_name(form, ref) for ref in one.refs)
    ways = ";".join("/".join(value(each) for each in way) for way in one.candidates)
    return cells, ways + ("" if one.complete else "…")


def seriousness(one: Checked) -> str:
    """How serious the worst of a file is: 未读 | 严重 | 一般 | 待说明 | 无."""
    if one.report is None:
        return "未读"
    errors = sum(finding.severity == "error" for finding in one.failing)
    asking = sum(finding.verdict == "ask" and not finding.waived for finding in one.findings)
    return level(errors, len(one.failing), asking, undecided=len(one.report.undecided))


def level(errors: int, failing: int, asking: int, *, undecided: int) -> str:
    """The same by numbers: failures that are errors, all failures, questions, cells left open."""
    if failing:
        return "严重" if errors else "一般"
    return "待说明" if asking or undecided else "无"


def open_findings(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings to act on, the worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    live = [one for one in findings if one.verdict in ("fail", "ask") and not one.waived]
    yield from sorted(live, key=lambda one: (one.verdict != "fail", order[one.severity]))
