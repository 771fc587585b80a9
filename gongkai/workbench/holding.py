"""A report beside its organ's registers, as the desk shows and exports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from gongkai.papers import xlsx
from gongkai.papers.paper import Box, Paper, TableBlock
from gongkai.reports import holding
from gongkai.reports.assembling import resolved_texts, values
from gongkai.reports.checking.wording import SAID
from gongkai.reports.holding import Line, Told
from gongkai.reports.models import Report
from gongkai.workbench import registers
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.paging import PER_PAGE, page_links

HEADS = (
    ("所在", 2),
    ("报告的说法", 5),
    ("报告的数", 1.2),
    ("登记簿的数", 1.2),
    ("结论", 1.2),
    ("说明", 7),
    ("规则", 1.5),
)


def told_by(report: Report) -> Told:
    """What one of the organ's own reports says."""
    texts = resolved_texts(report) if report.period.is_year else {}
    return Told(report.organ, report.form, report.period, values(report), texts)


def shown(lines: Sequence[Line]) -> dict[str, Any]:
    """The lines for a page: those to look at, the rest behind a click, and how many of each."""
    counts = {verdict: sum(line.finding.verdict == verdict for line in lines) for verdict in holding.ORDER}
    groups = {verdict: [line for line in lines if line.finding.verdict == verdict] for verdict in holding.ORDER}
    return {"counts": counts, "doubtful": groups["fail"] + groups["ask"], "rest": groups}


def listed(request: HttpRequest, told: Told, place: str) -> dict[str, Any]:
    """A page of the list behind a number. Refused for a place that is none."""
    found = holding.records(told, place)
    page = Paginator(range(found.count), PER_PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    return {
        "listing": found, "rows": found.page(start, start + PER_PAGE), "links": page_links(page), "of": place,
        "ledger": registers.ledger_of(LEDGERS, found.model),
    }  # fmt: skip


def workbook(title: str, lines: Iterable[Line]) -> bytes:
    """Every line as a sheet."""
    head = (tuple(Box(name, head="col") for name, _ in HEADS),)
    body = tuple(tuple(Box(text, align="left") for text in _row(line)) for line in lines)
    table = TableBlock("held", "与登记簿对照", head, body, tuple(width for _, width in HEADS))
    return xlsx.write(Paper(f"{title} 与登记簿对照", (table,)))


def _row(line: Line) -> tuple[str, ...]:
    one = line.finding
    return line.where, line.claim, one.actual, one.expected, SAID[one.verdict], line.message, one.rule
