"""What goes on beside the yearly reports: plans and what became of them, an erratum, quarters, work on the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongkai.approvals.models import Charge
from gongkai.demonstration import people
from gongkai.demonstration.days import at
from gongkai.law.values import number
from gongkai.organs import register
from gongkai.reports import actions as reports
from gongkai.reports.models import Promise, Report
from gongkai.workbench.ledgers import LEDGERS

LAST = 2025  # the latest year that has a report
ERRATUM = 2024
# What the report of a year announces: text, who answers for it, by when; and what became of it a year later.
PLANS = {
    2024: (
        ("〔演示虚构〕为重点政策配图解和问答", "〔演示虚构〕政策法规科", date(2025, 11, 28), "kept", "解读栏全年12篇"),
        ("〔演示虚构〕逐季核对登记簿", "〔演示虚构〕行政审批办", date(2025, 12, 31), "partly", "前三个季度已核对"),
    ),
    2025: (
        ("〔演示虚构〕改进公开专栏的检索", "〔演示虚构〕信息中心", date(2026, 6, 30), "", ""),
        ("〔演示虚构〕申请答复文书集中讲评两次", "〔演示虚构〕政策法规科", date(2026, 12, 18), "", ""),
    ),
}


def plan(report: Report, moment: datetime) -> None:
    """Enter what the report of a year announces for the next, unless an interrupted run has already."""
    told = set(Promise.objects.filter(organ=report.organ, year=report.year).values_list("text", flat=True))
    lead = people.staff("zhaoliu")
    for text, owner, due_on, *_ in PLANS.get(report.year, ()):
        if text not in told:
            reports.promise(report, text, owner=owner, due_on=due_on, by=lead, at=moment)


def look_back(year: int, moment: datetime) -> None:
    """Say what became of the plan of a year, where that is told."""
    told = {text: (status, evidence) for text, _, _, status, evidence in PLANS.get(year, ()) if status}
    for made in Promise.objects.filter(organ__code=people.BUREAU, year=year, status="open", text__in=told):
        status, evidence = told[made.text]
        reports.settle_promise(made, status, f"〔演示虚构〕{evidence}", by=people.staff("zhangsan"), at=moment)


# ── An erratum: a record was wrong, the published figure too ──


def erratum_done() -> bool:
    """Whether the second version is out."""
    return Report.objects.filter(organ__code=people.BUREAU, year=ERRATUM, version=2, state="published").exists()


@transaction.atomic
def erratum() -> str:
    """The record is corrected, the report compiled anew as its second version, and published with the reason."""
    clerk = people.staff("zhangsan")
    _correct_charge(at(date(2025, 5, 12), 9))
    first = Report.objects.get(organ__code=people.BUREAU, year=ERRATUM, period_code="year", version=1)
    reason = "〔演示虚构〕读者来信指出收费金额有误：第三季度一笔退费重复扣减，已更正登记"
    second = reports.correct(first, reason, by=clerk, at=at(date(2025, 5, 12), 10))
    reports.compile(second, by=clerk, at=at(date(2025, 5, 12), 11))
    _lead_to_publication(second, lambda hour: at(date(2025, 5, 13), hour))
    return "第2版已发布,第1版照旧可读"


def _correct_charge(moment: datetime) -> None:
    charge = Charge.objects.get(organ__code=people.BUREAU, number=f"{ERRATUM}-SF-3")
    ledger = next(one for one in LEDGERS if one.model is Charge)
    changes = {"amount": charge.amount + Decimal(1200)}
    register.amend(charge, ledger, changes=changes, by=people.staff("zhangsan"), at=moment)


def _lead_to_publication(report: Report, hour: Callable[[int], datetime]) -> None:
    """Checked and submitted by one person, approved by another, published by a third."""
    reports.check(report, by=people.staff("zhangsan"), at=hour(8))
    reports.submit(report, by=people.staff("zhangsan"), at=hour(9))
    reports.approve(report, by=people.staff("lisi"), at=hour(10))
    reports.publish(report, by=people.staff("zhaoliu"), at=hour(11))


# ── Quarters ──


def _quarter(year: int, code: str) -> Report | None:
    return Report.objects.filter(organ__code=people.BUREAU, year=year, period_code=code).first()


def _begin_quarter(year: int, code: str, day: date) -> Report:
    clerk = people.staff("zhangsan")
    table = reports.create(people.bureau(), year, period_code=code, by=clerk, at=at(day, 14), provenance="invented")
    reports.compile(table, by=clerk, at=at(day, 15))
    return table


def fourth_quarter_done() -> bool:
    """Whether the table of the last quarter stands."""
    return _quarter(LAST, "q4") is not None


@transaction.atomic
def fourth_quarter() -> str:
    """A quarterly table led to its end by the same steps as a report; it is not a public report."""
    table = _begin_quarter(LAST, "q4", date(LAST + 1, 1, 15))
    _lead_to_publication(table, lambda hour: at(date(LAST + 1, 1, 16), hour))
    return f"{table.figures.count()} 个数字"


# ── What lies on the desk ──


def open_work_done() -> bool:
    """Whether the open things stand: the quarterly table comes last."""
    return _quarter(LAST + 1, "q1") is not None


@transaction.atomic
def open_work() -> str:
    """A correction at work, with a figure entered beside the counted one; and a table that waits for approval."""
    clerk = people.staff("zhangsan")
    report = Report.objects.get(organ__code=people.BUREAU, year=LAST, period_code="year", version=1)
    begun, reason = date(LAST + 1, 4, 15), "〔演示虚构〕读者留言指出行政处罚少计两件，核对案卷属实"
    second = reports.correct(report, reason, by=clerk, at=at(begun, 9))
    reports.enter_figure(
        second, "t2_6.administrative_penalty.decisions", number(9), "〔演示虚构〕两件简易程序处罚漏登，案卷已补",
        source="〔演示虚构〕2025年行政处罚案卷目录", by=clerk, at=at(begun, 10),
    )  # fmt: skip
    reports.check(second, by=clerk, at=at(begun, 11))
    table = _begin_quarter(LAST + 1, "q1", date(LAST + 1, 4, 16))
    reports.check(table, by=clerk, at=at(date(LAST + 1, 4, 16), 16))
    reports.submit(table, by=clerk, at=at(date(LAST + 1, 4, 16), 17))
    return "1 份更正在办、1 份季度统计表待审定"
