"""Numbers that sentences of the report state for a cell, by the patterns that the form's page gives for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from gongkai.law.prose_numbers import plain_text
from gongkai.law.report_forms import Column, ReportForm, Row, Table
from gongkai.reports.labels import key, short_key

_CUMULATIVE = "(?:累计|历年)(?:已|共)?"
_NOT_CUMULATIVE = "(?<!累计)(?<!历年)(?<!累计已)(?<!累计共)"
NUMBER = r"(?<!\d)(?P<n>\d+)(?![\d余多.])"


def claims(form: ReportForm, texts: Iterable[str]) -> dict[str, frozenset[Decimal]]:
    """By cell, the exact numbers ("34件", not "30多件") that any sentence states for it."""
    found: dict[str, set[Decimal]] = {}
    for text in texts:
        narrow = plain_text(text).text
        for ref, pattern in patterns(form):
            for match in pattern.finditer(narrow):
                found.setdefault(ref, set()).add(Decimal(match["n"]))
    return {ref: frozenset(numbers) for ref, numbers in found.items()}


@cache
def patterns(form: ReportForm) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every pattern of the page, with the cell that it speaks of."""
    return tuple(_patterns(form))


def _patterns(form: ReportForm) -> Iterator[tuple[str, re.Pattern[str]]]:
    for table in form.tables:
        for row in table.rows:
            for column, text in _of_row(table, row):
                ref = f"{table.id}.{row.id}.{column.id}"
                labels = sorted({short_key(label) for label in (row.label, *row.aliases)} | {key(row.label)})
                names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
                yield ref, re.compile(text.replace("{row}", f"(?:{names})").replace("{n}", NUMBER))


def _of_row(table: Table, row: Row) -> Iterator[tuple[Column, str]]:
    for column in table.columns:
        if row.role != "header":
            yield from ((column, text) for text in column.prose)
    year = next((column for column in table.columns if column.period == "year"), None)
    if year is not None:
        yield from ((year, _NOT_CUMULATIVE + text) for text in row.prose)
    cumulative = next((column for column in table.columns if column.period == "cumulative"), None)
    if cumulative is not None:
        yield from ((cumulative, f"{_CUMULATIVE}(?:{text})") for text in row.prose)
