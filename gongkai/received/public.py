"""The window of received reports to the outside: how often each rule spoke, and how often wrongly; nothing else."""

from __future__ import annotations

from gongkai.received import tally
from gongkai.received.tally import RuleTally

__all__ = ["RuleTally", "rule_tallies"]


def rule_tallies() -> dict[str, RuleTally]:
    """By rule, over all received reports and all published ones of this installation; rules that never spoke are left
    out."""
    return {one.rule: one for one in tally.tallies(None)}
