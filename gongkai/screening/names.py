"""Names of people: whether a cell holds one, and what remains of it when it is masked."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = "[\u3400-\u67cf\u67d1-\u9fff〇]"  # without 某: 张某 is masked already
_DOTTED = re.compile(f"^{_HAN}{{1,8}}[·•・]{_HAN}{{1,10}}$")
_LATIN = re.compile(r"^[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){1,3}$")


class Surnames:
    """The surnames of the book: single and compound."""

    def __init__(self, single: Sequence[str], compound: Sequence[str]) -> None:
        longest_first = "|".join(sorted(compound, key=len, reverse=True))
        self.compound = frozenset(compound)
        self.pattern = f"(?:(?:{longest_first}){_HAN}{{1,2}}|[{''.join(single)}]{_HAN}{{1,2}})"
        self._whole = re.compile(f"^{self.pattern}$")

    def is_name(self, text: str) -> bool:
        """张三, 欧阳娜娜, 阿依古丽·买买提, Mary Smith; 张** is masked already and is none."""
        if self._whole.match("".join(text.split())):
            return True
        name = text.strip()
        return bool(_LATIN.match(name) or _DOTTED.match(name))

    def masked(self, name: str) -> str:
        """张三 → 张*, 欧阳娜娜 → 欧阳**, Mary Smith → M*********; the surname stays and nothing else."""
        plain = "".join(name.split())
        kept = 2 if plain[:2] in self.compound and len(plain) > 2 else 1
        return plain[:kept] + "*" * (len(plain) - kept)
