"""Lists of what is public, narrowed and counted; and notices of what an organ keeps closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Left

from gongkai.disclosures.flow import WITHHELD
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.public.rows import card, coded, in_validity, public_rows, settle
from gongkai.disclosures.public.shapes import Chosen, Closed, ItemList, Listing
from gongkai.law.vocabulary import term, terms
from gongkai.organs.within import legal_day
from gongkai.records.words import words_of

EXISTENCE_TOLD = (
    "trade_secret", "personal_privacy", "other_third_party_rights", "internal_affairs", "process_information",
    "enforcement_file",
)  # fmt: skip
"""Grounds of which the public may know that something was closed; of the others even that may say too much."""

COUNTED = ("disclosure_item", "theme", "genre", "year", "validity")
CODES = ("theme", "genre", "disclosure_item", "information_class", "instrument")
THEME_CLASS = 2  # characters of the code of a class; a sub-class has two more


def items(
    *, at: datetime, organ_code: str = "", year: int | None = None, validity: str = "", words: str = "",
    codes: Mapping[str, str] | None = None, first: int = 0, count: int = 20,
) -> ItemList:  # fmt: skip
    """Public items, newest first. codes: of CODES -> code, exactly; words: each must stand in title or numbers."""
    settle(at)
    day = legal_day(at)
    found = _within(Chosen(organ_code, year=year, validity=validity, words=words), day)
    found = found.filter(**{name: code for name, code in (codes or {}).items() if name in CODES})
    return ItemList(found.count(), tuple(card(row, day) for row in _newest(found)[first : first + count]))


def listing(chosen: Chosen, *, at: datetime, first: int = 0, count: int = 20) -> Listing:
    """A narrowed list with the counts beside it: one grouped query for all of them, and one for the page."""
    settle(at)
    day = legal_day(at)
    groups = _groups(_within(Chosen(chosen.organ_code, words=chosen.words), day), day)
    wanted = {name: str(getattr(chosen, name) or "") for name in COUNTED}
    counts: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
    total = 0
    for group, number in groups:
        missed = [name for name in COUNTED if not _fits(name, wanted[name], group[name])]
        total += 0 if missed else number
        for name in COUNTED:
            if missed in ([], [name]):
                for code in _counted_for(name, group[name]):
                    counts[name][code] = counts[name].get(code, 0) + number
    rows = _newest(_within(chosen, day))[first : first + count]
    return Listing(total, tuple(card(row, day) for row in rows), counts)


def _groups(found: QuerySet[Any], day: date) -> list[tuple[dict[str, str], int]]:
    """How many items share all of COUNTED. The year is cut from the text of the day: one scan, in every database."""
    judged = Case(
        *(When(in_validity(code, day), then=Value(code)) for code in terms("validities")), output_field=CharField()
    )
    grouped = (
        found.order_by()
        .annotate(year=Left(Cast("published_on", CharField()), 4), validity=judged)
        .values_list(*COUNTED)
        .annotate(number=Count("pk"))
    )
    return [(dict(zip(COUNTED, row, strict=False)), row[-1]) for row in grouped]


def _fits(name: str, wanted: str, code: str) -> bool:
    return not wanted or (code.startswith(wanted) if name == "theme" else code == wanted)


def _counted_for(name: str, code: str) -> set[str]:
    """The codes of a facet that an item counts for: its own, and the class of its theme."""
    return {one for one in (code, code[:THEME_CLASS] if name == "theme" else "") if one}


def years(organ_code: str = "") -> tuple[int, ...]:
    """The years in which items were first published, the latest first."""
    found = _within(Chosen(organ_code))
    return tuple(day.year for day in found.order_by().dates("published_on", "year", order="DESC"))


def total(organ_code: str = "") -> int:
    """How many items are public."""
    return _within(Chosen(organ_code)).count()


def counted_by_organ() -> Mapping[str, int]:
    """How many items each organ has made public; organs without any are left out."""
    found = public_rows().order_by().values_list("organ__code").annotate(number=Count("pk"))
    return dict(found)


def closed(organ_code: str, *, first: int = 0, count: int = 50) -> tuple[Closed, ...]:
    """Notices of what an organ decided not to disclose proactively, the latest first (grounds in EXISTENCE_TOLD)."""
    rows = _closed(organ_code).order_by("-made_on", "-pk")[first : first + count]
    return tuple(
        Closed(
            row.number, coded(row, "attribute"), coded(row, "ground"), term("grounds", row.ground).cite, row.made_on,
            row.re_review_on,
        )
        for row in rows
    )  # fmt: skip


def closed_total(organ_code: str) -> int:
    """How many such notices there are."""
    return _closed(organ_code).count()


def _closed(organ_code: str) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(organ__code=organ_code, state=WITHHELD, ground__in=EXISTENCE_TOLD)


def _newest(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.order_by(F("published_at").desc(), F("pk").desc())


def _within(chosen: Chosen, day: date | None = None) -> QuerySet[Any]:
    """The public rows that a choice leaves; day: on which validity is judged, needed only where it is chosen."""
    found = public_rows()
    if chosen.organ_code:
        found = found.filter(organ__code=chosen.organ_code)
    if chosen.year is not None:
        found = found.filter(published_on__range=(date(chosen.year, 1, 1), date(chosen.year, 12, 31)))
    if chosen.validity and day is not None:
        found = found.filter(in_validity(chosen.validity, day))
    if chosen.theme:
        found = found.filter(theme__startswith=chosen.theme)
    for name in ("genre", "disclosure_item"):
        if code := getattr(chosen, name):
            found = found.filter(**{name: code})
    for word in words_of(chosen.words):
        found = found.filter(
            Q(title__icontains=word) | Q(index_number__icontains=word) | Q(document_number__icontains=word)
        )
    return found
