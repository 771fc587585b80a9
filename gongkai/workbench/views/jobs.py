"""Long work of one's organ: what is waiting, running, done or failed; a failed job is run again from here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gongkai.organs import register
from gongkai.organs.models import Staff
from gongkai.records import jobs
from gongkai.records.models import Job
from gongkai.workbench import tasks
from gongkai.workbench.access import at_desk
from gongkai.workbench.paging import page_links, page_of


def own_job(staff: Staff, pk: int) -> Job:
    """The job, when it is of the organ one works for; 404 otherwise."""
    return get_object_or_404(jobs.of_organ(staff.organ.code), pk=pk)


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's jobs, the latest first."""
    page = page_of(request, jobs.of_organ(staff.organ.code))
    return render(
        request,
        "workbench/jobs.html",
        {"staff": staff, "here": "jobs", "jobs": page, "links": page_links(page), "total": page.paginator.count},
    )


@require_GET
@at_desk
def job(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One job: how far it is, or what came of it and what can be done now."""
    found = own_job(staff, pk)
    progress = jobs.progress_of(found) if found.state == jobs.RUNNING else None
    return render(
        request,
        "workbench/job.html",
        {
            "staff": staff, "here": "jobs", "job": found, "progress": progress,
            "percent": progress[0] * 100 // max(progress[1], 1) if progress else 0,
            "unfinished": found.state in jobs.UNFINISHED,
            "confirmable": found.kind == tasks.TRY_IMPORT and Job.objects.filter(pk=pk, state=jobs.DONE).exclude(
                payload=b""
            ).exists(),
        },
    )  # fmt: skip


@require_POST
@at_desk
def confirm(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Import the workbook that was tried: the very same bytes, all rows or none."""
    found = own_job(staff, pk)
    register.require_clerk(staff.organ, staff, now(), "导入登记簿")
    title = f"导入 {found.arguments['name']}"
    arguments = {**tasks.in_the_name_of(staff), "name": found.arguments["name"]}
    following = jobs.follow(found, tasks.IMPORT, title=title, by=staff, at=now(), arguments=arguments)
    return redirect("workbench:job", following.pk)


@require_POST
@at_desk
def run_again(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Queue a failed job anew, in one's own name."""
    found = own_job(staff, pk)
    register.require_clerk(staff.organ, staff, now(), "再次执行")
    jobs.run_again(found, by=staff, at=now(), arguments=tasks.in_the_name_of(staff))
    messages.success(request, gettext("已重新排队。"))
    return redirect("workbench:job", pk)
