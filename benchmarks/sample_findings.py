"""The findings of the sample reports against what is really wrong in them: found, missed, false.

Run: python -m benchmarks.sample_findings [-v] [--truth] [NAME…] — reads ../shared/samples, or says that it is absent.
With --truth figures come from the `cells` of the truth, so that checking is measured apart from reading.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.law import identities, report_forms
from gongkai.law.findings import Finding
from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.labels import key, short_key, value_of

SAMPLES = Path(__file__).parents[2] / "shared" / "samples" / "reports"
FORMS = {"2021": "national_2021", "2019": "national_2019_2020", "prose-only": "national_2014_2018"}
TABLES = {"表三": "t3", "表四": "t4", "统计表": "annex"}
# Which rules answer to which kind of truth.
ANSWERS = {
    "table-identity": r"N(19|21|14)-T[34]|F1",
    "table-sum": r"F1[14]-0",
    "prose-sum": r"P-SUM",
    "prose-part-whole": r"P-SUM|P-SAME",
    "prose-table": r"N(21|14)-N|F-T|N14-P",
    "prose-table-label": r"P-LABEL",
    "prose-prose": r"P-(SAME|GROW)",
    "prose-scope": r"N(21|14)-N|F-T",
    "percent": r"P-(GROW|PCT)",
    "numbering": r"T-NUM|T-PART",
    "form": r"S-OLD",
    "label": r"S-LABEL",
    "missing-cell": r"S-CELL",
    "same-figures": r"S-SAME",
}


@dataclass(slots=True)
class Sample:
    """A report as the checks take it."""

    name: str
    truth: dict[str, Any]
    form: ReportForm
    figures: dict[str, Value]
    sections: dict[str, str]
    document: str
    headings: list[str]
    organ: str
    published_on: date | None
    printed: dict[str, tuple[str, str]] | None = None
    undecided: list[tuple[tuple[str, ...], int]] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """What became of one sample."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    asked: int = 0


def text_of(path: Path) -> str:
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def sample(name: str, *, from_truth: bool = False) -> Sample:
    """A sample read by the product, or with figures and headings from the truth."""
    truth = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return _from_truth(name, truth) if from_truth else _read(name, truth)


def _read(name: str, truth: dict[str, Any]) -> Sample:
    path = SAMPLES / truth["file"]
    read = read_report(path.read_bytes(), path.name)
    headings = [f"{one.no}、{one.title}" if one.level == 1 else f"({one.no}){one.title}" for one in read.headings]
    undecided = [
        (one.refs, sum(value.number is not None for value in one.candidates[0]) if one.candidates else len(one.refs))
        for one in read.undecided
    ]
    return Sample(
        name, truth, read.form or report_forms.load("national_2014_2018"), read.figures(), read.sections, read.text,
        headings, read.organ, read.published_on, read.printed(), undecided,
    )  # fmt: skip


def _from_truth(name: str, truth: dict[str, Any]) -> Sample:
    form = report_forms.load(FORMS.get(truth["form"], truth["form"]))
    said = re.sub(r"\n— ?\d+ ?—\n|\n-\d+-\n", "\n", text_of(SAMPLES / truth["file"]))
    sections = {"": prose_of(said)}
    published = re.search(r"时间:?\s*(\d{4})-(\d\d)-(\d\d)", said.replace("\uff1a", ":"))
    return Sample(
        name, truth, form, dict(figures(form, truth["cells"])), sections, said,
        headings(sections[""]), organ(said), date(*map(int, published.groups())) if published else None,
    )  # fmt: skip


def prose_of(text: str) -> str:
    """The text without its tables, cut roughly: from their first words to the heading that follows."""
    tables = (
        r"第二十条\s*第[((\uff08]一[)\uff09]项.*?(?=三、收到和处理|[((\uff08]本列数据)",
        r"[((\uff08]本列数据.*?四、结转下年度继续办理[\s\d]*",
        r"行政复议\s*行政诉讼\s.*?(?=五、存在|2024年,我市政府|2024年\uff0c我市政府|$)|行政复议行政诉讼结果维持.*?(?=五、存在)",
        r"(?<=情况统计表)\s*指标名称.*",
        r"申请人情况\s*自然人.*?四、结转下年度继续办理[\s\d]*",
    )
    for pattern in tables:
        text = re.sub(pattern, "\n", text, flags=re.DOTALL)
    return text


def headings(text: str) -> list[str]:
    bare = re.sub(r"[^\S\n]+", " ", text)
    return [
        found[0].strip()
        for found in re.finditer(
            r"(?:(?<=^)|(?<=[\n 。\uff09)]))[一二三四五六七八九十]{1,2}、 ?[^。\s,\uff0c;:\uff1a]{2,30}", bare
        )
    ]


def organ(text: str) -> str:
    bare = re.sub(r"\s", "", text)
    found = re.search(r"([\u4e00-\u9fff]{2,30}?)20\d\d年(?:度)?(?:政府信息|政务)公开", bare)
    return re.sub(r"^.*?(?=平潭|淮安|洪泽|宿迁|吉林)", "", found[1]) if found else ""


def figures(form: ReportForm, cells: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    """The truth by full ref; rows and columns matched by their labels."""
    rows = {
        (table.id, one): row.id
        for table in form.tables
        for row in table.rows
        for label in (row.label, *row.aliases)
        for one in (key(label), short_key(label))
    }
    lump = "other_remaining" if form.id == "national_2021" else "other_handling"
    rows |= {("t3", "其他处理"): lump}
    for name, block in cells.items():
        wanted = TABLES.get(name, "t2")
        for path, columns in _leaves(block):
            last = key(path.rpartition("/")[2])
            for table in form.tables:
                if table.id.startswith(wanted) and (table.id, last) in rows:
                    yield from _row(form, table.id, rows[table.id, last], columns)


def _leaves(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, inner in block.items():
        if any(isinstance(value, dict) for value in inner.values()):
            yield from _leaves(inner)
        else:
            yield path, inner


def _row(form: ReportForm, table: str, row: str, columns: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    for label, value in columns.items():
        bare = re.sub(r"^\d{4}年?度?", "本年度", label) if re.match(r"\d{4}", label) else label
        for column in form.table(table).columns:
            if key(bare) in {key(one) for one in (column.label, *column.aliases)} and f"{table}.{row}.{column.id}" in {
                cell.ref for cell in form.cells
            }:
                ref = f"{table}.{row}.{column.id}"
                read = value_of(form, form.cell(ref), "" if value is None else str(value))
                if read is not None:
                    yield ref, read


def findings_of(one: Sample, previous: Sample | None = None, others: dict[str, Any] | None = None) -> list[Finding]:
    """Every finding of the checks on one sample."""
    return identities.check(
        one.form, one.figures, sections=one.sections, year=one.truth["year"], headings=one.headings,
        previous=(previous.form, previous.figures) if previous else None,
        previous_sections=previous.sections if previous else None, document=one.document, organ=one.organ,
        published_on=one.published_on, others=others or {}, printed=one.printed,
        undecided=one.undecided,
        reporter_kind="county_government" if "政府" in one.organ or one.organ.endswith("区") else "department",
    )  # fmt: skip


def score(one: Sample, findings: list[Finding]) -> Score:
    """Errors found as fail, questions as ask; a trap must not fail, and nothing else may."""
    result = Score()
    used: set[int] = set()
    for wrong in one.truth["findings"]:
        rules = re.compile(ANSWERS[wrong["kind"]])
        wanted = {"error": ("fail",), "question": ("ask", "fail"), "trap": ("ask",)}[wrong["severity"]]
        hits = [
            place
            for place, finding in enumerate(findings)
            if rules.match(finding.rule) and finding.verdict in wanted and _fits(wrong, finding)
        ]
        used.update(hits)
        label = f"{wrong['severity']} {wrong['kind']}"
        if hits or wrong["severity"] == "trap":
            result.found.append(label)
        else:
            result.missed.append(f"{label}: {wrong['message'][:60]}")
    for place, finding in enumerate(findings):
        if finding.verdict == "fail" and place not in used:
            result.false.append(f"{finding.rule} {finding.message[:110]}")
        result.asked += finding.verdict == "ask"
    return result


def _fits(wrong: dict[str, Any], finding: Finding) -> bool:
    """Where the truth names two figures, the finding names one of them at least."""
    figures = [str(wrong[side]) for side in ("left", "right", "prose", "table") if side in wrong]
    said = f"{finding.message} {finding.expected} {finding.actual}"
    return not figures or all(figure in said for figure in figures)


def main(names: list[str]) -> None:
    if not SAMPLES.is_dir():
        print(f"no samples at {SAMPLES}: nothing measured")
        return
    from_truth = "--truth" in names
    samples = {path.stem: sample(path.stem, from_truth=from_truth) for path in sorted(SAMPLES.glob("*.json"))}
    chosen = [name for name in names if not name.startswith("-")] or list(samples)
    total = Score()
    for name in chosen:
        result = _measured(samples[name], samples, verbose="-v" in names)
        total.found += result.found
        total.missed += result.missed
        total.false += result.false
        total.asked += result.asked
    print(_line("all", total))


def _measured(one: Sample, samples: dict[str, Sample], *, verbose: bool) -> Score:
    """The score of one sample, printed; last year's report and those on the same form stand beside it."""
    stem, year = one.name.rsplit("-", 1)
    others = {other.name: other.figures for other in samples.values() if other is not one and other.form is one.form}
    findings = findings_of(one, samples.get(f"{stem}-{int(year) - 1}"), others)
    result = score(one, findings)
    print(_line(one.name, result))
    for word, lines in (("missed", result.missed), ("false", result.false)):
        for line in lines:
            print(f"    {word:6} {line}")
    for finding in findings if verbose else ():
        if finding.verdict in ("fail", "ask"):
            print(f"    {finding.verdict:6} {finding.rule} {finding.message[:150]}")
    return result


def _line(name: str, result: Score) -> str:
    counts = f"found {len(result.found)} missed {len(result.missed)} false {len(result.false)} ask {result.asked}"
    return f"{name:45} {counts}"


if __name__ == "__main__":
    main(sys.argv[1:])
