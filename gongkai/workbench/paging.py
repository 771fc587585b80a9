"""Pages of a long list, with the address of each page, keeping the filters that are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


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
    if page.paginator.num_pages == 1:
        return []
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [PageLink(number if isinstance(number, int) else None, number == page.number) for number in elided]
