"""The examples of the pages tried: what a lawyer hears who has changed a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.screening.findings import Place
from gongkai.screening.rules import Rules
from gongkai.screening.text import screen_text, screen_unseen


def found(rules: Rules, name: str, example: Mapping[str, Any]) -> list[str]:
    """The texts that the rule `name` finds in an example, in the zone that the example states."""
    zone = example.get("zone", "text")
    text = example["text"]
    findings = screen_text(text, rules) if zone == "text" else screen_unseen(text, Place(), rules, zone)
    return [finding.text for finding in findings if finding.rule == name]


def faults(pages: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every example that does not come out as its page says, as a sentence. BadRule when the pages cannot be used."""
    rules = Rules.of(pages)
    for name, page in pages.items():
        for example in [*page.get("fails", ()), *page.get("passes", ())]:
            stated, came = example.get("found", []), found(rules, name, example)
            if stated != came:
                yield f"screening/{name}.toml:例子“{example['text']}”写的是 {stated},查出的是 {came}"
