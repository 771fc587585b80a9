"""Pages of a long list, with the address of each page, keeping the filters that are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 50
COUNTED_TO = 10_000
"""So many rows of a narrowed list are counted: to count the rest would take as long as reading them."""
FEW = 500
LAST_PAGE = 1_000_000  # beyond it no register reaches, and a database takes no larger offset


@dataclass(frozen=True, slots=True)
class PageLink:
    """One place in the row of page numbers; no number is a gap."""

    number: int | None
    current: bool = False


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The asked-for page of a queryset or sequence; a number out of range gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def page_links(page: Page[Any]) -> list[PageLink]:
    """First, last and the neighbours of the current page, with gaps between; empty for a single page."""
    return links_to(page.paginator, page.number)


def links_to(paginator: Paginator[Any], current: int) -> list[PageLink]:
    """The same for a page by its number."""
    if paginator.num_pages == 1:
        return []
    elided = paginator.get_elided_page_range(current, on_each_side=2, on_ends=1)
    return [PageLink(number if isinstance(number, int) else None, number == current) for number in elided]


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a register of any length. total: how many rows there are, or at least are when `more` is set."""

    rows: list[Any]
    total: int
    more: bool
    links: list[PageLink]


def stretch(asked: str, rows: QuerySet[Any], *, narrowed: bool) -> Stretch:
    """A page of ordered rows by its number, in about the same time for a thousand rows as for a hundred thousand.

    The keys of the page are found along an index, then its rows fetched by key. All rows of a register are counted
    exactly (an index alone answers that); of narrowed ones no more than COUNTED_TO. asked: a number out of range gives
    the nearest page, what is no number the first.
    """
    number = min(max(int(asked), 1), LAST_PAGE) if asked.isdecimal() else 1
    ordered = _few(rows) if narrowed else rows
    keys = _keys(ordered, number)
    if not keys and number > 1:
        number = max(-(-ordered.order_by().count() // PER_PAGE), 1)
        keys = _keys(ordered, number)
    total = (number - 1) * PER_PAGE + len(keys)
    if number > 1 or len(keys) > PER_PAGE:
        unordered = ordered.order_by()
        total = max(total, unordered[: COUNTED_TO + 1].count() if narrowed else unordered.count())
    found = rows.in_bulk(keys[:PER_PAGE])
    more = narrowed and total > COUNTED_TO
    links = links_to(Paginator(range(total), PER_PAGE), number)
    return Stretch([found[key] for key in keys if key in found], total - more, more, links)


def _few(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows in the same order, by their keys where they are few: else the database, which walks along the order
    and expects to meet enough rows soon, would look up every row of the register one by one."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) > FEW:
        return rows
    few: QuerySet[Any] = rows.model._default_manager.filter(pk__in=keys).order_by(*rows.query.order_by)
    return few


def _keys(rows: QuerySet[Any], number: int) -> list[int]:
    """The keys of a page, and one more where there is a next page."""
    start = (number - 1) * PER_PAGE
    return list(rows.values_list("pk", flat=True)[start : start + PER_PAGE + 1])
