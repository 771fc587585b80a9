"""Reports received as files at the desk: handed in, listed by how serious, looked at, checked anew, waived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.papers import pdf
from gongkai.received import actions, examining, outputs, packing, queries
from gongkai.received.models import Received, ReceivedFinding
from gongkai.records import jobs
from gongkai.reports.actions.permission import require_role
from gongkai.reports.checking import certificate as certificates
from gongkai.reports.checking import wording
from gongkai.reports.checking.keeping import kept
from gongkai.reports.checking.kinds import SUFFIXES
from gongkai.workbench import received as desk
from gongkai.workbench import tasks, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.downloads import XLSX, attachment
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import in_type, status_of

USUAL = timedelta(days=365)
ACCEPT = ",".join(f".{suffix}" for suffix in (*SUFFIXES, "zip"))
CERTIFICATES = {"json": (certificates.as_json, "application/json"), "pdf": (None, "application/pdf")}


def own_received(staff: Staff, pk: int) -> Received:
    """The report, when the organ one works for received it and has it still; 404 otherwise. Without the file."""
    return get_object_or_404(_received_or_removed(staff), pk=pk, removed_on__isnull=True)


def _received_or_removed(staff: Staff) -> QuerySet[Received]:
    rows = Received.objects.select_related("keeper", "organ", "received_by", "removed_by").defer("content")
    return rows.filter(keeper=staff.organ)


def _asked(request: HttpRequest, staff: Staff) -> tuple[QuerySet[Received], str]:
    """The rows of the list as narrowed by ?year=, and the year."""
    rows, year = queries.received_by(staff.organ, localdate()), request.GET.get("year", "")
    return (rows.filter(year=int(year)), year) if year.isdecimal() and len(year) == 4 else (rows, "")


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who, what, how serious, what to ask; the worst first."""
    rows, year = _asked(request, staff)
    page = page_of(request, queries.with_open_findings(rows.select_related("organ"), localdate()))
    context = {
        "staff": staff, "here": "received", "page": page, "links": page_links(page), "total": page.paginator.count,
        "lines": [(one, desk.to_ask(one)) for one in page], "years": queries.years_of(staff.organ), "year": year,
        "may": desk.may(staff, localdate()), "removed": queries.removed_by(staff.organ).count(),
    }  # fmt: skip
    return render(request, "workbench/received.html", context)


@require_GET
@at_desk
def removed(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What was removed: when, by whom, why."""
    page = page_of(request, queries.removed_by(staff.organ))
    context = {"staff": staff, "here": "received", "page": page, "links": page_links(page)}
    return render(request, "workbench/received_removed.html", context)


@require_GET
@at_desk
def workbook(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The whole list, its findings and what became of them."""
    rows, year = _asked(request, staff)
    content = outputs.workbook(desk.with_rows(rows), localdate())
    return attachment(content, f"报告检查结果{year}.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
@at_desk
def add(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The form; a few files are checked at once, archives and many files by a job."""
    require_role(staff.organ, staff, now(), "收报告", *queries.RECEIVERS)
    refused = None
    if request.method == "POST":
        try:
            return _received(request, staff, request.FILES.getlist("files"))
        except Refused as fault:
            refused = in_type(fault)
    context = {
        "staff": staff, "here": "received", "accept": ACCEPT, "refused": refused, "most": packing.FILES,
        "limit": desk.UPLOAD // desk.MEGABYTE,
    }  # fmt: skip
    return render(request, "workbench/receive.html", context, status=status_of(refused) if refused else 200)


def _received(request: HttpRequest, staff: Staff, given: Sequence[UploadedFile[bytes]]) -> HttpResponse:
    handed = desk.uploaded(given)
    if desk.is_much(handed) or queries.has_many(staff.organ):
        title = f"检查收到的报告 {handed[0][0]}"[:200]
        job = jobs.ask(
            tasks.RECEIVE, organ_code=staff.organ.code, title=title, payload=desk.packed(handed), by=staff, at=now(),
            arguments=tasks.in_the_name_of(staff),
        )  # fmt: skip
        return redirect("workbench:job", job.pk)
    found = examining.examine(staff.organ, packing.files_of(handed), desk.unheard)
    kept_ = actions.receive(staff.organ, *found, by=staff, at=now())
    messages.success(request, gettext("已收下并检查 %(count)d 份报告。") % {"count": len(kept_)})
    return redirect("workbench:received_report", kept_[0].pk) if len(kept_) == 1 else redirect("workbench:received")


@require_GET
@at_desk
def report(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One report: what was found, what became of it, and what can be done."""
    found = get_object_or_404(_received_or_removed(staff), pk=pk)
    if found.removed_on is not None:
        context = {"staff": staff, "here": "received", "one": found, "rows": desk.rows_of(found).exclude(digest="")}
        return render(request, "workbench/received_tombstone.html", context)
    return report_page(request, staff, found)


@require_http_methods(["GET", "POST"])
@at_desk
def remove(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Delete the file and its words, for a reason; what was typed stays when it is refused."""
    found, refused = own_received(staff, pk), None
    if request.method == "POST":
        try:
            actions.remove(found, request.POST.get("reason", ""), by=staff, at=now())
        except Refused as fault:
            refused = in_type(fault, no_reason="reason")
        else:
            messages.success(request, gettext("已删除。"))
            return redirect("workbench:received_report", pk)
    context = {
        "staff": staff, "here": "received", "received": found, "refused": refused, "longest": actions.REASON,
        "reason": request.POST.get("reason", ""), "may": desk.may(staff, localdate()),
    }  # fmt: skip
    return render(request, "workbench/remove_received.html", context, status=status_of(refused) if refused else 200)


def report_page(request: HttpRequest, staff: Staff, found: Received, refused: Refused | None = None) -> HttpResponse:
    """The page; with a refusal over it where an act was refused."""
    today = localdate()
    told = desk.told(found, today)
    reading = kept(found.reading) if found.reading is not None else None
    context = {
        "staff": staff, "here": "received", "one": found, "told": told, "reading": reading,
        "undecided": [(*wording.undecided(reading.form, each), each) for each in reading.undecided] if reading else (),
        "tally": desk.tally(told), "may": desk.may(staff, today), "refused": in_type(refused) if refused else None,
        "waivers": [(waiver, waiver.stands_on(today)) for waiver in found.waivers.select_related("by")],
        "organs": () if found.organ else queries.known_organs(staff.organ),
    }  # fmt: skip
    return render(request, "workbench/received_report.html", context, status=status_of(refused) if refused else 200)


@require_GET
@at_desk
def file(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The file as it came, to be saved and not shown: it is somebody else's and may carry scripts."""
    content = bytes(Received.objects.values_list("content", flat=True).get(pk=own_received(staff, pk).pk))
    return attachment(content, own_received(staff, pk).file_name.rpartition("/")[2], "application/octet-stream")


@require_GET
@at_desk
def as_json(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The object of `gongkai check --json`, `waived` filled."""
    found = own_received(staff, pk)
    content = outputs.as_json(found, desk.rows_of(found), localdate())
    return attachment(content, f"{found}.json", "application/json")


@require_GET
@at_desk
def one_workbook(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The findings of one report as a workbook."""
    found = own_received(staff, pk)
    return attachment(outputs.workbook([(found, list(desk.rows_of(found)))], localdate()), f"{found}.xlsx", XLSX)


@require_GET
@at_desk
def certificate(request: HttpRequest, staff: Staff, pk: int, kind: str) -> HttpResponse:
    """The certificate of the check, as JSON or to be printed."""
    found = own_received(staff, pk)
    if found.reading is None or kind not in CERTIFICATES:
        raise Http404(kind)
    checked = outputs.checked(found, desk.rows_of(found), date.min)  # what the rules say, whatever was waived
    content = certificates.as_json(checked) if kind == "json" else pdf.write(certificates.as_paper(checked))
    return attachment(content, f"{found}检查证明.{kind}", CERTIFICATES[kind][1])


@require_POST
@at_desk
def check(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Check the file anew by the rules of today."""
    found = own_received(staff, pk)
    content = bytes(Received.objects.values_list("content", flat=True).get(pk=found.pk))
    require_role(staff.organ, staff, now(), "重新检查", *queries.RECEIVERS)
    actions.check(found, examining.examine_again(found, content), by=staff, at=now())
    messages.success(request, gettext("已重新检查。"))
    return redirect("workbench:received_report", pk)


@require_POST
@at_desk
def assign(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Say whose report it is."""
    found = own_received(staff, pk)
    organs = {organ.code: organ for organ in queries.known_organs(staff.organ)}
    chosen = organs.get(request.POST.get("organ", ""))
    if chosen is None:
        return report_page(request, staff, found, Refused("organ", "没有选择机关；请从列表中选一个"))
    actions.assign(found, chosen, by=staff, at=now())
    messages.success(request, gettext("已指明报告机关。"))
    return redirect("workbench:received_report", pk)


@require_http_methods(["GET", "POST"])
@at_desk
def waive(request: HttpRequest, staff: Staff, pk: int, digest: str) -> HttpResponse:
    """The form for one finding; what was typed stays when it is refused."""
    found, today = own_received(staff, pk), localdate()
    row: ReceivedFinding = get_object_or_404(desk.rows_of(found).filter(digest=digest).exclude(digest="")[:1])
    refused = None
    if request.method == "POST":
        try:
            with typed.together(request.POST) as fields:
                reason, until = fields.said("reason", "豁免理由"), fields.day("expires_on", "有效至")
            actions.waive(found, digest, reason, until, by=staff, at=now())
        except Refused as fault:
            refused = in_type(fault, past_day="expires_on")
        else:
            messages.success(request, gettext("已豁免。"))
            return redirect(reverse("workbench:received_report", args=(pk,)))
    context = {
        "staff": staff, "here": "received", "received": found, "one": row, "refused": refused,
        "reason": request.POST.get("reason", ""), "may": desk.may(staff, today),
        "expires_on": request.POST.get("expires_on") or (today + USUAL).isoformat(),
    }  # fmt: skip
    return render(request, "workbench/waive_received.html", context, status=status_of(refused) if refused else 200)


@require_POST
@at_desk
def take_back(request: HttpRequest, staff: Staff, pk: int, waiver: int) -> HttpResponse:
    """The finding counts again."""
    found = own_received(staff, pk)
    try:
        actions.take_back_waiver(get_object_or_404(found.waivers, pk=waiver), by=staff, at=now())
    except Refused as refused:
        return report_page(request, staff, found, refused)
    messages.success(request, gettext("已撤销豁免。"))
    return redirect("workbench:received_report", pk)
