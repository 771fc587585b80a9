"""Digits cut into blocks of parts and their total: every way in which each total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LONGEST = 8  # digits of a total
STEPS = 60_000

Cut = tuple[int, ...]  # places where figures end


class Blocks:
    """A run of digits with places that no figure may cross, being cut. sizes: number of parts of each block in turn."""

    def __init__(self, text: str, borders: Sequence[int], sizes: Sequence[int], most: int) -> None:
        self.text, self.sizes, self.most = text, sizes, most
        self.steps = 0
        # Whatever the cutting, figures are together congruent to the sum of their digits, modulo nine.
        self.digits = [0]
        for digit in text:
            self.digits.append(self.digits[-1] + int(digit))
        # The next border behind each place: a figure that begins there ends at it or before.
        self.until = [len(text)] * (len(text) + 1)
        for border in sorted(borders, reverse=True):
            for place in range(border):
                self.until[place] = border

    def solve(self) -> tuple[list[Cut], bool]:
        """The ways, and whether they are all of them."""
        found: list[Cut] = []
        for cut in self._from(0, 0):
            found.append(cut)
            if len(found) >= self.most or self.steps > STEPS:
                return found, False
        return found, self.steps <= STEPS

    def _from(self, block: int, start: int) -> Iterator[Cut]:
        """Ways to cut all blocks from one on."""
        if block == len(self.sizes):
            if start == len(self.text):
                yield ()
            return
        behind = sum(size + 1 for size in self.sizes[block + 1 :])
        for total in range(start + self.sizes[block], len(self.text) - behind):
            for end in self._ends(total, last=not behind):
                wanted = int(self.text[total:end])
                if (self.digits[total] - self.digits[start] - wanted) % 9:
                    continue
                for parts in self._parts(start, total, self.sizes[block], wanted):
                    for rest in self._from(block + 1, end):
                        yield (*parts, end, *rest)

    def _ends(self, start: int, *, last: bool) -> Iterator[int]:
        """Where a total that begins here may end."""
        limit = min(self.until[start], start + (1 if self.text[start] == "0" else LONGEST))
        if last:
            if limit >= len(self.text):
                yield len(self.text)
            return
        yield from range(start + 1, limit + 1)

    def _parts(self, start: int, end: int, count: int, wanted: int) -> Iterator[Cut]:
        """Ways to cut [start, end) into so many figures that add up to `wanted`."""
        self.steps += 1
        length = end - start
        if self.steps > STEPS or not count:
            if not length and not wanted and not count:
                yield ()
            return
        digits = len(str(wanted))
        if not count <= length <= count * digits or not _reach(length, count, digits, wanted):
            return
        longest = 1 if self.text[start] == "0" else min(digits, length - count + 1, self.until[start] - start)
        for at in range(start + 1, start + longest + 1):
            value = int(self.text[start:at])
            if value > wanted:
                return
            for rest in self._parts(at, end, count - 1, wanted - value):
                yield (at, *rest)


def _reach(length: int, count: int, digits: int, wanted: int) -> bool:
    """Whether so many figures of so many digits together can add up to `wanted` at all."""
    if digits == 1:
        return wanted <= 9 * count
    longest = max(length - count * (digits - 1), 0)  # so many of them have all the digits
    highest = 10 ** min(length - count + 1, digits) + 9 * count * 10 ** (digits - 1)
    return bool(longest * 10 ** (digits - 1) <= wanted < highest)
