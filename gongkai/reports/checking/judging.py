"""The findings on a report as read: which rules apply, what stands beside it, and whose report it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.law import checks, identities
from gongkai.law.checks import EVERY_FORM, Figures
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm, all_forms
from gongkai.reports.checking.output import missing
from gongkai.reports.foreign.report import ReadReport, Undecided
from gongkai.reports.foreign.wording import row_label

OF_THE_FORM = ("form_in_force", "required_sections", "required_aspects")  # kinds that ask what a form prescribes
# By how a name ends; the kinds are those of the vocabulary `reporter_kinds`.
_KINDS = (
    (re.compile(r"(?:办公厅|办公室|管委会办公室|政府办)$"), "general_office"),
    (re.compile(r"(?:乡|镇)(?:人民)?政府$|街道(?:办事处)?$|[乡镇]$"), "township_government"),
    (re.compile(r"(?:实验区|开发区|高新区|新区|示范区|园区)(?:管委会|管理委员会)?$"), "development_zone"),
    (re.compile(r"(?:县|区|旗)(?:人民)?政府$|[县区旗]$"), "county_government"),
    (re.compile(r"(?:市|州|盟|地区)(?:人民)?政府$|[市州盟]$|行政公署$"), "city_government"),
)


def reporter_kind(organ: str) -> str:
    """What kind of reporter an organ is, by its name; a department where the name does not say."""
    return next((kind for pattern, kind in _KINDS if pattern.search(organ)), "department")


def judge(
    report: ReadReport,
    previous: ReadReport | None = None,
    others: Mapping[str, Figures] | None = None,
    kind: str | None = None,
) -> list[Finding]:
    """Every finding on a report. previous: last year's; others: figures of reports on the same form, by name.

    A report without tables is judged by the rules about text alone.
    """
    form = report.form or form_for(report.year)
    findings = identities.check(
        form, report.figures(),
        previous=(previous.form, previous.figures()) if previous and previous.form else None,
        reporter_kind=kind or reporter_kind(report.organ),
        sections=report.sections or None,
        year=report.year or None,
        previous_sections=(previous.sections or None) if previous else None,
        headings=_headings(report),
        printed=report.printed() if report.format != "json" else None,
        published_on=report.published_on,
        signed_on=report.signed_on,
        organ=report.organ,
        document=report.text[report.body[0] : report.body[1]],
        others=others,
        undecided=[*((one.refs, _filled(one)) for one in report.undecided), *_unread(report)],
    )  # fmt: skip
    if report.form is None:
        about_text = {
            check.id for check in checks.load(form.id) if check.forms == EVERY_FORM and check.kind not in OF_THE_FORM
        }
        findings = [finding for finding in findings if finding.rule in about_text]
    return findings


def _filled(one: Undecided) -> int:
    """How many figures stand there for the cells."""
    return sum(value.number is not None for value in one.candidates[0]) if one.candidates else len(one.refs)


def _unread(report: ReadReport) -> Iterator[tuple[tuple[str, ...], int]]:
    """Cells of rows that are printed and were not understood: unknown, not blank; and those of a table of applications,
    which prints all its rows, that were not found in it (rows of an older form may stand for several)."""
    if report.form is None:
        return
    read = set() if report.variants else {cell.place[0] for cell in report.cells}
    for ref in missing(report):
        cell = report.form.cell(ref)
        if cell.table in read and report.form.table(cell.table).print == "applications":
            yield (ref,), 1
            continue
        label = row_label(report.form, cell.table, cell.row)
        if any(line.startswith(label) for line in report.not_understood):
            yield (ref,), 1


def _headings(report: ReadReport) -> Sequence[str] | None:
    if report.format == "json":
        return None
    return [f"{one.no}、{one.title}" if one.level == 1 else f"({one.no}){one.title}" for one in report.headings]


def form_for(year: int) -> ReportForm:
    """The national form of a year; the nearest where none covers it."""
    national = [form for form in all_forms() if form.jurisdiction == "全国"]
    return min(national, key=lambda form: (not form.covers(year), abs(form.first_year - year)))
