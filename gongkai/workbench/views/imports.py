"""Importing a workbook: upload, dry run, confirmation."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.records import jobs
from gongkai.records.importing import import_workbook
from gongkai.workbench import tasks, uploads
from gongkai.workbench.access import at_desk
from gongkai.workbench.ledgers import LEDGERS

FAULTS_SHOWN = 200
MEGABYTE = 1024 * 1024


@require_http_methods(["GET", "POST"])
@at_desk
def upload(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The form; a posted workbook is kept and tried: the page tells what importing it would do, nothing is written."""
    register.require_clerk(staff.organ, staff, now(), "导入登记簿")
    if request.method == "GET":
        limit = settings.GONGKAI_UPLOAD_LIMIT // MEGABYTE
        return render(request, "workbench/import.html", {"staff": staff, "here": "import", "limit": limit})
    file = request.FILES.get("file")
    if file is None:
        raise Refused("no_file", "没有选择工作簿；请先选择文件，再点“试导入”")
    kept = uploads.keep_workbook(request, file)
    if kept.path.stat().st_size >= tasks.LARGE:
        return _apart(request, staff, kept)
    result = import_workbook(
        kept.path.read_bytes(), organ=staff.organ, ledgers=LEDGERS, by=staff, at=now(), dry_run=True
    )
    if result.faults:
        uploads.discard(request, uploads.WORKBOOK, kept.digest)
    return render(
        request,
        "workbench/dry_run.html",
        {
            "staff": staff, "here": "import", "upload": kept, "result": result,
            "faults": result.faults[:FAULTS_SHOWN], "fault_total": len(result.faults) + result.more_faults,
        },
    )  # fmt: skip


def _apart(request: HttpRequest, staff: Staff, kept: uploads.Upload) -> HttpResponse:
    """A large workbook is tried by a job, whose page tells what importing it would do."""
    title = f"试导入 {kept.name}"[:200]
    job = jobs.ask(
        tasks.TRY_IMPORT, organ_code=staff.organ.code, title=title, payload=kept.path.read_bytes(), by=staff, at=now(),
        arguments={**tasks.in_the_name_of(staff), "name": kept.name},
    )  # fmt: skip
    uploads.discard(request, uploads.WORKBOOK, kept.digest)
    return redirect("workbench:job", job.pk)


@require_POST
@at_desk
def confirm(request: HttpRequest, staff: Staff, digest: str) -> HttpResponse:
    """Import the workbook that was tried: the very same bytes, all rows or none."""
    register.require_clerk(staff.organ, staff, now(), "导入登记簿")
    kept = uploads.kept(request, uploads.WORKBOOK, digest)
    result = import_workbook(
        kept.path.read_bytes(), organ=staff.organ, ledgers=LEDGERS, by=staff, at=now(), dry_run=False
    )
    if result.faults:  # the registers have changed since the dry run
        raise Refused(
            "import_faults", f"试导入之后登记簿有了变动，现在有 {len(result.faults)} 处错误；请重新上传试导入"
        )
    uploads.discard(request, uploads.WORKBOOK, kept.digest)
    told = gettext("已导入：新增 %(added)d 条，改动 %(changed)d 条，不变 %(unchanged)d 条。")
    counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    messages.success(request, told % counts)
    return redirect("workbench:registers")
