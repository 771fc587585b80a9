"""Reports of invented organs, drawn as files: consistent, or with figures changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gongkai.law.report_forms import load
from gongkai.law.values import number
from gongkai.papers import html
from gongkai.papers import text as plain
from gongkai.papers.paper import Paper
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.tests.foreign.invention import Invented, invent

SECTIONS = {
    "一": "全年依法办理各项公开工作。",
    "五": "问题在于更新不够及时。下一步加强检查。",
    "六": "无其他需要报告的事项。",
}


def consistent(seed: int = 7, organ: str = "松山县教育局", form: str = "national_2021", size: int = 2) -> Invented:
    """A report whose identities all hold."""
    return replace(invent(load(form), seed, size=size), organ=organ)


def broken(ref: str, by: int, one: Invented | None = None) -> Invented:
    """The same with one figure changed."""
    one = one or consistent()
    old = one.figures[ref].number
    if old is None:
        raise ValueError(f"{ref} has no figure")
    return replace(one, figures={**one.figures, ref: number(old + by)})


def paper(one: Invented, year: int = 0, sections: Mapping[str, str] = SECTIONS) -> Paper:
    """The report as a paper."""
    year = year or one.year
    return draw(one.form, one.figures, sections, Facts(one.organ, year, date(year + 1, 1, 20)))


def page(one: Invented, year: int = 0, sections: Mapping[str, str] = SECTIONS) -> bytes:
    """The report as a web page."""
    return html.document(paper(one, year, sections)).encode()


def text(one: Invented, year: int = 0, sections: Mapping[str, str] = SECTIONS) -> str:
    """The report as plain text with its tables drawn by strokes."""
    return plain.write(paper(one, year, sections))
