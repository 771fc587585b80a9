"""Counted things in prose: each number with its unit, the words that say what it counts, and its share of a whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from gongkai.law.prose_numbers import UNITS, Plain, plain_text

TIME_UNITS = frozenset({"年", "月", "日", "天", "个工作日", "工作日", "页"})
NOT_COUNTED = TIME_UNITS | {"个百分点", "百分点", "倍", "类"}
_COUNT = re.compile(rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?![\d.]*%)(?P<about>[余多])?(?P<unit>{'|'.join(UNITS)})?")
# Bounds for texts that no report has: what lies beyond is not looked at, so that no input keeps the checks busy.
LONGEST, MOST_ITEMS, MOST_TEXT, MOST_SECTIONS = 30_000, 1000, 80_000, 200
NEAR = re.compile(r"(?:约|近|大约|将近|左右|超|逾|超过|突破|不足|不少于|至少|(?<![线网纸面场以])上)(?:达|为|有)?$")
_QUOTED = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,40}”")
_LEAD_END = re.compile(r"[,;:()。!?…“”《》\[\]]")
_SHARES = (
    re.compile(
        rf"[^\d。;(,]{{0,8}},?(?P<of>占[^\d。;%]{{0,16}}?(?P<whole>\d+)(?:{'|'.join(UNITS)})[^\d。;,%]{{0,6}}?的)(?P<p>\d+(?:\.\d+)?)%"
    ),
    re.compile(r"[^\d。;(,]{0,8},?(?:所|约|大约)?(?P<of>(?:占比?|比例|比重)[^\d。;%]{0,20}?)(?P<p>\d+(?:\.\d+)?)%"),
    re.compile(r"[^\d,;。()]{0,8}\((?P<of>[^\d()]{0,20})(?P<p>\d+(?:\.\d+)?)%\)"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage said of an item. of: the words between (占总数的); whole: the number among them (占总数200件的);
    places: decimals as printed."""

    percent: Decimal
    of: str
    start: int
    end: int
    whole: Decimal | None = None

    @property
    def places(self) -> int:
        exponent = self.percent.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Item:
    """A number with a unit. start, end: in the plain text, unit included; lead: the words before it in its clause,
    tail: those after it; about: 余 or 多 follows, near: 约 or the like; depth: of brackets; sentence: its number."""

    start: int
    end: int
    value: Decimal
    unit: str
    lead: str
    tail: str
    about: bool
    near: bool
    share: Share | None
    depth: int
    sentence: int

    @property
    def exact(self) -> bool:
        return not self.about and not self.near


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A section as plain text with its items, read once for all rules."""

    section: str
    plain: Plain
    items: tuple[Item, ...]
    quotes: tuple[tuple[int, int], ...] = ()
    ends: tuple[int, ...] = ()

    def quoted(self, place: int) -> bool:
        """Whether a place of the plain text lies in a title or a quotation."""
        return _inside(self.quotes, place)

    def before(self, place: int) -> tuple[Item, ...]:
        """The items that end at or before a place."""
        return self.items[: bisect_right(self.items, place, key=lambda item: item.end)]

    def after(self, place: int) -> tuple[Item, ...]:
        """The items that start at or after a place."""
        return self.items[bisect_left(self.items, place, key=lambda item: item.start) :]

    @property
    def text(self) -> str:
        return self.plain.text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the original text."""
        return self.plain.span(start, end)

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around a place of the plain text。 ! ? … end one, ; does not."""
        number = bisect_left(self.ends, place)
        start = self.ends[number - 1] + 1 if number else 0
        return start, self.ends[number] if number < len(self.ends) else len(self.text)


def section_name(section: str) -> str:
    """How a message names a section: by its number; the words before the first heading have none."""
    return "正文" if not section else section if section == "前言" else f"第{section}部分"


def bounded(sections: Mapping[str, str]) -> Mapping[str, str]:
    """The sections, cut where together they are longer or more than those of any report; as they are otherwise."""
    if len(sections) <= MOST_SECTIONS and sum(map(len, sections.values())) <= MOST_TEXT:
        return sections
    left = MOST_TEXT
    found = {}
    for section, text in islice(sections.items(), MOST_SECTIONS):
        found[section] = text[:left]
        left -= len(found[section])
    return found


@lru_cache(maxsize=256)
def passage(section: str, text: str) -> Passage:
    """A section read: numbers plain, items found. Cached, because every rule of a form looks at the same text."""
    plain = plain_text(text[:LONGEST])
    quotes = tuple(match.span() for match in _QUOTED.finditer(plain.text))
    ends = tuple(place for place, char in enumerate(plain.text) if char in "。!?…")
    return Passage(section, plain, tuple(_items(plain.text, quotes, ends)), quotes, ends)


def _inside(spans: tuple[tuple[int, int], ...], place: int) -> bool:
    """Whether a place lies in one of these spans, which follow each other."""
    number = bisect_left(spans, place, key=lambda span: span[0]) - 1
    return number >= 0 and place < spans[number][1]


def _items(text: str, quoted: tuple[tuple[int, int], ...], ends: tuple[int, ...]) -> list[Item]:
    depths = _depths(text)
    found: list[Item] = []
    for match in _COUNT.finditer(text):
        if _inside(quoted, match.start()):
            continue
        if len(found) == MOST_ITEMS:
            break
        item = _item(match, text, found[-1].end if found else 0, depths, bisect_right(ends, match.start()))
        if item is not None:
            found.append(item)
    return found


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for char in text:
        depth = depth + 1 if char == "(" else max(0, depth - 1) if char == ")" else depth
        depths.append(depth)
    return depths


def _item(match: re.Match[str], text: str, floor: int, depths: list[int], sentence: int) -> Item | None:
    start, end = match.span()
    unit = match["unit"] or ""
    if unit in NOT_COUNTED or text[start - 1 : start] in ("第", "-", "〔", "["):
        return None
    lead = _lead(text, floor, start)
    tail = _tail(text, end)
    if not unit and not _is_count(lead, text[end : end + 1]):
        return None
    return Item(
        start=start, end=end, value=Decimal(match["n"]), unit=unit, lead=lead, tail=tail,
        about=bool(match["about"]), near=bool(NEAR.search(lead)), share=_share(text, end),
        depth=depths[start], sentence=sentence,
    )  # fmt: skip


def _is_count(lead: str, following: str) -> bool:
    """A number without a unit counts when its words say so (…总数1402, …类信息45,)."""
    said = re.search(r"(?:数|总计|共计|合计|类信息)(?:为|共)?$", lead)
    return bool(said) and following in ("", ",", ";", "。", "、", ")")


def _lead(text: str, floor: int, start: int) -> str:
    before = text[max(floor, start - 60) : start]
    cut = max((match.end() for match in _LEAD_END.finditer(before)), default=0)
    return before[cut:].lstrip("、")


def _tail(text: str, end: int) -> str:
    after = text[end : end + 30]
    cut = re.search(r"[,;:()。!?、\d]", after)
    return after[: cut.start()] if cut else after


def _share(text: str, end: int) -> Share | None:
    for pattern in _SHARES:
        if found := pattern.match(text, end):
            whole = found.groupdict().get("whole")
            return Share(
                Decimal(found["p"]), found["of"], found.start("p"), found.end(), Decimal(whole) if whole else None
            )
    return None
