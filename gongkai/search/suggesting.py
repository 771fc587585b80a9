"""What else might be asked, when what was asked finds nothing: fewer parts, or the pieces of a part that do occur."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gongkai.search.folding import Alternatives

MOST = 3
LONGEST = 40  # characters of a part that is taken to pieces

Total = Callable[[Sequence[Alternatives]], int]


def suggestions(parts: Sequence[Alternatives], total: Total) -> tuple[str, ...]:
    """Words that find something, best first: parts that do not occur are taken to pieces, then one is left out."""
    occurring = {part: total([part]) > 0 for part in parts}
    pieces = [piece for part in parts for piece in ([part[0]] if occurring[part] else _pieces(part[0], total))]
    pieces = list(dict.fromkeys(piece for piece in pieces if len(piece) > 1 or len(pieces) == 1))
    asked = {tuple(part[0] for part in parts)}
    ways = [
        pieces,
        *([piece for piece in pieces if piece != out] for out in sorted(pieces, key=len)),
        *([p] for p in pieces),
    ]
    found: list[str] = []
    for way in ways:
        if len(found) == MOST:
            break
        if way and tuple(way) not in asked and total([(piece,) for piece in way]):
            found.append(" ".join(way))
        asked.add(tuple(way))
    return tuple(found)


def _pieces(part: str, total: Total) -> list[str]:
    """From the front, each time as much as occurs somewhere; single characters are passed over."""
    rest, pieces = part[:LONGEST], []
    while rest:
        length = _longest(rest, total)
        if length > 1:
            pieces.append(rest[:length])
        rest = rest[max(length, 1) :]
    return pieces


def _longest(text: str, total: Total) -> int:
    """How long the longest beginning is that occurs: what contains it cannot occur where it does not."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if total([(text[:middle],)]) else (low, middle - 1)
    return low
