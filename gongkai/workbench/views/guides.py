"""The guide and the rules at the desk: the list, an edition and what may be done about it, the editor, two compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.guides import actions, queries
from gongkai.guides.flow import CLERK, DRAFT, FLOW, LEAD, ON_ITS_WAY
from gongkai.guides.models import GUIDE, RULE, Edition
from gongkai.law.public_documents import Item, demands
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.records.moves import may
from gongkai.workbench import telling, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import in_type, status_of


@dataclass(frozen=True, slots=True)
class Written:
    """An item of an edition: what it is, what is written, and what is wrong with it (None: nothing)."""

    item: Item
    text: str
    mark: queries.Mark | None = None


def own_edition(staff: Staff, pk: int) -> Edition:
    """The edition, when it is of the organ one works for; 404 otherwise."""
    return get_object_or_404(queries.editions_of(staff.organ), pk=pk)


@require_http_methods(["GET", "POST"])
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The organ's guide and rules, each with how it stands; posted, a new document is begun."""
    refused = None
    if request.method == "POST":
        kind = RULE if request.POST.get("kind") == RULE else GUIDE
        given = {name: request.POST.get(name, "") for name in ("title", "code")}
        try:
            made = actions.create(staff.organ, kind=kind, **given, by=staff, at=now())
        except Refused as no:
            refused = in_type(no)
        else:
            return redirect("workbench:edit_guide", made.pk)
    today = localdate()
    context = {
        "staff": staff, "here": "guides", "lines": _lines(staff), "today": today, "typed": request.POST,
        "refused": refused, "may_begin": CLERK in staff.roles_on(today),
        "lacks_guide": queries.lacks_guide(staff.organ),
    }  # fmt: skip
    return render(request, "workbench/guides.html", context, status=status_of(refused) if refused else 200)


def _lines(staff: Staff) -> list[dict[str, Any]]:
    """One line a document: its latest edition, the one in force, and how that stands."""
    today, facts = localdate(), queries.facts_of(staff.organ, localdate())
    found: dict[str, dict[str, Any]] = {}
    for edition in queries.editions_of(staff.organ):
        line = found.setdefault(edition.code, {"latest": edition, "in_force": None, "stands": None})
        if edition.is_in_force:
            line |= {"in_force": edition, "stands": queries.standing(edition, today, facts)}
    return list(found.values())


@require_http_methods(["GET", "POST"])
@at_desk
def edition(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """One edition; posted with `act`, the act is done. A refused form keeps what was typed."""
    found, refused = own_edition(staff, pk), None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404("act")
        try:
            made = act(found, request, staff)
        except Refused as no:
            field = "repeal_reason" if request.POST.get("act") == "repeal" else "reason"
            refused, found = in_type(no, reason=field), own_edition(staff, pk)
        else:
            messages.success(request, gettext("已办理。"))
            return redirect("workbench:edit_guide" if made is not None else "workbench:guide", (made or found).pk)
    context = {
        "staff": staff, "here": "guides", "edition": found, "refused": refused, "typed": request.POST,
        "items": written(found, staff), "may": _may(found, staff), "moves": _buttons(), "today": localdate(),
        "stands": queries.standing(found, localdate()) if found.is_in_force else None,
        "editions": queries.editions_of(staff.organ).filter(code=found.code),
        "past": telling.lines(entries.about(found, staff.organ.code).order_by("seq")),
    }  # fmt: skip
    return render(request, "workbench/guide.html", context, status=status_of(refused) if refused else 200)


def written(found: Edition, staff: Staff, texts: dict[str, str] | None = None) -> list[Written]:
    """Every item that the law of today asks for, with its text and mark. texts: what is being typed instead."""
    today = localdate()
    shown = Edition(organ=found.organ, kind=found.kind, sections=found.sections if texts is None else texts)
    marks = {mark.item.code: mark for mark in queries.marks(shown, queries.facts_of(staff.organ, today), today)}
    return [
        Written(item, str(shown.sections.get(item.code, "")), marks.get(item.code))
        for item in demands(found.kind, today).items
    ]


def _may(found: Edition, staff: Staff) -> frozenset[str]:
    """The acts that this person may do now: the buttons that are shown work."""
    roles = staff.roles_on(localdate())
    acts = {"send_back" if move.name == "return" else move.name for move in may(FLOW, found, roles, staff)}
    if found.kind == GUIDE or found.replaced_on is not None:
        acts.discard("repeal")
    if CLERK in roles and found.state == DRAFT:
        acts.add("write")
    if found.is_in_force:
        acts |= {"confirm"} if LEAD in roles else set()
        waiting = Edition.objects.filter(organ=found.organ_id, code=found.code, state__in=ON_ITS_WAY).exists()
        acts |= {"revise"} if CLERK in roles and not waiting else set()
    return frozenset(acts)


Act = Callable[[Edition, HttpRequest, Staff], Edition | None]
ACTS: dict[str, Act] = {
    "submit": lambda found, request, staff: actions.submit(found, by=staff, at=now()),
    "approve": lambda found, request, staff: actions.approve(found, by=staff, at=now()),
    "publish": lambda found, request, staff: actions.publish(found, by=staff, at=now()),
    "confirm": lambda found, request, staff: actions.confirm(found, by=staff, at=now()),
    "revise": lambda found, request, staff: actions.revise(found, by=staff, at=now()),
    "send_back": lambda found, request, staff: actions.send_back(
        found, reason=request.POST.get("reason", ""), by=staff, at=now()
    ),
    "repeal": lambda found, request, staff: actions.repeal(
        found, reason=request.POST.get("repeal_reason", ""), by=staff, at=now()
    ),
}


def _buttons() -> tuple[tuple[str, str], ...]:
    """The acts that need no word, in the order of the procedure, as their buttons say."""
    return (
        ("submit", gettext("送审")), ("approve", gettext("审定")), ("publish", gettext("发布")),
        ("confirm", gettext("核对无误")), ("revise", gettext("修订为新版")),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@at_desk
def edit(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """The editor of a draft: save, or look at what is typed as it would be printed; neither loses it."""
    found = own_edition(staff, pk)
    if request.method == "GET":
        return _editor(request, staff, found, None, None)
    texts = {item.code: request.POST.get(item.code, "") for item in demands(found.kind, localdate()).items}
    if "preview" in request.POST:
        return _editor(request, staff, found, texts, None)
    day = request.POST.get("effective_on", "").strip()
    try:
        actions.write(
            found, title=request.POST.get("title", ""), sections=texts,
            effective_on=typed.day(day, "施行日期", "effective_on") if day else None,
            change_note=request.POST.get("change_note", ""),
            seen=typed.count(request.POST.get("seen")), by=staff, at=now(),
        )  # fmt: skip
    except Refused as refused:
        return _editor(request, staff, own_edition(staff, pk), texts, refused)
    messages.success(request, gettext("已保存。"))
    return redirect("workbench:guide", pk)


def _editor(
    request: HttpRequest, staff: Staff, found: Edition, texts: dict[str, str] | None, refused: Refused | None
) -> HttpResponse:
    heads = {
        "title": found.title, "change_note": found.change_note,
        "effective_on": found.effective_on.isoformat() if found.effective_on else "",
    }  # fmt: skip
    theirs = refused is not None and refused.code == "changed_meanwhile"
    context = {
        "staff": staff, "here": "guides", "edition": found, "items": written(found, staff, texts),
        "heads": {name: request.POST.get(name, text) for name, text in heads.items()},
        "preview": texts is not None and refused is None, "refused": in_type(refused) if refused else None,
        "seen": found.revision if texts is None or theirs else request.POST.get("seen", ""),
        "theirs": written(found, staff) if theirs else (), "may_write": "write" in _may(found, staff),
    }  # fmt: skip
    return render(request, "workbench/guide_edit.html", context, status=status_of(refused) if refused else 200)


@require_GET
@at_desk
def compare(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """What an edition changed of the one before, item by item; ?with= names another edition of the same document."""
    found = own_edition(staff, pk)
    wanted = typed.count(request.GET.get("with"))
    others = queries.editions_of(staff.organ).filter(code=found.code).exclude(pk=pk)
    other = others.filter(version=wanted).first() if wanted else queries.previous(found)
    if other is None:
        raise Http404("with")
    before, after = written(other, staff), written(found, staff)
    pairs = [(new.item, old.text, new.text) for old, new in zip(before, after, strict=True) if old.text != new.text]
    context = {
        "staff": staff, "here": "guides", "edition": found, "other": other, "pairs": pairs, "others": others,
    }  # fmt: skip
    return render(request, "workbench/guide_compare.html", context)
