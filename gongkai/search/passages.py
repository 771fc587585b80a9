"""Where the words stand: passages of a document as written, with what was asked for marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.search.asking import Passage, Segment
from gongkai.search.folding import Alternatives, Folded

BEFORE, AFTER = 40, 100  # characters around the first word of a passage
MOST = 2
_BLOCK, _OVERLAP = 20_000, 200  # characters looked at together: a passage near the front costs no more in a long text
_WHITE = re.compile(r"\s+")


def marked(text: str, parts: Sequence[Alternatives]) -> Passage:
    """The whole text, every part in it marked; white space drawn together."""
    segments = []
    place = 0
    for start, end in _spans(text, parts):
        segments += [Segment(text[place:start]), Segment(text[start:end], marked=True)]
        place = end
    segments.append(Segment(text[place:]))
    return tuple(Segment(_WHITE.sub(" ", each.text), each.marked) for each in segments if each.text)


def passages(texts: Sequence[str], parts: Sequence[Alternatives]) -> tuple[Passage, ...]:
    """Up to two passages: about the first part found in the texts, then about one that the first does not show.

    Without parts: how the first text that is not empty begins.
    """
    if not parts:
        whole = next((text for text in texts if text.strip()), "").strip()
        return (_passage(whole, 0, BEFORE + AFTER, ()),) if whole else ()
    found: list[Passage] = []
    missing = list(parts)
    for text in texts:
        while missing and len(found) < MOST:
            place = _first(text, missing)
            if place is None:
                break
            passage = _passage(text, place - BEFORE, place + AFTER, parts)
            found.append(passage)
            shown = Folded("".join(segment.text for segment in passage)).text
            still = [part for part in missing if not any(way in shown for way in part)]
            if len(still) == len(missing):  # longer than a passage: shown in part
                break
            missing = still
    return tuple(found)


def _first(text: str, parts: Sequence[Alternatives]) -> int | None:
    """Where, as written, the first of the parts begins; None when none stands in the text."""
    for start in range(0, len(text), _BLOCK):
        begin = max(start - _OVERLAP, 0)
        folded = Folded(text[begin : start + _BLOCK])
        places = [place for part in parts for way in part if (place := folded.text.find(way)) >= 0]
        if places:
            return begin + folded.written(min(places), min(places) + 1)[0]
    return None


def _passage(text: str, start: int, end: int, parts: Sequence[Alternatives]) -> Passage:
    start = max(start, 0)
    shown = marked(text[start:end], parts)
    before = (Segment("…"),) if start else ()
    after = (Segment("…"),) if end < len(text) else ()
    return (*before, *shown, *after)


def _spans(text: str, parts: Sequence[Alternatives]) -> list[tuple[int, int]]:
    """Where the parts stand in the text as written, in order, none within another."""
    if not parts:
        return []
    folded = Folded(text)
    every = []
    for way in (way for part in parts for way in part):
        place = folded.text.find(way)
        while place >= 0:
            every.append((place, place + len(way)))
            place = folded.text.find(way, place + len(way))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(every):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [folded.written(start, end) for start, end in joined]
