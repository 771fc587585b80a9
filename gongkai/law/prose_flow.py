"""What came in against what became of it, where one sentence tells all of it: received, concluded, still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import Item, Passage
from gongkai.law.prose_sums import NO_TEXT, named, passages, said
from gongkai.law.values import plain

# In this order: "上年结转" is carried in although it is "收到" as well.
_STATES = (
    ("before", re.compile(r"(?:上年|上一年|去年)度?(?:度)?结转|结转(?:自|的)?上(?:一)?年")),
    ("after", re.compile(r"结转(?:至|到|入)?(?:下|次|20\d\d)")),
    ("open", re.compile(r"正在办理|尚未办结|未办结|在办|尚在办理|办理中")),
    ("done", re.compile(r"办结|答复|办理完毕")),
    ("received", re.compile(r"收到|受理|接到|接收|新收")),
)
State = str


def flows(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_flow: received and carried in make concluded, still open and carried on. Where the sentence names what was
    carried in, both sides must be the same; where it does not, some may have been, and the difference is asked about.
    """
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for _, items in groupby(where.items, key=lambda item: item.sentence)
        if (finding := _flow(check, where, list(items))) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有把收到、办结、未办结写在一处")]


def _flow(check: Check, where: Passage, items: list[Item]) -> Finding | None:
    states = [(_state(item), item) for item in items]
    told = dict(states)
    if "received" not in told or "done" not in told or not told.keys() & {"open", "after"}:
        return None
    received = told["received"]
    alike = [(state, item) for state, item in states if item.unit == received.unit]
    # Each once, and nothing else beside them that may be a part of either side.
    if len({state for state, _ in alike}) < len(alike) or len(alike) < len(told) or "" in told:
        return None
    if not all(item.exact and (item.depth == 0 or state == "before") for state, item in alike):
        return None
    came, went = (_sum(told, names) for names in (("received", "before"), ("done", "open", "after")))
    text = f"{_text(told, ('received', 'before'))};{_text(told, ('done', 'open', 'after'))}"
    places = [item for _, item in alike]
    if came == went:
        return said(check, "pass", where, places, f"{text},两边一致")
    verdict: Verdict = "fail" if "before" in told else "ask"
    message = check.message.format(text=text, came=plain(came), went=plain(went))
    return said(check, verdict, where, places, message, expected=plain(came), actual=plain(went))


def _state(item: Item) -> State:
    return next((name for name, pattern in _STATES if pattern.search(item.lead + item.tail)), "")


def _sum(told: Mapping[State, Item], names: Iterable[State]) -> Decimal:
    return sum((told[name].value for name in names if name in told), Decimal(0))


def _text(told: Mapping[State, Item], names: Iterable[State]) -> str:
    return "、".join(named(told[name]) for name in names if name in told)


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {"prose_flow": flows}
