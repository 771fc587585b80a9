"""Parts against their whole in prose: sums, shares recomputed, shares that come to 100, stocks that change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import accumulate

from gongkai.law.checks import Check, Evidence
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import Item, Passage, Share, passage, section_name
from gongkai.law.prose_lists import Parts, lists
from gongkai.law.values import plain

HUNDRED = Decimal(100)
NO_TEXT = "无法核对:没有报告正文"
_OF_WHOLE = re.compile(
    r"(?:占比?|比例|比重|达|约|近|为|的|到|了|全部|全年|总体?|其中?|公开|申请|信息|政府|主动|依|年度|答复|办结|受理|收到|办理"
    r"|件|条|数量?|量|本年|当年|各类|所有|发布|制发|制作)*"
)
_RATE = re.compile(r"同比|环比|[增升降减]|率|较|比[上去前]")
_KINDS = re.compile(r"类别|分类|种类")
_PUBLIC = re.compile(r"(?!.*(?:累计|历年)).*主动公开.*")
_STEP = re.compile(r"(?:由|从)(?:原有的?|原来的?|年初的?|上年的?)?[^\d,;。]{0,6}")
_ADDED = re.compile(r"新增|增加|增设|新建|新开")
_REMOVED = re.compile(r"注销|减少|关停|关闭|撤销|清理|退出|下架")


def passages(evidence: Evidence) -> list[Passage]:
    """Every section of the text, read."""
    return [passage(section, text) for section, text in (evidence.sections or {}).items()]


def said(
    check: Check, verdict: Verdict, where: Passage, items: Iterable[Item | Share], message: str, **more: str
) -> Finding:
    """A finding about places of a passage."""
    place = section_name(where.section)
    spans = tuple(where.span(item.start, item.end) for item in items)
    return check.finding(verdict, f"{place}:{message}", spans=spans, section=where.section, **more)


def named(item: Item) -> str:
    """An item as a message quotes it."""
    return f"{item.lead[-16:]}{plain(item.value)}{item.unit}"


def sums(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_sum: each list of parts comes to its whole; ask where the list does not claim to name everything."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for parts in lists(where)
        if (finding := _sum(check, where, parts)) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有分项与合计")]


def _sum(check: Check, where: Passage, parts: Parts) -> Finding | None:
    if parts.changes or not all(item.exact for item in parts.items):
        return None
    if not parts.wholes:
        return _unnamed(check, where, parts)
    fitting = _fitting(parts)
    if fitting is not None:
        text = f"“{named(fitting)}”与各项之和一致" if len(parts.items) > 1 else f"“{named(fitting)}”不小于其中的一项"
        return said(check, "pass", where, [fitting, *parts.items], text)
    first = _first_group(parts)
    return _differs(check, where, first, first.wholes[0])


def _fitting(parts: Parts) -> Item | None:
    """The whole that the parts, or their first group, come to; for a single part, one that is not smaller."""
    single = len(parts.items) == 1
    # The first few may be the parts already, and what follows divide the same whole in another way.
    ordered = reversed(parts.items) if parts.marker == "合计" else parts.items
    totals = {parts.total, *list(accumulate(item.value for item in ordered))[1:]}
    for whole in parts.wholes:
        if (single and parts.total <= whole.value) or whole.value in totals:
            return whole
        # One of them says the whole again (全文电子化的共9条) and the others divide it.
        if len(parts.items) > 2 and any(item.value == whole.value == parts.total - item.value for item in parts.items):
            return whole
        if not whole.exact and abs(parts.total - whole.value) <= whole.value / 10:
            return whole
    return None


def _first_group(parts: Parts) -> Parts:
    """The list that `;` closes; what follows it may be about something else."""
    return Parts(parts.marker, parts.wholes, parts.groups[:1], parts.intro) if len(parts.groups) > 1 else parts


def _differs(check: Check, where: Passage, parts: Parts, whole: Item) -> Finding:
    gap = parts.total - whole.value
    message = check.message.format(whole=named(whole), sum=parts.text, gap=plain(abs(gap)))
    places = [whole, *parts.items]
    sides = {"expected": plain(parts.total), "actual": plain(whole.value)}
    if gap > 0 and len(parts.items) == 1:
        return said(check, "ask", where, places, f"“{named(parts.items[0])}”大于“{named(whole)}”,请核对", **sides)
    doubtful = parts.mixed or parts.overlapping or not whole.exact
    certain = gap > 0 if len(parts.items) > 1 else False
    if not doubtful and (certain or (gap < 0 and (parts.exhaustive or parts.covers(whole)))):
        return said(check, "fail", where, places, message, **sides)
    if doubtful or len(parts.items) > 1:
        return said(check, "ask", where, places, f"{message};所列各项是否有遗漏、重复或口径不同,请说明", **sides)
    return said(check, "pass", where, places, f"“{named(whole)}”不小于其中的一项")


def _unnamed(check: Check, where: Passage, parts: Parts) -> Finding | None:
    """A list without its whole: parts that share the same words are held against the figure stated with these words."""
    before = [item for item in where.before(parts.items[0].start) if item.unit == parts.items[0].unit]
    if any(item.value == parts.total for item in before):
        stated = next(item for item in reversed(before) if item.value == parts.total)
        if parts.marker == "包括" or _subject(stated.lead) == _common(parts):
            return said(check, "pass", where, [stated, *parts.items], f"“{named(stated)}”与各项之和一致")
    if parts.marker == "包括":
        return _by_kinds(check, where, parts, before)
    subject = _common(parts)
    if parts.marker != "占比" or len(subject) < 4:
        return None
    stated_so = [item for item in before if _subject(item.lead) == subject]
    if not stated_so or any(item.value == parts.total for item in stated_so):
        return None
    whole = stated_so[-1]
    message = check.message.format(whole=named(whole), sum=parts.text, gap=plain(abs(parts.total - whole.value)))
    sides = {"expected": plain(parts.total), "actual": plain(whole.value)}
    return said(check, "fail", where, [whole, *parts.items], f"{message}(所列占比合计为100%)", **sides)


def _by_kinds(check: Check, where: Passage, parts: Parts, before: list[Item]) -> Finding | None:
    """主要类别有:… names every kind where it comes close to a figure of what was made public, told before; far from all
    of them it names only some, or kinds of something else.
    """
    start, _ = where.sentence(parts.items[0].start)
    if len(parts.items) < 5 or not _KINDS.search(where.text[start : parts.items[0].start]):
        return None
    told = [item for item in before if _PUBLIC.fullmatch(item.lead) and item.exact and item.value]
    whole = max(told, key=lambda item: item.value, default=None)
    if whole is None or abs(parts.total - whole.value) * 20 > whole.value:
        return None
    message = check.message.format(whole=named(whole), sum=parts.text, gap=plain(abs(parts.total - whole.value)))
    sides = {"expected": plain(parts.total), "actual": plain(whole.value)}
    return said(check, "fail", where, [whole, *parts.items], message, **sides)


def _subject(lead: str) -> str:
    """What a number counts, without the words that only introduce it."""
    return re.sub(
        r"^(?:其中|截至|全年|本年度?|20\d\d年度?|[我全本][省市县区局委办]|共计?|一共|、)+|[的为有达共]+$|总?数[为量]?$",
        "",
        lead,
    )


def _common(parts: Parts) -> str:
    """The words that all parts end with: what they are parts of."""
    leads = [_subject(item.lead) for item in parts.items]
    shortest = min(leads, key=len)
    for start in range(len(shortest)):
        if all(lead.endswith(shortest[start:]) for lead in leads):
            return shortest[start:]
    return ""


def shares(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_share: each share of the text is its count over the whole that the text names, rounded half up."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found: list[Finding] = []
    for where in passages(evidence):
        wholes, chains = _wholes(where), _chains(where)
        for item in where.items:
            if item.share is not None and not _RATE.search(item.share.of):
                of, chain = wholes.get(item.start, ()), chains.get(item.start, ())
                found.append(_share(check, where, item, item.share, of, chain))
    yield from found or [check.finding("not_assessable", "正文没有写到占比")]


def _wholes(where: Passage) -> dict[int, tuple[Item, ...]]:
    """For each part of a list, by its place: what it is a part of."""
    return {item.start: parts.wholes for parts in lists(where) for item in parts.items if parts.wholes}


def _share(
    check: Check, where: Passage, item: Item, share: Share, wholes: tuple[Item, ...], chain: tuple[Decimal, ...]
) -> Finding:
    step = Decimal(1).scaleb(-share.places)
    before = [one for one in where.before(item.start)[-200:] if one.unit == item.unit and one.value]
    told = [*(one.value for one in (*wholes, *reversed(before))), *chain]
    candidates = told if share.whole is None else [share.whole]
    exact = {whole: item.value * HUNDRED / whole for whole in dict.fromkeys(candidates) if whole}
    quote = f"{named(item)}占{share.percent}%"
    for whole, value in exact.items():
        if value.quantize(step, ROUND_HALF_UP) == share.percent:
            text = f"“{quote}”:{plain(item.value)}/{plain(whole)},与所写一致"
            return said(check, "pass", where, [item, share], text)
    stated = [one.value for one in wholes if one.exact and one.value] if share.whole is None else [share.whole]
    if not any(stated) or not item.exact:
        return said(check, "not_assessable", where, [item, share], f"“{quote}”:没有写明占什么,无法重算")
    value = exact[stated[0]]
    written = f"{plain(item.value)}/{plain(stated[0])}={plain(value.quantize(step / 100, ROUND_HALF_UP))}%"
    sides = {"expected": f"{plain(value.quantize(step, ROUND_HALF_UP))}%", "actual": f"{share.percent}%"}
    if value.quantize(step, ROUND_DOWN) == share.percent:
        return said(check, "ask", where, [item, share], f"“{quote}”:{written},所写是截去尾数,应四舍五入", **sides)
    verdict: Verdict = "fail" if share.whole or _OF_WHOLE.fullmatch(share.of) else "ask"
    message = check.message.format(quote=quote, claimed=f"{share.percent}%", computed=written)
    return said(check, verdict, where, [item, share], message, **sides)


def _chains(where: Passage) -> dict[int, tuple[Decimal, ...]]:
    """For each part of a list that its shares make whole, by its place: what the parts come to."""
    return {item.start: (parts.total,) for parts in lists(where) if parts.marker == "占比" for item in parts.items}


def hundred(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_hundred: where every part has its share and the parts make up the whole, the shares come to 100."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for parts in lists(where)
        if (finding := _hundred(check, where, parts)) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有成组的占比")]


def _hundred(check: Check, where: Passage, parts: Parts) -> Finding | None:
    """More than 100 is wrong in any list of parts; less only where their counts make up the whole."""
    percents = [item.share for item in parts.items if item.share]
    if len(percents) < 2 or len(percents) < len(parts.items) or len(parts.groups) > 1:
        return None
    total = sum((share.percent for share in percents), Decimal(0))
    slack = sum((Decimal(5).scaleb(-share.places - 1) for share in percents), Decimal(0))
    complete = parts.exhaustive or any(whole.value == parts.total for whole in parts.wholes)
    text = f"{'+'.join(str(share.percent) for share in percents)}={plain(total)}%"
    if total > HUNDRED + slack or (complete and total < HUNDRED - slack):
        verdict: Verdict = "ask" if parts.overlapping else "fail"
        message = check.message.format(sum=text)
        return said(check, verdict, where, percents, message, expected="100", actual=plain(total))
    return said(check, "pass", where, percents, f"各项占比合计{text}") if complete else None


def steps(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_step: from A to B with some added and some taken away: A + added - removed = B."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for parts in lists(where)
        if parts.changes and (finding := _step(check, where, parts)) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有写到由多少变为多少")]


def _step(check: Check, where: Passage, parts: Parts) -> Finding | None:
    if len(parts.wholes) < 2:
        return None
    after, before = parts.wholes[:2]
    if not _STEP.search(where.text, max(0, before.start - 14), before.start):
        return None
    added = sum((item.value for item in parts.items if _ADDED.search(item.lead)), Decimal(0))
    removed = sum((item.value for item in parts.items if _REMOVED.search(item.lead)), Decimal(0))
    text = f"{plain(before.value)}+{plain(added)}-{plain(removed)}={plain(before.value + added - removed)}"
    places = [before, after, *parts.items]
    if before.value + added - removed == after.value:
        return said(check, "pass", where, places, f"{text},一致")
    message = check.message.format(computed=text, stated=plain(after.value))
    return said(check, "fail", where, places, message, expected=text.rpartition("=")[2], actual=plain(after.value))


_RECEIVED = re.compile(r"收到|受理|接到|接收|新收|征集")
_DONE = {"采纳": "采纳|采用|吸收", "回复": "回复|答复|办结", "反馈": "反馈|答复|回复|办结"}
_CONCLUDED = "办结|答复|办理完毕"
_RATE_SAID = re.compile(
    r"(?<![时期法效])(?P<what>办结|答复|办理|采纳|回复|反馈)率(?:均|为|达|达到)*(?P<p>\d{1,3}(?:\.\d{1,4})?)%"
)


def rates(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_rate: 办结率 is what was concluded over what was received, where one sentence gives all three; 采纳率 and
    回复率 likewise."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [
        finding
        for where in passages(evidence)
        for match in _RATE_SAID.finditer(where.text)
        if (finding := _rate(check, where, match)) is not None
    ]
    yield from found or [check.finding("not_assessable", "正文没有可以重算的办结率")]


def _rate(check: Check, where: Passage, match: re.Match[str]) -> Finding | None:
    start, _ = where.sentence(match.start())
    here = [item for item in where.before(match.start())[-20:] if item.start >= start and item.exact]
    received = [item for item in here if _RECEIVED.search(item.lead)]
    done = _DONE.get(match["what"], _CONCLUDED)
    concluded = [item for item in here if re.search(done, item.lead + item.tail) and item not in received]
    if len(received) != 1 or len(concluded) != 1 or not received[0].value:
        return None
    percent = Decimal(match["p"])
    step = Decimal(1).scaleb(min(0, int(percent.as_tuple().exponent)))
    exact = concluded[0].value * HUNDRED / received[0].value
    text = f"{plain(concluded[0].value)}/{plain(received[0].value)}={plain(exact.quantize(step / 100, ROUND_HALF_UP))}%"
    places = [received[0], concluded[0]]
    if percent in (exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)):
        return said(check, "pass", where, places, f"“{match[0]}”:{text},一致")
    return said(check, "fail", where, places, check.message.format(quote=match[0], computed=text), actual=f"{percent}%")


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "prose_sum": sums,
    "prose_share": shares,
    "prose_hundred": hundred,
    "prose_step": steps,
    "prose_rate": rates,
}
