"""Where the words stand: passages of a document as written, with what was asked for marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
            span = next(_found(text, missing), None)
            if span is None:
                break
            passage = _passage(text, span[0] - BEFORE, span[0] + AFTER, parts)
            found.append(passage)
            shown = Folded("".join(segment.text for segment in passage)).text
            still = [part for part in missing if not any(way in shown for way in part)]
            if len(still) == len(missing):  # longer than a passage: shown in part
                break
            missing = still
    return tuple(found)


def _found(text: str, parts: Sequence[Alternatives]) -> Iterator[tuple[int, int]]:
    """The first span of a part, block by block."""
    for start in range(0, len(text), _BLOCK):
        begin = max(start - _OVERLAP, 0)
        for first, last in _spans(text[begin : start + _BLOCK], parts):
            yield begin + first, begin + last


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
    for way in {way for part in parts for way in part}:
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
