"""How acts are attempted: the real function, with arguments that are right, so that only who and when decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.comments import actions as comments
from gongkai.config.acts import PROCEDURES
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Staff
from gongkai.received import actions as received
from gongkai.received.examining import Examined
from gongkai.received.models import ReceivedFinding, ReceivedWaiver
from gongkai.reports import actions as reports
from gongkai.reports.checking.output import Checked
from gongkai.reports.models import Promise, Report, StoredFinding, Waiver
from gongkai.reports.tests.cast import AT
from gongkai.supervision import actions as supervision
from tests.roles import items
from tests.roles.world import DAY, World

Do = Callable[[World, str, Staff], object]
STATES = {procedure.room: tuple(code for code, _ in procedure.states) for procedure in PROCEDURES}
LATER = date(2030, 6, 30)
FIGURE = "annex.disclosed_total.year"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A way to try an act. functions: those it goes through; states: of its subject, ("",) when it has none.

    about_person: the act is about a person, who may be oneself.
    """

    functions: tuple[str, ...]
    do: Do
    states: tuple[str, ...] = ("",)
    about_person: bool = False


def on(room: str, function: str, do: Callable[[Any, World, Staff], object]) -> Attempt:
    """On the report, comment or reminder in every state."""
    return Attempt(
        (f"{room}.actions.{function}",),
        lambda world, state, by: do(world.subject(room, state), world, by),
        STATES[room],
    )


def _entered(report: Any, world: World, by: Staff) -> None:
    clerk = world.actor("own", "clerk")
    reports.enter_figure(report, FIGURE, number(1), "据文件", source="台账", by=clerk, at=AT)
    reports.restore_counted(report, FIGURE, by=by, at=AT)


def _waived(report: Report, world: World, by: Staff) -> None:
    StoredFinding.objects.create(
        report=report, position=999, rule="R", verdict="fail", severity="error", title="合计", digest="d"
    )
    reports.waive(report, "d", "另案说明", DAY, by=by, at=AT)


def _taken_back(report: Report, world: World, by: Staff) -> None:
    reviewer = world.actor("own", "reviewer")
    waiver = Waiver.objects.create(
        report=report, rule="R", digest="d", reason="另案说明", by=reviewer, waived_on=DAY, expires_on=DAY
    )
    reports.take_back_waiver(waiver, by=by, at=AT)


def _promise(report: Report) -> Promise:
    return Promise.objects.create(organ=report.organ, year=report.year, text="充实目录", owner="办公室", due_on=LATER)


REPORTS = (
    Attempt(
        ("reports.actions.filling.create",), lambda world, state, by: reports.create(world.bureau, 2020, by=by, at=AT)
    ),
    Attempt(
        ("reports.actions.filling.set_opening_balance",),
        lambda world, state, by: reports.set_opening_balance(
            world.bureau, form_id="jilin_city_2012", table="annex", row="disclosed_total", value=Decimal(9),
            as_of=date(2011, 12, 31), source="上年报告", by=by, at=AT,
        ),
    ),
    on("reports", "compiling.compile", lambda report, world, by: reports.compile(report, by=by, at=AT)),
    on("reports", "compiling.draft_narrative", lambda report, world, by: reports.draft_narrative(
        report, by=by, at=AT
    )),
    on("reports", "filling.write_section", lambda report, world, by: reports.write_section(
        report, report.sections.order_by("pk").last().no, "已写。", by=by, at=AT
    )),
    on("reports", "filling.enter_figure", lambda report, world, by: reports.enter_figure(
        report, FIGURE, number(1), "据文件", source="台账", by=by, at=AT
    )),
    on("reports", "filling.restore_counted", _entered),
    on("reports", "checking.check", lambda report, world, by: reports.check(report, by=by, at=AT)),
    on("reports", "checking.waive", _waived),
    on("reports", "checking.take_back_waiver", _taken_back),
    on("reports", "reviewing.submit", lambda report, world, by: reports.submit(
        report, by=by, at=AT, accepting="试"
    )),
    on("reports", "reviewing.withdraw", lambda report, world, by: reports.withdraw(report, by=by, at=AT)),
    on("reports", "reviewing.approve", lambda report, world, by: reports.approve(report, by=by, at=AT)),
    on("reports", "reviewing.send_back", lambda report, world, by: reports.send_back(report, "不全", by=by, at=AT)),
    on("reports", "publishing.publish", lambda report, world, by: reports.publish(report, by=by, at=AT)),
    on("reports", "publishing.correct", lambda report, world, by: reports.correct(report, "漏计", by=by, at=AT)),
    on("reports", "promising.promise", lambda report, world, by: reports.promise(
        report, "充实目录", owner="办公室", due_on=LATER, by=by, at=AT
    )),
    on("reports", "promising.amend_promise", lambda report, world, by: reports.amend_promise(
        _promise(report), "改", owner="办公室", due_on=LATER, by=by, at=AT
    )),
    on("reports", "promising.withdraw_promise", lambda report, world, by: reports.withdraw_promise(
        _promise(report), by=by, at=AT
    )),
    on("reports", "promising.settle_promise", lambda report, world, by: reports.settle_promise(
        _promise(report), "kept", "已公布", by=by, at=AT
    )),
    Attempt(
        ("reports.actions.promising.set_earlier_day",),
        lambda world, state, by: reports.set_earlier_day(
            world.bureau, 2021, date(2022, 1, 20), "通知", by=by, at=AT
        ),
    ),
)  # fmt: skip
COMMENTS = (
    on("comments", "show", lambda comment, world, by: comments.show(
        comment, owner=world.actor("own", "clerk"), due_on=DAY, by=by, at=AT
    )),
    on("comments", "withhold", lambda comment, world, by: comments.withhold(comment, reason="广告", by=by, at=AT)),
    on("comments", "assign", lambda comment, world, by: comments.assign(
        comment, owner=world.actor("own", "clerk"), due_on=DAY, by=by, at=AT
    )),
    on("comments", "reply", lambda comment, world, by: comments.reply(comment, answer="因为。", by=by, at=AT)),
    on("comments", "send_back", lambda comment, world, by: comments.send_back(comment, by=by, at=AT)),
    on("comments", "release", lambda comment, world, by: comments.release(comment, by=by, at=AT)),
    on("comments", "read_contact", lambda comment, world, by: comments.read_contact(
        comment, reason="回访", by=by, at=AT
    )),
    on("comments", "erase_contact", lambda comment, world, by: comments.erase_contact(comment, by=by, at=AT)),
)  # fmt: skip
SUPERVISION = (
    Attempt(
        ("supervision.actions.remind",),
        lambda world, state, by: supervision.remind(world.bureau, year=2012, due_on=DAY, letter="请报", by=by, at=AT),
    ),
    Attempt(
        ("supervision.actions.note_correction",),
        lambda world, state, by: supervision.note_correction(world.correction(), by=by, at=AT),
    ),
    Attempt(
        ("supervision.actions.note_correction_below",),
        lambda world, state, by: supervision.note_correction_below(world.correction(), by=by, at=AT),
    ),
    on("supervision", "acknowledge", lambda reminder, world, by: supervision.acknowledge(reminder, by=by, at=AT)),
    on("supervision", "withdraw", lambda reminder, world, by: supervision.withdraw(reminder, by=by, at=AT)),
)


def _checked() -> Checked:
    return Checked("年报.html", "0" * 64, refused=Refused("damaged", "不能读"))


def _received_waiver(world: World) -> ReceivedWaiver:
    kept = world.received(world.bureau)
    return ReceivedWaiver.objects.create(
        received=kept, rule="R", digest="w", reason="另案说明", by=world.actor("own", "reviewer"), waived_on=DAY,
        expires_on=DAY,
    )  # fmt: skip


def _finding_waived(world: World, state: str, by: Staff) -> None:
    kept = world.received(world.bureau)
    ReceivedFinding.objects.create(
        received=kept, position=99, rule="R", verdict="fail", severity="error", title="合计", told={"cells": []},
        digest="d",
    )  # fmt: skip
    received.waive(kept, "d", "另案说明", DAY, by=by, at=AT)


RECEIVED = (
    Attempt(
        ("received.actions.receive",),
        lambda world, state, by: received.receive(world.bureau, [Examined(_checked(), b"")], by=by, at=AT),
    ),
    Attempt(
        ("received.actions.check",),
        lambda world, state, by: received.check(world.received(world.bureau), _checked(), by=by, at=AT),
    ),
    Attempt(
        ("received.actions.assign",),
        lambda world, state, by: received.assign(world.received(world.bureau), world.bureau, by=by, at=AT),
    ),
    Attempt(("received.actions.waive",), _finding_waived),
    Attempt(
        ("received.actions.remove",),
        lambda world, state, by: received.remove(world.received(world.bureau), "交错了", by=by, at=AT),
    ),
    Attempt(
        ("received.actions.take_back_waiver",),
        lambda world, state, by: received.take_back_waiver(_received_waiver(world), by=by, at=AT),
    ),
    Attempt(
        ("received.actions.ask",),
        lambda world, state, by: received.ask(world.received(world.city), ["q"], DAY, by=by, at=AT),
    ),
    on(
        "received",
        "answer",
        lambda question, world, by: received.answer(question, "漏计", "will_correct", by=by, at=AT),
    ),
    on("received", "accept", lambda question, world, by: received.accept(question, by=by, at=AT)),
    on("received", "reject", lambda question, world, by: received.reject(question, "不明", by=by, at=AT)),
    on("received", "withdraw", lambda question, world, by: received.withdraw(question, by=by, at=AT)),
)
DISCLOSURES = (
    *(on("disclosures", function, do) for tried in (items.ON_ITEMS, items.EXTRA) for function, do in tried.items()),
    *(Attempt((f"disclosures.actions.{function}",), do) for function, do in items.ALONE.items()),
    Attempt(("channels.actions.appoint_holder",), items.appoint_holder),
    Attempt(("channels.actions.end_holder",), items.end_holder),
)
