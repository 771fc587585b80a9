"""Rules about the outline: numbering of headings, parts announced and found, parts that are required."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding
from gongkai.law.numerals import parse
from gongkai.law.prose_items import passage
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import ReportForm, Section

_HEADING = re.compile(
    r"^\s*(?:第?(?P<no>[一二三四五六七八九十]{1,3})(?:部分)?\s*[、,.．:\s]|[(\uff08](?P<sub>[一二三四五六七八九十]{1,3})[)\uff09])\s*(?P<title>.*)$"
)
_ANNOUNCED = re.compile(
    r"(?:由|包括|包含|分为|分)(?P<list>[^。;]{0,200}?)(?P<etc>等)?共?(?:计)?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})个?(?:大)?部分"
)
_ANNEX = re.compile(r"附[件表]|统计表")
# 因…申请行政复议、提起行政诉讼的情况 is one part.
_BETWEEN_PARTS = re.compile(r"[、,](?!提起|行政诉讼)|(?<=情况)[及和]|(?<=措施)[及和]|以及")
_POINT = re.compile(r"(?:^|(?<=[。;,:!?\s]))([一二三四五六七八九])是")
PREAMBLE = 3000  # characters in which the parts are announced
MOST_HEADINGS = 200
NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading. level 1 is 一、, level 2 is (一)."""

    number: int
    level: int
    title: str

    @property
    def shown(self) -> str:
        return (
            f"{chinese(self.number)}、{self.title[:20]}"
            if self.level == 1
            else f"({chinese(self.number)}){self.title[:20]}"
        )


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二; what headings need."""
    if number <= 10:
        return NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def numbered(headings: Iterable[str]) -> list[Numbered]:
    """Printed headings as numbers and titles; lines without a number are left out."""
    found = []
    for line in headings:
        match = _HEADING.match(line)
        if match is None:
            continue
        try:
            number = int(parse(match["no"] or match["sub"]))
        except Refused:
            continue
        found.append(Numbered(number, 1 if match["no"] else 2, match["title"].strip()))
    return found


def numbering(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """heading_order: 一, 二, 三 … follow each other; a list that starts anew at 一 inside a part is no fault."""
    rows = _rows(evidence.form)
    named = [one for one in numbered(evidence.headings or ()) if one.level == 1 and _bare(one.title) not in rows]
    # The very same heading again stands over a table, or over a page that goes on.
    heads = [one for place, one in enumerate(named) if not place or one != named[place - 1]]
    if len(heads) < 2:
        yield check.finding("not_assessable", "无法核对:没有读到标题")
        return
    # What stands before the first heading that was read cannot be told.
    outer, inner = heads[0].number - 1, 0
    opened: Numbered | None = None
    for head in heads:
        if head.number == outer + 1 and not (head.number == inner + 1 and inner):
            outer, inner, opened = head.number, 0, None
        elif inner and head.number == inner + 1:
            inner += 1
        elif head.number == 1:
            inner, opened = 1, head
        else:
            whole = _stated(evidence) == len(heads)
            yield _misnumbered(check, heads, head, outer, inner, opened, whole=whole)
            return
    yield check.finding("pass", f"标题编号连续,共{outer}个部分")


@cache
def _rows(form: ReportForm) -> frozenset[str]:
    """Labels of the form's rows, which carry numbers too."""
    labels = [row.label for table in form.tables for row in table.rows]
    return frozenset(_bare(re.sub(r"^[一二三四五六七八九十]+、", "", label)) for label in labels)


def _misnumbered(
    check: Check, heads: Sequence[Numbered], head: Numbered, outer: int, inner: int, opened: Numbered | None,
    *, whole: bool,
) -> Finding:  # fmt: skip
    """A number twice with another missing is a fault; a gap alone may be a heading that was not read, unless there are
    as many as the report says (`whole`)."""
    listed = "、".join(one.shown for one in heads)
    if opened and inner + 1 < head.number <= outer:  # a gap in the list inside, whose heading may not have been read
        fault = f"“{chinese(head.number)}”之前没有“{chinese(inner + 1)}”"
        return check.finding("ask", check.message.format(fault=fault, listed=listed), actual=listed)
    missing = chinese(max(outer, inner) + 1)
    repeated = (opened is not None and inner < 2) or sum(one.number == head.number for one in heads) > 1
    if repeated:
        twice = chinese((opened or head).number)
        fault = f"“{twice}”出现两次,没有“{missing}”" if opened else f"“{twice}”出现两次"
        return check.finding("fail", check.message.format(fault=fault, listed=listed), actual=listed)
    message = check.message.format(fault=f"“{chinese(head.number)}”之前没有“{missing}”", listed=listed)
    return check.finding("fail" if whole else "ask", message, actual=listed)


def _stated(evidence: Evidence) -> int | None:
    """How many parts the report says that it has."""
    for section, text in (evidence.sections or {}).items():
        if match := _ANNOUNCED.search(passage(section, text).text, 0, PREAMBLE):
            return int(parse(match["n"]))
    return None


def announced(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """heading_count: "本报告由…共四个部分组成" names as many parts as it says, and the report has as many."""
    for section, text in (evidence.sections or {}).items():
        where = passage(section, text)
        match = _ANNOUNCED.search(where.text, 0, PREAMBLE)
        if match:
            yield _announced(check, evidence, match, where.span(*match.span()), section)
            return
    reason = "无法核对:没有报告正文" if evidence.sections is None else "正文没有预告由几个部分组成"
    yield check.finding("not_assessable", reason)


def _announced(check: Check, evidence: Evidence, match: re.Match[str], span: tuple[int, int], section: str) -> Finding:
    stated = int(parse(match["n"]))
    names = [name for name in _BETWEEN_PARTS.split(match["list"]) if name.strip()]
    heads = [one for one in numbered(evidence.headings or ()) if one.level == 1]
    count = len({one.title for one in heads})
    annex = bool(_ANNEX.search(match["list"])) or bool(_ANNEX.search(evidence.document[-6000:]))
    faults = []
    if not match["etc"] and len(names) > 1 and abs(len(names) - stated) == 1:
        faults.append(f"列出{len(names)}个")
    if heads and count not in (stated, stated - 1 if annex else stated, stated + (1 if annex else 0)):
        faults.append(f"标题有{count}个")
    if not faults:
        return check.finding("pass", f"预告{stated}个部分,相符", spans=(span,), section=section)
    message = check.message.format(stated=stated, found="、".join(faults))
    return check.finding("fail", message, spans=(span,), section=section, expected=str(stated), actual=str(count))


def _bare(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def _same(one: str, other: str) -> bool:
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return False
    return one in other or other in one or SequenceMatcher(None, one, other).ratio() > 0.5


def outline(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """required_sections: every part of the form's outline is there and not empty."""
    if evidence.sections is None:
        yield check.finding("not_assessable", "无法核对:没有报告正文")
        return
    titles = [one.title for one in numbered(evidence.headings or ())[:MOST_HEADINGS]]
    lacking = [section for section in evidence.form.sections if not _has(section, evidence, titles)]
    if lacking:
        listed = "、".join(f"“{section.no}、{section.title}”" for section in lacking)
        yield check.finding("fail", check.message.format(lacking=listed), actual=listed)
    else:
        yield check.finding("pass", f"应有的{len(evidence.form.sections)}个部分俱全")


def _has(section: Section, evidence: Evidence, titles: Sequence[str]) -> bool:
    text = (evidence.sections or {}).get(section.no, "")
    if section.kind != "text":
        tables = [table.id for table in evidence.form.tables if table.part == section.no or section.kind == "annex"]
        filled = any(ref.partition(".")[0] in tables for ref in evidence.figures)
        return filled or not tables or bool(text.strip())
    if text.strip():
        return True
    return any(_same(section.title, title) for title in titles) and section.no not in (evidence.sections or {})


def aspects(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """required_aspects: a part speaks of each of the matters that the form asks for."""
    section = check.need("section")
    text = (evidence.sections or {}).get(section, "")
    if not text.strip():
        yield check.finding("not_assessable", f"无法核对:没有第{section}部分的正文")
        return
    bare = passage(section, text).text
    lacking = [one["name"] for one in check.need("must") if not re.search(one["pattern"], bare)]
    if lacking:
        message = check.message.format(section=section, lacking="、".join(lacking))
        yield check.finding("fail", message, section=section)
    else:
        yield check.finding("pass", f"第{section}部分各方面俱全", section=section)


def depth_order(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """subheading_order: (一), (二), (三) … within one part follow each other."""
    heads = numbered(evidence.headings or ())
    runs: list[list[Numbered]] = [[]]
    for head in heads:
        if head.level == 1 or (head.number == 1 and runs[-1]):
            runs.append([])
        if head.level == 2:
            runs[-1].append(head)
    faults = [
        f"({chinese(before.number)})之后是({chinese(after.number)})"
        for run in runs
        for before, after in pairwise(run)
        if after.number != before.number + 1
    ]
    if faults:
        yield check.finding("fail", check.message.format(fault="、".join(faults)))
    elif any(runs):
        yield check.finding("pass", "各部分内的编号连续")
    else:
        yield check.finding("not_assessable", "无法核对:没有读到下级标题")


def points(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """points_order: in a list told as 一是…二是…三是… no number comes twice while its neighbour is missing."""
    seen = 0
    faulty = False
    for section, text in (evidence.sections or {}).items():
        where = passage(section, text)
        for run in _runs(list(_POINT.finditer(where.text))):
            seen += 1
            numbers = [NUMERALS.index(one[1]) for one in run]
            if sorted(numbers) != numbers or len(set(numbers)) == len(numbers) or numbers[-1] != len(numbers):
                continue
            faulty = True
            fault = "、".join(f"{one[1]}是" for one in run)
            yield check.finding(
                "fail", check.message.format(fault=fault), spans=(where.span(*run[-1].span()),), section=section,
                actual=fault,
            )  # fmt: skip
    if not faulty:
        yield check.finding("pass" if seen else "not_assessable", f"{seen}处列举编号连续" if seen else "正文没有列举")


def _runs(found: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Lists told one after the other: each begins at 一是."""
    runs: list[list[re.Match[str]]] = []
    for one in found:
        if one[1] == "一":
            runs.append([])
        if runs:
            runs[-1].append(one)
    return [run for run in runs if len(run) > 2]


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "heading_order": numbering,
    "subheading_order": depth_order,
    "points_order": points,
    "heading_count": announced,
    "required_sections": outline,
    "required_aspects": aspects,
}
