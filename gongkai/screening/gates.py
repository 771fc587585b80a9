"""Where in a text something may begin: one expression that runs over everything and stops rarely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.screening.rule import AT, DIGITS, PLATE, Rule

PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领")
_LATIN = "0-9A-Za-z"
_LONGEST = 19  # no rule asks for more digits
_SHORTEST = 10  # characters of a run of digits that any rule can fit
_TOLD = 4  # characters of a word that the expression looks at
Led = tuple[str, tuple[Rule, ...]]  # a word and the rules that it leads to


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules of one zone. pattern stops at runs of digits, @, plates, and where a word may begin.

    digits: the rules for a run of so many digits and nothing else; mixed: those for a run with so many digits, the last
    for more, and one expression that tells whether any can fit; words: by their first two characters (or the one they
    have); heads: words that head columns.
    """

    digits: tuple[tuple[Rule, ...], ...]
    mixed: tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]
    at: tuple[Rule, ...]
    plate: tuple[Rule, ...]
    words: Mapping[str, tuple[Led, ...]]
    heads: frozenset[str]
    pattern: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Gate:
        """The gate that leads to these rules."""
        heads = frozenset(form for rule in rules for word in rule.columns for form in _spaced(word))
        words = _by_beginning(rules, heads)
        named = [tuple(rule for rule in rules if rule.gate == gate) for gate in (DIGITS, AT, PLATE)]
        mixed = [tuple(rule for rule in named[0] if rule.least <= count) for count in range(_LONGEST + 1)]
        plain = [[rule for rule in able if count <= rule.most and not rule.mixed] for count, able in enumerate(mixed)]
        digits = [*map(tuple, plain), ()]
        told = tuple((_any_of(able), able) for able in mixed)
        return cls(tuple(digits), told, named[1], named[2], words, heads, _pattern(words))


def _spaced(word: str) -> Iterable[str]:
    """姓名 as it is printed in the head of a table: also 姓 名 and 姓　　名."""
    yield word
    if len(word) == 2:
        yield from (word[0] + gap + word[1] for gap in (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000"))


def _by_beginning(rules: Sequence[Rule], heads: frozenset[str]) -> dict[str, tuple[Led, ...]]:
    leads: dict[str, list[Rule]] = {head: [] for head in heads}
    for rule in rules:
        for word in rule.gate if isinstance(rule.gate, tuple) else ():
            leads.setdefault(word, []).append(rule)
    grouped: dict[str, list[Led]] = {}
    for word in sorted(leads):
        grouped.setdefault(word[:2], []).append((word, tuple(leads[word])))
    return {first: tuple(found) for first, found in grouped.items()}


def _pattern(words: Mapping[str, Sequence[Led]]) -> re.Pattern[str]:
    """The expression begins with one set of characters: only so does the engine skip everything else at full speed.

    Behind it, words are told apart by their length and then character by character: 工作秘密 needs four that fit, so
    工作 alone stops nothing.
    """
    plain = [word for found in words.values() for word, _ in found]
    singles = [word for word in plain if len(word) == 1]
    by_length = [[word for word in plain if min(len(word), _TOLD) == length] for length in range(2, _TOLD + 1)]
    # A run of digits that begins with 0 is a telephone of an office, a serial or part of a longer number.
    branches = [f"(?<=[1-9])(?<![0-9].)(?:[ -]?[{_LATIN}*]){{{_SHORTEST - 1},}}+", f"(?<=@)(?=[{_LATIN}])"]
    branches += [f"(?<=[{_set(PROVINCES)}])(?=[A-Z])"]
    branches += [_branch(alike) for alike in by_length if alike]
    firsts = _set([*(word[0] for word in plain), *PROVINCES])
    seconds = _set(word[1] for word in plain if len(word) > 1)
    alone = f"|(?<=[{_set(singles)}])" if singles else ""
    # One look at the second character sends most places on before any branch is tried.
    return re.compile(f"[0-9@{firsts}](?:(?=[-{_LATIN}*{seconds} ])(?:{'|'.join(branches)}){alone})")


def _branch(words: Sequence[str]) -> str:
    """What words of one length may begin with: the first character was read, the others are only looked at.

    First all words at once, which most places fail; then each first character with the second ones that it has.
    """
    length = min(len(words[0]), _TOLD)
    rest = "".join(f"[{_set(word[place] for word in words)}]" for place in range(1, length))
    firsts = sorted({word[0] for word in words})
    exact = [f"(?<={re.escape(one)})(?=[{_set(word[1] for word in words if word[0] == one)}])" for one in firsts]
    return f"(?<=[{_set(firsts)}])(?={rest})(?:{'|'.join(exact)})"


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """One expression for all; most runs of digits fit none, and are done with after one look."""
    patterns = dict.fromkeys(rule.pattern.pattern for rule in rules if rule.pattern)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")


def _set(characters: Iterable[str]) -> str:
    return "".join(re.escape(one) for one in sorted(set(characters)))
