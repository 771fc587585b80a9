"""Text as read, made even: one kind of space, and lines of a cell or paragraph joined as Chinese text is joined."""

from __future__ import annotations

import re
from collections.abc import Iterable

_APART = re.compile(r"(?<=[\u3007\u4e00-\u9fff]) (?=[\u3007\u4e00-\u9fff])")
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


def line(text: str) -> str:
    """Runs of any white space (also full-width and non-breaking) become one space; none at the ends."""
    return _SPACES.sub(" ", text).strip()


def joined(lines: Iterable[str]) -> str:
    """Lines joined into one: a space only between letters or digits, so that no number is made out of two."""
    whole = ""
    for piece in filter(None, map(line, lines)):
        gap = " " if whole and _word(whole[-1]) and _word(piece[0]) else ""
        whole += gap + piece
    return whole


def close(text: str) -> str:
    """Chinese characters set wide apart (总 计) drawn together: in a PDF such spaces come from the layout."""
    return _APART.sub("", text)


def _word(character: str) -> bool:
    return character.isascii() and character.isalnum()
