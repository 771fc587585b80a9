"""An item drafted from a file: handed in and screened, its text shown beside the form, saved with it as attachment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.disclosures import actions
from gongkai.disclosures.flow import CLERK
from gongkai.disclosures.looking import LARGEST, OLD, PICTURES, Looked
from gongkai.disclosures.proposing import LONGEST_BODY, proposed
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.within import require_role
from gongkai.screening.kinds import SUFFIXES
from gongkai.workbench import drafting, item_acts, uploads
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import faults_of, in_type, status_of

ACCEPT = ",".join(f".{end}" for end in (*SUFFIXES, *OLD) if end != "pptx")
MEGABYTE = 1024 * 1024
SHOWN = 100_000  # characters of a file's text beside the form; more of it is read in the file


def handed_in(request: HttpRequest) -> tuple[str, bytes]:
    """Name and bytes of the file of a form. Refused without one, and for one too large before it is read."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file", "没有选择文件;请选择一个文件再上传")
    if (file.size or 0) > LARGEST:
        raise Refused(
            "file_too_large", f"“{file.name}”超过 {LARGEST // MEGABYTE} 兆字节;请压缩图片或拆成几个文件后再上传"
        )
    return file.name or "", file.read()


@require_http_methods(["GET", "POST"])
@at_desk
def begin(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The form that takes a file; what may be kept waits with its digest for the rest to be filled in."""
    require_role(staff.organ, staff, now(), "起草公开信息", CLERK)
    refused = None
    if request.method == "POST":
        try:
            name, data = handed_in(request)
            actions.look_at(staff.organ, name=name, data=data, by=staff, at=now())
            return redirect("workbench:item_from_file", uploads.keep(request, uploads.ITEM, name, data).digest)
        except Refused as fault:
            refused = in_type(fault)
    context = {
        "staff": staff, "here": "items", "accept": ACCEPT, "limit": LARGEST // MEGABYTE, "refused": refused,
    }  # fmt: skip
    return render(request, "workbench/item_file.html", context, status=status_of(refused) if refused else 200)


@require_http_methods(["GET", "POST"])
@at_desk
def fill_in(request: HttpRequest, staff: Staff, digest: str) -> HttpResponse:
    """The draft, filled in from the text of the file, which stands beside it; saved, the file is its attachment."""
    upload, refused = uploads.kept(request, uploads.ITEM, digest), None
    data = upload.path.read_bytes()
    if request.method == "POST":
        try:
            values, unread = item_acts.values_of(request.POST)
            item = actions.draft_from_file(
                staff.organ, values=values, name=upload.name, data=data, by=staff, at=now(), unread=unread
            )  # fmt: skip
            uploads.discard(request, uploads.ITEM, digest)
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:item", item.pk)
        except Refused as fault:
            refused = fault
    looked = actions.look_at(staff.organ, name=upload.name, data=data, by=staff, at=now())
    found = request.POST if refused else {**drafting.FIRST, **proposed(looked.text, looked.name)}
    context = {
        "staff": staff, "here": "items", "form": drafting.blank(found, faults_of(refused)), "looked": looked,
        "said": said_of(looked), "refused": in_type(refused) if refused else None, "shown": f":{SHOWN}",
    }  # fmt: skip
    return render(request, "workbench/item_draft.html", context, status=status_of(refused) if refused else 200)


def said_of(looked: Looked) -> str:
    """What the drafter is told about the text of the file; "" where there is nothing to tell."""
    if looked.media_type in PICTURES:
        return gettext("这是图片，其中的文字读不出来：请在正文里录入图片上的内容。图片作为附件公开。")
    if looked.wordless:
        return gettext("这份文件里没有可以提取的文字，可能是扫描件：请在正文里录入内容。文件作为附件公开。")
    if len(looked.text) > LONGEST_BODY:
        return gettext("文件的文字太长，没有填入正文：请在正文里录入摘要，全文以附件公开。")
    return ""
