"""Questions about received reports: chosen and sent, answered by the organ, judged by whoever asked."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.received import actions, queries
from gongkai.received.flow import ANSWERS, FLOW
from gongkai.received.models import LONGEST_TEXT, Question
from gongkai.records.moves import may
from gongkai.workbench import received as desk
from gongkai.workbench import typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.received import own_received

USUAL = timedelta(days=14)


@require_http_methods(["GET", "POST"])
@at_desk
def ask(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Which findings are sent to the organ, and until when it answers; all are chosen at first."""
    found, today, refused = own_received(staff, pk), localdate(), None
    if request.method == "POST":
        try:
            until = typed.day(request.POST.get("due_on", ""), "要求答复日期", "due_on")
            sent = actions.ask(found, request.POST.getlist("finding"), until, by=staff, at=now())
        except Refused as fault:
            refused = in_type(fault)
        else:
            messages.success(request, gettext("已向机关发出 %(count)d 个问题。") % {"count": len(sent)})
            return redirect("workbench:received_report", pk)
    to_ask = [one for one in desk.told(found, today) if one.is_open and one.question is None]
    chosen = request.POST.getlist("finding") if request.method == "POST" else [one.row.digest for one in to_ask]
    context = {
        "staff": staff, "here": "received", "received": found, "to_ask": to_ask, "chosen": chosen, "refused": refused,
        "due_on": request.POST.get("due_on") or (today + USUAL).isoformat(), "may": desk.may(staff, today),
    }  # fmt: skip
    return render(request, "workbench/ask_organ.html", context, status=status_of(refused) if refused else 200)


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What the organ has been asked about its reports."""
    page = page_of(request, queries.questions_to(staff.organ))
    context = {
        "staff": staff, "here": "received", "page": page, "links": page_links(page), "total": page.paginator.count,
    }  # fmt: skip
    return render(request, "workbench/questions.html", context)


def own_question(staff: Staff, pk: int) -> Question:
    """A question that the organ one works for asked or was asked; 404 otherwise."""
    rows = Question.objects.select_related("organ", "sender", "received")
    rows = rows.defer("received__content", "received__reading")
    return get_object_or_404(rows, Q(organ=staff.organ) | Q(sender=staff.organ), pk=pk)


@require_http_methods(["GET", "POST"])
@at_desk
def question(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The question as the organ reads it, or as its sender does; posted, it is answered."""
    found = own_question(staff, pk)
    if request.method == "GET":
        return question_page(request, staff, found)
    try:
        given = request.POST
        actions.answer(found, given.get("answer", ""), given.get("answered_as", ""), by=staff, at=now())
    except Refused as refused:
        return question_page(request, staff, found, refused)
    messages.success(request, gettext("已答复。"))
    return redirect("workbench:question", pk)


def question_page(request: HttpRequest, staff: Staff, found: Question, refused: Refused | None = None) -> HttpResponse:
    """The page; what was typed stays where it was refused."""
    roles = staff.roles_on(localdate())
    moves = may(FLOW, found, roles)
    asked, sent = found.organ_id == staff.organ_id, found.sender_id == staff.organ_id
    context = {
        "staff": staff, "here": "received", "question": found, "refused": in_type(refused) if refused else None,
        "may_answer": asked and any(move.role == "clerk" for move in moves),
        "may_decide": sent and any(move.name == "accept_answer" for move in moves),
        "may_withdraw": sent and any(move.name.startswith("withdraw") for move in moves), "sent": sent,
        "answer": request.POST.get("answer", found.answer), "remark": request.POST.get("remark", ""),
        "answered_as": request.POST.get("answered_as", found.answered_as), "kinds": ANSWERS, "longest": LONGEST_TEXT,
    }  # fmt: skip
    return render(request, "workbench/question.html", context, status=status_of(refused) if refused else 200)


@require_POST
@at_desk
def decide(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Accept the answer, send it back, or take the question back."""
    found, remark = own_question(staff, pk), request.POST.get("remark", "")
    try:
        told = _decided(found, request.POST.get("act", ""), remark, staff)
    except Refused as refused:
        return question_page(request, staff, found, refused)
    messages.success(request, told)
    return redirect("workbench:question", pk)


def _decided(found: Question, act: str, remark: str, staff: Staff) -> str:
    if act == "accept":
        actions.accept(found, remark, by=staff, at=now())
        return gettext("已认可答复。")
    if act == "reject":
        actions.reject(found, remark, by=staff, at=now())
        return gettext("已退回，请机关重新答复。")
    actions.withdraw(found, by=staff, at=now())
    return gettext("已撤回询问。")
