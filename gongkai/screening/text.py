"""screen_text: one pass over a text that stops only where something may begin, then the exact rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.screening.findings import SEVERITIES, Finding, Place, Span
from gongkai.screening.folding import fold
from gongkai.screening.gates import PROVINCES, Gate, Led
from gongkai.screening.rosters import roster
from gongkai.screening.rule import NAME, Rule
from gongkai.screening.rules import Rules

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
    hits = strongest(hits_in(folded.text, rules, rules.gates[zone]))
    return [(hit.rule, folded.original((hit.start, hit.end))) for hit in hits]


def strongest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap only the gravest, then the longest; in order of place."""
    kept: list[Hit] = []
    for hit in sorted(set(hits), key=lambda hit: (hit.start, hit.end)):
        rivals = 0
        while rivals < len(kept) and kept[-1 - rivals].end > hit.start:
            rivals += 1
        if rivals and min(map(_rank, kept[-rivals:])) <= _rank(hit):
            continue
        if rivals:
            del kept[-rivals:]
        kept.append(hit)
    return kept


def _rank(hit: Hit) -> tuple[int, int, str]:
    return SEVERITIES.index(hit.rule.severity), hit.start - hit.end, hit.rule.id


def hits_in(text: str, rules: Rules, gate: Gate) -> list[Hit]:
    """Every rule that strikes, overlaps included. Linear in the text: each stop reads a bounded stretch."""
    reading, hits = _Reading(rules), list[Hit]()
    text += "\n"  # words of the gate may ask for the end of a line
    words = gate.words
    for stop in gate.runs.finditer(text):
        _at_digits(text, *stop.span(), gate, hits)
    for stop in gate.ats.finditer(text):
        start, end = stop.start(), stop.end() + AFTER
        _try(reading.unread(gate.at, text, start, end), text, max(start - BEFORE, 0), end, hits)
    for stop in gate.beginnings.finditer(text):
        start = stop.start()
        if led := words.get(text[start : start + 2]) or words.get(text[start]):
            _at_word(text, start, led, reading, hits)
        if text[start] in PROVINCES:
            _try(gate.plate, text, start, start + 13, hits)
    return hits


def _at_digits(text: str, start: int, end: int, gate: Gate, hits: list[Hit]) -> None:
    """A run of digits, and letters, single blanks and hyphens between them."""
    run = text[start:end]
    if run.isdigit():
        told, count = gate.digits, end - start
    else:
        told, count = gate.mixed, sum(map(str.isdigit, run))
    fits, able = told[min(count, len(told) - 1)]
    left = start - 3 if start > 3 else 0  # E of a passport, +86 of a telephone
    if fits.search(text, left, end + 2):
        _try(able, text, left, end + 2, hits)


def _at_word(text: str, start: int, words: Iterable[Led], reading: _Reading, hits: list[Hit]) -> None:
    """Where a word of the gate may begin."""
    for led in words:
        if not text.startswith(led.word, start):
            continue
        if led.head:
            hits += reading.table(text, start)
        if led.anchored or led.around:
            last = _line_end(text, start + len(led.word))
            for rule in led.anchored:
                if match := rule.pattern.match(text, start, last):  # type: ignore[union-attr]  # an anchor has one
                    _judge(rule, match, text, hits)
            if led.around:
                _try(reading.unread(led.around, text, start, last), text, start, last, hits)


class _Reading:
    """What of a text has been read already: a thousand words in one line do not read it a thousand times."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.table_end = rules, -1
        self.read: dict[str, int] = {}

    def table(self, text: str, place: int) -> list[Hit]:
        """The hits of the table whose heads stand here; heads inside one that was read open no new one."""
        if place < self.table_end:
            return []
        self.table_end, cells = roster(text, place, self.rules)
        return [Hit(*cell) for cell in cells]

    def unread(self, led: Iterable[Rule], text: str, start: int, end: int) -> list[Rule]:
        """The rules for which the stretch from start to end, and what stands before it, has not been read."""
        new = []
        for rule in led:
            read = self.read.get(rule.id, 0)
            if start + BEFORE <= read or (start < read and text[read : read + 1] == "\n"):
                continue
            self.read[rule.id] = end
            new.append(rule)
        return new


def _line_end(text: str, end: int) -> int:
    """How far a pattern may read behind a gate word: to the end of the line, at most AFTER characters."""
    right = text.find("\n", end, end + AFTER)
    return right if right >= 0 else end + AFTER


def _try(rules: Iterable[Rule], text: str, start: int, end: int, hits: list[Hit]) -> None:
    """Add what the patterns of these rules find in a stretch, for words of a gate also in their line before it."""
    for rule in rules:
        assert rule.pattern is not None
        first = start
        if isinstance(rule.gate, tuple):
            first = max(text.rfind("\n", max(start - BEFORE, 0), start) + 1, start - BEFORE, 0)
        for match in rule.pattern.finditer(text, first, end):
            _judge(rule, match, text, hits)


def _judge(rule: Rule, match: re.Match[str], text: str, hits: list[Hit]) -> None:
    """Add what the pattern matched, as far as the context and the check leave it."""
    start, end = match.span("hit") if match.lastgroup == "hit" else match.span()
    if _stands(rule, text, start, end) and (rule.check is None or rule.check(text[start:end])):
        hits.append(Hit(rule, start, end))


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
