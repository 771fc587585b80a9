"""Every change of duties and their tasks: one function a verb, one transaction, one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.disclosures.flow import WITHDRAWN
from gongkai.disclosures.models import Disclosure
from gongkai.duties.flow import CLERK, FLOW, LEAD, REOPENING
from gongkai.duties.ledgers import DUTIES
from gongkai.duties.models import Duty, DutyTask
from gongkai.duties.periods import EVENT, Occasion, due, ended
from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Organ, Staff
from gongkai.organs.within import legal_day, require_role, roles_within
from gongkai.records import entries
from gongkai.records.models import Mention
from gongkai.records.moves import carry_out

RAISED = "raise_tasks"


@transaction.atomic
def record(*, organ: Organ, values: Mapping[str, Any], by: object, at: datetime) -> Duty:
    """Register a duty; values as in the ledger, with `number`. Refused when the row cannot be true."""
    return register.record(Duty, DUTIES, organ=organ, values=values, by=by, at=at)


@transaction.atomic
def amend(duty: Duty, *, changes: Mapping[str, Any], by: object, at: datetime) -> Duty:
    """Correct a duty; tasks that were made of it stay as they are. Refused when the row cannot be true."""
    return register.amend(duty, DUTIES, changes=changes, by=by, at=at)


@transaction.atomic
def raise_due(organ: Organ, *, by: object, at: datetime) -> list[DutyTask]:
    """Make the tasks of every period that has ended by now and has none yet; done again it makes nothing.

    Of a duty that never had a task only the latest period counts: a register filled in today asks for nothing of the
    years before it.
    """
    day = legal_day(at)
    entries.locked_head(organ.code)
    duties = Duty.objects.filter(organ=organ).exclude(cycle=EVENT).annotate(latest=Max("tasks__occasion_on"))
    made = [_task(duty, occasion) for duty in duties.order_by("number") for occasion in _new(duty, day)]
    if made:
        DutyTask.objects.bulk_create(made)
        _tell(organ, made, by, at)
    return made


def _new(duty: Any, day: date) -> Iterable[Occasion]:
    if duty.latest is not None:
        return list(ended(duty, day, duty.latest))
    return list(ended(duty, day))[-1:]


@transaction.atomic
def raise_event(duty: Duty, *, occasion: str, on: date, by: Staff, at: datetime) -> DutyTask:
    """Make the task of something that happened on a day. Refused for a day to come, and twice for one day."""
    require_role(duty.organ, by, at, "登记公开事由", CLERK, LEAD)
    if not occasion.strip():
        raise Refused("occasion", "没有写事由；请写明发生了什么，例如“负责人变更”")
    if on > legal_day(at):
        raise Refused("on", f"事由的日期 {on} 还没有到；请填事情发生的日期")
    if duty.ends_on is not None and on > duty.ends_on:
        raise Refused("on", f"“{duty}”已于 {duty.ends_on} 终止，其后的事不再由它公开")
    entries.locked_head(duty.organ.code)
    task = _task(duty, Occasion(on, on), occasion.strip())
    if DutyTask.objects.filter(organ=duty.organ_id, number=task.number).exists():
        raise Refused("on", f"“{duty}”在 {on} 已有一项任务；同一天的事请并在一项里反馈")
    task.save(force_insert=True)
    _tell(duty.organ, [task], by, at)
    return task


def _task(duty: Duty, occasion: Occasion, said: str = "") -> DutyTask:
    return DutyTask(
        organ_id=duty.organ_id, duty=duty, number=f"{duty.number}@{occasion.on.isoformat()}", occasion=said,
        since=occasion.since, occasion_on=occasion.on, due_on=due(duty, occasion),
    )  # fmt: skip


def _tell(organ: Organ, made: list[DutyTask], by: object, at: datetime) -> None:
    """One entry for all that arose together, found again from each task."""
    told = {task.number: task.due_on for task in made}
    entry = entries.write(
        organ_code=organ.code, by=by, at=at, act=RAISED, subject=("duties.dutytask", made[0].number),
        after={"tasks": told},
    )  # fmt: skip
    Mention.objects.bulk_create(
        Mention(entry=entry, organ_code=organ.code, subject_type="duties.dutytask", subject_key=task.number)
        for task in made[1:]
    )


@transaction.atomic
def fulfil(task: DutyTask, *, disclosure: Disclosure, late_reason: str = "", by: Staff, at: datetime) -> None:
    """Say what was disclosed for it. Late is judged by the day of disclosure; then a reason is asked for.

    Refused for what is not of this organ, not public, or was public before the period began.
    """
    if disclosure.organ_id != task.organ_id:
        raise Refused("disclosure", "找不到这条公开信息；请填本机关登记簿中的登记号")
    gone = disclosure.state == WITHDRAWN
    if gone or disclosure.published_on is None or disclosure.attribute != "proactive":
        raise Refused("disclosure", f"信息 {disclosure.number} 没有公开（或已撤回），不能用来办结公开任务；请先发布")
    if disclosure.published_on < task.since:
        raise Refused(
            "disclosure",
            f"信息 {disclosure.number} 于 {disclosure.published_on} 公开，早于本期起始日期 {task.since}；请核对登记号",
        )
    _close("fulfil_task", task, disclosure.published_on, late_reason, by, at, disclosure_id=disclosure.pk)


@transaction.atomic
def report_nothing(task: DutyTask, *, reason: str, late_reason: str = "", by: Staff, at: datetime) -> None:
    """Say that nothing of the kind arose, and how one knows."""
    if not reason.strip():
        raise Refused("reason", "没有写情况说明；请写明为什么本期没有此类信息，例如“本季度没有新批准的规划”")
    _close("report_nothing", task, legal_day(at), late_reason, by, at, reason=reason.strip())


@transaction.atomic
def reopen(task: DutyTask, *, reason: str, by: Staff, at: datetime) -> None:
    """Have the feedback given anew, with the reason."""
    if not reason.strip():
        raise Refused("reason", "退回须写明原因，让责任部门知道改什么")
    _move(
        REOPENING.get(task.state, "reopen_done"), task, by, at, disclosure_id=None, closed_on=None, timing="",
        late_reason="", reason=reason.strip(),
    )  # fmt: skip


def _close(name: str, task: DutyTask, on: date, late_reason: str, by: Staff, at: datetime, **more: Any) -> None:
    late = task.due_on is not None and on > task.due_on
    if late and not late_reason.strip():
        raise Refused("late_reason", f"应于 {task.due_on} 公开，{on} 才办，已经逾期；请写明逾期原因")
    said, timing = (late_reason.strip(), "over") if late else ("", "within" if task.due_on else "")
    _move(name, task, by, at, **{"reason": "", **more}, closed_on=legal_day(at), timing=timing, late_reason=said)


def _move(name: str, task: DutyTask, by: Staff, at: datetime, **changes: Any) -> None:
    carry_out(FLOW, name, task, by=by, at=at, role_of=roles_within(task.organ), **changes)
