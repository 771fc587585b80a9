"""Screening: megabytes a second, against the same patterns run in turn; what is found and what is wrongly found.

Run: python -m benchmarks screen. The corpus is described in benchmarks/screening_corpus.py.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.screening_corpus import Notice, notices
from gongkai.law import book
from gongkai.screening.rules import Rules
from gongkai.screening.text import screen_text

COUNT, ROUNDS = 2_000, 5
PROMISED = 30.0  # megabytes of UTF-8 a second on one core
SAMPLES = Path(__file__).parents[2] / "shared" / "samples" / "items"


def measure(_: argparse.Namespace) -> list[dict[str, Any]]:
    """Speed, ratio, recall and false alarms; details of the last two go to standard error."""
    rules, corpus = Rules.of(book.chapter("screening")), notices(COUNT)
    size = sum(len(notice.text.encode()) for notice in corpus) / 1e6
    ours = min(_seconds(lambda: [screen_text(notice.text, rules) for notice in corpus]) for _ in range(ROUNDS))
    turns = min(_seconds(lambda: _in_turn(corpus, rules)) for _ in range(ROUNDS))
    found, planted, false = _judged(corpus, rules)
    sought = {kind: count for kind, count in planted.items() if kind != "prose"}
    recall = sum(found[kind] for kind in sought) / sum(sought.values())
    print(_table(found, planted, false), file=sys.stderr)
    results = [
        _result("screening, seconds for what was promised in one", PROMISED / (size / ours), 1.0, "",
                f"{size / ours:.0f} MB/s on one core over {size:.1f} MB in {COUNT} notices, best of {ROUNDS}"),
        _result("screening, against the same patterns run in turn with re", ours / turns, 1.0, "times",
                f"{size / turns:.0f} MB/s in turn, without checks, context and tables"),
        _result("planted and not found, running prose apart", 1 - recall, 0.02, "of all",
                f"{sum(found[kind] for kind in sought)} of {sum(sought.values())} found; prose {found['prose']} of {planted['prose']}"),
        _result("false alarms a megabyte", sum(false.values()) / size, 5.0, "",
                ", ".join(f"{rule} {count}" for rule, count in false.most_common()) or "none"),
    ]  # fmt: skip
    return results + _on_samples(rules)


def _result(what: str, ratio: float, limit: float, unit: str, detail: str) -> dict[str, Any]:
    return {"what": what, "ratio": ratio, "limit": limit, "unit": unit, "detail": detail}


def _seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _in_turn(corpus: Sequence[Notice], rules: Rules) -> int:
    """The plain way: every pattern of the book over every text."""
    patterns = [rule.pattern for rule in rules.by_id.values() if rule.detector == "pattern" and rule.pattern]
    return sum(len(list(pattern.finditer(notice.text))) for notice in corpus for pattern in patterns)


def _judged(corpus: Sequence[Notice], rules: Rules) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """(found by kind, planted by kind, false alarms by rule): found means that a finding overlaps the label."""
    found, planted, false = Counter[str](), Counter[str](), Counter[str]()
    for notice in corpus:
        spans = [(finding.span, finding.rule) for finding in screen_text(notice.text, rules) if finding.span]
        for start, end, kind in notice.labels:
            planted[kind] += 1
            found[kind] += any(first < end and start < last for (first, last), _ in spans)
        for (first, last), rule in spans:
            false[rule] += not any(first < end and start < last for start, end, _ in notice.labels)
    return found, planted, +false


def _table(found: Counter[str], planted: Counter[str], false: Counter[str]) -> str:
    lines = [
        f"{kind:<22}{found[kind]:>6} of {count:>6}  {found[kind] / count:7.1%}"
        for kind, count in sorted(planted.items())
    ]
    return "\n".join([*lines, f"false alarms: {dict(false) or 'none'}"])


def _on_samples(rules: Rules) -> list[dict[str, Any]]:
    if not SAMPLES.is_dir():
        print("the sample items are not there: not measured on them", file=sys.stderr)
        return []
    files = sorted(SAMPLES.glob("*.txt"))
    alarms = {
        file.stem: [finding.rule for finding in screen_text(file.read_text(encoding="utf-8"), rules)] for file in files
    }
    many = sum(map(len, alarms.values()))
    said = "; ".join(f"{name}: {', '.join(rules_)}" for name, rules_ in alarms.items() if rules_) or "none"
    return [
        _result(
            "findings in published sample items whose personal data are masked already",
            many,
            5.0,
            "",
            f"{len(files)} files; {said}",
        )
    ]
