"""Which page of a list was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands. first: of the page, counted from 0; newer, older: numbers of the next pages, 0 for none."""

    page: int
    pages: int
    first: int
    newer: int
    older: int


def asked(request: HttpRequest) -> int:
    """The number of the page that was asked for; 1 where it is none."""
    told = request.GET.get("page", "")
    return max(int(told), 1) if told.isascii() and told.isdecimal() and len(told) < 8 else 1


def place(request: HttpRequest, total: int, per_page: int) -> Place:
    """The page asked for, the nearest one when there are not so many."""
    pages = max(-(-total // per_page), 1)
    page = min(asked(request), pages)
    return Place(page, pages, (page - 1) * per_page, page - 1, page + 1 if page < pages else 0)
