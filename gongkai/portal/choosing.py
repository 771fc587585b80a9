"""By what the list of an organ's items is narrowed: read from the address, and told as links with counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from gongkai.disclosures.public import Chosen
from gongkai.law import vocabulary
from gongkai.portal import labels

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list. below: a sub-class; count: how many items the list then has."""

    code: str
    label: str
    count: int
    address: str
    chosen: bool
    below: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one kind. name: of the parameter; chosen: the label of what is chosen, "" for all.

    everything: the address of the list without this choice.
    """

    name: str
    title: str
    choices: tuple[Choice, ...]
    chosen: str
    everything: str


# Parameter in the address -> name in Chosen and in its counts, vocabulary, title.
KINDS = {
    "item": ("disclosure_item", "disclosure_items", gettext_noop("法定公开事项")),
    "theme": ("theme", "themes", gettext_noop("主题分类")),
    "genre": ("genre", "genres", gettext_noop("体裁分类")),
    "validity": ("validity", "validities", gettext_noop("有效性")),
}
YEAR = gettext_noop("发布年份")


def chosen(request: HttpRequest, organ: str) -> Chosen:
    """What the address asks for; codes that no vocabulary has are passed over."""
    codes = {
        field: code
        for name, (field, book, _) in KINDS.items()
        if (code := request.GET.get(name, "")) in vocabulary.terms(book)
    }
    year = request.GET.get("year", "")
    words = " ".join(request.GET.get("words", "").split())[:LONGEST_WORDS]
    asked = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 and year > "0000" else None
    return Chosen(organ, year=asked, words=words, **codes)


def groups(request: HttpRequest, choice: Chosen, counts: Mapping[str, Mapping[str, int]]) -> tuple[Group, ...]:
    """The choices of every kind, in the order of their vocabularies; sub-classes only of the theme that is chosen."""
    found = [_group(request, name, choice, counts) for name in KINDS]
    year = str(choice.year or "")
    years = tuple(
        Choice(code, code, count, _address(request, "year", code), code == year)
        for code, count in sorted(counts["year"].items(), reverse=True)
    )
    found.insert(3, Group("year", YEAR, years, year, _address(request, "year", "")))
    return tuple(group for group in found if group.choices or group.chosen)


def _group(request: HttpRequest, name: str, choice: Chosen, counts: Mapping[str, Mapping[str, int]]) -> Group:
    field, book, title = KINDS[name]
    wanted = getattr(choice, field)
    choices = tuple(
        Choice(
            code, labels.word(book, code), counts[field][code], _address(request, name, code), code == wanted,
            _is_below(name, code),
        )
        for code in vocabulary.terms(book)
        if counts[field].get(code) and (not _is_below(name, code) or wanted[:2] == code[:2])
    )  # fmt: skip
    return Group(name, title, choices, labels.word(book, wanted), _address(request, name, ""))


def _is_below(name: str, code: str) -> bool:
    return name == "theme" and len(code) > 2


def _address(request: HttpRequest, name: str, code: str) -> str:
    """This list narrowed otherwise, from its first page on; "" for not at all by this kind."""
    asked = request.GET.copy()
    for passed in ("page", "mode", "language", name):
        asked.pop(passed, None)
    if code:
        asked[name] = code
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
