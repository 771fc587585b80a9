"""Where in a text something may begin: one expression that runs over everything and stops rarely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.screening.rule import AT, DIGITS, PLATE, Rule

PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领")
_LATIN = "0-9A-Za-z"
_LONGEST = 19  # no rule asks for more digits
_SHORTEST = 10  # digits that any rule asks for
# A run of digits that begins with 0 is a telephone of an office, a serial or part of a longer number. Before it is read
# the next characters are looked at, which sends most places on, and its digits are counted: the first and nine more.
_RUNS = re.compile(
    f"[1-9](?=[-{_LATIN}* ]{{{_SHORTEST - 1}}})(?<![0-9].)(?=(?:[-A-Za-z* ]*+[0-9]){{{_SHORTEST - 1}}})"
    f"(?:[ -]?[{_LATIN}*]){{{_SHORTEST - 1},}}+"
)
_TOLD = 4  # characters of a word that the expression looks at
# Of the heads of a table: what ends each, what never stands among them, how long one is at most.
HEAD_ENDS, NO_HEAD, LONGEST_HEAD = "\t|｜, \u3000\n", "。，；;：:！!？?“”", 20
_HEAD_ENDS = f"[^{HEAD_ENDS}{NO_HEAD}]{{0,{LONGEST_HEAD - 3}}}[{HEAD_ENDS}]"  # behind the first two characters
Told = tuple[re.Pattern[str], tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class Led:
    """A word and what it leads to. head: it heads columns; anchored: rules whose pattern begins where the word does."""

    word: str
    head: bool
    anchored: tuple[Rule, ...]
    around: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules of one zone, and three expressions that each run over the text once and stop rarely.

    runs stops at runs of digits, ats at @, beginnings where a plate or a word may begin: one by one they are faster
    than all in one, because each skips what cannot begin it with a set of few characters.
    digits: the rules for a run of so many digits and nothing else, the last for more; mixed: those for a run with so
    many digits and other characters; each with one expression that tells whether any can fit; words: by their first two
    characters (or the one they have).
    """

    digits: tuple[Told, ...]
    mixed: tuple[Told, ...]
    at: tuple[Rule, ...]
    plate: tuple[Rule, ...]
    words: Mapping[str, tuple[Led, ...]]
    beginnings: re.Pattern[str] = field(repr=False)
    runs: re.Pattern[str] = field(repr=False, default=_RUNS)
    ats: re.Pattern[str] = field(repr=False, default=re.compile(f"@(?=[{_LATIN}])"))

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Gate:
        """The gate that leads to these rules."""
        words = _by_beginning(rules)
        named = [tuple(rule for rule in rules if rule.gate == gate) for gate in (DIGITS, AT, PLATE)]
        mixed = [[rule for rule in named[0] if rule.least <= count] for count in range(_LONGEST + 1)]
        plain = [[rule for rule in able if count <= rule.most and not rule.mixed] for count, able in enumerate(mixed)]
        digits = tuple(map(_told, [*plain, []]))
        return cls(digits, tuple(map(_told, mixed)), named[1], named[2], words, _pattern(words))


def _spaced(word: str) -> Iterable[str]:
    """姓名 as it is printed in the head of a table: also 姓 名 and 姓　　名."""
    yield word
    if len(word) == 2:
        yield from (word[0] + gap + word[1] for gap in (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000"))


def _by_beginning(rules: Sequence[Rule]) -> dict[str, tuple[Led, ...]]:
    heads = frozenset(form for rule in rules for word in rule.columns for form in _spaced(word))
    leads: dict[str, list[Rule]] = {head: [] for head in heads}
    for rule in rules:
        for word in rule.gate if isinstance(rule.gate, tuple) else ():
            leads.setdefault(word, []).append(rule)
    grouped: dict[str, list[Led]] = {}
    for word, led in sorted(leads.items()):
        anchored, around = (tuple(rule for rule in led if rule.anchored is kind) for kind in (True, False))
        grouped.setdefault(word[:2], []).append(Led(word, word in heads, anchored, around))
    return {first: tuple(found) for first, found in grouped.items()}


def _pattern(words: Mapping[str, Sequence[Led]]) -> re.Pattern[str]:
    """The expression begins with one set of characters: only so does the engine skip everything else at full speed.

    Behind it, words are told apart by their length and then character by character: 工作秘密 needs four that fit, so
    工作 alone stops nothing.
    """
    plain = [each for found in words.values() for each in found]
    singles = [each.word for each in plain if len(each.word) == 1]
    by_length = [[each for each in plain if min(len(each.word), _TOLD) == length] for length in range(2, _TOLD + 1)]
    branches = [f"(?<=[{_set(PROVINCES)}])(?=[A-Z])", *(_branch(alike) for alike in by_length if alike)]
    firsts = _set([*(each.word[0] for each in plain), *PROVINCES])
    seconds = _set(each.word[1] for each in plain if len(each.word) > 1)
    alone = f"|(?<=[{_set(singles)}])" if singles else ""
    # One look at the second character sends most places on before any branch is tried.
    return re.compile(f"[{firsts}](?:(?=[A-Z{seconds}])(?:{'|'.join(branches)}){alone})")


def _branch(alike: Sequence[Led]) -> str:
    """What words of one length may begin with: the first character was read, the others are only looked at.

    First all words at once, which most places fail; then each first character with the second ones that it has.
    """
    words = [each.word for each in alike]
    length = min(len(words[0]), _TOLD)
    rest = "".join(f"[{_set(word[place] for word in words)}]" for place in range(1, length))
    exact = []
    for first in sorted({word[0] for word in words}):
        seconds: dict[str, list[Led]] = {}
        for each in alike:
            if each.word[0] == first:
                seconds.setdefault(each.word[1], []).append(each)
        told = [one for one, found in seconds.items() if not all(map(_in_heads_only, found))]
        heads = [one for one in seconds if one not in told]
        ways = ([f"[{_set(told)}]"] if told else []) + ([f"[{_set(heads)}]{_HEAD_ENDS}"] if heads else [])
        exact.append(f"(?<={re.escape(first)})(?={'|'.join(ways)})")
    return f"(?<=[{_set(word[0] for word in words)}])(?={rest})(?:{'|'.join(exact)})"


def _in_heads_only(led: Led) -> bool:
    """Whether the word means nothing outside the head of a table (and has no blank in it, which would end the head)."""
    return led.head and not led.anchored and not led.around and not set(led.word) & set(HEAD_ENDS)


def _told(rules: Sequence[Rule]) -> Told:
    """The rules behind one expression for all; most runs of digits fit none, and are done with after one look."""
    patterns = dict.fromkeys(rule.pattern.pattern for rule in rules if rule.pattern)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)"), tuple(rules)


def _set(characters: Iterable[str]) -> str:
    return "".join(re.escape(one) for one in sorted(set(characters)))
