"""Pages of a long list, with the address of each page, keeping the filters that are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from gongkai.records.word_index import Candidates

PER_PAGE = 50
COUNTED_TO = 5_000
"""So many rows of a narrowed list are counted: to count the rest would take as long as reading them."""
FEW = 10_000
"""Fewer rows that may hold a word are gathered; more are walked along their order."""
WAY = 1_000
"""So many rows are looked at along their order first, for a page of those that are many."""
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


def stretch(
    asked: str, rows: QuerySet[Any], *, among: QuerySet[Any] | None = None, holding: Candidates | None = None
) -> Stretch:
    """A page of ordered rows by its number, in about the same time for a thousand rows as for a hundred thousand.

    All rows of a register are counted exactly (an index alone answers that) and walked along an index in their order.
    Of narrowed ones no more than COUNTED_TO are counted: so few are found by what they are narrowed by and then put in
    order, more are walked along their order, where there is soon a page of them. rows: ordered by one or two of their
    own columns, all up or all down; those with an empty one come last. among: which rows they are narrowed from; None
    for all of a register. holding: what the index of words says of them. asked: a number out of range gives the
    nearest page, what is no number the first.
    """
    number = min(max(int(asked[:9]), 1), LAST_PAGE) if asked.isdecimal() else 1
    if holding is not None and not holding.number:
        return Stretch([], 0, more=False, links=[])
    few = holding is not None and holding.number < FEW
    if holding is not None and few:
        rows = rows.filter(holding.among())
    keys, total = _counted_page(rows, number) if few else ([], 0)
    if not keys:
        total = _total(rows, None if few else holding) if among is not None else rows.order_by().count()
        if among is None or total <= COUNTED_TO:
            number = min(number, max(-(-total // PER_PAGE), 1))
        keys = _page(rows, number, total, among)
        number = number if keys else 1
    more = among is not None and total > COUNTED_TO and not few
    total = max(total, (number - 1) * PER_PAGE + len(keys))
    links = links_to(Paginator(range(total), PER_PAGE), number)
    return Stretch(_by_key(rows, keys), total - more, more, links)


def _total(rows: QuerySet[Any], holding: Candidates | None) -> int:
    """How many rows there are, up to one more than COUNTED_TO. Most candidates do hold their words: the first of them
    are enough to see that there are so many."""
    if holding is not None:
        total = rows.order_by().filter(holding.among(first=COUNTED_TO + 500))[: COUNTED_TO + 1].count()
        if total > COUNTED_TO:
            return total
    return rows.order_by()[: COUNTED_TO + 1].count()


def _page(rows: QuerySet[Any], number: int, total: int, among: QuerySet[Any] | None) -> list[int]:
    """The keys of a page; of very many narrowed rows those of the first page when there is none of that number."""
    first, last = (number - 1) * PER_PAGE, number * PER_PAGE
    if among is None:
        return _walked(rows, first, last, total)
    if total <= COUNTED_TO:
        return list(in_order(rows).values_list("pk", flat=True)[first:last])
    # A short way along the order nearly always meets a page: only else may the database choose a way of its own.
    near = list(_parts(among.order_by(*rows.query.order_by))[0].values_list("pk", flat=True)[:WAY])
    met = list(in_order(rows.filter(pk__in=near)).values_list("pk", flat=True)[first:last])
    if len(met) == PER_PAGE:
        return met
    return _walked(rows, first, last, None) or _walked(rows, 0, PER_PAGE, None)


def _counted_page(rows: QuerySet[Any], number: int) -> tuple[list[int], int]:
    """The keys of a page of few rows, and how many there are, all at once; ([], 0) when the page is empty."""
    counted = in_order(rows).annotate(rows_in_all=Window(Count("*"))).values_list("pk", "rows_in_all")
    found = list(counted[(number - 1) * PER_PAGE : number * PER_PAGE])
    return [key for key, _ in found], found[0][1] if found else 0


def _by_key(rows: QuerySet[Any], keys: list[int]) -> list[Any]:
    """The rows of these keys, in their order, with the links that `rows` brings along; not narrowed a second time."""
    bare = rows.model._default_manager.all()
    bare.query.select_related = rows.query.select_related
    found = bare.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows in the order of `stretch`: on both databases those with an empty column come last. No index knows the order
    of what COALESCE gives: few rows are gathered first, where a database would else walk along the order and look up
    every row of the register, hoping to meet them."""
    order = list(map(str, rows.query.order_by))
    down = order[0].startswith("-")
    values = [Coalesce(F(name.removeprefix("-")), F(name.removeprefix("-"))) for name in order]
    return rows.order_by(*(value.desc(nulls_last=True) if down else value.asc(nulls_last=True) for value in values))


def _walked(rows: QuerySet[Any], first: int, last: int, total: int | None) -> list[int]:
    """The keys from place `first` up to `last` along an index, from its other end when that is nearer (total: of how
    many, None when that is not known)."""
    backwards = total is not None and first > total // 2
    parts = _parts(rows)
    if total is not None and backwards:
        first, last = max(total - last, 0), total - first
        parts = [part.reverse() for part in reversed(parts)]
    keys: list[int] = []
    for part in parts:
        found = list(part.values_list("pk", flat=True)[first:last])
        keys += found
        if len(found) == last - first:
            break
        passed = first + len(found) if found else part.order_by().count()
        first, last = max(first - passed, 0), last - passed
    return keys[::-1] if backwards else keys


def _parts(rows: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Rows ordered by a column that may be empty as those that have it and those that do not: both lie in order on one
    index, while the databases would put the empty ones first or last, each in its own way."""
    column = str(rows.query.order_by[0]).removeprefix("-")
    if not rows.model._meta.get_field(column).null:
        return [rows]
    return [rows.filter(**{f"{column}__isnull": False}), rows.filter(**{f"{column}__isnull": True})]
