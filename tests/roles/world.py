"""A city with a bureau under it, an office elsewhere, and in each a person for every role; subjects in every state."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

from django.contrib.auth import get_user_model
from django.db.models import Model

from gongkai.comments import actions as comments
from gongkai.comments.models import Comment
from gongkai.config.acts import ABOVE, ANY, OWN, SELF
from gongkai.disclosures.models import Disclosure
from gongkai.duties import actions as duties
from gongkai.duties.models import Duty, DutyTask
from gongkai.guides import actions as guides
from gongkai.guides.models import Edition
from gongkai.organs.models import Handover, Organ, OrganName, Staff, StaffRole
from gongkai.received import actions as received
from gongkai.received.models import Question, Received, ReceivedFinding
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.reports.tests.cast import AT
from gongkai.supervision import actions as supervision
from gongkai.supervision.models import Reminder
from tests.roles import items
from tests.roles.rows import register_rows

ELSEWHERE, NOBODY = "elsewhere", ""
PLACES = (OWN, ABOVE, ELSEWHERE, SELF)
DAY = date(2013, 3, 20)  # the legal day of AT
Actor = tuple[str, str]  # place, role
Row = TypeVar("Row", bound=Model)


def make_organ(code: str, parent: Organ | None, kind: str = "department") -> Organ:
    """An organ that has always borne its name."""
    organ = Organ.objects.create(code=code, kind=kind, region_path="吉林省/吉林市", parent=parent)
    OrganName.objects.create(organ=organ, registered_name=f"{code}机关", from_on=date(2000, 1, 1))
    return organ


class World:
    """Who can act, and what on. Everything is made by raw rows or the keeper of the machine, at one moment AT."""

    at: datetime = AT

    def __init__(self) -> None:
        self.city = make_organ("city", None, "city_government")
        self.bureau = make_organ("bureau", self.city)
        self.office = make_organ("office", make_organ("far-city", None, "city_government"))
        self.actors: dict[Actor, Staff] = {}
        for place, organ in ((OWN, self.bureau), (ABOVE, self.city), (ELSEWHERE, self.office)):
            for role in (*ANY, NOBODY):
                self.actors[place, role] = self.hire(organ, f"{place}-{role or 'nobody'}", role)
        self.victim = self.hire(self.bureau, "victim", "clerk")
        self.deputy = self.hire(self.bureau, "deputy", NOBODY)
        self.hire(self.bureau, "second-security", "security_admin")  # so that the first may be dismissed
        self.rows = register_rows(self.bureau, "某某", at=AT)
        self._made: dict[tuple[str, str], Model] = {}
        self._loaded: dict[tuple[type[Model], Any], Model] = {}

    def hire(self, organ: Organ, login: str, role: str) -> Staff:
        """A member of staff with one role, held always."""
        user = get_user_model().objects.create_user(username=login)
        staff = Staff.objects.create(user=user, organ=organ, name=login)
        if role:
            StaffRole.objects.create(staff=staff, role=role, from_on=date(2000, 1, 1))
        return staff

    def actor(self, place: str, role: str) -> Staff:
        """The person afresh, as a request would load them; SELF is one of the bureau, acting on themselves."""
        return self._afresh(self.actors[OWN if place == SELF else place, role])

    def subject(self, kind: str, state: str) -> Any:
        """A report, comment or reminder of the bureau in a state, afresh; made when it is first asked for."""
        if (kind, state) not in self._made:
            made = MAKERS[kind](self, state)
            assert made.state == state
            self._made[kind, state] = made
        return self._afresh(self._made[kind, state])

    def _afresh(self, row: Row) -> Row:
        """As loaded from the database: all attempts are undone, so that it is asked once and copied afterwards."""
        key = type(row), row.pk
        if key not in self._loaded:
            self._loaded[key] = type(row)._default_manager.get(pk=row.pk)
        return cast(Row, copy.deepcopy(self._loaded[key]))

    def received(self, keeper: Organ) -> Received:
        """A report of the bureau that the keeper received, with a finding "q" to ask about; made once, afresh."""
        kept, made = Received.objects.get_or_create(
            keeper=keeper, digest="0" * 64, removed_on=None,
            defaults={
                "organ": self.bureau, "file_name": "年报.html", "refused": "不能读", "received_at": AT,
                "checked_at": AT, "received_by": self.actors[OWN, "clerk"],
            },
        )  # fmt: skip
        if made:
            told: dict[str, Any] = {"cells": []}
            ReceivedFinding.objects.create(
                received=kept, position=1, rule="R", verdict="fail", severity="error", title="合计", told=told,
                question_text="请核实", digest="q",
            )  # fmt: skip
        return kept

    def correction(self) -> Report:
        """A correction of the bureau's published report; there is one of the year after. The attempt is undone."""
        first = self.subject("reports", "published")
        self.subject("reports", "submitted")
        return Report.objects.create(
            organ=first.organ, year=first.year, form_id=first.form_id, version=2, supersedes=first, state="published",
            correction_reason="漏计", published_on=DAY, published_at=AT, digest="0" * 64,
        )  # fmt: skip

    def row(self, name: str) -> Any:
        """The bureau's row in a register, afresh."""
        return self._afresh(self.rows[name])

    def duty(self) -> Duty:
        """A duty beside that of the register, which others may void: tasks rest on this one."""
        return Duty.objects.get_or_create(organ=self.bureau, number="ZR-任务", title="机构信息", cycle="event")[0]

    def disclosed(self) -> Disclosure:
        """The bureau's disclosure, published on DAY."""
        Disclosure.objects.filter(pk=self.rows["disclosures"].pk).update(published_on=DAY)
        return Disclosure.objects.get(pk=self.rows["disclosures"].pk)

    def handover(self, owner: Staff) -> Handover:
        """A duty of `owner` that was handed over."""
        return Handover.objects.create(
            from_staff=owner,
            to_staff=self.deputy,
            role="clerk",
            from_on=DAY,
            until_on=DAY + timedelta(days=3),
            reason="假",
        )


REPORT_YEARS = {"draft": 2014, "compiled": 2012, "submitted": 2016, "approved": 2017, "published": 2015}


def _report(world: World, state: str) -> Report:
    clerk, reviewer, publisher = (world.actors[OWN, role] for role in ("clerk", "reviewer", "publisher"))
    report = reports.create(world.bureau, REPORT_YEARS[state], by=clerk, at=AT)
    if state != "draft":
        reports.compile(report, by=clerk, at=AT)
    if state in ("submitted", "approved", "published"):
        reports.submit(report, by=clerk, at=AT, accepting="试")
    if state in ("approved", "published"):
        reports.approve(report, by=reviewer, at=AT)
    if state == "published":
        reports.publish(report, by=publisher, at=AT)
    return report


def _comment(world: World, state: str) -> Comment:
    lead, clerk = world.actors[OWN, "office_lead"], world.actors[OWN, "clerk"]
    comment = comments.receive(world.bureau, 2012, text="为什么？", contact="13800000000", address="", at=AT)
    if state == "withheld":
        comments.withhold(comment, reason="广告", by=lead, at=AT)
    elif state != "received":
        comments.show(comment, owner=clerk, due_on=DAY, by=lead, at=AT)
    if state in ("replied", "answered"):
        comments.reply(comment, answer="因为。", by=clerk, at=AT)
    if state == "answered":
        comments.release(comment, by=lead, at=AT)
    return comment


def _reminder(world: World, state: str) -> Reminder:
    supervisor, clerk = world.actors[ABOVE, "supervisor"], world.actors[OWN, "clerk"]
    year = {"sent": 2001, "acknowledged": 2002, "withdrawn": 2003}[state]
    reminder = supervision.remind(world.bureau, year=year, due_on=DAY, letter="请报", by=supervisor, at=AT)
    if state == "acknowledged":
        supervision.acknowledge(reminder, by=clerk, at=AT)
    if state == "withdrawn":
        supervision.withdraw(reminder, by=supervisor, at=AT)
    return reminder


def _edition(world: World, state: str) -> Edition:
    clerk, lead, publisher = (world.actors[OWN, role] for role in ("clerk", "office_lead", "publisher"))
    code, texts = f"ZD-{state}", {"scope": "全局"}
    edition = guides.create(world.bureau, kind="rule", code=code, title="制度", by=clerk, at=AT)
    guides.write(edition, title="制度", sections=texts, by=clerk, at=AT)
    if state != "draft":
        guides.submit(edition, by=clerk, at=AT)
    if state in ("approved", "published", "repealed"):
        guides.approve(edition, by=lead, at=AT)
    if state in ("published", "repealed"):
        guides.publish(edition, by=publisher, at=AT)
    if state == "repealed":
        guides.repeal(edition, reason="另有规定", by=lead, at=AT)
    return edition


def _task(world: World, state: str) -> DutyTask:
    clerk, day = world.actors[OWN, "clerk"], {"open": 1, "done": 2, "nothing": 3}[state]
    task = duties.raise_event(world.duty(), occasion="变更", on=date(2013, 3, day), by=clerk, at=AT)
    if state == "done":
        duties.fulfil(task, disclosure=world.disclosed(), by=clerk, at=AT)
    if state == "nothing":
        duties.report_nothing(task, reason="没有", by=clerk, at=AT)
    return task


def _question(world: World, state: str) -> Question:
    supervisor, clerk = world.actors[ABOVE, "supervisor"], world.actors[OWN, "clerk"]
    kept, digest = world.received(world.city), f"q-{state}"
    ReceivedFinding.objects.create(
        received=kept, position=10 + kept.findings.count(), rule="R", verdict="fail", severity="error", title="合计",
        told={"cells": []}, question_text="请核实", digest=digest,
    )  # fmt: skip
    question = received.ask(kept, [digest], DAY, by=supervisor, at=AT)[0]
    if state == "withdrawn":
        received.withdraw(question, by=supervisor, at=AT)
    if state in ("answered", "accepted", "rejected"):
        received.answer(question, "漏计", "will_correct", by=clerk, at=AT)
    if state == "accepted":
        received.accept(question, by=supervisor, at=AT)
    if state == "rejected":
        received.reject(question, "不明", by=supervisor, at=AT)
    return question


MAKERS: dict[str, Callable[[World, str], Any]] = {
    "reports": _report, "comments": _comment, "supervision": _reminder, "received": _question,
    "guides": _edition, "duties": _task,
    "disclosures": items.make,
}  # fmt: skip
