"""Words that a reader looks for, cut to what any database can look for."""

from __future__ import annotations

MOST, LONGEST = 12, 100
"""Words, and characters of a word: SQLite refuses patterns beyond 50,000 bytes and conditions nested too deep."""


def words_of(text: str) -> list[str]:
    """The words of a search, parted by blanks: the first twelve, each by its first hundred characters."""
    return [word[:LONGEST] for word in text.split(maxsplit=MOST)[:MOST]]
