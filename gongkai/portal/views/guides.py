"""The guide and the rules of an organ for the public, every edition once published."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.guides import public
from gongkai.guides.public import GUIDE, RULE, PublicEdition
from gongkai.law.refusal import Refused
from gongkai.portal import columns, labels, meta
from gongkai.portal.keeping import kept
from gongkai.portal.views.organs import card, framed


def _page(request: HttpRequest, found: PublicEdition) -> HttpResponse:
    published = datetime.combine(found.published_on, time(), meta.SHANGHAI)
    column = columns.GUIDE if found.kind == GUIDE else columns.RULES
    tags = meta.content_tags(
        columns.tags(request, column, found.organ_name), title=found.title, published_at=published,
        source=found.organ_name, keywords=("政府信息公开", "指南" if found.kind == GUIDE else "制度"),
    )  # fmt: skip
    context = framed(
        request, card(found.organ_code), column, edition=found, provenance=labels.provenance(found.provenance),
        editions=public.editions(found.organ_code, found.code), is_guide=found.kind == GUIDE,
    )  # fmt: skip
    context["tags"] = tags
    return render(request, "portal/guide.html", context)


@require_GET
@kept
def guide(request: HttpRequest, organ: str, version: int | None = None) -> HttpResponse:
    """The organ's guide; without a version the last one published. Where there is none its column says so (404)."""
    try:
        found = public.edition(organ, GUIDE, version)
    except Refused:
        context = framed(request, card(organ), columns.GUIDE)
        return render(request, "portal/no_guide.html", context, status=404)
    return _page(request, found)


@require_GET
@kept
def rule(request: HttpRequest, organ: str, document: str, version: int | None = None) -> HttpResponse:
    """One rule of the organ; without a version the last one published."""
    return _page(request, public.edition(organ, document, version))


@require_GET
@kept
def rules(request: HttpRequest, organ: str) -> HttpResponse:
    """The rules of the organ, those in force first."""
    context = framed(request, card(organ), columns.RULES, rules=public.in_force(organ, RULE))
    return render(request, "portal/rules.html", context)
