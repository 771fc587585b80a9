"""screen_text: one pass over a text that stops only where something may begin, then the exact rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.screening.findings import SEVERITIES, Finding, Place, Span
from gongkai.screening.folding import fold
from gongkai.screening.rosters import roster
from gongkai.screening.rules import NAME, PROVINCES, Rule, Rules

BEFORE, AFTER = 60, 120  # of a gate word: how much of its line a pattern may read
LINE = 400  # how far a line is followed when its words speak for or against a hit


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that struck, by places in the folded text."""

    rule: Rule
    start: int
    end: int


def screen_text(text: str, rules: Rules) -> tuple[Finding, ...]:
    """Everything found in a text, in order of place; `span` counts characters of `text`, `where` names the line."""
    found = _findings(text, rules, "text")
    if not found:
        return ()
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return tuple(
        finding_of(rule, text[slice(*span)], Place(line=bisect_right(starts, span[0])), rules, span)
        for rule, span in found
    )


def screen_unseen(text: str, where: Place, rules: Rules, zone: str = "text") -> tuple[Finding, ...]:
    """The same for text that a reader of the file does not see: comments, properties, hidden rows. No spans."""
    return tuple(
        finding_of(rule, text[slice(*span)], where, rules, None) for rule, span in _findings(text, rules, zone)
    )


def finding_of(rule: Rule, text: str, where: Place, rules: Rules, span: Span | None) -> Finding:
    """A finding with the mask that its rule proposes."""
    return Finding(
        rule.kind, rule.id, where, text, rule.severity, masked(rule, text, rules), rule.basis, span, rule.title
    )


def masked(rule: Rule, text: str, rules: Rules) -> str:
    """What may stand in place of a hit; "" for what can only be taken out."""
    if rule.mask == NAME:
        return rules.surnames.masked(text)
    if rule.mask:
        return rule.mask
    first, last = rule.keep
    if rule.detector == "structure" or rule.kind in ("secrecy", "internal", "organisation"):
        return ""
    if first + last >= len(text):
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]


def _findings(text: str, rules: Rules, zone: str) -> list[tuple[Rule, Span]]:
    folded = fold(text)
    hits = strongest(hit for hit in hits_in(folded.text, rules) if zone in hit.rule.zones)
    return [(hit.rule, folded.original((hit.start, hit.end))) for hit in hits]


def strongest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap only the gravest, then the longest; in order of place."""
    kept: list[Hit] = []
    ends: list[int] = []
    ranked = sorted(set(hits), key=lambda hit: (hit.start, hit.end))
    for hit in ranked:
        rivals = 0
        while rivals < len(kept) and ends[-1 - rivals] > hit.start:
            rivals += 1
        if rivals and min(map(_rank, kept[-rivals:])) <= _rank(hit):
            continue
        if rivals:
            del kept[-rivals:], ends[-rivals:]
        kept.append(hit)
        ends.append(hit.end)
    return kept


def _rank(hit: Hit) -> tuple[int, int, str]:
    return SEVERITIES.index(hit.rule.severity), hit.start - hit.end, hit.rule.id


def hits_in(text: str, rules: Rules) -> Iterator[Hit]:
    """Every rule that strikes, overlaps included. Linear in the text: each stop reads a bounded stretch."""
    read_to = -1  # where the table read last ends: its own words open no new one
    for stop in rules.gate.finditer(text):
        start, end = stop.span()
        first = text[start]
        if "0" <= first <= "9":
            yield from _at_digits(text, start, end, rules)
        elif first == "@":
            yield from _tried(rules.at, text, max(start - BEFORE, 0), end + AFTER)
        elif first in PROVINCES:
            yield from _tried(rules.plate, text, start, end + 12)
        words = [found for found in rules.words.get(first, ()) if text.startswith(found[0], start)]
        for word, led in words:
            if word in rules.heads and start >= read_to:
                read_to, cells = roster(text, start, rules)
                yield from (Hit(*cell) for cell in cells)
            yield from _tried(led, text, *_stretch(text, start, end))


def _at_digits(text: str, start: int, end: int, rules: Rules) -> Iterator[Hit]:
    """A run of digits, with the three characters before it (passports, +86) and two after it."""
    count = sum(map(str.isdigit, text[start:end]))
    able = [rule for rule in rules.digits if count >= rule.least]
    yield from _tried(able, text, max(start - 3, 0), end + 2)


def _stretch(text: str, start: int, end: int) -> Span:
    """The part of the line that a pattern may read around a gate word."""
    left = text.rfind("\n", max(start - BEFORE, 0), start)
    right = text.find("\n", end, end + AFTER)
    return left + 1 if left >= 0 else max(start - BEFORE, 0), right if right >= 0 else end + AFTER


def _tried(rules: Iterable[Rule], text: str, start: int, end: int) -> Iterator[Hit]:
    """What the patterns of these rules find in a stretch of the text, as far as the check and the context leave it."""
    for rule in rules:
        for match in rule.pattern.finditer(text, start, end) if rule.pattern else ():
            named = "hit" in match.re.groupindex and match["hit"] is not None
            span = match.span("hit") if named else match.span()
            if (rule.check is None or rule.check(text[slice(*span)])) and _stands(rule, text, *span):
                yield Hit(rule, *span)


def _stands(rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether the words around a hit leave it standing."""
    if rule.not_in and any(_inside(phrase, text, start, end) for phrase in rule.not_in):
        return False
    if rule.near and not any(word in text[max(start - rule.near_reach, 0) : start] for word in rule.near):
        return False
    if not rule.unless:
        return True
    left = max(text.rfind("\n", max(start - LINE, 0), start) + 1, start - LINE, 0)
    before = text[max(left, start - rule.reach) : start]
    if not any(word in before for word in rule.unless):
        return True
    right = text.find("\n", end, end + LINE)
    line = text[left : right if right >= 0 else end + LINE]
    return any(word in line for word in rule.despite)


def _inside(phrase: str, text: str, start: int, end: int) -> bool:
    """Whether the hit is part of this longer phrase."""
    room = len(phrase) - (end - start)
    return room >= 0 and phrase in text[max(start - room, 0) : end + room]
