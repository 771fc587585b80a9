"""Searching what is disclosed: words, days and filters in the address; hits with passages, filters with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongkai.disclosures import public_search as public
from gongkai.law import vocabulary
from gongkai.law.refusal import Refused
from gongkai.portal import labels, meta
from gongkai.portal.rules import in_english

PER_PAGE, LAST_PAGE = 20, 500
LONGEST = 200  # characters of words
SHOWN = 8  # values of a filter before the rest is folded away
UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a filter, in the reader's language. address: the page with it chosen, or no longer chosen."""

    label: str
    foreign: bool
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values; rest: those folded away."""

    name: str
    title: str
    values: tuple[Value, ...]
    rest: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit with what stands beside it in words; "" where nothing needs saying."""

    item: public.FoundItem
    validity: str
    provenance: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. days: as typed; faults: of which field what is wrong, as a sentence."""

    words: str
    filters: Mapping[str, tuple[str, ...]]
    days: Mapping[str, str]
    first: date | None
    last: date | None
    order: public.Order
    page: int
    faults: Mapping[str, str]


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """?words=, ?from=, ?until=, ?order=newest, ?page=, and of each filter any number of values."""
    asked = read(request)
    context = {
        "here": "search", "tags": meta.home_tags(request), "asked": asked, "longest": LONGEST,
        "kept": [(name, value) for name, chosen in asked.filters.items() for value in chosen],
    }  # fmt: skip
    if asked.faults:
        return render(request, "portal/search.html", context)
    try:
        found = public.search(
            asked.words, at=now(), filters=asked.filters, first=asked.first, last=asked.last, order=asked.order,
            offset=(asked.page - 1) * PER_PAGE, limit=PER_PAGE,
        )  # fmt: skip
    except Refused as refused:
        return render(request, "portal/search.html", context | {"refused": refused.reason}, status=UNAVAILABLE)
    pages = min(max(-(-found.total // PER_PAGE), 1), LAST_PAGE)
    if asked.page > pages:  # an old address, or one typed by hand: the last page there is
        query = request.GET.copy()
        query["page"] = str(pages)
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
    context |= {
        "found": found, "lines": [_line(item) for item in found.items], "filters": _filters(found, asked),
        "narrowed": bool(context["kept"] or asked.first or asked.last), "plain": _address(asked, {}, days=False),
        "suggestions": [(words, _address(asked, asked.filters, words=words)) for words in found.suggestions],
        "first_number": (asked.page - 1) * PER_PAGE + 1, "page": asked.page, "pages": pages, "newer": asked.page - 1,
        "older": asked.page + 1 if asked.page < pages else 0,
    }  # fmt: skip
    return render(request, "portal/search.html", context)


def read(request: HttpRequest) -> Asked:
    """The address as a question; what cannot be read becomes a fault, and what is typed stays."""
    given = request.GET
    days = {name: given.get(name, "").strip()[:20] for name in ("from", "until")}
    faults, read_days = dict[str, str](), dict[str, date | None]()
    for name, typed in days.items():
        try:
            read_days[name] = date.fromisoformat(typed) if typed else None
        except ValueError:
            faults[name], read_days[name] = gettext("日期请写成 2024-05-01 的样子，并且是有这一天的。"), None
    first, last = read_days["from"], read_days["until"]
    if first and last and first > last:
        faults["from"] = gettext("起始日期晚于截止日期，请对调或改正。")
    page = given.get("page", "")
    return Asked(
        words=given.get("words", "").strip()[:LONGEST],
        filters={name: tuple(dict.fromkeys(filter(None, given.getlist(name)[:20]))) for name in public.FACETS},
        days=days, first=first, last=last, order="newest" if given.get("order") == "newest" else "relevance",
        page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 6 else 1, faults=faults,
    )  # fmt: skip


def _line(item: public.FoundItem) -> Line:
    validity = vocabulary.term("validities", item.in_force)
    said = "" if item.in_force == "in_force" else (validity.en if in_english() else validity.zh)
    return Line(item, said, labels.provenance(item.provenance))


def _filters(found: public.FoundItems, asked: Asked) -> list[Filter]:
    titles = {
        "organ": gettext("机关"), "theme": gettext("主题分类"), "genre": gettext("体裁分类"),
        "year": gettext("发布年份"), "information_class": gettext("信息类别"), "instrument": gettext("文件性质"),
        "disclosure_item": gettext("法定公开事项"),
    }  # fmt: skip
    made = []
    for name, choices in found.choices.items():
        # What is chosen stays in sight, first.
        values = [_value(name, each, asked) for each in sorted(choices, key=lambda each: not each.chosen)]
        if values:
            made.append(Filter(name, titles[name], tuple(values[:SHOWN]), tuple(values[SHOWN:])))
    return made


def _value(name: str, choice: public.Choice, asked: Asked) -> Value:
    chosen = asked.filters[name]
    after = tuple(code for code in chosen if code != choice.code) if choice.chosen else (*chosen, choice.code)
    label = choice.en if in_english() else choice.zh
    return Value(
        label, label == choice.zh, choice.count, choice.chosen, _address(asked, {**asked.filters, name: after})
    )


def _address(
    asked: Asked, filters: Mapping[str, Sequence[str]], *, words: str | None = None, days: bool = True
) -> str:  # fmt: skip
    """The first page of the same question with these filters, other words, or without its days."""
    told: list[tuple[str, str]] = [("words", asked.words if words is None else words)]
    told += [(name, code) for name, chosen in filters.items() for code in chosen]
    told += list(asked.days.items()) if days else []
    told += [("order", asked.order)] if asked.order == "newest" else []
    return "?" + urlencode([pair for pair in told if pair[1]])
