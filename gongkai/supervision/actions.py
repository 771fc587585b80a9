"""Every change of supervision: one function a verb, one transaction, one entry in the book of the organ concerned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.records.moves import LEGAL_TIME, RolesOf, carry_out
from gongkai.reports.models import Report
from gongkai.supervision.corrections import Side, corrections
from gongkai.supervision.flow import ACKNOWLEDGED, FLOW, NOTERS, SUPERVISOR
from gongkai.supervision.models import LONGEST_LETTER, CorrectionNoted, Reminder


def require_supervisor(by: Staff, day: date) -> None:
    """Refused to whoever is not a supervisor today."""
    if not by.has_role(SUPERVISOR, day):
        raise Refused("not_your_role", f"下级机关的年报由监督员查看；{by} 当日没有这一角色")


@transaction.atomic
def remind(organ: Organ, *, year: int, due_on: date, letter: str, by: Staff, at: datetime) -> Reminder:
    """Send a letter to an organ directly below the supervisor's own. Refused twice on one day for the same year."""
    day = at.astimezone(LEGAL_TIME).date()
    require_supervisor(by, day)
    if organ.parent_id != by.organ_id:
        raise Refused("not_yours", f"{organ} 不是本机关的直接下级机关，不能向它发提醒")
    if not letter.strip():
        raise Refused("letter", "提醒函是空的；请写明缺什么、何时办结")
    if len(letter) > LONGEST_LETTER:
        raise Refused("letter", f"提醒函有 {len(letter)} 个字，超过 {LONGEST_LETTER} 个字的上限；请缩短")
    if due_on < day:
        raise Refused("due_on", f"要求办结的日期 {due_on} 已过；请选今日 {day} 或以后的日期")
    entries.locked_head(organ.code)
    if any(_day(sent) == day for sent in Reminder.objects.filter(organ=organ, year=year).exclude(state="withdrawn")):
        raise Refused("reminded_today", f"今天已向 {organ} 发过 {year} 年度的提醒；请明天再发，或撤回后重发")
    reminder = Reminder.objects.create(
        organ=organ, sender=by.organ, year=year, due_on=due_on, letter=letter.strip(), sent_at=at
    )
    after = {"year": year, "due_on": due_on, "sender": by.organ.code, "letter": reminder.letter}
    entries.write(organ_code=organ.code, by=by, at=at, act="remind", subject=reminder, after=after)
    return reminder


@transaction.atomic
def acknowledge(reminder: Reminder, *, by: Staff, at: datetime) -> None:
    """Say that the letter was read, by the clerk of the organ reminded."""
    carry_out(FLOW, "acknowledge", reminder, by=by, at=at, role_of=_roles_in(reminder.organ_id))


@transaction.atomic
def withdraw(reminder: Reminder, *, by: Staff, at: datetime) -> None:
    """Take a reminder back, by a supervisor of the organ that sent it."""
    name = "withdraw_acknowledged" if reminder.state == ACKNOWLEDGED else "withdraw_reminder"
    carry_out(FLOW, name, reminder, by=by, at=at, role_of=_roles_in(reminder.sender_id))


@transaction.atomic
def note_correction_below(report: Report, *, by: Staff, at: datetime) -> CorrectionNoted:
    """Take note of the correction of a report of an organ directly below, by a supervisor."""
    require_supervisor(by, at.astimezone(LEGAL_TIME).date())
    return _note("note_correction_below", report, "below", by=by, at=at)


@transaction.atomic
def note_correction(report: Report, *, by: Staff, at: datetime) -> CorrectionNoted:
    """Take note that an own report was corrected which the report of the year after builds upon."""
    if not by.roles_on(at.astimezone(LEGAL_TIME).date()) & set(NOTERS):
        raise Refused("not_your_role", f"本机关年报的更正由经办人或公开办负责人阅知；{by} 当日没有这些角色")
    return _note("note_correction", report, "own", by=by, at=at)


def _note(act: str, report: Report, side: Side, *, by: Staff, at: datetime) -> CorrectionNoted:
    organ = report.organ
    entries.locked_head(organ.code)
    if not corrections(by.organ, side).filter(pk=report.pk).exists():
        raise Refused("not_yours", f"{report} 不是本机关要阅知的更正")
    noted, is_new = CorrectionNoted.objects.get_or_create(
        report=report, organ=by.organ, defaults={"by": by, "noted_at": at}
    )
    if not is_new:
        raise Refused("noted_already", f"{report} 已由 {noted.by} 阅知，不用再办")
    after = {"report": report.digest, "organ": by.organ.code}
    entries.write(organ_code=organ.code, by=by, at=at, act=act, subject=noted, after=after)
    return noted


def _roles_in(organ: int) -> RolesOf:
    """The roles that a person holds in that organ; those held elsewhere count for nothing."""

    def roles(by: Any, day: date) -> Collection[str]:
        held: Collection[str] = by.roles_on(day) if by.organ_id == organ else frozenset()
        return held

    return roles


def _day(reminder: Reminder) -> date:
    return reminder.sent_at.astimezone(LEGAL_TIME).date()
