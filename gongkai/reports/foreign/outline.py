"""The numbered headings of a report and its text by sections, also where all of it has become one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gongkai.law.report_forms import ReportForm, all_forms
from gongkai.reports.foreign.report import Heading, Span
from gongkai.reports.foreign.stream import NARROW
from gongkai.reports.labels import key

NEAR = 0.6
LONGEST = 40
_HEADING = re.compile(
    r"(?:(?<=^)|(?<=[\s。.!?)\]>］】…]))"
    r"(?:(?P<one>[一二三四五六七八九十]{1,3})\s*[、.,，]|\(\s*(?P<two>[一二三四五六七八九十]{1,3})\s*\))"
    r"[ \t]*(?P<title>[^\s。;；,，:：!?\[［(（《“]{2,40}(?:[ \t][^\s。;；,，:：!?\[［(（《“\d]{2,30}(?=\n))?)",
    re.MULTILINE,
)
# Where a title ends when the text goes on behind it without a mark.
_END = re.compile(
    r".{2,30}?(?:情况|措施|事项|概述|打算|统计表|数量|类别|形式|渠道|建设|保障|计划|方面)(?!和|与|及|、|的)"
)
_SENTENCE = re.compile(r"[。;；]")


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with every span blanked, of the same length."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        start, end = max(start, place), min(max(end, place), len(text))
        if end > start:
            pieces += [text[place:start], "\n", " " * (end - start - 1)]
            place = end
    return "".join([*pieces, text[place:]])


@cache
def _titles() -> tuple[str, ...]:
    """Titles that the forms of the book give their sections, longest first."""
    found = {section.title for form in all_forms() for section in form.sections}
    return tuple(sorted(found, key=len, reverse=True))


def headings(text: str) -> list[Heading]:
    """Numbered headings in order; `text` with its tables blanked. One repeated with nothing between counts once."""
    narrow = text.translate(NARROW)
    found = {heading.span[0]: heading for heading in (*_known_headings(narrow), *_headings(narrow))}
    kept: list[Heading] = []
    for _, heading in sorted(found.items()):
        last = kept[-1] if kept else None
        if last is not None and heading.span[0] < last.span[1]:
            continue
        again = last is not None and (last.no, last.title, last.level) == (heading.no, heading.title, heading.level)
        if again and last is not None and not narrow[last.span[1] : heading.span[0]].strip():
            continue
        kept.append(heading)
    return kept


@cache
def _known_pattern() -> re.Pattern[str]:
    titles = "|".join(re.escape(title.translate(NARROW)) for title in _titles())
    return re.compile(rf"(?<![“《])([一二三四五六七八九十]{{1,3}})\s*[、.]\s*({titles})")


def _known_headings(narrow: str) -> Iterator[Heading]:
    """Titles of the book behind a number, wherever they stand: a line end before them may be lost."""
    for match in _known_pattern().finditer(narrow):
        yield Heading(match[1], match[2], 1, match.span())


def _headings(narrow: str) -> Iterator[Heading]:
    for match in _HEADING.finditer(narrow):
        title = _title(match["title"], narrow[match.end() : match.end() + 1])
        if title:
            start = match.start()
            yield Heading(
                match["one"] or match["two"],
                title,
                1 if match["one"] else 2,
                (start, match.start("title") + len(title)),
            )


def _title(text: str, behind: str) -> str:
    """The title at the beginning of a stretch: one of the book, all up to a mark, or up to a usual end."""
    text = text.rstrip()
    for known in _titles():
        if text.startswith(known):
            return known
    ended = not behind or behind in " \t\n。［[:："
    if ended and not re.search(r"\d", text) and len(text) <= 30:
        return text
    usual = _END.match(text)
    return usual[0] if usual else ""


def sections(
    text: str, found: list[Heading], form: ReportForm | None, body: Span
) -> tuple[dict[str, str], dict[str, int]]:
    """Text by section number with its offset; "前言" for what stands before the first heading.

    A heading opens the section of the form that has its title, whatever number it carries, else the section of its
    number; a number met again gives "一(2)".
    """
    tops = [heading for heading in found if heading.level == 1 and body[0] <= heading.span[0] < body[1]]
    texts: dict[str, str] = {}
    offsets: dict[str, int] = {}
    again: Counter[str] = Counter()
    bounds = [*(heading.span[0] for heading in tops[1:]), body[1]]
    first = tops[0].span[0] if tops else body[1]
    texts["前言"], offsets["前言"] = text[body[0] : first], body[0]
    for heading, end in zip(tops, bounds if tops else [], strict=True):
        no, said = _section(heading.no, heading.title, form), text[heading.span[1] : end]
        if no in texts and not said.strip():
            continue
        if texts.get(no, "").strip():
            again[no] += 1
            no = f"{no}({again[no] + 1})"
        texts[no], offsets[no] = said, heading.span[1]
    return texts, offsets


@lru_cache(maxsize=1024)
def _section(no: str, title: str, form: ReportForm | None) -> str:
    wanted = key(title)
    for section in form.sections if form else ():
        if key(section.title) == wanted:
            return section.no
    for section in form.sections if form else ():
        known = key(section.title)
        near = (
            known in wanted or wanted in known or SequenceMatcher(None, known, wanted, autojunk=False).ratio() >= NEAR
        )
        if section.no == no and near:
            return section.no
    return no
