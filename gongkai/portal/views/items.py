"""One disclosure for the public: its page, earlier versions, what changed, its files, and its tombstone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from gongkai.disclosures import public
from gongkai.disclosures.public import PublicItem, Tombstone
from gongkai.portal import changes, columns, labels, meta
from gongkai.portal.columns import DISCLOSED
from gongkai.portal.keeping import kept_for_the_day
from gongkai.portal.views.organs import card, framed

GONE = 410
WORDS = ("theme", "genre", "disclosure_item")
BOOKS = {"theme": "themes", "genre": "genres", "disclosure_item": "disclosure_items"}
# A file of the public is saved, and whatever it is, nothing in it runs here.
SEALED = "default-src 'none'; sandbox"


@require_safe
@kept_for_the_day
def item(request: HttpRequest, organ: str, number: str, version: int | None = None) -> HttpResponse:
    """The page of an item, without a version the one in force of reading; its tombstone (410) once withdrawn."""
    page = _found(organ, number, version)
    if isinstance(page, Tombstone):
        return _tombstone(request, page)
    found, address = page.card, reverse("portal:item", args=(organ, number))
    tags = meta.content_tags(
        columns.tags(request, DISCLOSED, found.organ_name), title=page.title, published_at=found.published_at,
        source=found.organ_name, keywords=page.keywords or ("政府信息公开", found.organ_name), author=page.department,
        description=page.summary, url=request.build_absolute_uri(address),
    )  # fmt: skip
    context = framed(
        request, card(organ), DISCLOSED, page=page, item=found,
        words={name: labels.word(BOOKS[name], getattr(found, name).code) for name in WORDS},
        validity=labels.word("validities", found.validity.code), provenance=labels.provenance(found.provenance),
        paragraphs=[line for line in page.body.split("\n") if line.strip()], address=address,
        old=not next(one for one in page.versions if one.number == page.shown).current,
        compared={one.number for one in page.versions if _before(page, one.number)},
        citation=_citation(page, request.build_absolute_uri(address)),
    )  # fmt: skip
    context["tags"] = tags
    return render(request, "portal/item.html", context)


@require_safe
@kept_for_the_day
def differences(request: HttpRequest, organ: str, number: str, version: int) -> HttpResponse:
    """What a version says otherwise than the one that was public before it."""
    after = _found(organ, number, version)
    if isinstance(after, Tombstone):
        return _tombstone(request, after)
    earlier = _before(after, version)
    before = public.item(organ, number, at=now(), version=earlier) if earlier else None
    if not isinstance(before, PublicItem):
        raise Http404(f"{number} v{version}")
    note = next(one.note for one in after.versions if one.number == version)
    context = framed(
        request, card(organ), DISCLOSED, page=after, before=before, note=note, changes=changes.between(before, after)
    )
    return render(request, "portal/item_changes.html", context)


@require_safe
def file(request: HttpRequest, organ: str, number: str, position: int, version: int | None = None) -> HttpResponseBase:
    """The clean copy of a file, to be saved; 410 once its item was withdrawn."""
    found = public.attachment(organ, number, position, at=now(), version=version)
    if found is None:
        gone = public.item(organ, number, at=now())
        if isinstance(gone, Tombstone):
            return _tombstone(request, gone)
        raise Http404(number)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"  # kept, but asked for each time: it may be withdrawn
    response["ETag"] = f'"{found.sha256}"'
    return get_conditional_response(request, response["ETag"], None, response) or response


def _found(organ: str, number: str, version: int | None) -> PublicItem | Tombstone:
    found = public.item(organ, number, at=now(), version=version)
    if found is None:
        raise Http404(number)
    return found


def _tombstone(request: HttpRequest, gone: Tombstone) -> HttpResponse:
    """What was here, that it was withdrawn, when and why; search engines are told to forget it."""
    context = framed(request, card(gone.organ_code), DISCLOSED, gone=gone)
    response = render(request, "portal/tombstone.html", context, status=GONE)
    response["X-Robots-Tag"] = "noindex"
    return response


def _before(page: PublicItem, version: int) -> int:
    """The version that was public before this one and may still be read; 0 for none."""
    readable = (one.number for one in page.versions if not one.withdrawn and one.number < version)
    return max(readable, default=0)


def _citation(page: PublicItem, url: str) -> str:
    """How to cite the item, after GB/T 7714-2015 (8.7 electronic resources): who, title, day, read on, where."""
    number = f": {page.document_number}" if page.document_number else ""
    days = f"({page.shown_at:%Y-%m-%d})[{localdate():%Y-%m-%d}]"
    return f"{page.card.organ_name}. {page.title}{number}[EB/OL]. {days}. {url}."
