"""Shares said of a name alone (主动公开的政府信息占98%): recomputed from the counts that stand before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import Item, Passage
from gongkai.law.prose_sums import HUNDRED, NO_TEXT, passages, said
from gongkai.law.values import plain

_SHARE = re.compile(r"(?<=[。;,])(?P<name>[\u4e00-\u9fff]{4,14}?)占(?:比)?(?:为)?(?P<p>\d+(?:\.(?P<places>\d+))?)%")
_LITTLE = re.compile(r"[的了数量]|总计|共计?|其中")
_ALL = re.compile(r"(?:总数|总量|共|合计)(?:为|是|达)?$|^(?:共)?(?:制作|制发|产生|获取)")


def named_shares(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_named_share: a share said of a name is that name's count over the total told in one sentence with it."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for match in _SHARE.finditer(where.text)
        if (finding := _judged(check, where, match)) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有这样的占比")]


def _judged(check: Check, where: Passage, match: re.Match[str]) -> Finding | None:
    start, _ = where.sentence(match.start())
    before = where.before(start + 1)
    name = _LITTLE.sub("", match["name"])
    part = next((one for one in reversed(before[-30:]) if _LITTLE.sub("", one.lead).endswith(name)), None)
    whole = _whole(where, before, part) if part is not None else None
    if part is None or whole is None or not (part.exact and whole.exact):
        return None
    percent, step = Decimal(match["p"]), Decimal(1).scaleb(-len(match["places"] or ""))
    exact = part.value * HUNDRED / whole.value
    text = f"{plain(part.value)}/{plain(whole.value)}={plain(exact.quantize(step / 100, ROUND_HALF_UP))}%"
    if exact.quantize(step, ROUND_HALF_UP) == percent:
        return said(check, "pass", where, [whole, part], f"“{match[0]}”:{text},与所写一致")
    verdict: Verdict = "ask" if exact.quantize(step, ROUND_DOWN) == percent else "fail"
    message = check.message.format(quote=match[0], computed=text)
    return said(check, verdict, where, [whole, part], message, expected=text.rpartition("=")[2], actual=f"{percent}%")


def _whole(where: Passage, before: tuple[Item, ...], part: Item) -> Item | None:
    """The total that stands in the sentence of the part, before it."""
    start, _ = where.sentence(part.start)
    told = [one for one in before if start <= one.start < part.start and one.unit == part.unit]
    return next((one for one in told if _ALL.search(one.lead) and one.value >= part.value and one.value), None)


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {"prose_named_share": named_shares}
