"""The text of a table cell as figures: one value, several run together, or words."""

from __future__ import annotations

import re

from gongkai.law.report_forms import ReportForm
from gongkai.law.values import Value
from gongkai.reports.foreign.regions import ABSENT, MINUS, Chunk
from gongkai.reports.foreign.stream import NARROW
from gongkai.reports.foreign.wording import UNITS
from gongkai.reports.labels import tidy, value_of

_UNIT = "|".join(UNITS)
_NUMBER = re.compile(rf"(?P<figures>[+{MINUS}]?\d[\d,.{MINUS}]*)\s*(?P<unit>{_UNIT})?")
# Possessive throughout: a long run of digits is tried once.
_FIGURES = re.compile(rf"(?:\s*+(?:[+{MINUS}]?\d[\d,.{MINUS}]*+\s*+(?:{_UNIT})?+|[{ABSENT}]++))*+\s*+")
_REMARK = re.compile(r"\s*\([^()]*[\u4e00-\u9fff][^()]*\)\s*$")
_APART = re.compile(r"\d\s+[\d-]")


def bare(text: str) -> str:
    """A cell text narrowed, without a remark in brackets behind the figure ("22(其中修订16件)" is 22)."""
    narrow = text.translate(NARROW).strip()
    return _REMARK.sub("", narrow) if narrow.endswith(")") and narrow[:1].isdigit() else narrow


def is_figures(text: str) -> bool:
    """Whether a cell holds figures or a mark of absence and nothing else; also when it is blank."""
    return _FIGURES.fullmatch(bare(text)) is not None


def value(form: ReportForm, ref: str, text: str) -> Value | None:
    """The one value of a cell text; None when it holds several figures, or words."""
    content = bare(text)
    if _APART.search(content):
        return None
    found = value_of(form, form.cell(ref), content)
    digits = tidy(content)
    return None if found is not None and len(digits) > 1 and digits.isdigit() and digits[0] == "0" else found


def chunks(text: str) -> list[Chunk]:
    """The figures of a cell text that are apart from each other."""
    found = []
    for match in re.finditer(rf"{_NUMBER.pattern}|[{ABSENT}]", text.translate(NARROW)):
        figures = (match["figures"] or match[0]).rstrip(".,").lstrip("+")
        found.append(Chunk(figures, match["unit"] or "", (0, 0)))
    return found
