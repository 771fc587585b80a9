"""A report held against the registers of its organ: what it says, what is held, and the list behind that number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gongkai.law import holdings
from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding
from gongkai.law.holdings import PRINTED, Held, Said
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import Cell, ReportForm
from gongkai.law.typesetting import typeset
from gongkai.law.values import Value
from gongkai.organs.models import Organ
from gongkai.reports import counting
from gongkai.reports.counting import Query
from gongkai.reports.periods import Period
from gongkai.reports.queries import RecordList
from gongkai.reports.registered import PRIVATE, Registers

TO_DATE = "~"  # after a rule's id: everything up to the end of the year
NO_OPENING = "没有期初余额,累计数无从对照"
ORDER = {"fail": 0, "ask": 1, "not_assessable": 2, "pass": 3}


@dataclass(frozen=True)
class Told:
    """What a report says: its figures by ref and its text by section. everything: also what is held in registers that
    are not public, for the organ's own eyes."""

    organ: Organ
    form: ReportForm
    period: Period
    figures: Mapping[str, Value]
    sections: Mapping[str, str]
    everything: bool = True

    @cached_property
    def evidence(self) -> Evidence:
        """As rules look at it."""
        name = self.organ.name_on(self.period.last)
        return Evidence(self.form, self.figures, sections=self.sections, year=self.period.year, organ=name)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said and what is held. claim: the words or the name of the cell; place: the address of the list behind
    the number, "" where there is none."""

    finding: Finding
    claim: str
    where: str
    place: str

    @property
    def message(self) -> str:
        return typeset(self.finding.message)


def lines(told: Told) -> list[Line]:
    """Everything that a report says of what its registers hold, the doubtful first."""
    registers = Registers(told.organ, told.period)
    found = [*_spoken(told, registers), *_printed(told, registers)]
    return sorted(found, key=lambda line: ORDER[line.finding.verdict])


def records(told: Told, place: str) -> RecordList:
    """The list behind a number: the same query. Refused for a place that is none, or whose register is not public."""
    check, _, rest = place.partition(TO_DATE)
    rule = next((rule for rule in holdings.rules() if rule.id == check and rule.kind != PRINTED), None)
    found = _behind_text(told, rule, to_date=place.endswith(TO_DATE)) if rule and not rest else _behind(told, place)
    if found is None:
        raise Refused("not_found", f"没有“{place}”这一清单")
    return found


def _behind_text(told: Told, rule: Check, *, to_date: bool) -> RecordList | None:
    name, where = holdings.measures(rule)
    registers = Registers(told.organ, told.period)
    return registers.listed(name, where, to_date=to_date) if told.everything or _is_public(rule, name) else None


def _behind(told: Told, ref: str) -> RecordList | None:
    rule = holdings.rules(PRINTED)[0]
    balances = counting.openings_of(told.organ, told.form, told.period)
    for query in counting.plan(told.form, told.organ, told.period, balances):
        for cell in query.cells:
            if cell.ref == ref and (told.everything or _is_public(rule, query.measure.name)):
                return RecordList(query, cell.where)
    return None


def _is_public(rule: Check, measure: str) -> bool:
    """Whether the organ above may look into the register: the page names it, or is `public` as a whole."""
    public = rule.terms.get("public", False)
    return bool(public) if isinstance(public, bool) else measure in public


def _spoken(told: Told, registers: Registers) -> Iterator[Line]:
    """What the text says. A list is counted once, however often the text speaks of it."""
    said = [one for rule in holdings.rules() if rule.kind != PRINTED for one in holdings.said(rule, told.evidence)]
    lists: dict[str, RecordList] = {}
    why: dict[str, str] = {}
    for one in said:
        name, where = holdings.measures(one.check)
        listed = registers.listed(name, where, to_date=one.to_date)
        why[_place(one)] = _closed(told, one.check, listed, registers)
        if not why[_place(one)]:
            lists[_place(one)] = listed
    totals = registers.totals(lists)
    for one in said:
        place = _place(one)
        held = registers.held(lists[place], totals[place]) if place in lists else Held(None, why[place])
        finding = holdings.spoken(one, held)
        yield Line(finding, f"“{one.claim.quote}”", one.where, place if place in lists else "")


def _place(one: Said) -> str:
    return one.check.id + TO_DATE * one.to_date


def _closed(told: Told, rule: Check, listed: RecordList, registers: Registers) -> str:
    """Why a register cannot be held against the report, "" where it can."""
    measure = listed.query.measure
    if not told.everything and not _is_public(rule, measure.name):
        return PRIVATE
    return registers.missing(measure)


def _printed(told: Told, registers: Registers) -> Iterator[Line]:
    """What the table says: every filled cell that a register counts."""
    for rule in holdings.rules(PRINTED):
        held = _by_cell(told, registers, rule)
        in_order = {cell.ref: held[cell.ref] for cell in told.form.cells if cell.ref in held}
        for finding in holdings.printed(rule, told.evidence, in_order):
            ref = finding.cells[0]
            place = ref if held[ref].number is not None else ""
            yield Line(finding, told.form.name_of(ref), told.form.table(told.form.cell(ref).table).title, place)


def _by_cell(told: Told, registers: Registers, rule: Check) -> dict[str, Held]:
    balances = counting.openings_of(told.organ, told.form, told.period)
    found: dict[str, Held] = {}
    cells: dict[str, Cell] = {}
    lists: dict[str, RecordList] = {}
    for query in counting.plan(told.form, told.organ, told.period, balances):
        for cell in query.cells:
            listed = RecordList(query, cell.where)
            why = _closed(told, rule, listed, registers) or _lacking(query, cell, balances)
            if why:
                found[cell.ref] = Held(None, why)
            elif told.evidence.value(cell.ref).number is not None:
                cells[cell.ref], lists[cell.ref] = cell, listed
    for ref, total in registers.totals(lists).items():
        query = lists[ref].query
        counted = counting.answer(query, cells[ref], total, balances)
        found[ref] = Held(counted.value.number, counted.basis, registers.whole(query.measure))
    return found


def _lacking(query: Query, cell: Cell, balances: counting.Openings) -> str:
    """Why a cumulative figure cannot be counted: nothing says what it started from."""
    cumulative = cell.period == "cumulative" and query.measure.kind == "flow"
    return NO_OPENING if cumulative and counting.opening_of(cell, query.measure, balances) is None else ""
