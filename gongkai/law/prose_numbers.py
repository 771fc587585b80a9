"""Numbers in Chinese prose: where they stand, what they are worth, and the text with every number written plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law.numerals import CHARS, parse
from gongkai.law.refusal import Refused
from gongkai.law.values import plain

UNITS = (
    "个工作日", "个百分点", "百分点", "工作日", "人次", "件次", "条次", "场次", "期次", "家次", "条", "件", "次", "个",
    "份", "篇", "项", "期", "人", "元", "场", "部", "家", "起", "宗", "例", "处", "名", "天", "日", "年", "月", "页",
    "册", "批", "户", "所", "块", "张", "套", "类", "倍", "封", "幅", "集",
)  # fmt: skip
# Full-width signs and digits (U+FF01 to U+FF5E) to ASCII, one for one so that places stay; the full-width comma apart,
# because between two numbers it separates them ("579\uff0c511条").
_NARROW = {0xFF01 + place: 0x21 + place for place in range(94) if 0xFF01 + place != 0xFF0C}
_COMMA = {0xFF0C: 0x2C}
# A 0 typed for 〇 (二0一0年) stands between Chinese digits or at their end before 年.
_ZERO = re.compile(r"(?<=[〇○零一二三四五六七八九])[0Oo](?=[〇○零一二三四五六七八九年])")
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_NUMBER = re.compile(
    rf"(?P<percent>百分之(?P<share>[{CHARS}]{{1,24}}(?:点[{CHARS}]{{1,24}})?|{_ARABIC}))"
    rf"|(?P<arabic>(?:{_ARABIC})\s*[百千万亿]*)(?P<sign>\s*%)?"
    rf"|(?P<chinese>(?<![第{CHARS}])[{CHARS}]{{1,24}}(?:点[{CHARS}]{{1,24}})?(?=\s*[余多]?\s*(?:{'|'.join(UNITS)})))"
)
LONGEST_NUMBER = 24  # characters; what is longer is no count
_AFTER = re.compile(rf"\s*(?P<about>[余多])?\s*(?P<scale>[万亿])?\s*(?P<unit>{'|'.join(UNITS)})?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. span: characters it takes, without its unit; percent: 89.3 for "89.3%" or 百分之八十九点三;
    about: 余 or 多 follows, so it is a lower bound; raw: as written."""

    value: Decimal
    unit: str
    span: tuple[int, int]
    percent: bool
    about: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Plain:
    """Text for patterns: numbers in ASCII digits, no white space, full-width signs narrowed.

    offsets[i] is where character i of `text` stands in the original; the last entry is its length.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original characters of text[start:end]."""
        return self.offsets[start], self.offsets[end]


def numbers(text: str) -> tuple[Number, ...]:
    """All numbers of a text in order. Chinese numerals count where a unit follows and no 第 stands before them."""
    found = []
    narrow = _ZERO.sub("〇", text.translate(_NARROW))
    for match in _NUMBER.finditer(narrow):
        number = _number(match, narrow)
        if number is not None:
            found.append(number)
    return tuple(found)


def _number(match: re.Match[str], text: str) -> Number | None:
    raw = match["share"] or match["arabic"] or match["chinese"]
    if len(raw) > LONGEST_NUMBER:
        return None
    try:
        value = parse("".join(raw.split()))
    except Refused:
        return None
    start, end = match.span()
    percent = bool(match["percent"] or match["sign"])
    if percent:
        return Number(value, "%", (start, end), True, False, match[0])
    after = _AFTER.match(text, end)
    about, scale, unit = (after["about"], after["scale"], after["unit"]) if after else (None, None, None)
    if scale and not about:
        scale = None
    if scale:
        value *= parse(f"一{scale}")
    return Number(value, unit or "", (start, end), False, bool(about), match[0].strip())


def plain_text(text: str) -> Plain:
    """The text that the patterns of the book are written for, e.g. "共五百一十一条,占 89.3%" → "共511条,占89.3%"."""
    narrow = text.translate(_NARROW).translate(_COMMA)
    chars: list[str] = []
    offsets: list[int] = []
    place = 0
    for number in numbers(text):
        start, end = number.span
        _copy(narrow, place, start, chars, offsets)
        written = (f"{_as_written(number)}%") if number.percent else plain(number.value)
        for char in written:
            chars.append(char)
            offsets.append(start)
        place = end
    _copy(narrow, place, len(text), chars, offsets)
    offsets.append(len(text))
    return Plain("".join(chars), tuple(offsets))


def _as_written(number: Number) -> str:
    """A percentage keeps its decimals: 1.0% claims more than 1%."""
    return format(number.value, "f")


def _copy(text: str, start: int, end: int, chars: list[str], offsets: list[int]) -> None:
    for place in range(start, end):
        if not text[place].isspace():
            chars.append(text[place])
            offsets.append(place)


def within(claimed: Decimal, actual: Decimal, *, about: bool, near: bool = False) -> bool:
    """Whether a claimed number fits the actual one: equal; with 余/多 (`about`) less than a step of its last digit
    below; with 约/近 (`near`) less than a step away on either side."""
    if not about and not near:
        return claimed == actual
    zeros = len(plain(claimed)) - len(plain(claimed).rstrip("0"))
    step = Decimal(10) ** zeros
    if near:
        return abs(claimed - actual) < step
    return claimed < actual < claimed + step
