"""The English of the book's own words, found by their Chinese: terms, titles of pages, labels of rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from gongkai.law import book
from gongkai.law.typesetting import typeset

CHAPTERS = ("vocabulary", "report_forms", "crosswalk", "time_limits", "fees", "public_documents", "checks", "screening")
"""Where a word stands twice with two translations, the chapter named first is followed."""
FORMS = "report_forms"
BETWEEN = " › "
"""Between the parts of a name that was put together: the groups of a row, the row, the column."""


def english(chinese: str, first: str = "") -> str:
    """The English of one word of the book, or of a name put together of labels of a form; "" when the book has none.

    first: the chapter whose translation is taken where chapters differ.
    """
    if BETWEEN in chinese:
        parts = [english(part, FORMS) for part in chinese.split(BETWEEN)]
        return BETWEEN.join(parts) if all(parts) else ""
    return (_of(first).get(chinese) if first else None) or _known().get(chinese, "")


def words() -> frozenset[str]:
    """The Chinese of every word that the book has in English."""
    return frozenset(_known())


@cache
def _known() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for chapter in reversed(CHAPTERS):
        found.update(_of(chapter))
    return found


@cache
def _of(chapter: str) -> Mapping[str, str]:
    """The words of a chapter; of several translations the shortest, which says what the things have in common."""
    found: dict[str, str] = {}
    for page in book.chapter(chapter).values():
        for chinese, its_english in _pairs(page):
            for printed in (chinese, typeset(chinese)):  # pages show some words in full-width punctuation
                found[printed] = min(found.get(printed, its_english), its_english, key=len)
    # A row with a star may be named without it; where another row has that name, it is that row.
    return {word.removesuffix("★"): its_english for word, its_english in found.items()} | found


def _pairs(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each `zh` with its `en`, each `title` with its `title_en`, of a page and of all tables in it."""
    for key, value in table.items():
        if key == "en":
            yield table["zh"], value
        elif key.endswith("_en"):
            yield table[key.removesuffix("_en")], value
        elif isinstance(value, dict):
            yield from _pairs(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from _pairs(one)
