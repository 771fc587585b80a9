"""The rules of screening, made from the pages that the caller hands in; this room does not open the book itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.screening.findings import SEVERITIES
from gongkai.screening.gates import Gate
from gongkai.screening.names import Surnames
from gongkai.screening.numbers import CHECKS
from gongkai.screening.refusal import BadRule
from gongkai.screening.rule import DETECTORS, KINDS, ZONES, Rule

SURNAMES = "surnames"  # the page of words that {name} in a pattern stands for
_LISTS = ("unless", "despite", "near", "not_in", "zones", "columns", "companions", "unless_columns")
_PLAIN = (
    "title",
    "kind",
    "severity",
    "basis",
    "detector",
    "mask",
    "anchored",
    "least",
    "most",
    "mixed",
    "reach",
    "near_reach",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """All pages at once, with a gate for every zone that they read."""

    surnames: Surnames
    by_id: Mapping[str, Rule]
    gates: Mapping[str, Gate]
    columns: tuple[Rule, ...]

    @classmethod
    def of(cls, pages: Mapping[str, Mapping[str, Any]]) -> Rules:
        """Rules from parsed pages, id → page. BadRule for a page that is incomplete or contradicts itself."""
        if SURNAMES not in pages:
            raise BadRule(SURNAMES, "缺少姓氏表", "请补上 screening/surnames.toml")
        surnames = Surnames(pages[SURNAMES]["single"], pages[SURNAMES]["compound"])
        rules = [_rule(name, page, surnames) for name, page in sorted(pages.items()) if name != SURNAMES]
        columns = tuple(rule for rule in rules if rule.detector == "column")
        gates = {zone: Gate.of([rule for rule in rules if zone in rule.zones]) for zone in ZONES}
        return cls(surnames, {rule.id: rule for rule in rules}, gates, columns)

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
