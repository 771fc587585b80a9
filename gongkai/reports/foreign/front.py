"""What a report says of itself outside its tables: title, organ, year, period, dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.numerals import DIGITS
from gongkai.reports.foreign import naming
from gongkai.reports.foreign.naming import NAME, ORGANS
from gongkai.reports.foreign.report import Span
from gongkai.reports.foreign.stream import NARROW

_DIGITS = "".join(DIGITS)
_YEAR = rf"(?P<year>(?:19|20)\d{{2}}|[{_DIGITS}][{_DIGITS}0]{{3}})"
TITLE = re.compile(
    rf"{_YEAR}\s*+年\s*+度?\s*+(?:(?:政\s*+府\s*+)?+信\s*+息|政\s*+务)\s*+公\s*+开\s*+(?:工\s*+作)?\s*+(?:年\s*+度)?\s*+报\s*+告"
)
_SHORT_TITLE = re.compile(rf"^\W*{_YEAR}\s*+年\s*+度?\s*+报\s*+告", re.MULTILINE)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*+[年./-]\s*+(?P<m>\d{1,2})\s*+[月./-]\s*+(?P<d>\d{1,2})(?:\s*+日|(?!\d))"
    rf"|(?P<cy>[{_DIGITS}][{_DIGITS}0]{{3}})\s*+年\s*+(?P<cm>[{_DIGITS}十元]{{1,3}})\s*+月\s*+(?P<cd>[{_DIGITS}十]{{1,3}})\s*+日"
)
_PERIOD = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*+年\s*+(?P<m>\d{1,2})\s*+月\s*+(?P<d>\d{1,2})\s*+日\s*+起?\s*+(?:至|到|—+|-|~)\s*+"
    r"(?:(?P<y2>(?:19|20)\d{2})\s*+年\s*+)?(?P<m2>\d{1,2})\s*+月\s*+(?P<d2>\d{1,2})\s*+日"
)
_PUBLISHED = re.compile(r"(?:时间|日期)\s*+[:：]?\s*+(?=(?:19|20)\d{2}\s*+[年./-])")
_COMPILED_BY = re.compile(rf"(?:由|本报告(?:是|系))\s*(?P<organ>{NAME}{{3,40}}?)\s*(?:根据|按照|依据|编制)")
_SIGNED = re.compile(rf"(?P<organ>{NAME}{{3,40}})$")
_SELF = re.compile(r"(?:^|现?将|对|由)[我本].$")  # 现将我局2017年政府信息公开工作情况报告如下: no name
# What follows the text of a report on a saved page.
_TAIL = re.compile(
    r"附件下载|相关附件|【?打印|扫一扫|分享到|上一篇|下一篇|主办单位|主办:|版权所有|网站地图|ICP备|关闭窗口|【关闭"
)
HEAD_PART = 6000  # characters in which a title is looked for first


@dataclass(slots=True)
class Front:
    """What the first lines say: title, organ, year, days; empty where they say nothing."""

    title: str = ""
    organ: str = ""
    year: int = 0
    period: tuple[date, date] | None = None
    published_on: date | None = None
    signed_on: date | None = None
    dates: list[tuple[date, Span]] | None = None
    title_start: int = 0
    title_end: int = 0
    inferred: bool = False  # the organ is only the place that the text speaks of as its own


def front(text: str, body_end: int, file: str = "") -> Front:
    """What a text (tables blanked) says of the report; `body_end` is where its own text ends.

    file: its name, which tells organ and year where the text does not.
    """
    narrow = text.translate(NARROW)
    found = Front(dates=list(dates(narrow)))
    titles = list(TITLE.finditer(narrow))
    named = [(match, name) for match in titles if (name := _name_before(narrow, match.start()))]
    if titles:
        match, name = named[0] if named else (titles[0], "")
        found.title, found.title_end = name + "".join(match[0].split()), match.end()
        found.title_start = max(len(narrow[: match.start()].rstrip()) - len(name), 0) if name else match.start()
    if named:
        found.organ = Counter(name for _, name in named).most_common(1)[0][0]
    found.period = _period(narrow)
    found.year = _year(narrow, titles, found.period)
    found.published_on = _published(narrow)
    found.signed_on = next((day for day, span in reversed(found.dates or []) if _signs(narrow, span, body_end)), None)
    found.organ = naming.full_name(found.organ or _organ_elsewhere(narrow, found, body_end), narrow)
    found.organ = found.organ or naming.from_file(file)
    if not found.organ:
        found.organ = naming.by_place(narrow)
        found.inferred = bool(found.organ)
    return found


def several(narrow: str) -> bool:
    """Whether a text carries the titles of reports of different organs or years."""
    titles = {(_name_before(narrow, match.start()), _number(match["year"])) for match in TITLE.finditer(narrow)}
    return len({title for title in titles if title[0]}) > 1


def _name_before(narrow: str, place: int) -> str:
    """The name of an organ that stands before a place, also on the line above; "" where there is none."""
    found = _SIGNED.search(narrow[max(place - 50, 0) : place].rstrip())
    return found["organ"] if found and found["organ"].endswith(ORGANS) and not _SELF.search(found["organ"]) else ""


def dates(narrow: str) -> Iterator[tuple[date, Span]]:
    """Every full date, in Arabic or Chinese numerals; days that no calendar has are left out."""
    for match in _DATE.finditer(narrow):
        raw = (match["y"], match["m"], match["d"]) if match["y"] else (match["cy"], match["cm"], match["cd"])
        day = _day(*(_number(part) for part in raw))
        if day is not None:
            yield day, match.span()


def _number(text: str) -> int:
    """A numeral of a date: 2012, 二〇一二, 十二, 二十, 元 (the first month)."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (DIGITS.get(tens, 0) if tens else 1) + (DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(DIGITS.get(character, 0)) for character in text))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _period(narrow: str) -> tuple[date, date] | None:
    for match in _PERIOD.finditer(narrow):
        first = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        last = _day(int(match["y2"] or match["y"]), int(match["m2"]), int(match["d2"]))
        if first and last:
            return first, last
    return None


def year_of(narrow: str) -> int:
    """The year that a text gives itself; 0 where it gives none."""
    return _year(narrow, list(TITLE.finditer(narrow)), _period(narrow))


def _year(narrow: str, titles: list[re.Match[str]], period: tuple[date, date] | None) -> int:
    """The year of the title, else of the period, else the one that the text names most."""
    years = Counter(_number(match["year"]) for match in titles)
    if years:
        return years.most_common(1)[0][0]
    short = _SHORT_TITLE.search(narrow, 0, HEAD_PART)
    if short:
        return _number(short["year"])
    if period:
        return period[1].year
    named = Counter(int(year) for year in re.findall(r"((?:19|20)\d{2})\s*年", narrow))
    return named.most_common(1)[0][0] if named else 0


def _published(narrow: str) -> date | None:
    for match in _PUBLISHED.finditer(narrow):
        found = next(dates(narrow[match.end() : match.end() + 24]), None)
        if found:
            return found[0]
    return None


def _signs(narrow: str, span: Span, body_end: int) -> bool:
    """Whether a date stands alone, as under a signature: behind a name or a line, before the end or an annex."""
    before, behind = narrow[max(span[0] - 30, 0) : span[0]].rstrip(), narrow[span[1] : span[1] + 12].strip()
    alone = not before or before.endswith(ORGANS) or narrow[span[0] - 1].isspace()
    said = re.search(r"[自至到于起:：,，]$", before) is not None
    return (
        span[1] <= body_end
        and alone
        and not said
        and (not behind or behind.startswith(("附件", "印发")) or narrow[span[1]] in "\n \t")
    )


def _organ_elsewhere(narrow: str, found: Front, body_end: int) -> str:
    """The organ that signed, or that the text says compiled the report."""
    for day, span in reversed(found.dates or []):
        if span[1] <= body_end and day == found.signed_on:
            if name := _name_before(narrow, span[0]):
                return name
            break
    for match in _COMPILED_BY.finditer(narrow, 0, HEAD_PART):
        if match["organ"].endswith(ORGANS):
            return match["organ"]
    return ""


def tail(narrow: str, behind: int) -> int:
    """Where the navigation below a report begins, looked for behind a place of the text."""
    found = _TAIL.search(narrow, behind)
    return found.start() if found else len(narrow)
