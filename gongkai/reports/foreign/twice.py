"""Two reports in one document, behind each other or mixed: their rows stand in it twice, with other figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from gongkai.reports.foreign.chain import SHORT, Place, occurrences
from gongkai.reports.foreign.front import several
from gongkai.reports.foreign.regions import LONGEST, Chunk, figures_of
from gongkai.reports.foreign.stream import Stream
from gongkai.reports.foreign.wording import Words

FEW, TWICE = 3, 0.6  # rows, and the share of them met twice, from which on a text holds two reports


def two_reports(words: Words, stream: Stream) -> bool:
    """Whether most rows of the form stand in the text with figures twice, and these or the titles differ.

    A report that stands twice in a saved page, as a table and as text, gives the same figures both times.
    """
    found: dict[str, dict[int, Place]] = {}
    rows: Counter[str] = Counter(one for item in words.items if item.kind == "row" for one in item.keys)
    for place in occurrences(words, stream):
        if place.item.kind == "row" and place.followed and len(place.key) > SHORT:
            found.setdefault(place.key, {})[place.start] = place
    twice = [one for one, places in found.items() if len(places) >= 2 * rows[one]]
    if len(found) < FEW or len(twice) < TWICE * len(found):
        return False
    return several(stream.narrow) or any(rows[one] == 1 and _differ(stream, found[one].values()) for one in twice)


def _differ(stream: Stream, places: Iterable[Place]) -> bool:
    """Whether other figures stand behind one label than behind another."""
    starts = (stream.after(place.end) for place in places)
    runs = [figures_of(stream.narrow[start : start + LONGEST], start)[0] for start in starts]
    return any(not _agree(one, other) for one, other in combinations(runs, 2))


def _agree(one: Sequence[Chunk], other: Sequence[Chunk]) -> bool:
    """Whether two runs give the same figures; those cut otherwise may have the number of the next row at their end."""
    texts = [[chunk.text.replace(",", "") for chunk in run] for run in (one, other)]
    if len(one) == len(other):
        return texts[0] == texts[1]
    short, long = sorted(("".join(run) for run in texts), key=len)
    return long.startswith(short)
