"""Masks as edits of the visible text: what is masked once is masked wherever it stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from gongkai.screening.findings import Mask
from gongkai.screening.refusal import NotAccepted

COVER = "＊"
SHORTEST_NUMBER = 5  # shorter runs of ASCII are masked only where the mask points: 12 stands in too many numbers


class Edits:
    """Masks sorted and spread over a text; called with a piece and its start it gives the piece masked."""

    def __init__(self, text: str, masks: Sequence[Mask]) -> None:
        """NotAccepted `bad_mask` when a mask points outside the text or at nothing."""
        for mask in masks:
            if not 0 <= mask.span[0] < mask.span[1] <= len(text):
                raise NotAccepted("bad_mask", "遮盖的位置不在文件的文字之内。请按最近一次筛查的结果重新选择。")
            if not mask.ground.strip():
                raise NotAccepted("bad_mask", "遮盖没有写明依据。请为每一处写明不公开的理由。")
        self.hidden = frozenset(found for mask in masks if is_spread(found := text[slice(*mask.span)].strip()))
        wanted = {(*mask.span, mask.shown) for mask in masks} | set(self._elsewhere(text, masks))
        self.spans = _merged(sorted(wanted, key=lambda one: (one[0], -one[1])))
        self._ends = [end for _, end, _ in self.spans]

    def _elsewhere(self, text: str, masks: Sequence[Mask]) -> list[tuple[int, int, str]]:
        shown = {text[slice(*mask.span)].strip(): mask.shown for mask in reversed(masks)}
        words = sorted(self.hidden, key=len, reverse=True)
        if not words:
            return []
        pattern = re.compile("|".join(map(re.escape, words)))
        return [(*found.span(), shown[found.group()]) for found in pattern.finditer(text)]

    def _between(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The spans that share a character with start to end."""
        at = bisect_right(self._ends, start)
        while at < len(self.spans) and self.spans[at][0] < end:
            yield self.spans[at]
            at += 1

    def touches(self, start: int, end: int) -> bool:
        """Whether any character from start to end is masked."""
        return next(self._between(start, end), None) is not None

    def __call__(self, piece: str, start: int) -> str:
        """The piece as it stands in the clean copy; a span over several pieces is shown in the first of them."""
        end, out, at = start + len(piece), [], start
        for first, last, shown in self._between(start, end):
            left, right = max(first, start), min(last, end)
            out.append(piece[at - start : left - start])
            out.append((shown if first >= start else "") if shown else COVER * (right - left))
            at = right
        return "".join([*out, piece[at - start :]])


def is_spread(text: str) -> bool:
    """Whether a masked text is masked everywhere: names and long numbers are, a single character or `12` is not."""
    return len(text) >= SHORTEST_NUMBER or (len(text) > 1 and not text.isascii())


def _merged(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans in order without overlaps; where two overlap the first to begin keeps what it shows."""
    merged: list[tuple[int, int, str]] = []
    for start, end, shown in spans:
        if merged and start < merged[-1][1]:
            first, last, kept = merged[-1]
            merged[-1] = (first, max(last, end), kept)
        else:
            merged.append((start, end, shown))
    return merged
