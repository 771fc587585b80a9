"""Tables in text: a line of heads, rows below it, and the columns whose cells are hits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.screening.gates import HEAD_ENDS, LONGEST_HEAD, NO_HEAD
from gongkai.screening.rule import NAME, Rule
from gongkai.screening.rules import Rules

LONGEST_LINE = 2_000  # a line beyond this is no row of a table
STRANGE_ROWS = 3  # lines one after another that do not fit end the table
Cell = tuple[str, int, int]
_SEPARATORS = ("\t", "|", "｜", ",")
_SENTENCE = re.compile(f"[{NO_HEAD}]")  # has no place in the heads of a table
_SEPARATED = re.compile(f"[{HEAD_ENDS}]")  # ends every head of a table
_WORD = re.compile(r"[^ \u3000]+")


def roster(text: str, place: int, rules: Rules) -> tuple[int, list[tuple[Rule, int, int]]]:
    """The table whose line of heads holds `place`: where its last row ends, and the cells that are hits.

    When the line is none of heads, the end is that of the line and there are no hits.
    """
    if not _SEPARATED.search(text, place, place + LONGEST_HEAD):
        return place + 1, []
    start, end = _line(text, place)
    if end - start > LONGEST_LINE:
        return end, []
    if _SENTENCE.search(text, start, end):
        return end, []
    separator = next((mark for mark in _SEPARATORS if text.count(mark, start, end)), None)
    heads = [_plain(cell) for cell, _, _ in _cells(text, start, end, separator)]
    wanted = _wanted(heads, rules.columns)
    return _rows(text, end, separator, len(heads), wanted, rules) if wanted else (end, [])


def _line(text: str, place: int) -> tuple[int, int]:
    start = text.rfind("\n", max(place - LONGEST_LINE, 0), place) + 1 or max(place - LONGEST_LINE, 0)
    end = text.find("\n", place, place + LONGEST_LINE + 1)
    return start, end if end >= 0 else min(len(text), place + LONGEST_LINE + 1)


def _cells(text: str, start: int, end: int, separator: str | None) -> list[Cell]:
    """The cells of a line with their places, blanks around them left out."""
    if separator is None:
        return [(found.group(), *found.span()) for found in _WORD.finditer(text, start, end)]
    cells: list[Cell] = []
    while start <= end:
        stop = text.find(separator, start, end)
        stop = end if stop < 0 else stop
        raw = text[start:stop]
        left = start + len(raw) - len(raw.lstrip(' \u3000"'))
        content = raw.strip(' \u3000\r"')
        cells.append((content, left, left + len(content)))
        start = stop + 1
    return cells


def _plain(head: str) -> str:
    return re.sub(r"\s", "", head)


def _wanted(heads: Sequence[str], columns: Sequence[Rule]) -> list[tuple[int, Rule]]:
    """Which columns are hits by which rule."""
    if len(heads) < 2 or max(map(len, heads)) > LONGEST_HEAD:
        return []
    return [(place, rule) for rule in columns for place in range(len(heads)) if _applies(rule, heads, place)]


def _applies(rule: Rule, heads: Sequence[str], place: int) -> bool:
    head, others = heads[place], [*heads[:place], *heads[place + 1 :]]
    if not any(word in head for word in rule.columns):
        return False
    if any(word in other for word in rule.unless_columns for other in heads):
        return False
    return not rule.companions or any(word in other for word in rule.companions for other in others)


def _rows(
    text: str, start: int, separator: str | None, width: int, wanted: Sequence[tuple[int, Rule]], rules: Rules
) -> tuple[int, list[tuple[Rule, int, int]]]:
    hits: list[tuple[Rule, int, int]] = []
    strange, last = 0, start
    while strange < STRANGE_ROWS and start < len(text):
        first, start = start + 1, text.find("\n", start + 1)
        start = len(text) if start < 0 else start
        cells = _cells(text, first, start, separator) if start - first <= LONGEST_LINE else []
        if len(cells) != width:
            strange += 1
            continue
        strange, last = 0, start
        hits += [(rule, *cells[place][1:]) for place, rule in wanted if _is_hit(rule, cells[place][0], rules)]
    return last, hits


def _is_hit(rule: Rule, cell: str, rules: Rules) -> bool:
    if not cell or "*" in cell or "＊" in cell or "某" in cell:
        return False
    if rule.mask == NAME:
        return rules.surnames.is_name(cell)
    return rule.pattern is None or bool(rule.pattern.search(cell))
