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
from gongkai.records.importing import ImportResult, import_workbook
from gongkai.workbench import tasks, uploads
from gongkai.workbench.access import at_desk
from gongkai.workbench.ledgers import LEDGERS
from gongkai.workbench.refusals import in_type, status_of

FAULTS_SHOWN = 200
CONFLICT = 409
MEGABYTE = 1024 * 1024


@require_http_methods(["GET", "POST"])
@at_desk
def upload(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The form; a posted workbook is kept and tried: the page tells what importing it would do, nothing is written."""
    register.require_clerk(staff.organ, staff, now(), "导入登记簿")
    if request.method == "GET":
        return _form(request, staff)
    try:
        return _tried(request, staff, _handed_in(request))
    except Refused as refused:
        return _form(request, staff, in_type(refused, **{refused.code: "file"}))


def _form(request: HttpRequest, staff: Staff, refused: Refused | None = None) -> HttpResponse:
    """The form; after a refusal with what is wrong with the workbook, beside the field that takes it."""
    limit = settings.GONGKAI_UPLOAD_LIMIT // MEGABYTE
    context = {"staff": staff, "here": "import", "limit": limit, "refused": refused}
    return render(request, "workbench/import.html", context, status=status_of(refused) if refused else 200)


def _handed_in(request: HttpRequest) -> uploads.Upload:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file", "没有选择工作簿；请先选择文件，再点“试导入”")
    return uploads.keep_workbook(request, file)


def _tried(request: HttpRequest, staff: Staff, kept: uploads.Upload) -> HttpResponse:
    """What importing it would do, or what is wrong with it, cell by cell."""
    if kept.path.stat().st_size >= tasks.LARGE:
        return _apart(request, staff, kept)
    result = import_workbook(
        kept.path.read_bytes(), organ=staff.organ, ledgers=LEDGERS, by=staff, at=now(), dry_run=True
    )
    return _told(request, staff, kept, result)


def _told(
    request: HttpRequest, staff: Staff, kept: uploads.Upload, result: ImportResult, *, changed: bool = False
) -> HttpResponse:
    """The page of what was tried. changed: it had no fault when it was tried, and has some now."""
    if result.faults:
        uploads.discard(request, uploads.WORKBOOK, kept.digest)
    context = {
        "staff": staff, "here": "import", "upload": kept, "result": result, "changed": changed,
        "faults": result.faults[:FAULTS_SHOWN], "fault_total": len(result.faults) + result.more_faults,
    }  # fmt: skip
    return render(request, "workbench/dry_run.html", context, status=CONFLICT if changed else 200)


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
    try:
        kept = uploads.kept(request, uploads.WORKBOOK, digest)
    except Refused as refused:
        return _form(request, staff, in_type(refused, **{refused.code: "file"}))
    result = import_workbook(
        kept.path.read_bytes(), organ=staff.organ, ledgers=LEDGERS, by=staff, at=now(), dry_run=False
    )
    if result.faults:  # the registers have changed since the dry run
        return _told(request, staff, kept, result, changed=True)
    uploads.discard(request, uploads.WORKBOOK, kept.digest)
    told = gettext("已导入：新增 %(added)d 条，改动 %(changed)d 条，不变 %(unchanged)d 条。")
    counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    messages.success(request, told % counts)
    return redirect("workbench:registers")
