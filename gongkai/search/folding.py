"""How text is folded before it is compared, and how a question is cut into parts. Indexing and asking fold alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise

# What is not seen: control and format characters, variation selectors, halves of pairs, and what Unicode keeps free.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_BRACKETS = tuple(zip("[]【】〔〕〖〗〘〙{}", "()" * 6, strict=True))
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACED = re.compile(f"[^\\W{_HAN}]")  # letters and digits of scripts that are written with spaces
_PLAIN_HAN = "[\u4e00-\u9fa5]"
_PIECE = re.compile(f"(?s).{{64,}}?(?<={_PLAIN_HAN})(?={_PLAIN_HAN})|.+")
# Each of these folds to one character, whatever stands beside it.
_ONE_TO_ONE = re.compile(f"[{_PLAIN_HAN[1:-1]}0-9A-Za-z，。、；：？！（）〔〕《》“”]*")

# 〔2015〕12号 and 〔2015〕第12号 are one number.
_NUMBER = re.compile(r"(\(\d{4}\))(第?)(\d+号)")
_NUMBER_SPACED = re.compile(r"([(\[【〔〖]\s*\d{4}\s*[)\]】〕〗])\s*(第?)\s*(\d+)\s*(号)|(第)\s*(\d+)\s*(号)")

Alternatives = tuple[str, ...]


def fold(text: str) -> str:
    """Text as it is compared: NFKC, case and bracket style set aside, white space kept only between Latin words."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    plain = unicodedata.normalize("NFKC", plain)
    for bracket, round_one in _BRACKETS:  # ten times as fast as a table of characters
        plain = plain.replace(bracket, round_one)
    # Once more: marks that white space held apart come together.
    return unicodedata.normalize("NFKC", _without_white(plain.split()))


def _without_white(runs: list[str]) -> str:
    joined = runs[:1]
    for before, run in pairwise(runs):
        joined += (" ", run) if _SPACED.match(before[-1]) and _SPACED.match(run) else (run,)
    return "".join(joined)


@lru_cache(maxsize=256)
def parts(words: str) -> tuple[Alternatives, ...]:
    """The parts of a question, each folded, with the other ways to write it: one of them must stand in the document."""
    whole = _NUMBER_SPACED.sub(
        lambda found: "".join(filter(None, found.groups())), unicodedata.normalize("NFKC", words)
    )
    folded = [piece for word in whole.split() for piece in fold(word).split(" ") if piece]
    return tuple(_alternatives(part) for part in dict.fromkeys(folded))


def _alternatives(part: str) -> Alternatives:
    ways = (_NUMBER.sub(r"\1\3", part), _NUMBER.sub(r"\1第\3", part))
    return tuple(dict.fromkeys((part, *ways)))


class Folded:
    """A text folded, that can tell for each place in the folded text where it stands in the text as written."""

    def __init__(self, text: str) -> None:
        self.text = fold(text)
        # Folded piece by piece, as far as is asked: between two plain Han characters nothing folds together.
        self._pieces = (found.group() for found in _PIECE.finditer(text))
        self._known: list[str] = []
        self._folded, self._written = [0], [0]  # how long the text is up to each known piece

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span as written of a span that is not empty of the folded text."""
        return self._before(start + 1) - 1, self._before(end)

    def _before(self, length: int) -> int:
        """How much of the text as written it takes for `length` folded characters."""
        while self._folded[-1] < length:
            piece = next(self._pieces)
            self._known.append(piece)
            plain = _ONE_TO_ONE.fullmatch(piece)
            self._folded.append(self._folded[-1] + len(piece if plain else fold(piece)))
            self._written.append(self._written[-1] + len(piece))
        place = bisect_left(self._folded, length) - 1
        piece, within = self._known[place], length - self._folded[place]
        return self._written[place] + _reaching(piece, within)


def _reaching(piece: str, length: int) -> int:
    """How many characters of the piece fold to at least so many."""
    if _ONE_TO_ONE.fullmatch(piece):
        return length
    if len(fold(piece[: length - 1])) < length <= len(fold(piece[:length])):  # mostly one folds to one
        return length
    return bisect_left(range(len(piece)), length, key=lambda upto: len(fold(piece[:upto])))
