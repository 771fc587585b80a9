"""The rules of screening, made from the pages that the caller hands in; this room does not open the book itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.screening.findings import SEVERITIES, Severity
from gongkai.screening.names import Surnames
from gongkai.screening.numbers import CHECKS
from gongkai.screening.refusal import BadRule

KINDS = ("personal", "sensitive", "organisation", "secrecy", "internal", "hidden", "metadata")
DETECTORS = ("pattern", "column", "structure")
SURNAMES = "surnames"  # the page of words that {name} in a pattern stands for
DIGITS, AT, PLATE = "digits", "at", "plate"  # gates that are no words
NAME = "name"
PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领")
_LISTS = ("unless", "despite", "near", "not_in", "zones", "columns", "companions", "unless_columns")
_PLAIN = ("title", "kind", "severity", "basis", "detector", "mask", "least", "reach", "near_reach")


@dataclass(frozen=True, slots=True)
class Rule:
    """One page. How a hit is found, and what speaks against it; all words are compared within one line.

    gate: what must be seen before the pattern is tried: DIGITS, AT, PLATE or words; least: digits that it needs at
    least; check: the arithmetic a hit must pass; unless: words up to `reach` characters before a hit that clear it,
    despite: words anywhere in the line that undo this; near: words of which one must stand up to `near_reach`
    characters before, also in earlier lines; not_in: longer phrases inside which it is no hit; zones: "text",
    "properties", "filename"; keep: characters of a mask that stay at the beginning and end, or NAME for the surname.
    columns: words in the head of a table column whose cells are hits; companions: of which one must be the head of
    another column; unless_columns: heads that clear the whole table, or the column itself.
    """

    id: str
    title: str
    kind: str
    severity: Severity
    basis: str
    detector: str
    mask: str = ""
    keep: tuple[int, int] = (0, 0)
    pattern: re.Pattern[str] | None = None
    gate: str | tuple[str, ...] = ()
    least: int = 0
    check: Callable[[str], bool] | None = None
    unless: tuple[str, ...] = ()
    reach: int = 12
    despite: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_reach: int = 400
    not_in: tuple[str, ...] = ()
    zones: tuple[str, ...] = ("text", "properties", "filename")
    columns: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    unless_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """All pages at once, sorted by the gate that leads to them."""

    surnames: Surnames
    by_id: Mapping[str, Rule]
    digits: tuple[Rule, ...]
    at: tuple[Rule, ...]
    plate: tuple[Rule, ...]
    words: Mapping[str, tuple[tuple[str, tuple[Rule, ...]], ...]]
    columns: tuple[Rule, ...]
    heads: frozenset[str]
    gate: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, pages: Mapping[str, Mapping[str, Any]]) -> Rules:
        """Rules from parsed pages, id → page. BadRule for a page that is incomplete or contradicts itself."""
        if SURNAMES not in pages:
            raise BadRule(SURNAMES, "缺少姓氏表", "请补上 screening/surnames.toml")
        surnames = Surnames(pages[SURNAMES]["single"], pages[SURNAMES]["compound"])
        rules = [_rule(name, page, surnames) for name, page in sorted(pages.items()) if name != SURNAMES]
        columns = tuple(rule for rule in rules if rule.detector == "column")
        heads = frozenset(form for rule in columns for word in rule.columns for form in _spaced(word))
        words = _by_first(rules, heads)
        return cls(
            surnames=surnames,
            by_id={rule.id: rule for rule in rules},
            digits=tuple(rule for rule in rules if rule.gate == DIGITS),
            at=tuple(rule for rule in rules if rule.gate == AT),
            plate=tuple(rule for rule in rules if rule.gate == PLATE),
            words=words,
            columns=columns,
            heads=heads,
            gate=_gate(words),
        )

    def structure(self, name: str) -> Rule:
        """The page of a structural rule. BadRule when the book has none: the code looks for what no page describes."""
        rule = self.by_id.get(name)
        if rule is None or rule.detector != "structure":
            raise BadRule(name, "没有这一条隐藏内容规则", f"请补上 screening/{name}.toml")
        return rule


def _rule(name: str, page: Mapping[str, Any], surnames: Surnames) -> Rule:
    missing = [key for key in ("title", "kind", "severity", "basis", "detector") if not page.get(key)]
    if missing:
        raise BadRule(name, f"缺少 {'、'.join(missing)}", "请补全这一页")
    for key, allowed in (("kind", KINDS), ("severity", SEVERITIES), ("detector", DETECTORS)):
        if page[key] not in allowed:
            raise BadRule(name, f"{key} 写作“{page[key]}”", f"应为 {'、'.join(allowed)} 之一")
    gate = page.get("gate", ())
    stated: dict[str, Any] = {key: page[key] for key in _PLAIN if key in page}
    stated |= {key: tuple(page[key]) for key in _LISTS if key in page}
    return Rule(
        id=name,
        keep=_pair(name, page.get("keep", [0, 0])),
        pattern=_pattern(name, page, surnames),
        gate=gate if isinstance(gate, str) else tuple(gate),
        check=_check(name, page),
        **stated,
    )


def _pair(name: str, keep: Sequence[int]) -> tuple[int, int]:
    if len(keep) != 2 or min(keep) < 0:
        raise BadRule(name, "keep 应为两个数", "例如 keep = [1, 0]:保留首位,其余遮盖")
    return keep[0], keep[1]


def _pattern(name: str, page: Mapping[str, Any], surnames: Surnames) -> re.Pattern[str] | None:
    if "pattern" not in page:
        if page["detector"] == "pattern":
            raise BadRule(name, "缺少 pattern", "请写明查找的式样")
        return None
    if page["detector"] == "pattern" and not page.get("gate"):
        raise BadRule(name, "缺少 gate", "请写明 digits、at、plate 或触发的词")
    try:
        return re.compile(page["pattern"].replace("{name}", surnames.pattern), re.MULTILINE)
    except re.error as fault:
        raise BadRule(name, f"pattern 不是合格的式样:{fault}", "请改正") from None


def _check(name: str, page: Mapping[str, Any]) -> Callable[[str], bool] | None:
    check = page.get("check")
    if check is not None and check not in CHECKS:
        raise BadRule(name, f"没有“{check}”这种校验", f"应为 {'、'.join(CHECKS)} 之一")
    return CHECKS[check] if check else None


def _spaced(word: str) -> Iterable[str]:
    """姓名 as it is printed in the head of a table: also 姓 名 and 姓　　名."""
    yield word
    if len(word) == 2:
        yield from (word[0] + gap + word[1] for gap in (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000"))


def _by_first(rules: Sequence[Rule], heads: frozenset[str]) -> dict[str, tuple[tuple[str, tuple[Rule, ...]], ...]]:
    """Words that lead to rules, under their first character; heads of columns lead to none and to the table reader."""
    leads: dict[str, list[Rule]] = {head: [] for head in heads}
    for rule in rules:
        for word in rule.gate if isinstance(rule.gate, tuple) else ():
            leads.setdefault(word, []).append(rule)
    grouped: dict[str, list[tuple[str, tuple[Rule, ...]]]] = {}
    for word in sorted(leads):
        grouped.setdefault(word[0], []).append((word, tuple(leads[word])))
    return {first: tuple(found) for first, found in grouped.items()}


def _gate(words: Mapping[str, Sequence[tuple[str, Any]]]) -> re.Pattern[str]:
    """One expression over everything that can begin a hit; what follows a first character is only looked at."""
    branches = [r"[0-9](?:[ -]?[0-9A-Za-z*]){5,}+", "@", f"[{''.join(sorted(PROVINCES))}](?=[A-Z])"]
    for first in sorted(words):
        rests = sorted({re.escape(word[1:]) for word, _ in words[first]}, key=len)
        branches.append(re.escape(first) + ("" if "" in rests else f"(?={'|'.join(rests)})"))
    return re.compile("|".join(branches))
