"""Text that reports share: between organs, and of one organ between years; required phrases do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gongkai.law.checks import named
from gongkai.law.findings import Finding
from gongkai.law.likeness import Corpus, Likeness, compare
from gongkai.reports.checking.organs import Groups
from gongkai.reports.checking.output import Checked
from gongkai.reports.foreign.outline import masked
from gongkai.reports.foreign.report import ReadReport

BETWEEN, YEARS = "B-COPY", "B-SAME"
SHOWN = 3
LONGEST = 300_000  # characters of one text that are compared: no report has as many, and a million takes seconds


def prose(report: ReadReport) -> tuple[str, int]:
    """The text of a report without its tables and other rows of cells, and where it begins in the text as read; cut
    where it is longer than any report."""
    start, end = report.body[0], min(report.body[1], report.body[0] + LONGEST)
    text = masked(report.text, report.tables)[start:end]
    # The reader sets cells of a row a tab apart.
    return "\n".join(" " * len(line) if "\t" in line else line for line in text.split("\n")), start


def find(groups: Groups) -> dict[str, list[Finding]]:
    """Findings by file name, for every report that shares a passage with another."""
    corpus = Corpus()
    starts: dict[str, int] = {}
    by_file = {one.name: one for one in groups.reports.values()}
    for name, one in by_file.items():
        if one.report is not None:
            text, starts[name] = prose(one.report)
            corpus.add(name, text)
    found: dict[str, list[Finding]] = defaultdict(list)
    for likeness in corpus.copied(min(named(rule).need("longest") for rule in (BETWEEN, YEARS))):
        one, other = by_file[likeness.one], by_file[likeness.other]
        same = groups.organ_of[one.name] == groups.organ_of[other.name]
        if same:
            later = max(one, other, key=_year)
            if later is other:
                likeness = compare(corpus.texts[other.name], corpus.texts[one.name])
            found[later.name] += _stale(likeness, by_file, starts)
        else:
            found[one.name].append(_copied(likeness, by_file, starts, groups.organ_of))
            turned = compare(corpus.texts[other.name], corpus.texts[one.name])
            found[other.name].append(_copied(turned, by_file, starts, groups.organ_of))
    return {name: findings[:SHOWN] for name, findings in found.items()}


def _year(one: Checked) -> int:
    return one.report.year if one.report else 0


def _copied(
    likeness: Likeness, files: Mapping[str, Checked], starts: Mapping[str, int], organs: Mapping[str, str]
) -> Finding:
    other = files[likeness.other]
    said = f"{organs[other.name]} {_year(other)} 年度报告({other.name})"
    lengths = [one.length for one in likeness.alignments] or [0]
    fields = {"count": len(lengths), "length": sum(lengths), "longest": max(lengths)}
    return _finding(BETWEEN, likeness, starts, other=said, **fields)


def _stale(likeness: Likeness, files: Mapping[str, Checked], starts: Mapping[str, int]) -> Sequence[Finding]:
    follows = abs(_year(files[likeness.one]) - _year(files[likeness.other])) == 1
    if likeness.new > named(YEARS).need("stale") or not follows:
        return ()
    return (_finding(YEARS, likeness, starts, other=likeness.other),)


def _finding(rule: str, likeness: Likeness, starts: Mapping[str, int], **fields: object) -> Finding:
    start, page = starts[likeness.one], named(rule)
    passages = sorted(likeness.alignments, key=lambda one: -one.length)[:SHOWN]
    spans = tuple((start + one.one[0], start + one.one[1]) for one in passages)
    message = page.message.format(new=f"{likeness.new:.0%}", **fields)
    return page.finding("ask", message, actual=likeness.other, spans=spans)
