"""Comparisons with the year before: growth and differences recomputed, and comparisons that give no figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.law.arithmetic import read_side
from gongkai.law.checks import Check, Evidence, load
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import NOT_COUNTED, Item, Passage, passage, section_name
from gongkai.law.prose_numbers import UNITS
from gongkai.law.prose_rules import TABLE_KINDS, claims, expression
from gongkai.law.prose_sums import HUNDRED, NO_TEXT, passages
from gongkai.law.refusal import Misprint
from gongkai.law.values import plain

_UNIT = "|".join(unit for unit in UNITS if unit not in NOT_COUNTED)
_YEAR_BEFORE = r"(?:去年|上一?年|前一?年|20\d\d年)(?:度)?(?:同期)?"
_BEFORE = rf"(?:同比|(?:与|较|比|相比)?{_YEAR_BEFORE}(?:的?\d+(?:\.\d+)?(?:{_UNIT}))?(?:相比)?)"
_GROWTH = re.compile(
    rf"(?P<before>{_BEFORE}),?(?:[^。;,\d()分]{{0,8}}?)(?P<way>增长|增加|上升|提高|提升|增|下降|减少|降低|下滑|降|减)(?:了|幅度?为|幅度?达)?"
    rf"(?P<near>约|近|超|超过|逾)?(?:为|达)?(?P<n>\d+(?:\.\d+)?)(?P<unit>个?百分点|%|倍|{_UNIT})"
)
_ALSO = re.compile(
    r"[,、(]?(?:即|增幅|降幅|同比|增长|上升|下降|减少|降低|增加)(?:率|幅度)?(?:为|达|了)?(?P<near>约|近|超)?(?P<n>\d+(?:\.\d+)?)%"
)
_STATED = re.compile(
    rf"(?:(?P<year>20\d\d)年(?:度)?|去年|上一?年(?:度)?)(?:同期)?"
    rf"(?:(?![增减升降提比]|结转)[^\d,;。()]){{0,12}}(?P<n>\d+(?:\.\d+)?)(?P<unit>{_UNIT})"
)
_VAGUE = re.compile(
    r"(?:与|同|跟|较|比)(?:去年|上一?年|20\d\d年)(?:度)?(?:同期)?(?:相比)?,?(?:基本|大体|大致)?(?:持平|相当|一致)"
)
MOST = 200  # comparisons looked at in one passage
NEAR_BY = 200  # characters before a comparison in which the year before may be stated
DOWN = ("下降", "减少", "降低", "下滑", "降", "减")


@dataclass(frozen=True, slots=True)
class Growth:
    """ "120件,同比增长20%": base is the figure it is said of; value in percent or in `unit`; down: it fell."""

    where: Passage
    base: Item
    value: Decimal
    unit: str
    near: bool
    down: bool
    start: int
    end: int

    @property
    def places(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def quote(self) -> str:
        return f"{plain(self.base.value)}{self.base.unit},{self.where.text[self.start : self.end]}"


def found(where: Passage, year: int | None = None) -> list[Growth]:
    """The comparisons of a passage that say by how much, each with the figure it is said of. year: of the report."""
    growths: list[Growth] = []
    for match in _GROWTH.finditer(where.text):
        base = _base(where, match, year)
        if base is None or "百分点" in match["unit"] or match["unit"] == "倍":
            continue
        if len(growths) >= MOST:
            break
        down = match["way"] in DOWN
        growths.append(_read(where, base, match, match["unit"], down))
        if match["unit"] != "%" and (also := _ALSO.match(where.text, match.end())):
            growths.append(_read(where, base, also, "%", down))
    return growths


def _read(where: Passage, base: Item, match: re.Match[str], unit: str, down: bool) -> Growth:
    return Growth(where, base, Decimal(match["n"]), unit, bool(match["near"]), down, *match.span())


def _base(where: Passage, match: re.Match[str], year: int | None) -> Item | None:
    """The nearest figure before: in the same sentence, not deeper in brackets, of the same unit."""
    start = max(where.sentence(match.start())[0], match.start() - NEAR_BY)
    depth = where.text.count("(", start, match.start()) - where.text.count(")", start, match.start())
    before = [item for item in where.before(match.start())[-60:] if start <= item.start and item.depth <= max(0, depth)]
    latest = year or max(map(int, re.findall(r"(20\d\d)年", where.text[start : match.start()])), default=0)
    stated = {
        one.start("n")
        for one in _STATED.finditer(where.text, start, match.start())
        if not one["year"] or int(one["year"]) < latest
    }
    this_year = [item for item in before if item.start not in stated]
    before = this_year or before
    if match["unit"] != "%":
        before = [item for item in before if item.unit == match["unit"]]
    return before[-1] if before else None


def growth(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_growth: growth and difference agree with the figure of the year before, where that is known."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    all_found = [one for where in passages(evidence) for one in found(where, evidence.year)]
    alone = [finding for where in passages(evidence) for finding in _without_base(check, where, evidence.year)]
    yield from alone
    if not all_found and not alone:
        yield check.finding("not_assessable", "正文没有写到增减幅度")
    tables = _bound(evidence)
    for one in all_found:
        known = _earlier(one, all_found, evidence, tables)
        yield _other_base(check, one, evidence, tables) or _growth(check, one, known)


def _without_base(check: Check, where: Passage, year: int | None) -> Iterator[Finding]:
    """ "比上年的200条增加50条,增长25%": what it grew to stands elsewhere, but the three figures must agree."""
    for match in list(_GROWTH.finditer(where.text))[:MOST]:
        also = _ALSO.match(where.text, match.end())
        before = re.search(rf"的?(\d+(?:\.\d+)?)(?:{_UNIT})", re.sub(r"20\d\d年", "", match["before"]))
        if match["unit"] == "%" or also is None or before is None or _base(where, match, year) is not None:
            continue
        change, whole, percent = Decimal(match["n"]), Decimal(before[1]), Decimal(also["n"])
        if not whole:
            continue
        step = Decimal(1).scaleb(min(0, int(percent.as_tuple().exponent)))
        exact = change * HUNDRED / whole
        text = f"{plain(change)}/{plain(whole)}={plain(exact.quantize(step / 10, ROUND_HALF_UP))}%"
        fits = percent in (exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)) or bool(also["near"])
        quote = where.text[match.start() : also.end()]
        message = f"“{quote}”:{text},一致" if fits else check.message.format(quote=quote, computed=text)
        spans = (where.span(match.start(), also.end()),)
        yield check.finding(
            "pass" if fits else "fail", f"{section_name(where.section)}:{message}", spans=spans, section=where.section
        )


def _other_base(
    check: Check, one: Growth, evidence: Evidence, tables: Mapping[tuple[str, int], tuple[str, ...]]
) -> Finding | None:
    """The comparison may be of a figure further back in the sentence: then it holds for that one."""
    start, _ = one.where.sentence(one.start)
    for item in one.where.before(one.base.start)[-60:]:
        if start <= item.start and item.exact and item.unit == one.base.unit:
            of_other = replace(one, base=item)
            finding = _growth(check, of_other, _earlier(of_other, [], evidence, tables))
            if finding.verdict == "pass":
                return finding
    return None


def _growth(check: Check, one: Growth, earlier: Mapping[Decimal, str]) -> Finding:
    known = {before: source for before, source in earlier.items() if before > 0}
    if not known or not one.base.exact:
        return _said(check, "not_assessable", one, f"“{one.quote}”:没有上年的数,请附上年报告")
    cut = ""
    texts: list[str] = []
    for before, source in known.items():
        change = (before - one.base.value) if one.down else (one.base.value - before)
        if one.unit != "%":
            fits, text = (
                change == one.value,
                f"{plain(one.base.value)}-{plain(before)}={plain(one.base.value - before)}",
            )
        else:
            fits, text = _percent(one, change, before)
            step = Decimal(1).scaleb(-one.places)
            if (change * HUNDRED / before).quantize(step, ROUND_DOWN) == one.value:
                cut = cut or text
        if fits or (one.near and _close(one, change, before)):
            return _said(check, "pass", one, f"“{one.quote}”:{text}({source}),一致")
        texts.append(f"{text}({source})")
    if cut:
        return _said(check, "ask", one, f"“{one.quote}”:{cut},所写是截去尾数,应四舍五入")
    computed = "或".join(texts[:2])
    message = check.message.format(quote=one.quote, computed=computed)
    return _said(check, "fail", one, message, actual=plain(one.value))


def _percent(one: Growth, change: Decimal, before: Decimal) -> tuple[bool, str]:
    exact = change * HUNDRED / before
    step = Decimal(1).scaleb(-one.places)
    rounded = exact.quantize(step / 10, ROUND_HALF_UP)
    sign = "-" if one.down and rounded > 0 else ""
    text = f"{plain(one.base.value)}/{plain(before)}-1={sign}{plain(rounded)}%"
    return exact.quantize(step, ROUND_HALF_UP) == one.value, text


def _close(one: Growth, change: Decimal, before: Decimal) -> bool:
    exact = change * HUNDRED / before if one.unit == "%" else change
    return abs(exact - one.value) <= max(Decimal(1), one.value / 20)


def _earlier(
    one: Growth, all_found: list[Growth], evidence: Evidence, tables: Mapping[tuple[str, int], tuple[str, ...]]
) -> dict[Decimal, str]:
    """Figures of the year before that this one may be compared with, and where each stands."""
    known: dict[Decimal, str] = {}
    start, end = one.where.sentence(one.start)
    start, end = max(start, one.start - NEAR_BY), min(end, one.end + NEAR_BY)
    for match in _STATED.finditer(one.where.text, start, end):
        if match["year"] and int(match["year"]) != (evidence.year or 0) - 1:
            continue
        if match["unit"] == one.base.unit and match.start("n") != one.base.start:
            known.setdefault(Decimal(match["n"]), "正文所写上年数")
    for other in all_found:
        if other.base is one.base and other.unit == one.base.unit and one.unit == "%":
            change = -other.value if other.down else other.value
            known.setdefault(one.base.value - change, "由正文所写增减数推得")
    for expressed in tables.get((one.where.section, one.base.start), ()):
        known.setdefault(*_last_year(expressed, evidence))
    for before in _same_words(one, evidence):
        known.setdefault(before, "上年报告正文")
    return known


def _bound(evidence: Evidence) -> dict[tuple[str, int], tuple[str, ...]]:
    """For figures of the text that a rule ties to the table: the sums of cells that they equal there."""
    bound: dict[tuple[str, int], tuple[str, ...]] = {}
    if evidence.previous is None:
        return bound
    for check in load(evidence.form.id):
        if check.kind in TABLE_KINDS and check.severity != "info":
            listed = check.need("equals")
            texts = [listed] if isinstance(listed, str) else listed
            for claim in claims(check, evidence, check.need("patterns")):
                equal = tuple(text for text in texts if claim.fits(_total(text, evidence)))
                if equal:
                    bound.setdefault((claim.section, claim.place), equal)
    return bound


def _total(text: str, evidence: Evidence) -> Decimal:
    return read_side(expression(evidence.form, text), evidence).total


def _last_year(text: str, evidence: Evidence) -> tuple[Decimal, str]:
    if evidence.previous is None:
        return Decimal(-1), ""
    form, figures = evidence.previous
    try:
        side = read_side(expression(form, text), Evidence(form, figures))
    except Misprint:  # last year's form has no such cell
        return Decimal(-1), ""
    return (Decimal(-1), "") if side.missing or not side.filled else (side.total, "上年报告表内")


def _same_words(one: Growth, evidence: Evidence) -> list[Decimal]:
    """Figures that last year's text gives with the same words."""
    words = _bare(one.base)
    if len(words) < 4:
        return []
    return [
        item.value
        for section, text in (evidence.previous_sections or {}).items()
        for item in passage(section, text).items
        if item.unit == one.base.unit and item.exact and _bare(item) == words
    ]


def _bare(item: Item) -> str:
    return re.sub(r"\d+年(?:度)?|^(?:其中|全年|本年度?|共|一共)+|[,、的共为达]", "", item.lead)


def _said(check: Check, verdict: Verdict, one: Growth, message: str, **more: str) -> Finding:
    place = section_name(one.where.section)
    spans = (one.where.span(one.base.start, one.base.end), one.where.span(one.start, one.end))
    return check.finding(verdict, f"{place}:{message}", spans=spans, section=one.where.section, **more)


def vague(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """prose_vague: "与上年基本持平" names no figure; ask for it."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    said = [(where, match) for where in passages(evidence) for match in _VAGUE.finditer(where.text)]
    if not said:
        yield check.finding("pass", "正文没有只说持平而不写数的比较")
    for where, match in said:
        message = check.message.format(quote=match[0])
        place = section_name(where.section)
        yield check.finding("fail", f"{place}:{message}", spans=(where.span(*match.span()),), section=where.section)


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "prose_growth": growth,
    "prose_vague": vague,
}
