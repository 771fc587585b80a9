"""Next year's plan as promises, what became of each, and the days by which a superior organ wants the report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ
from gongkai.records import entries
from gongkai.records.roles import Role
from gongkai.reports import deadlines
from gongkai.reports.actions.permission import legal_day, require_role, require_said, require_seen
from gongkai.reports.flow import PUBLISHED
from gongkai.reports.models import EarlierDay, Promise, Report

KEEPERS = (Role.CLERK.value, Role.OFFICE_LEAD.value)
TOLD = ("text", "owner", "due_on")


@transaction.atomic
def promise(report: Report, text: str, *, owner: str, due_on: date, by: Any, at: datetime) -> Promise:
    """Enter one undertaking of the plan that the report announces. owner: who answers for it.

    Refused once the report is published, for a part of the year, without text or owner, and for a day within the report
    year or before.
    """
    _require_plan_open(report, by, at)
    made = Promise(organ=report.organ, year=report.year, provenance=report.provenance)
    _tell(made, text, owner, due_on)
    made.save()
    after = {name: getattr(made, name) for name in TOLD}
    entries.write(organ_code=report.organ.code, by=by, at=at, act="promise", subject=made, after=after)
    return made


@transaction.atomic
def amend_promise(
    made: Promise, text: str, *, owner: str, due_on: date, by: Any, at: datetime, seen: int | None = None
) -> Promise:
    """Word a promise anew while its report is not yet published. seen: the revision that the writer had before them."""
    made = _locked(made)
    _require_plan_open(_report(made), by, at)
    require_seen(made.revision, seen, made.text)
    before = {name: getattr(made, name) for name in TOLD}
    _tell(made, text, owner, due_on)
    made.revision += 1
    made.save()
    after = {name: getattr(made, name) for name in TOLD}
    entries.write(
        organ_code=made.organ.code, by=by, at=at, act="amend_promise", subject=made, before=before, after=after
    )
    return made


@transaction.atomic
def withdraw_promise(made: Promise, *, by: Any, at: datetime) -> None:
    """Take a promise out of the plan while its report is not yet published."""
    made = _locked(made)
    _require_plan_open(_report(made), by, at)
    before = {name: getattr(made, name) for name in TOLD}
    entries.write(organ_code=made.organ.code, by=by, at=at, act="withdraw_promise", subject=made, before=before)
    made.delete()


@transaction.atomic
def settle_promise(
    made: Promise, status: str, evidence: str, *, by: Any, at: datetime, seen: int | None = None
) -> Promise:
    """Say what became of a promise: kept, partly, broken, or open again; all but the last need evidence."""
    made = _locked(made)
    require_role(made.organ, by, at, "认定兑现情况", *KEEPERS)
    require_seen(made.revision, seen, made.text)
    if status not in Promise.Status.values:
        raise Refused("unknown_status", f"没有“{status}”这种兑现情况;请从所列的几种中选一种")
    settled = status != Promise.Status.OPEN
    if settled and not evidence.strip():
        raise Refused("no_evidence", "认定兑现情况须写明依据,例如文件、链接、登记号或未兑现的原因")
    before = {"status": made.status, "evidence": made.evidence, "settled_on": made.settled_on}
    made.status, made.evidence = status, evidence.strip()
    made.settled_on = legal_day(at) if settled else None
    made.revision += 1
    made.save()
    after = {"status": made.status, "evidence": made.evidence, "settled_on": made.settled_on}
    entries.write(
        organ_code=made.organ.code, by=by, at=at, act="settle_promise", subject=made, before=before, after=after
    )
    return made


@transaction.atomic
def set_earlier_day(
    organ: Organ, year: int, due_on: date, source: str, *, by: Any, at: datetime, seen: str | None = None
) -> EarlierDay:
    """The day before the statutory one by which the organ above wants the report for a year; replaces an earlier one.

    source: the notice that says so. Refused without it, and for a day later than the statutory one. seen: the day that
    stood there as its editor read it, "" for none; Refused "changed_meanwhile" when another does; None: not asked.
    """
    require_role(organ, by, at, "登记提前报送要求", *KEEPERS)
    said = require_said(source, "no_source", "提前报送要求须写明出处,例如上级通知的文号")
    statutory = deadlines.statutory(organ, year)
    if due_on > statutory.due:
        raise Refused("later_day", f"{due_on} 晚于法定期限 {statutory.due},不能作为提前报送的日期", statutory.cite)
    if due_on <= date(year, 12, 31):
        raise Refused("too_early", f"{due_on} 在报告年度之内,那时年度还没有结束;请核对年份")
    entries.locked_head(organ.code)  # the day itself may not be there yet
    old = EarlierDay.objects.filter(organ=organ, year=year).first()
    if old is not None and seen is not None and seen != old.due_on.isoformat():
        raise Refused(
            "changed_meanwhile",
            f"{year} 年度已登记为 {old.due_on} 前报送({old.source});请核对,再次保存就以您填写的为准",
        )
    before = {"due_on": old.due_on, "source": old.source} if old else {}
    told, _ = EarlierDay.objects.update_or_create(organ=organ, year=year, defaults={"due_on": due_on, "source": said})
    entries.write(
        organ_code=organ.code, by=by, at=at, act="set_earlier_day", subject=told, before=before,
        after={"year": year, "due_on": due_on, "source": said},
    )  # fmt: skip
    return told


def _locked(made: Promise) -> Promise:
    found = Promise.objects.select_for_update().filter(pk=made.pk).first()
    if found is None:
        raise Refused("gone", "这一条工作打算已不在计划中,请刷新后再看")
    return found


def _report(made: Promise) -> Report | None:
    """The report that announces the plan, its first version."""
    return Report.objects.filter(organ=made.organ_id, year=made.year, period_code="year", version=1).first()


def _require_plan_open(report: Report | None, by: Any, at: datetime) -> None:
    if report is None:
        raise Refused("no_report", "提出这一打算的年度报告已不存在")
    require_role(report.organ, by, at, "登记工作打算", *KEEPERS)
    if not report.period.is_year:
        raise Refused("no_plan", "季度、半年统计表不写工作打算;请写在年度报告里")
    if report.state == PUBLISHED:
        raise Refused("report_published", f"{report} 已发布,工作打算不能再增删改,只能认定兑现情况")


def _tell(made: Promise, text: str, owner: str, due_on: date) -> None:
    made.text = require_said(text, "no_text", "请写明打算做什么")
    made.owner = require_said(owner, "no_owner", "请写明由谁负责,例如哪个科室")
    if due_on.year <= made.year:
        raise Refused("past_day", f"完成期限 {due_on} 应在 {made.year} 年度之后")
    made.due_on = due_on
