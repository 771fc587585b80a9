"""The guide and the rules of an organ for the public, every edition once published."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.guides import public
from gongkai.guides.public import GUIDE, RULE, PublicEdition
from gongkai.portal import labels, meta
from gongkai.portal.keeping import kept

GUIDES, RULES = "政府信息公开指南", "政府信息公开制度"


def _column(request: HttpRequest, kind: str) -> meta.Tags:
    name = GUIDES if kind == GUIDE else RULES
    kinds = {GUIDE: "信息公开指南", RULE: "政策文件"}  # column types of the annex of 国办发〔2017〕47号
    return meta.column_tags(request, name, f"本机关{name}及历次版本", ("政府信息公开", name[-2:]), kinds[kind])


def _page(request: HttpRequest, found: PublicEdition) -> HttpResponse:
    published = datetime.combine(found.published_on, time(), meta.SHANGHAI)
    tags = meta.content_tags(
        _column(request, found.kind), title=found.title, published_at=published, source=found.organ_name,
        keywords=("政府信息公开", "指南" if found.kind == GUIDE else "制度"),
    )  # fmt: skip
    context = {
        "here": "guides", "tags": tags, "edition": found, "provenance": labels.provenance(found.provenance),
        "editions": public.editions(found.organ_code, found.code), "is_guide": found.kind == GUIDE,
    }  # fmt: skip
    return render(request, "portal/guide.html", context)


@require_GET
@kept
def guide(request: HttpRequest, organ: str, version: int | None = None) -> HttpResponse:
    """The organ's guide; without a version the last one published."""
    return _page(request, public.edition(organ, GUIDE, version))


@require_GET
@kept
def rule(request: HttpRequest, organ: str, document: str, version: int | None = None) -> HttpResponse:
    """One rule of the organ; without a version the last one published."""
    return _page(request, public.edition(organ, document, version))


@require_GET
@kept
def rules(request: HttpRequest, organ: str) -> HttpResponse:
    """The rules of the organ, those in force first."""
    context = {
        "here": "guides", "tags": _column(request, RULE), "organ_code": organ, "organ_name": public.organ_name(organ),
        "rules": public.in_force(organ, RULE), "guide": public.in_force(organ, GUIDE),
    }  # fmt: skip
    return render(request, "portal/rules.html", context)
