"""The product's own words, gathered from where they are declared: all that an English page says in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.apps import apps

from gongkai.comments import flow as comments
from gongkai.disclosures import flow as disclosures
from gongkai.duties import flow as duties
from gongkai.guides import flow as guides
from gongkai.law import checks, english
from gongkai.received import flow as received
from gongkai.reports import flow as reports
from gongkai.reports.counting import MEASURES
from gongkai.supervision import flow as supervision
from gongkai.workbench.ledgers import LEDGERS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FLOWS = (comments, disclosures, duties, guides, received, reports, supervision)


@cache
def labels() -> frozenset[str]:
    """Names, helps and choices of models and ledgers, moves, what measures count and the headers of their lists."""
    return frozenset(text for text in map(str, (*_of_models(), *_of_ledgers(), *_of_desks())) if CHINESE.search(text))


@cache
def book_words() -> frozenset[str]:
    """Terms, titles and labels of the book."""
    return frozenset(text for text in english.words() if CHINESE.search(text))


def _of_models() -> Iterator[object]:
    for app in apps.get_app_configs():
        if not app.name.startswith("gongkai."):
            continue
        for model in app.get_models():
            yield model._meta.verbose_name
            for field in model._meta.fields:
                yield from (field.verbose_name, field.help_text)
                yield from (label for _, label in field.flatchoices)


def _of_ledgers() -> Iterator[object]:
    for ledger in LEDGERS:
        for column in ledger.all_columns:
            yield from (column.header, column.help, *column.choices.values())


def _of_desks() -> Iterator[object]:
    yield checks.OWNER
    for desk in FLOWS:
        yield from (move.title for move in desk.FLOW.moves)
    for measure in MEASURES.values():
        yield from (measure.title, measure.unit)
        yield from (header for _, header in measure.columns)
