"""The text of a report: its parts, and the editor of one part with the figures that it may quote and a preview."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.law.refusal import Refused
from gongkai.law.values import Value
from gongkai.organs.models import Staff
from gongkai.reports import actions, assembling
from gongkai.reports.completeness import completeness
from gongkai.reports.models import Report, Section
from gongkai.reports.references import refs_in
from gongkai.workbench import drawn, typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.refusals import in_type, status_of
from gongkai.workbench.views.reports import own_report


@require_GET
@at_desk
def index(request: HttpRequest, staff: Staff, pk: int) -> HttpResponse:
    """Every part of the outline with what is written, and what is still missing."""
    found = own_report(staff, pk)
    parts, texts = {part.no: part for part in completeness(found)}, assembling.resolved_texts(found)
    sections = [
        (section, parts.get(section.no), texts.get(section.no, "")) for section in found.sections.order_by("pk")
    ]
    context = {
        "staff": staff, "here": "reports", "report": found, "sections": sections,
        "may": drawn.may(found, staff, localdate()),
    }  # fmt: skip
    return render(request, "workbench/sections.html", context)


@dataclass(frozen=True, slots=True)
class Quotable:
    """A figure that the text may quote: what to write, its name, and what it says now."""

    ref: str
    name: str
    value: Value


@require_http_methods(["GET", "POST"])
@at_desk
def section(request: HttpRequest, staff: Staff, pk: int, no: str) -> HttpResponse:
    """The editor of one part: save, preview what is typed, or look for a figure; none of them loses what is typed."""
    found = own_report(staff, pk)
    part = get_object_or_404(found.sections, no=no)
    if request.method == "GET":
        return _editor(request, staff, found, part, part.text, part.revision)
    text, seen = request.POST.get("text", ""), typed.count(request.POST.get("seen"))
    try:
        if "save" not in request.POST:
            preview = drawn.part(found, no, text) if "preview" in request.POST else None
            return _editor(request, staff, found, part, text, seen, preview=preview)
        actions.write_section(found, no, text, by=staff, at=now(), seen=seen)
    except Refused as refused:
        part.refresh_from_db()
        return _editor(request, staff, found, part, text, part.revision, refused=refused)
    messages.success(request, gettext("已保存。"))
    return redirect("workbench:section", pk, no)


def _editor(
    request: HttpRequest, staff: Staff, found: Report, part: Section, text: str, seen: int | None, *,
    preview: SafeString | None = None, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    words = request.POST.get("words", "").strip()
    context = {
        "staff": staff, "here": "reports", "report": found, "part": part, "text": text, "seen": seen,
        "preview": preview, "refused": in_type(refused) if refused else None, "words": words,
        # After somebody else's change both texts are shown.
        "theirs": part.text if refused and refused.code == "changed_meanwhile" else None,
        "quoted": _quoted(found, text), "quotable": _quotable(found, words),
        "may": drawn.may(found, staff, localdate()),
    }  # fmt: skip
    return render(request, "workbench/section.html", context, status=status_of(refused) if refused else 200)


def _quotable(report: Report, words: str) -> list[tuple[str, list[Quotable]]]:
    """The figures that this reporter may quote, table by table; words: only those whose names hold them all."""
    form, values = report.form, assembling.values(report)
    wanted = words.split()
    found: dict[str, list[Quotable]] = {}
    for cell in form.cells:
        name, value = form.name_of(cell.ref), values.get(cell.ref)
        if value is None or value.number is None or not all(word in name for word in wanted):
            continue
        found.setdefault(form.table(cell.table).title, []).append(Quotable(cell.ref, name, value))
    return list(found.items())


def _quoted(report: Report, text: str) -> list[Quotable]:
    """The figures that the text quotes, each once, with what they say now; none where a reference is wrong."""
    form, values = report.form, assembling.values(report)
    try:
        refs = dict.fromkeys(refs_in(form, text))
    except Refused:
        return []
    return [Quotable(ref, form.name_of(ref), values[ref]) for ref in refs if ref in values]
