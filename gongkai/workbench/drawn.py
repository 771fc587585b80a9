"""A report as the desk shows it: drawn with each number leading to its list, its findings, and what may be done now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.findings import Finding
from gongkai.organs.models import Staff
from gongkai.papers import html
from gongkai.papers.html import Flag
from gongkai.papers.paper import Block, Heading
from gongkai.records.moves import may as moves_for
from gongkai.reports import assembling
from gongkai.reports.actions.checking import JUDGES
from gongkai.reports.actions.promising import KEEPERS
from gongkai.reports.drawing import PREAMBLE, draw
from gongkai.reports.flow import COMPILED, FLOW, OPEN, PUBLISHED, SUBMITTED
from gongkai.reports.models import Report, Waiver
from gongkai.reports.typesetting import typeset_finding

VERDICTS = {"fail": "不通过", "ask": "请说明"}
# Several moves that one button makes.
BUTTONS = {"recompile": "compile", "return": "send_back"}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the cells it speaks of: (ref, name in words).

    number: its place among those to be dealt with, 0 for the others. digest: what a waiver would be bound to; waiver:
    the one that stands.
    """

    finding: Finding
    cells: tuple[tuple[str, str], ...]
    number: int = 0
    digest: str = ""
    waiver: Waiver | None = None


def told(report: Report, on: date) -> list[Told]:
    """The findings of the last check as they count on a day, those to be dealt with numbered in the order of rules."""
    form = report.form
    day = None if report.state == PUBLISHED else on
    found, number = [], 0
    for stored in assembling.kept_findings(report):
        finding = typeset_finding(assembling.finding_of(stored, day))
        if finding.verdict in VERDICTS:
            number += 1
        cells = tuple((ref, form.name_of(ref)) for ref in finding.cells)
        place = number if finding.verdict in VERDICTS else 0
        found.append(Told(finding, cells, place, stored.digest, stored.waiver if finding.waived else None))
    return found


def tally(findings: Iterable[Told]) -> dict[str, int]:
    """How many findings of each verdict, those waived apart; 0 where there is none."""
    counted = dict.fromkeys(("fail", "ask", "not_assessable", "pass", "waived"), 0)
    for one in findings:
        counted["waived" if one.finding.waived else one.finding.verdict] += 1
    return counted


def fragment(report: Report, findings: Sequence[Told] = ()) -> SafeString:
    """The report's HTML, escaped where it is written; every figure links to the list behind it, and is flagged with the
    findings that speak of it.
    """
    flags = _flags(findings)
    return mark_safe(html.write(assembling.paper(report), link=_link(report), flags=lambda ref: flags.get(ref, ())))


def _link(report: Report) -> html.Link:
    address = reverse("workbench:figure", args=(report.pk, "REF"))
    return lambda ref: address.replace("REF", ref)


def _flags(findings: Sequence[Told]) -> dict[str, list[Flag]]:
    found: dict[str, list[Flag]] = defaultdict(list)
    for one in findings:
        if one.number and not one.finding.waived:
            said = f"检查结果{one.number}:{VERDICTS[one.finding.verdict]}"
            for ref, _ in one.cells:
                found[ref].append(Flag(one.finding.verdict, str(one.number), f"#finding-{one.number}", said))
    return found


def part(report: Report, no: str, text: str) -> SafeString:
    """One part of the report as it would be printed with this text. Refused where the text quotes no figure of it."""
    texts = {**assembling.texts(report), no: text}
    paper = draw(report.form, assembling.values(report), texts, assembling.facts(report))
    blocks = tuple(_blocks_of(no, paper.blocks))
    return mark_safe(html.write(replace(paper, blocks=blocks), link=_link(report)))


def _blocks_of(no: str, blocks: Iterable[Block]) -> Iterable[Block]:
    """From the heading of a part up to the next; before the first stands the preamble."""
    inside = no == PREAMBLE
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text.startswith(f"{no}、")
        if inside:
            yield block


def may(report: Report, staff: Staff, on: date) -> frozenset[str]:
    """The acts that this person may do now: the buttons that are shown work."""
    roles = staff.roles_on(on)
    acts = {BUTTONS.get(move.name, move.name) for move in moves_for(FLOW, report, roles, staff)}
    if "clerk" in roles:
        acts |= _clerks(report)
    if roles & set(JUDGES) and report.state in (COMPILED, SUBMITTED):
        acts.add("waive")
    if roles & set(KEEPERS) and report.period.is_year:
        acts.add("settle")
        if report.state != PUBLISHED:
            acts.add("promise")
    return frozenset(acts)


def _clerks(report: Report) -> set[str]:
    """What a clerk may do beside the moves of the flow."""
    if report.state == PUBLISHED:
        return set() if hasattr(report, "superseded_by") else {"correct"}
    if report.state not in OPEN:
        return set()
    text = {"write", "draft"} if report.period.is_year else set()
    return text | ({"check", "enter"} if report.state == COMPILED else set())
