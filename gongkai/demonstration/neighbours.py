"""Organs beside the bureau, so that their city has several to look after: each as far with its report as it is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.demonstration import people
from gongkai.demonstration.days import at
from gongkai.demonstration.dealing import shared_out, spread
from gongkai.demonstration.figures import neighbours
from gongkai.demonstration.invented_applications import LABEL, batch_rows, labelled
from gongkai.demonstration.rebuilt import Row, Rows
from gongkai.law.calendar import on_or_after
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.records import workbooks
from gongkai.records.importing import import_workbook
from gongkai.reports import actions as reports
from gongkai.reports import soundness
from gongkai.reports.models import Report
from gongkai.workbench.ledgers import LEDGERS

YEAR = 2025
IMPORTED, COMPILED = date(YEAR + 1, 1, 14), date(YEAR + 1, 1, 19)
WAIVED_UNTIL = date(YEAR + 1, 12, 31)
WRITTEN = "（演示虚构）登记还不够及时；今后逐月核对登记簿。"
# Who works there: nobody signs in as one of them, except where the organ has a demonstration login.
POSTS = (("clerk", "登记员"), ("reviewer", "审核员"), ("publisher", "发布员"))

Told = dict[str, Any]


def done(told: Told) -> bool:
    """Whether the organ and its report stand: they are made in one transaction."""
    return Report.objects.filter(organ__code=told["code"], year=YEAR).exists()


@transaction.atomic
def do(told: Told) -> str:
    """The organ, its people, its registers, and its report as far as it has come."""
    begun, city = at(IMPORTED, 8), Organ.objects.get(code=people.CITY)
    organ = people.settle_organ(told["code"], told["kind"], told["name"], "", begun, provenance="invented", parent=city)
    staff = _staff(organ, told, begun)
    rows = ledgers(told)
    book = workbooks.filled([ledger for ledger in LEDGERS if rows.get(ledger.name)], rows)
    import_workbook(book, organ=organ, ledgers=LEDGERS, by=staff["clerk"], at=at(IMPORTED, 9))
    report = _compiled(organ, told, staff)
    _lead(report, told, staff)
    return report.get_state_display()


def _staff(organ: Organ, told: Told, begun: datetime) -> dict[str, Staff]:
    """One person for each step, because no two of them may be done by the same; a login there is one of them."""
    logins = [one for one in people.ACCOUNTS if one.organ == told["code"]]
    found = {one.roles[0]: people.staff(one.username) for one in logins}
    for role, title in POSTS:
        if role not in found:
            found[role] = people.colleague(organ, f"{told['code'].lower()}-{role}", f"{LABEL}{title}", role, at=begun)
    return found


def ledgers(told: Told) -> Rows:
    """The rows of the organ's registers by ledger name."""
    return {
        "disclosures": [_document(place, told["documents"]) for place in range(1, told["documents"] + 1)],
        "approval_items": [
            labelled(number=f"SX-{power}", power=power, name=f"{LABEL}事项", from_on=date(YEAR - 3, 1, 4))
            for power in told["decisions"]
        ],
        "approval_decisions": [
            labelled(
                number=f"{YEAR}-{power}-{month:02}", power=power, decided_on=on_or_after(date(YEAR, month, 15)),
                quantity=quantity,
            )
            for power, total in told["decisions"].items()
            for month, quantity in enumerate(shared_out(total, 12), start=1)
            if quantity
        ],
        "applications": batch_rows(told["batch"]),
    }  # fmt: skip


def _document(place: int, of: int) -> Row:
    day = spread(of, date(YEAR, 2, 10), date(YEAR, 10, 31))[place - 1]
    return labelled(
        number=f"{YEAR}-GF-{place:02}", title=f"{LABEL}{YEAR}年行政规范性文件第{place}件",
        document_number=f"演示〔{YEAR}〕{place}号", index_number=f"{YEAR}-GF-{place:03}", attribute="proactive",
        information_class="normative_documents", public_interest="no", instrument="normative_document",
        is_document="yes", made_on=day, published_on=day, effective_on=day,
    )  # fmt: skip


def _compiled(organ: Organ, told: Told, staff: dict[str, Staff]) -> Report:
    clerk = staff["clerk"]
    report = reports.create(organ, YEAR, by=clerk, at=at(COMPILED, 9), provenance="invented")
    reports.compile(report, by=clerk, at=at(COMPILED, 10))
    reports.draft_narrative(report, by=clerk, at=at(COMPILED, 10))
    for no in soundness.missing_texts(report):
        reports.write_section(report, no, WRITTEN, by=clerk, at=at(COMPILED, 11))
    if faulty := told.get("faulty"):
        reports.enter_figure(
            report, faulty["ref"], number(faulty["value"]), f"{LABEL}{faulty['reason']}", by=clerk,
            source=f"{LABEL}{faulty['source']}", at=at(COMPILED, 14),
        )  # fmt: skip
    reports.check(report, by=clerk, at=at(COMPILED, 15))
    return report


def _lead(report: Report, told: Told, staff: dict[str, Staff]) -> None:
    """On to the stage that is told; a report that stays on the desk has a plan, and one of its findings waived."""
    day = told["done_on"]
    if told["stage"] == "compiled":
        _worked_on(report, staff, day)
        return
    accepting = f"{LABEL}{told['faulty']['reason']}" if "faulty" in told else ""
    reports.submit(report, by=staff["clerk"], at=at(day, 9), accepting=accepting)
    if told["stage"] == "published":
        reports.approve(report, by=staff["reviewer"], at=at(day, 10))
        reports.publish(report, by=staff["publisher"], at=at(day, 11))


def _worked_on(report: Report, staff: dict[str, Staff], day: date) -> None:
    reports.promise(
        report, f"{LABEL}来件当日登记", owner=f"{LABEL}办公室", due_on=date(YEAR + 1, 12, 15), by=staff["clerk"],
        at=at(day, 9),
    )  # fmt: skip
    failing = report.findings.filter(verdict="fail").exclude(digest="").order_by("pk").first()
    if failing is not None:
        reason = f"{LABEL}来件台账与登记簿相差一件，待原件查实后更正"
        reports.waive(report, failing.digest, reason, WAIVED_UNTIL, by=staff["reviewer"], at=at(day, 10))


def all_told() -> list[Told]:
    """What is told of each organ, in order."""
    return list(neighbours()["organ"])
