"""Organs, clerks and a report for the benchmarks; and the proof that both ways of counting agree."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import now

from gongkai.organs.models import Organ, OrganName, Staff, StaffRole
from gongkai.reports import actions
from gongkai.reports.models import Report
from gongkai.workbench.accounts.door import BEGUN, SEEN


def clerk(code: str = "bench") -> Staff:
    """A new organ and its clerk."""
    organ = Organ.objects.create(code=code, kind="department", region_path="全国", provenance="invented")
    OrganName.objects.create(organ=organ, registered_name="基准测试机关", from_on=date(2000, 1, 1))
    user = get_user_model().objects.create(username=code)
    staff = Staff.objects.create(user=user, organ=organ, name="基准")
    StaffRole.objects.create(staff=staff, role="clerk", from_on=date(2000, 1, 1))
    return staff


def signed_in(staff: Staff) -> Client:
    """A browser in which that person has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(staff.user)
    session = client.session
    session.update({BEGUN: now().timestamp(), SEEN: now().timestamp()})
    session.save()
    return client


def report_to_compile() -> tuple[Report, Staff, datetime]:
    """A draft report for 2025 on the national form, its clerk, and a moment to act at."""
    staff, at = clerk(), datetime(2026, 1, 5, 9, tzinfo=UTC)
    return actions.create(staff.organ, 2025, by=staff, at=at), staff, at


def published_report(fill: Callable[[int], None]) -> Report:
    """The same report compiled from what `fill` puts into the organ's registers, and published."""
    report, clerk, at = report_to_compile()
    fill(report.organ_id)
    StaffRole.objects.create(staff=clerk, role="publisher", from_on=date(2000, 1, 1))
    actions.compile(report, by=clerk, at=at)
    actions.draft_narrative(report, by=clerk, at=at)
    actions.submit(report, by=clerk, at=at, accepting="基准")
    actions.approve(report, by=_reviewer(report), at=at)
    return actions.publish(report, by=Staff.objects.get(pk=clerk.pk), at=at)


def _reviewer(report: Report) -> Staff:
    """Another person, as approval asks for."""
    user, _ = get_user_model().objects.get_or_create(username="reviewer")
    staff, _ = Staff.objects.get_or_create(user=user, organ=report.organ, defaults={"name": "审核员"})
    StaffRole.objects.get_or_create(staff=staff, role="reviewer", from_on=date(2000, 1, 1))
    return staff


def require_same(report: Report, answers: list[list[tuple[Any, ...]]]) -> None:
    """Stops the benchmark when the hand-written statements and the report disagree."""
    figures = {figure.ref: figure.value for figure in report.figures.all()}
    received = sum(row[-1] for row in answers[5])
    concluded = sum(row[-1] for row in answers[7])
    if (figures["t3.new_received.total"], figures["t3.results_total.total"]) != (received, concluded):
        raise SystemExit(f"counted {figures['t3.new_received.total']}, by hand {received}")
