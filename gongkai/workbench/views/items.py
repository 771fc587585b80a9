"""Items of the disclosure procedure at the desk: my list, the page of one, its draft, and many moved at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.disclosures import actions, picture, queries
from gongkai.disclosures.flow import BACK, CLERK, DRAFT, EDIT, FLOW, PUBLISHER, SECRECY, STATES
from gongkai.disclosures.models import Attachment, Disclosure, Version
from gongkai.law.refusal import Refused
from gongkai.law.typesetting import typeset
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.workbench import drafting, item_acts, moving, telling, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.hits import hits
from gongkai.workbench.paging import page_links, page_of
from gongkai.workbench.refusals import UNFIT, faults_of, in_type, standing_beside, status_of
from gongkai.workbench.views.from_file import SHOWN, handed_in

LARGEST_BULK = 200
BULK = ("submit", "pass_attribute", "clear_secrecy", "send_back")
"""Moves that may be made on many at once: they take nothing but a reason."""
LISTS = ("mine", "drafts", "late", "undelivered", "closed", "scheduled", "all")


def own_item(staff: Staff, pk: int) -> Disclosure:
    """The item, when it is of the organ one works for; 404 otherwise."""
    rows = queries.items(staff.organ).select_related("attribute_reviewer", "secrecy_reviewer", "cataloguer", "signer")
    return get_object_or_404(rows.select_related("publisher"), pk=pk)


def _listed(staff: Staff, name: str, state: str) -> QuerySet[Disclosure]:
    today = localdate()
    found = {
        "mine": lambda: queries.awaiting_me(staff, today),
        "drafts": lambda: queries.by_urgency(queries.items(staff.organ).filter(author__user=staff.user_id)),
        "late": lambda: queries.overdue(staff.organ, today),
        "undelivered": lambda: queries.undelivered(staff.organ, today),
        "closed": lambda: queries.to_re_review(staff.organ, today),
        "scheduled": lambda: queries.scheduled(staff.organ),
    }.get(name, lambda: queries.items(staff.organ).order_by("-pk"))()
    return found.filter(state=state) if state in dict(STATES) else found


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits for me, and other lists of the organ's items; ?list= and ?state= narrow them."""
    return _list(request, staff)


def _list(request: HttpRequest, staff: Staff, answers: list[actions.Answer] | None = None) -> HttpResponse:
    today = localdate()
    asked, state = request.GET.get("list", "mine"), request.GET.get("state", "")
    name = asked if asked in LISTS else "mine"
    page = page_of(request, _listed(staff, name, state))
    done = [answer for answer in answers or () if answer.refused is None]
    undone = [answer for answer in answers or () if answer.refused is not None]
    context = {
        "staff": staff, "here": "items", "page": page, "links": page_links(page), "states": STATES, "state": state,
        "list": name, "total": page.paginator.count, "today": today,
        "lacking": typeset(queries.lacking(staff.organ, today)),
        "may_draft": CLERK in staff.roles_on(today), "bulk": _bulk_open_to(staff.roles_on(today)),
        "answers": answers, "done": len(done), "undone": undone, "again": {one.item.pk for one in undone},
        "incidents": queries.open_incidents(staff.organ).count(), "since": staff.organ.chain_since,
    }  # fmt: skip
    return render(request, "workbench/items.html", context, status=UNFIT if undone else 200)


def _bulk_open_to(roles: Collection[str]) -> list[tuple[str, str]]:
    """The moves on many, act and title, that somebody with these roles may make on any item at all."""
    meant = {"send_back": [move for move, _role, _apart in BACK.values()]}
    return [
        (act, gettext(moving.TITLES[act]))
        for act in BULK
        if any(FLOW.move(name).open_to(roles) for name in meant.get(act, [act]))
    ]


@require_POST
@at_desk
def bulk(request: HttpRequest, staff: Staff) -> HttpResponse:
    """One move on all items that were ticked; each has its own record, and each that was refused says why."""
    name = request.POST.get("act", "")
    if name not in BULK:
        raise Http404(name)
    keys = [int(key) for key in request.POST.getlist("item") if key.isdecimal() and len(key) < 19][:LARGEST_BULK]
    chosen = queries.items(staff.organ).filter(pk__in=keys).order_by("pk")
    answers = actions.each(chosen, lambda item: item_acts.do(name, item, staff, request.POST))
    return _list(request, staff, answers)


@require_http_methods(["GET", "POST"])
@at_desk
def create(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Begin an item; the attribute proposed is proactive unless its author says otherwise."""
    refused = None
    if request.method == "POST":
        try:
            values, unread = item_acts.values_of(request.POST)
            item = actions.draft(staff.organ, values=values, by=staff, at=now(), unread=unread)
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:item", item.pk)
        except Refused as fault:
            refused = fault
    form = drafting.blank(request.POST if refused else None, faults_of(refused))
    return _draft_page(request, staff, None, form, 0, refused)


@require_http_methods(["GET", "POST"])
@at_desk
def edit(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Change the words and facts of the version under way; what was reviewed is then a draft again."""
    item, refused = own_item(staff, pk), None
    version = _version(item)
    if version is None or item.state not in EDIT:
        raise Refused("wrong_state", f"信息 {item.number} 现为“{item.get_state_display()}”,没有可以修改的版本")
    seen = version.revision
    if request.method == "POST":
        given = request.POST.get("seen", "")
        try:
            values, unread = item_acts.values_of(request.POST)
            actions.edit(item, values=values, by=staff, at=now(), seen=typed.count(given), unread=unread)
            messages.success(request, gettext("已保存。"))
            return redirect("workbench:item", pk)
        except Refused as fault:
            item = own_item(staff, pk)
            version = _version(item) or version
            refused = standing_beside(fault, drafting.standing_texts(item, version), request.POST)
            # Whoever saves again has been told what stands now.
            seen = version.revision
    form = drafting.standing(item, version, request.POST if refused else None, faults_of(refused))
    return _draft_page(request, staff, item, form, seen, refused, version)


def _draft_page(
    request: HttpRequest,
    staff: Staff,
    item: Disclosure | None,
    form: Any,
    seen: int,
    refused: Refused | None,
    version: Version | None = None,
) -> HttpResponse:
    context = {
        "staff": staff, "here": "items", "item": item, "form": form, "seen": seen,
        "refused": in_type(refused) if refused else None,
        "files": _begun(version) if version else (),
    }  # fmt: skip
    return render(request, "workbench/item_draft.html", context, status=status_of(refused) if refused else 200)


def _begun(version: Version) -> QuerySet[Attachment]:
    """The files of a version, each with the `beginning` of its text, however long that is."""
    return version.attachments.defer("text").annotate(beginning=Left("text", SHOWN)).order_by("position")


def _version(item: Disclosure) -> Version | None:
    return item.versions.filter(published_at__isnull=True, dropped_at__isnull=True).first()


@require_http_methods(["GET", "POST"])
@at_desk
def item(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One item; posted with `act`, the act is done. A refused form keeps what was typed."""
    found = own_item(staff, pk)
    if request.method == "GET":
        return _item_page(request, staff, found)
    name = request.POST.get("act", "")
    try:
        item_acts.do(name, found, staff, request.POST)
    except Refused as fault:
        found = own_item(staff, pk)
        stands = {one: moving.typed_day(getattr(found, one)) for one in ("effective_on", "lapses_on")}
        return _item_page(request, staff, found, standing_beside(fault, stands, request.POST))
    messages.success(request, gettext("已办理。"))
    return redirect("workbench:items") if name == "discard" else redirect("workbench:item", pk)


@require_POST
@at_desk
def adopt(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Lead a row of the register into the procedure."""
    found = get_object_or_404(Disclosure, organ=staff.organ, pk=pk)
    actions.adopt(found, by=staff, at=now())
    messages.success(request, gettext("已办理。"))
    return redirect("workbench:item", pk)


@require_POST
@at_desk
def attach(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Hand a file in; it is screened before anything of it is stored."""
    found = own_item(staff, pk)
    try:
        name, data = handed_in(request)
        actions.attach(found, name=name, data=data, by=staff, at=now())
    except Refused as refused:
        return _item_page(request, staff, own_item(staff, pk), refused)
    messages.success(request, gettext("已上传并筛查。"))
    return redirect("workbench:item", pk)


def _item_page(request: HttpRequest, staff: Staff, found: Disclosure, refused: Refused | None = None) -> HttpResponse:
    today, roles = localdate(), staff.roles_on(localdate())
    version = _version(found) or found.public_version or found.versions.order_by("-number").first()
    under_way = version is not None and version.published_at is None
    found_hits, row = hits(version.findings.all()) if version else [], _row(request.POST)
    fields = {name: f"{row}-{name}" for name in request.POST} if row else {}
    context = {
        "staff": staff, "here": "items", "item": found, "version": version, "under_way": under_way, "today": today,
        "clocks": queries.clocks_of(found), "validity": found.validity_on(today),
        "files": version.attachments.defer("text").order_by("position") if version else (),
        "hits": found_hits, "reviews": found.reviews.select_related("version"),
        "versions": found.versions.order_by("-number"), "deliveries": found.deliveries.select_related("reading_place"),
        "places": found.placements.select_related("posting__channel").order_by("pk"),
        "may_edit": under_way and found.state in EDIT and CLERK in roles, "is_clerk": CLERK in roles,
        "may_correct": PUBLISHER in roles and found.public_version_id is not None,
        "forms": moving.forms(found, staff, today, request.POST if refused else None, faults_of(refused)),
        "related": picture.completing(version) if version and found.state == SECRECY else (),
        "past": telling.lines(entries.about(found, staff.organ.code).order_by("seq")),
        "refused": in_type(refused, **fields) if refused else None, "typed": request.POST, "judged": row,
        "lacking": _lacking(found, version), "open_hits": sum(hit.judgement != "dismissed" for hit in found_hits),
    }  # fmt: skip
    return render(request, "workbench/item.html", context, status=status_of(refused) if refused else 200)


def _lacking(found: Disclosure, version: Version | None) -> list[str] | None:
    """What a draft needs before it can be handed over; None for what is no draft."""
    if version is None or found.state != DRAFT:
        return None
    return [typeset(sentence) for sentence in actions.lacking(found, version).values()]


def _row(given: QueryDict) -> str:
    """Which of the forms beside many rows was posted: its fields have ids that begin so; "" for any other form."""
    for name in ("finding", "delivery", "posting"):
        if key := given.get(name, ""):
            return f"{'alone' if 'alone' in given else name}-{key}"
    return ""


@require_GET
@at_desk
def version(request: HttpRequest, staff: Staff, pk: int, number: int) -> HttpResponse:
    """An earlier version as it stood, with its reviews."""
    found = own_item(staff, pk)
    shown = get_object_or_404(found.versions, number=number)
    context = {
        "staff": staff, "here": "items", "item": found, "version": shown,
        "files": shown.attachments.defer("text").order_by("position"), "reviews": shown.reviews.all(),
    }  # fmt: skip
    return render(request, "workbench/item_version.html", context)
