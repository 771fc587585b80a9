"""The kinds of long work that the desk asks for: trying a large workbook, and importing it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.received import actions as receiving
from gongkai.received import examining, packing
from gongkai.received.queries import RECEIVERS
from gongkai.records.importing import ImportResult, import_workbook
from gongkai.records.jobs import Kinds, Outcome, Progress, Staged
from gongkai.records.models import Job
from gongkai.reports.actions.permission import require_role
from gongkai.workbench import daily
from gongkai.workbench.ledgers import LEDGERS

TRY_IMPORT, IMPORT, RECEIVE = "try_import", "import", "receive_reports"
LARGE = 512 * 1024
"""Bytes from which a workbook is imported as a job: about ten thousand rows, more than a browser should wait for."""

FAULTS_SAID = 3
FAULTS_KEPT = 200


def in_the_name_of(staff: Staff) -> dict[str, Any]:
    """What a job keeps of who asked for it: themselves, and whom they stand in for."""
    return {"staff": staff.pk, "acting_for": staff.acting_for.pk if staff.acting_for else None}


def asked_by(job: Job) -> Staff:
    """The person in whose name the job is done, as they are today."""
    staff = Staff.objects.select_related("organ").get(pk=job.arguments["staff"])
    if job.arguments["acting_for"] is not None:
        staff.acting_for = Staff.objects.get(pk=job.arguments["acting_for"])
    return staff


def _imported(job: Job, progress: Progress, *, dry_run: bool) -> ImportResult:
    by, at = asked_by(job), timezone.now()
    if by.organ.code != job.organ_code:
        raise Refused("not_yours", f"这一任务属于机关 {job.organ_code}，{by} 不是该机关的工作人员")
    register.require_clerk(by.organ, by, at, "导入登记簿")
    return import_workbook(
        bytes(job.payload), organ=by.organ, ledgers=LEDGERS, by=by, at=at, dry_run=dry_run, progress=progress
    )


def _try(job: Job, progress: Progress) -> Outcome:
    """What importing the workbook would do; it is kept for the import, unless it has faults."""
    result = _imported(job, progress, dry_run=True)
    details = {
        "faults": [fault.as_json() for fault in result.faults[:FAULTS_KEPT]],
        "fault_total": len(result.faults) + result.more_faults,
        "sheets": {
            title: {"added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged}
            for title, tally in result.sheets.items()
        },
    }
    if result.faults:
        return Outcome(f"有 {details['fault_total']} 处错误，什么也没有写入；请改好工作簿再上传", details)
    return Outcome(f"没有发现错误；{_counts(result)}。确认之前什么也不会写入", details, keeps_payload=True)


def do_import(job: Job, progress: Progress) -> Outcome:
    """Import the workbook: all rows or none."""
    result = _imported(job, progress, dry_run=False)
    if result.faults:
        total = len(result.faults) + result.more_faults
        told = "；".join(result.sentences(FAULTS_SAID))
        raise Refused(
            "import_faults", f"试导入之后登记簿有了变动，现在有 {total} 处错误：{told}。请改好后重新上传试导入"
        )
    return Outcome(f"已导入：{_counts(result)}", {})


def _counts(result: ImportResult) -> str:
    return f"新增 {result.added:,} 条，改动 {result.changed:,} 条，不变 {result.unchanged:,} 条"


def _examine(job: Job, progress: Progress) -> examining.Examination:
    """The files of an archive with what is found in them; written down afterwards."""
    by = asked_by(job)
    require_role(by.organ, by, timezone.now(), "收报告", *RECEIVERS)
    handed = packing.files_of([("报告.zip", bytes(job.payload))])
    return examining.examine(by.organ, handed, progress)


def _receive(job: Job, examined: examining.Examination) -> Outcome:
    by = asked_by(job)
    if by.organ.code != job.organ_code:
        raise Refused("not_yours", f"这一任务属于机关 {job.organ_code}，{by} 不是该机关的工作人员")
    received = receiving.receive(by.organ, *examined, by=by, at=timezone.now())
    unread = sum(one.reading is None for one in received)
    return Outcome(f"已收下并检查 {len(received)} 份报告，其中 {unread} 份不能读；结果见“收到的报告”", {})


KINDS: Kinds = {TRY_IMPORT: _try, IMPORT: do_import, RECEIVE: Staged(_examine, _receive), daily.DAILY: daily.work}
