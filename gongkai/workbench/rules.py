"""How often each rule spoke at this desk, and how often wrongly, as the desk shows and exports it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from gongkai.law import checks
from gongkai.law.checks import Check
from gongkai.law.typesetting import typeset
from gongkai.organs.models import Organ
from gongkai.papers import xlsx
from gongkai.papers.paper import Box, Paper, Paragraph, Run, TableBlock
from gongkai.received import tally
from gongkai.received.tally import RuleTally
from gongkai.reports.checking.wording import SEVERITY
from gongkai.workbench.paging import PER_PAGE, page_links

HEADS = (
    ("规则", 1.5), ("名称", 5), ("轻重", 1), ("报告数", 1), ("查出", 1), ("其中不通过", 1.2), ("豁免", 1),
    ("答复检查有误并认可", 1.6), ("认定不是错误", 1.4), ("占查出的百分比", 1.4), ("维护", 2),
)  # fmt: skip
SAID = (
    "查出:不通过和请说明的结果,以各份报告最近一次检查为准。认定不是错误:曾经豁免,或机关答复检查有误并得到认可;"
    "一项结果两样都有的只计一次。没有人处理过的结果不作判断,因此百分比只是已知的误报。"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A rule with its tally. rule: None for one that the book has no more."""

    tally: RuleTally
    rule: Check | None

    @property
    def title(self) -> str:
        return typeset(self.rule.title) if self.rule else ""


def lines(organ: Organ) -> list[Line]:
    """The rules that spoke, those most often found wrong first."""
    known = {check.id: check for check in checks.all_checks()}
    found = [Line(one, known.get(one.rule)) for one in tally.tallies(organ)]
    return sorted(found, key=lambda line: (-line.tally.settled, -line.tally.fired, line.tally.rule))


def workbook(rows: Iterable[Line]) -> bytes:
    """Every rule of the book, those that never spoke with zeros."""
    spoken = list(rows)
    met = {line.tally.rule for line in spoken}
    silent = [Line(RuleTally(one.id, *(0,) * 6), one) for one in checks.all_checks() if one.id not in met]
    head = (tuple(Box(name, head="col") for name, _ in HEADS),)
    body = tuple(tuple(Box(text, align="left") for text in _row(line)) for line in [*spoken, *silent])
    table = TableBlock("rules", "规则查出情况", head, body, tuple(width for _, width in HEADS))
    return xlsx.write(Paper("规则查出情况", (Paragraph((Run(typeset(SAID)),)), table)))


def _row(line: Line) -> tuple[str, ...]:
    one, rule = line.tally, line.rule
    share = "" if one.share is None else f"{one.share}%"
    numbers = (one.reports, one.fired, one.failed, one.waived, one.denied, one.settled)
    severity, owner = (SEVERITY[rule.severity], rule.owner) if rule else ("", "")
    return (one.rule, line.title, severity, *map(str, numbers), share, owner)


def page_of_list(request: HttpRequest, organ: Organ, rule: str, kind: str) -> dict[str, Any]:
    """A page of the findings behind a number: those of received reports, then those of the organ's own."""
    received, own = tally.listed(organ, rule, kind)
    first, second = received.count(), own.count()
    page = Paginator(range(first + second), PER_PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    stop = start + PER_PAGE
    shown = list(received[start:stop]) if start < first else []
    rest = list(own[max(start - first, 0) : stop - first]) if stop > first else []
    return {"received": shown, "own": rest, "total": first + second, "links": page_links(page)}
