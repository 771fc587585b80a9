"""Comments of the public at the desk: the list, and one comment with what may be done about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.comments import actions, queries
from gongkai.comments.flow import FLOW, LEAD, OPEN, REPLIED, STATES
from gongkai.comments.models import LONGEST_TEXT, Comment
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.queries import staff_with_role
from gongkai.records import entries
from gongkai.records.moves import may
from gongkai.workbench import telling, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import in_type

USUAL = timedelta(days=14)  # no rule sets a time for answering a comment; the form offers this
REFUSED = 422


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The comments on the organ's reports, the latest first; ?state= narrows them."""
    state = request.GET.get("state", "")
    found = queries.comments_of(staff.organ)
    page = page_of(request, found.filter(state=state) if state in dict(STATES) else found)
    return render(
        request,
        "workbench/comments.html",
        {
            "staff": staff, "here": "comments", "page": page, "links": page_links(page), "states": STATES,
            "state": state, "total": page.paginator.count, "today": localdate(),
        },
    )  # fmt: skip


def _owner(request: HttpRequest, staff: Staff) -> Staff:
    given = request.POST.get("owner", "")
    found = Staff.objects.filter(organ=staff.organ, pk=given).first() if given.isdecimal() else None
    if found is None:
        raise Refused("owner", "没有选择承办人；请从名单中选择一位登记员")
    return found


def _task(request: HttpRequest, staff: Staff) -> tuple[Staff, date]:
    with typed.together(request.POST) as fields:
        owner = fields.take(lambda: _owner(request, staff), staff)
        due_on = fields.day("due_on", "办理期限")
    return owner, due_on


def _show(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    owner, due_on = _task(request, staff)
    actions.show(comment, owner=owner, due_on=due_on, by=staff, at=now())


def _assign(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    owner, due_on = _task(request, staff)
    actions.assign(comment, owner=owner, due_on=due_on, by=staff, at=now())


def _withhold(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    actions.withhold(comment, reason=request.POST.get("reason", ""), by=staff, at=now())


def _reply(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    actions.reply(comment, answer=request.POST.get("answer", ""), by=staff, at=now())


def _send_back(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    actions.send_back(comment, by=staff, at=now())


def _release(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    actions.release(comment, by=staff, at=now())


def _erase(comment: Comment, staff: Staff, request: HttpRequest) -> None:
    actions.erase_contact(comment, by=staff, at=now())


ACTS: dict[str, Callable[[Comment, Staff, HttpRequest], None]] = {
    "show": _show, "assign": _assign, "withhold": _withhold, "reply": _reply, "send_back": _send_back,
    "release": _release, "erase_contact": _erase,
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@at_desk
def comment(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One comment; posted with `act`, the act is done. A refused form keeps what was typed."""
    found = get_object_or_404(queries.comments_of(staff.organ), pk=pk)
    act, contact = request.POST.get("act", ""), ""
    fault: Refused | None = None
    if request.method == "POST":
        try:
            if act == "read_contact":
                reason = request.POST.get("read_reason", "")
                contact = actions.read_contact(found, reason=reason, by=staff, at=now())
            else:
                _do(act, found, staff, request)
        except Refused as refused:
            if refused.code == "not_your_role":
                raise
            fault = in_type(refused, no_reason="read_reason")
            found = get_object_or_404(queries.comments_of(staff.organ), pk=pk)
        else:
            if not contact:
                messages.success(request, gettext("已办理。"))
                return redirect("workbench:comment", pk)
    return _page(request, staff, found, contact, fault)


def _do(act: str, found: Comment, staff: Staff, request: HttpRequest) -> None:
    if act not in ACTS:
        raise Http404(act)
    ACTS[act](found, staff, request)


def _page(
    request: HttpRequest, staff: Staff, found: Comment, contact: str, refused: Refused | None
) -> HttpResponse:  # fmt: skip
    today = localdate()
    roles = staff.roles_on(today)
    moves = {move.name for move in may(FLOW, found, roles)}
    given = {name: request.POST.get(name, "") for name in ("reason", "answer", "due_on", "owner", "read_reason")}
    return render(
        request,
        "workbench/comment.html",
        {
            "staff": staff, "here": "comments", "comment": found, "moves": moves, "refused": refused, "typed": given,
            "may_withhold": any(name.startswith(("withhold", "take_down")) for name in moves),
            "may_show": bool(moves & {"show_comment", "show_after_all"}),
            "may_assign": LEAD in roles and found.state in (OPEN, REPLIED),
            "may_read": bool(found.contact and roles & actions.READ_BY),
            "may_erase": bool(found.contact) and LEAD in roles,
            "contact": contact, "clerks": staff_with_role(staff.organ, "clerk", today), "longest": LONGEST_TEXT,
            "owner": given["owner"] or str(found.owner_id or ""),
            "due_on": given["due_on"] or (found.due_on or today + USUAL).isoformat(), "today": today,
            "past": telling.lines(entries.about(found, staff.organ.code).order_by("seq")),
        },
        status=REFUSED if refused else 200,
    )  # fmt: skip
