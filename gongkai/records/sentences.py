"""The product's own sentences in English: refusals, faults and findings, recognised by their skeleton.

They are put together in Chinese below the doors and kept in Chinese; their English stands in `locale/en/sentences/`,
a page for each room, as pairs of skeletons whose holes are numbered, or named where the book has the sentence.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from django.utils.translation import gettext

from gongkai.law.english import english
from gongkai.law.skeletons import Piece, Skeletons

PAGES = Path(__file__).resolve().parents[1] / "locale" / "en" / "sentences"

NUMERALS = "一二三四五六七八九十"


def pairs() -> dict[str, str]:
    """Every sentence with its English."""
    found: dict[str, str] = {}
    for page in sorted(PAGES.glob("*.toml")):
        found |= tomllib.loads(page.read_text(encoding="utf-8"))
    return found


def in_pieces(chinese: str) -> list[Piece] | None:
    """The sentence in English, in pieces, some of them kept in Chinese; None when it is none of the product's."""
    return _skeletons().translated(chinese)


def word_in_english(text: str, chapter: str = "") -> str:
    """The English of an own word, "" when it is none. chapter: of the book, taken before all others."""
    found = english(text, chapter) if chapter else ""
    translated = found or gettext(text)
    if translated == text:
        translated = english(text)
    return translated[:1].upper() + translated[1:]


@cache
def _skeletons() -> Skeletons:
    return Skeletons(pairs(), _word)


def _word(text: str) -> str:
    """The English of a word in a sentence; of the number of a section its figure."""
    return f"{NUMERALS.index(text) + 1}" if len(text) == 1 and text in NUMERALS else word_in_english(text)
