"""Labels and cell texts as they are met in real documents, brought to one form for comparing. No Django."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from gongkai.law.report_forms import Cell, ReportForm
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, endless, number

_NUMBERING = re.compile(
    r"^(?:其中:?|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、)](?!\d)|[IVX]{1,4}(?![A-Za-z]))+"
)
_BARE_NUMBER = re.compile(r"^\d{1,2}(?=[^\d.年个月日])")
_INVISIBLE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_NOISE = re.compile(r"[\s\W_]+")
_MARKER = re.compile(r"^(?:其中:?)?(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+(?=、)|\d{1,2}|[IVX]{1,4})")
_AMOUNT = re.compile(r"^([+\-−–]|增加?|减少?)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(亿元|万元|元|[条件次篇个人份项])?次?$")
_NAMED = re.compile(r"[^\d\s、,;]{1,80}?(\d+)[份期种件个]?")
ABSENT = frozenset("-—–―/\\")
SIGNS = {"-": -1, "−": -1, "–": -1, "减": -1, "减少": -1}
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def tidy(text: str) -> str:
    """Compatibility characters unfolded (（１） → (1), ⑴ → (1), Ⅰ → I), blanks and invisible characters removed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def key(label: str) -> str:
    """A label without numbering, 其中, ★ and punctuation: what two printings of it have in common."""
    bare = re.sub(r"^(?:其中:?)?[①-⑳]", "", re.sub(r"\s+", "", label))
    bare = _NUMBERING.sub("", tidy(bare).replace("★", ""))
    bare = _BARE_NUMBER.sub("", bare)
    return _NOISE.sub("", bare)


@lru_cache(maxsize=8192)
def short_key(label: str) -> str:
    """The key without what stands in brackets, which printings often leave out."""
    return key(re.sub(r"\([^()]*\)", "", tidy(label))) or key(label)


def marker(label: str) -> str:
    """The number that a label carries ("(二)", "3", "五"), or ""; tells equal labels apart."""
    found = _MARKER.match(tidy(label))
    return found[1] if found else ""


def value_of(form: ReportForm, cell: Cell, text: str) -> Value | None:
    """What a cell text means for its cell; None when it is not a figure at all.

    Blank stays blank. A mark of absence means not applicable where the form gives the cell no meaning, otherwise not
    reported. Money in another unit than the cell's is converted (1234元 in a cell of 万元 is 0.1234). A row of more
    digits than any count has is no figure.
    """
    found = _value_of(form, cell, text)
    return None if found is not None and endless(found.number) else found


def _value_of(form: ReportForm, cell: Cell, text: str) -> Value | None:
    bare = tidy(text)
    if not bare:
        return BLANK
    if set(bare) <= ABSENT:
        return NOT_REPORTED if cell.applies else NOT_APPLICABLE
    if found := _AMOUNT.match(bare):
        return number(_amount(found, cell.unit))
    return _named(bare) if "名称" in form.row(cell.table, cell.row).label else None


def _named(text: str) -> Value | None:
    """The number in a cell for names and numbers: 《某某》200份、《某某》100份."""
    counts = _NAMED.findall(text)
    if not counts or _NAMED.sub("", text).strip("、,;"):
        return None
    return number(sum((Decimal(count) for count in counts), Decimal(0)))


def _amount(found: re.Match[str], unit: str) -> Decimal:
    sign, whole, part, said = found.groups()
    value = Decimal(whole.replace(",", "") + (part or "")) * SIGNS.get(sign or "", 1)
    if said in YUAN and unit in YUAN and said != unit:
        value = value * YUAN[said] / YUAN[unit]
    return value
