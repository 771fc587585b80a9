"""What else a figure of the text may be counting: another body, more years, another time, only some of the cases."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from gongkai.law import book
from gongkai.law.checks import Evidence
from gongkai.law.refusal import Misprint
from gongkai.law.report_forms import Cell

REACH = 120  # characters before a number that may say what it counts
PAGE = "phrases/scope.toml"
OTHER_YEAR = "年的数"  # ends the words for a figure of another year, and no others
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!\d*月\d*日?(?:印发|公布))")
_NAMES = re.compile(r"人民(?=政府)")
_HEADING = re.compile(r"^.*(?:信息|工作)的(?:数量|总数|情况)")  # runs into the body named behind it
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def other_scope(
    text: str, start: int, place: int, evidence: Evidence, cells: tuple[Cell, ...] = (), neutral: tuple[str, ...] = ()
) -> str:
    """Why the number at `place` of a plain text may count something else than the form does, "" when nothing says so.

    start: where the words about it begin (the place of the match). cells: what it is compared with; neutral: words that
    do not narrow it, beside those of the book's page.
    """
    before = _before(text, place)
    return (
        _other_year(before, evidence)
        or _cumulative(before, cells)
        or _other_time(before)
        or _itself(before)
        or _other_body(before, evidence.organ)
        or _by_channel(before, neutral)
        or _restricted(_without_own(_after_counts(text[start:place]), evidence.organ), neutral)
    )


def _before(text: str, place: int) -> str:
    """The words that the number stands under: its sentence up to it, without what belongs to numbers before it."""
    floor = max(0, place - REACH)
    start = max(floor, max(text.rfind(mark, floor, place) for mark in "。;!?…") + 1)
    return _after_counts(text[start:place])


def _after_counts(words: str) -> str:
    counts = [found.end() for found in re.finditer(r"\d+(?:\.\d+)?(?:[件条次个份项期元]|%)", words)]
    return words[counts[-1] :] if counts else words


def _other_year(before: str, evidence: Evidence) -> str:
    years = [int(found) for found in _YEAR.findall(before)]
    if evidence.year is None or not years or evidence.year in years:
        return ""
    return f"正文所写是{years[-1]}{OTHER_YEAR}"


def _cumulative(before: str, cells: tuple[Cell, ...]) -> str:
    # The column 总计 of the tables of applications and disputes adds up kinds of applicants, not years.
    stock = any(
        cell.period == "cumulative" or "in_force" in cell.column or ("total" in cell.column and cell.column != "total")
        for cell in cells
    )
    found = None if stock else _pattern("cumulative").search(before)
    return f"正文写的是“{found[0]}”的数" if found else ""


def _other_time(before: str) -> str:
    found = _pattern("period").search(before)
    return f"正文写的是“{found[0]}”的数" if found else ""


def _itself(before: str) -> str:
    """市政府 in a report of a city counts one office, where the table counts all."""
    found = _pattern("itself").search(before)
    return f"正文所写是“{found[0]}”本身的数" if found else ""


def _by_channel(before: str, neutral: tuple[str, ...]) -> str:
    """Through one carrier, unless the cell is of that carrier."""
    found = _pattern("channels").search(before)
    if not found or any(word in found[0] for word in neutral):
        return ""
    return f"正文所写是“{found[0]}”的数"


def _other_body(before: str, organ: str) -> str:
    """The nearest body named that is not the reporting organ itself."""
    for found in _pattern("bodies").finditer(re.sub(r"根据[^,。;]*|按照[^,。;]*", "", before)):
        body = _HEADING.sub("", found[0])
        if not _is_own(body, organ):
            return f"正文所写是“{body}”的数"
    return ""


def _without_own(words: str, organ: str) -> str:
    """Words without the names by which the reporting organ calls itself."""
    return _pattern("bodies").sub(lambda found: "" if _is_own(_HEADING.sub("", found[0]), organ) else found[0], words)


def _is_own(body: str, organ: str) -> bool:
    """Whether a body is the reporting organ: by a word for it, the end of its name, or the name cut short (经发局 of
    经济发展局)."""
    name = _NAMES.sub("", organ)
    if any(body.endswith(own) for own in _words("own")):
        return True
    if name and any(body[cut:] in name for cut in range(max(1, len(body) - 3))):
        return True
    letters = iter(name)
    return len(body) > 2 and name.endswith(body[-1]) and all(letter in letters for letter in body.lstrip("我本全"))


def _restricted(words: str, neutral: tuple[str, ...]) -> str:
    """Words between that narrow what is counted (网上申请, 涉及征地的申请)."""
    for word in neutral:
        words = words.replace(word, "")
    rest = _neutral().sub("", _NUMBER.sub("", words))
    rest = re.sub(r"[,、:()“”《》\s]", "", rest)
    return f"正文所写限于“{rest}”" if rest else ""


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_words("neutral"), key=len, reverse=True)))


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(_page(name))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    try:
        return re.compile(_page(name))
    except re.error as fault:
        raise Misprint(PAGE, f"{name} 不是合格的正则表达式:{fault}") from None


def _page(name: str) -> Any:
    found = book.page("phrases", "scope").get(name)
    if not found:
        raise Misprint(PAGE, f"缺少 {name}", "补上这一项")
    return found
