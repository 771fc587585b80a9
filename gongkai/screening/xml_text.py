"""The bare text of an XML part."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.containers import limits
from gongkai.containers.unreadable import Unreadable


def words(part: bytes) -> Iterator[str]:
    """All text of an XML part, in order; nothing for a part that is no XML."""
    try:
        tree = limits.xml(part)
    except Unreadable:
        return
    yield from (said for text in tree.itertext() if (said := str(text).strip()))
