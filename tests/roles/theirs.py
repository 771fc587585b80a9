"""An organ with something in every table, a word in every text of it, and keys that no row of another organ has."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils.timezone import now

from gongkai.comments import actions as comments
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Incident
from gongkai.duties import actions as duties
from gongkai.guides import actions as guides
from gongkai.organs import register
from gongkai.organs.models import Handover, Organ, Staff, StaffRole
from gongkai.records import jobs
from gongkai.records.models import Entry
from gongkai.records.roles import ADMINISTRATORS, Role
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.supervision import actions as supervision
from gongkai.workbench.accounts import rules
from gongkai.workbench.accounts.models import DeskSession, Tries
from gongkai.workbench.ledgers import LEDGERS
from tests.roles.rows import register_rows
from tests.roles.world import make_organ

WORD = "王五专用"
FIRST_KEY = 1_000_000
REPORTS = {"draft": 2014, "compiled": 2012}
BUSINESS = tuple(role.value for role in Role if role.value not in ADMINISTRATORS)


def hire(organ: Organ, login: str, name: str, *roles: str) -> Staff:
    """A member of staff with roles that have always been held."""
    user = get_user_model().objects.create_user(username=login)
    staff = Staff.objects.create(user=user, organ=organ, name=name)
    for role in roles:
        StaffRole.objects.create(staff=staff, role=role, from_on=date(2000, 1, 1))
    return staff


def relaxed(code: str) -> Organ:
    """An organ under a city of its own, where administrators sign in without a second factor."""
    organ = make_organ(code, make_organ(f"{code}-city", None, "city_government"))
    rules.set_rules(organ, values={"second_factor_roles": []}, by="准备", at=now())
    return organ


def raise_keys() -> None:
    """Every table's next key is beyond FIRST_KEY."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            key = model._meta.pk
            if model._meta.proxy or not isinstance(key, models.AutoField | models.BigAutoField):
                continue
            table, column = model._meta.db_table, str(key.column)
            if connection.vendor == "postgresql":
                # Entries written before in this test have keys to which an earlier test led: those are not used again.
                floor = f"greatest(%s, (SELECT max({column}) FROM {table}))" if model is Entry else "%s"
                cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), {floor})", [table, column, FIRST_KEY])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_KEY])


def furnish(organ: Organ) -> Staff:
    """Fill every register and desk of the organ; gives who keeps them."""
    at, today = now(), now().date()
    keeper = hire(organ, "their-keeper", f"{WORD}经办", *BUSINESS)
    deputy = hire(organ, "their-deputy", f"{WORD}代办")
    rows = register_rows(organ, WORD, at=at)
    meetings = next(ledger for ledger in LEDGERS if ledger.name == "meetings")
    register.void(rows["meetings"], meetings, reason=f"{WORD}作废", by=keeper, at=at)
    _reports(organ, keeper)
    _duties(organ, rows["duties"], keeper)
    _items(organ, keeper)
    comments.receive(organ, 2012, text=f"{WORD}留言", contact=f"{WORD}13800000000", address="10.0.0.1", at=at)
    jobs.ask("import", organ_code=organ.code, title=f"{WORD}任务", arguments={"name": WORD}, by=keeper, at=at)
    Handover.objects.create(
        from_staff=keeper, to_staff=deputy, role="clerk", from_on=today, until_on=today, reason=f"{WORD}出差"
    )
    DeskSession.objects.create(
        user=keeper.user, key="their-session", address="10.0.0.1", agent=WORD, begun_at=at, seen_at=at
    )
    Tries.objects.create(
        kind="account", key="t", user=keeper.user, count=9, last_at=at, locked_until=at + timedelta(hours=1)
    )
    assert organ.parent is not None
    supervisor = hire(organ.parent, "their-supervisor", f"{WORD}监督", "supervisor")
    supervision.remind(
        organ, year=2012, due_on=today + timedelta(days=9), letter=f"{WORD}请报", by=supervisor, at=at
    )  # fmt: skip
    return keeper


def _duties(organ: Organ, duty: Any, keeper: Staff) -> None:
    """A guide that is not published, and a task that is waiting."""
    at = now()
    edition = guides.create(organ, kind="guide", title=f"{WORD}指南", by=keeper, at=at)
    guides.write(edition, title=f"{WORD}指南", sections={"access": f"{WORD}获取"}, by=keeper, at=at)
    duties.raise_event(duty, occasion=f"{WORD}变更", on=at.date(), by=keeper, at=at)


def _items(organ: Organ, keeper: Staff) -> None:
    """A draft of the procedure with a file, and an incident."""
    at = now()
    words = {"title": f"{WORD}草稿", "summary": f"{WORD}概述", "body": f"{WORD}正文", "made_on": at.date()}
    item = disclosures.draft(organ, values={**words, "information_class": "other"}, by=keeper, at=at)
    disclosures.attach(item, name=f"{WORD}附件.txt", data=WORD.encode(), by=keeper, at=at)
    Incident.objects.create(organ=organ, sha256="0" * 64, name=f"{WORD}文件", rule="r", person_named=WORD, at=at)


def _judged(report: Report, keeper: Staff) -> None:
    """A promise, and a finding that was waived."""
    at, later = now(), date(2099, 12, 31)
    reports.promise(report, f"{WORD}打算", owner=WORD, due_on=later, by=keeper, at=at)
    reports.check(report, by=keeper, at=at)
    finding = report.findings.filter(verdict__in=("fail", "ask")).exclude(digest="").first()
    assert finding is not None
    reports.waive(report, finding.digest, f"{WORD}豁免", later, by=keeper, at=at)


def _reports(organ: Organ, keeper: Staff) -> None:
    """Two that are not published."""
    at = now()
    for state, year in REPORTS.items():
        report = reports.create(organ, year, by=keeper, at=at)
        if state == "compiled":
            reports.compile(report, by=keeper, at=at)
        last = report.sections.order_by("pk").last()
        assert last is not None
        reports.write_section(report, last.no, f"{WORD}正文。", by=keeper, at=at)
        if state == "compiled":
            _judged(report, keeper)
    reports.set_opening_balance(
        organ, form_id="jilin_city_2012", table="annex", row="disclosed_total", value=Decimal(9),
        as_of=date(2011, 12, 31), source=f"{WORD}出处", by=keeper, at=at,
    )  # fmt: skip
