"""The demonstration step by step: each is done once, in transactions that hold whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.demonstration import afterwards, institutions, items, neighbours, oversight, people, telling
from gongkai.demonstration.days import at, first_day, publication_day
from gongkai.demonstration.figures import published
from gongkai.demonstration.invented import YEARS
from gongkai.demonstration.years import Handover, handovers
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ
from gongkai.records import workbooks
from gongkai.records.importing import import_workbook
from gongkai.reports import actions as reports
from gongkai.reports import assembling
from gongkai.reports.flow import OPEN, SUBMITTED
from gongkai.reports.models import OpeningBalance, Report
from gongkai.workbench.ledgers import LEDGERS

FORM_2012 = "jilin_city_2012"
CARRIED_TO = date(2011, 12, 31)
BY_NAME = {ledger.name: ledger for ledger in LEDGERS}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. done: a query or two; do: does it, or what is left of it, and gives a line on what was done."""

    name: str
    title: str
    done: Callable[[], bool]
    do: Callable[[], str]


def steps() -> Iterator[Step]:
    """All steps in their order, each dated in the year it tells of."""
    yield Step("accounts", "机关和演示账号", people.are_here, _settle)
    for handover in handovers():
        year = handover.year
        yield _ledger_step(handover)
        if year == 2012:
            yield Step("openings", "登记期初余额(截至2011年)", _opened, _open)
        if year == afterwards.LAST:
            yield Step("quarter", "第四季度统计表(演示虚构)", afterwards.fourth_quarter_done, afterwards.fourth_quarter)
        if year in years():
            yield _report_step(year)
        if year == afterwards.ERRATUM:
            yield Step("erratum", f"更正{year}年度报告(演示虚构)", afterwards.erratum_done, afterwards.erratum)
    for told in neighbours.all_told():
        yield _neighbour_step(told)
    yield Step("oversight", "公众留言和上级提醒(演示虚构)", oversight.done, oversight.do)
    yield Step("institutions", "指南、制度和目录责任(演示虚构)", institutions.done, institutions.do)
    yield Step("open", "在办的更正和季度统计表(演示虚构)", afterwards.open_work_done, afterwards.open_work)
    yield Step("items", "启用公开审核流程,各环节的公开信息(演示虚构)", items.done, items.do)


def years() -> tuple[int, ...]:
    """The years that have a report, oldest first."""
    return (2012, *YEARS)


def _ledger_step(handover: Handover) -> Step:
    return Step(handover.name, f"导入{handover.title}", lambda: _imported(handover), lambda: _import(handover))


def _neighbour_step(told: neighbours.Told) -> Step:
    title = f"{told['name']}的登记簿和2025年度报告"
    return Step(told["code"], title, lambda: neighbours.done(told), lambda: neighbours.do(told))


def _report_step(year: int) -> Step:
    return Step(f"report-{year}", f"编制、检查、发布{year}年度报告", lambda: _published(year), lambda: _report(year))


def _settle() -> str:
    people.settle(at(date(2013, 1, 4), 9))
    return f"{len(people.ACCOUNTS)} 个账号"


# ── Ledgers ──


def _imported(handover: Handover) -> bool:
    name, number, days = handover.proof
    filled = {f"{day}__isnull": False for day in days}
    return BY_NAME[name].model._default_manager.filter(organ__code=people.BUREAU, number=number, **filled).exists()


def _import(handover: Handover) -> str:
    """Through the same door as any office's workbook: written as xlsx, read back, checked, imported."""
    ledgers = [ledger for ledger in LEDGERS if handover.rows.get(ledger.name)]
    book = workbooks.filled(ledgers, handover.rows)
    result = import_workbook(
        book, organ=people.bureau(), ledgers=LEDGERS, by=people.staff("zhangsan"), at=at(handover.on, 9)
    )
    if result.faults:
        raise Refused("demonstration_faulty", "演示登记簿有误:" + ";".join(result.sentences(5)))
    return f"新增 {result.added:,} 条、更新 {result.changed:,} 条"


# ── Opening balances ──


def balances() -> Mapping[str, int]:
    """What stood before 2012, by row of the annex: the printed cumulative figure less that of the year."""
    return {row: told["cumulative"] - told["year"] for row, told in published()["row"].items()}


def _opened() -> bool:
    held = OpeningBalance.objects.filter(organ__code=people.BUREAU, form_id=FORM_2012, as_of=CARRIED_TO)
    return held.count() >= len(balances())


def _open() -> str:
    organ, clerk, moment = people.bureau(), people.staff("zhangsan"), at(first_day(2012), 10)
    source = f"{published()['source']}:累计数减2012年发生数"
    for row, value in balances().items():
        reports.set_opening_balance(
            organ, form_id=FORM_2012, table="annex", row=row, value=Decimal(value), as_of=CARRIED_TO, source=source,
            by=clerk, at=moment, provenance="reconstructed",
        )  # fmt: skip
    return f"{len(balances())} 行"


# ── Reports ──


def report_of(year: int) -> Report | None:
    """The bureau's report of a year as it was first published, on the form in force."""
    of_the_year = Report.objects.filter(organ__code=people.BUREAU, year=year, period_code="year")
    return of_the_year.order_by("version", "pk").first()


def _published(year: int) -> bool:
    report = report_of(year)
    return report is not None and report.state == "published"


def _report(year: int) -> str:
    """Takes up where it was left: a draft is compiled anew, text is written anew, which changes nothing."""
    report = report_of(year) or _create(people.bureau(), year)
    if report.state in OPEN:
        _submit(report)
    if report.state == SUBMITTED:
        reports.approve(report, by=people.staff("lisi"), at=at(publication_day(year), 9))
    reports.publish(report, by=people.staff("zhaoliu"), at=at(publication_day(year), 10))
    findings = assembling.stored_findings(report)
    failing = sum(finding.verdict == "fail" for finding in findings)
    return f"{report.figures.count()} 个数字,{len(findings)} 条检查,{failing} 条不通过"


def _submit(report: Report) -> None:
    clerk, day = people.staff("zhangsan"), first_day(report.year)
    reports.compile(report, by=clerk, at=at(day, 14))
    reports.draft_narrative(report, by=clerk, at=at(day, 14))
    _tell(report, telling.claims_2012() if report.year == 2012 else telling.later(report.year))
    afterwards.look_back(report.year - 1, at(day, 15))
    afterwards.plan(report, at(day, 15))
    reports.check(report, by=clerk, at=at(day, 16))
    accepting = telling.REASON_2012 if report.year == 2012 else ""
    reports.submit(report, by=clerk, at=at(day, 17), accepting=accepting)


def _create(organ: Organ, year: int) -> Report:
    provenance = "reconstructed" if year == 2012 else "invented"
    return reports.create(organ, year, by=people.staff("zhangsan"), at=at(first_day(year), 14), provenance=provenance)


def _tell(report: Report, added: Mapping[str, str]) -> None:
    """Add our paragraphs behind the drafted ones, unless an interrupted run has already."""
    texts = dict(report.sections.values_list("no", "text"))
    for no, paragraphs in added.items():
        if paragraphs not in texts[no]:
            text = f"{texts[no]}\n{paragraphs}".strip()
            reports.write_section(report, no, text, by=people.staff("zhangsan"), at=at(first_day(report.year), 15))
