"""A report read back: which form it is on, whose, for which year, and every figure by its labels. No Django."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import ReportForm, all_forms
from gongkai.law.values import Value
from gongkai.papers.reading import Grid, Reading
from gongkai.reports.labels import key
from gongkai.reports.sheet import Sheet

TITLE = re.compile(
    r"(?P<organ>[^\s、,。:《》()]{2,60}?)?(?P<year>(?:19|20)\d{2})年(?:度)?(?:政府信息|政务)公开(?:工作)?年度报告"
)
YEAR = re.compile(r"((?:19|20)\d{2})年")
HEADING = re.compile(r"^\s*([一二三四五六七八九十])\s*[、,.]\s*(.{2,40}?)\s*$")
# A report is taken for a form when at least this share of its cells is found.
ENOUGH = 0.1
# Neighbouring forms share most rows, and offices print rows of the older one: within this share the year decides.
NEAR = 0.15
LONGEST_TITLE = 40


@dataclass(slots=True)
class Recognised:
    """What a document says, in the terms of a form.

    figures: by ref, only cells that were found. sections: text by section number, "前言" for what comes before.
    not_understood: cells that hold something and could not be taken for a figure, in words.
    """

    form: ReportForm
    year: int
    organ: str
    figures: dict[str, Value]
    sections: dict[str, str] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)

    @property
    def missing(self) -> tuple[str, ...]:
        """Cells of the form that the document does not have."""
        return tuple(cell.ref for cell in self.form.cells if cell.ref not in self.figures)


def recognise(reading: Reading, forms: Iterable[ReportForm] | None = None) -> Recognised:
    """The report in a document; Refused when no form fits it."""
    organ, year = _title(reading)
    known = tuple(all_forms() if forms is None else forms)
    sheets = [_fill(form, reading.grids) for form in known]
    best = _best(sheets, year)
    if best is None:
        names = "、".join(f"{form.title}({form.id})" for form in known)
        raise Refused(
            "form_not_recognised",
            f"没有在文件中认出年度报告的表格(读到 {len(reading.grids)} 张表);能认的格式有:{names}。"
            "请确认文件中的表格是文字而不是图片,或用 --form 指定格式",
        )
    return Recognised(best.form, year, organ, dict(best.figures), sections(best.form, reading), best.not_understood)


def _fill(form: ReportForm, grids: Iterable[Grid]) -> Sheet:
    sheet = Sheet(form)
    for grid in grids:
        sheet.read(grid)
    sheet.finish()
    return sheet


def _best(sheets: Sequence[Sheet], year: int) -> Sheet | None:
    """The form with most cells found; of forms about as good, the one in use that year."""
    most = max((sheet.coverage for sheet in sheets), default=0.0)
    if most < ENOUGH:
        return None
    near = [sheet for sheet in sheets if sheet.coverage >= most - NEAR]
    return max(near, key=lambda sheet: (sheet.form.covers(year), sheet.coverage))


def _headlines(reading: Reading) -> Iterator[str]:
    """Lines that may be the title, without blanks; a title broken over two lines is tried as one."""
    lines = [reading.title]
    for part in reading.parts:
        lines.append(part if isinstance(part, str) else part.caption)
    lines = [re.sub(r"\s", "", line) for line in lines if line.strip()]
    for first, second in zip(lines, [*lines[1:], ""], strict=True):
        if len(first) <= LONGEST_TITLE and second:
            yield first + second
        yield first
    yield from (re.sub(r"\s", "", text) for grid in reading.grids for row in grid.texts()[:3] for text in row)


def _title(reading: Reading) -> tuple[str, int]:
    """Organ and year in the title; where it has none, the year that the document names most; "" and 0 for neither."""
    named = ("", 0)
    for line in _headlines(reading):
        found = TITLE.search(line)
        if found and found["organ"]:
            return found["organ"], int(found["year"])
        if found and not named[1]:
            named = "", int(found["year"])
    if named[1]:
        return named
    years = Counter(int(year) for line in _headlines(reading) for year in YEAR.findall(line))
    return "", years.most_common(1)[0][0] if years else 0


def sections(form: ReportForm, reading: Reading) -> dict[str, str]:
    """Text by section: a line that is a numbered heading of the form opens one. Tables are left out."""
    titles = {key(section.title): section.no for section in form.sections}
    found: dict[str, list[str]] = {"前言": []}
    current = "前言"
    for part in reading.parts:
        if not isinstance(part, str):
            continue
        for line in part.splitlines():
            heading = HEADING.match(line)
            opened = heading and _opened(titles, heading[1], heading[2])
            if opened:
                current = opened
                found.setdefault(current, [])
            elif line.strip():
                found[current].append(line.strip())
    return {no: "\n".join(lines) for no, lines in found.items() if lines or no != "前言"}


def _opened(titles: dict[str, str], no: str, title: str) -> str:
    """The section that a heading opens: by its title, whatever number it carries; by its number for a near title."""
    wanted = key(title)
    if wanted in titles:
        return titles[wanted]
    near = [known for known, number in titles.items() if number == no and (known in wanted or wanted in known)]
    return no if near else ""
