"""Text as the rules see it: full-width digits and letters made plain, invisible characters gone, places kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.screening.findings import Span

# Characters whose compatibility form is one plain character: full-width ASCII, mathematical digits and letters, circled
# and subscript digits. The ideographic space and full-width punctuation that rules name stay as they are.
_FANCY = re.compile("[０-９Ａ-Ｚａ-ｚ＠．－＋＊／⁰-⁹₀-₉①-⑨𝐀-𝟿]+")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_ODD = re.compile(f"[{_FANCY.pattern[1:-2]}{_UNSEEN.pattern[1:-2]}]")  # most texts have none of them


@dataclass(frozen=True, slots=True)
class Folded:
    """text: what rules read; cuts: places in it where characters were left out; gone: how many up to each."""

    text: str
    cuts: Sequence[int] = ()
    gone: Sequence[int] = ()

    def original(self, span: Span) -> Span:
        """The same characters in the text as it was given."""
        if not self.cuts:
            return span
        start, end = span
        return start + self._before(start), max(end - 1, start) + 1 + self._before(max(end - 1, start))

    def _before(self, place: int) -> int:
        cut = bisect_right(self.cuts, place)
        return self.gone[cut - 1] if cut else 0


def fold(text: str) -> Folded:
    """Plain text of at most the same length; digits typed as １２３ or split by invisible characters become 123."""
    if not _ODD.search(text):
        return Folded(text)
    plain = _FANCY.sub(lambda found: "".join(map(_plain, found.group())), text)
    if not _UNSEEN.search(plain):
        return Folded(plain)
    cuts: list[int] = []
    gone: list[int] = []
    for found in _UNSEEN.finditer(plain):
        before = gone[-1] if gone else 0
        cuts.append(found.start() - before)
        gone.append(before + len(found.group()))
    return Folded(_UNSEEN.sub("", plain), cuts, gone)


def _plain(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else character
