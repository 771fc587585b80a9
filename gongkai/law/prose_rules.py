"""Rules about the text of a report: figures against the table, shares recomputed, matters that must be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

from gongkai.law.arithmetic import Side, read_side
from gongkai.law.checks import Check, Evidence, load
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import NEAR, Passage, passage, section_name
from gongkai.law.prose_numbers import within
from gongkai.law.refusal import Misprint
from gongkai.law.relations import Term, row_parts, term_of
from gongkai.law.report_forms import ReportForm
from gongkai.law.scopes import other_scope
from gongkai.law.values import plain
from gongkai.law.vectors import Number

HUNDRED = Decimal(100)
# In the patterns of the book {n} stands for a number and {p} for a percentage of the plain text (prose.plain_text).
# Bounded, so that a run of digits without end keeps no pattern busy.
SLOTS = {
    "{n}": r"(?<![\d.])(?P<n>\d{1,18}(?:\.\d{1,8})?)(?P<about>[余多])?",
    "{p}": r"(?P<p>\d{1,6}(?:\.\d{1,6})?)%",
}
TABLE_KINDS = ("text_eq", "text_eq_any", "text_eq_sum")
NO_TEXT = "无法核对:没有报告正文"


@dataclass(frozen=True, slots=True)
class Claim:
    """A place in the text that speaks of a figure. span: characters of that section's original text; start, place: of
    the match and of its number in the plain text; about: 余 or 多 follows; near: 约 or the like stands before."""

    where: Passage
    quote: str
    span: tuple[int, int]
    start: int
    place: int
    number: Decimal | None
    about: bool
    near: bool
    percent: Decimal | None

    @property
    def section(self) -> str:
        return self.where.section

    def in_units(self, scale: int) -> Claim:
        """The claim with its number divided by the scale of the table (10000 where the form counts in 万元)."""
        return self if scale == 1 or self.number is None else replace(self, number=self.number / scale)

    def fits(self, actual: Decimal) -> bool:
        """Whether the number is this one, or near enough where the text says 余 or 约."""
        return self.number is not None and within(self.number, actual, about=self.about, near=self.near)


@cache
def pattern(text: str, page: str) -> re.Pattern[str]:
    """A pattern of the book, compiled; Misprint when it is not one."""
    for slot, meaning in SLOTS.items():
        text = text.replace(slot, meaning)
    try:
        return re.compile(text)
    except re.error as fault:
        raise Misprint(page, f"“{text}”不是合格的正则表达式:{fault}") from None


def claims(check: Check, evidence: Evidence, patterns: Iterable[str]) -> list[Claim]:
    """What the text says where one of the patterns fits, in order; a place counts once, for the first pattern."""
    found: list[Claim] = []
    wanted = check.terms.get("sections")
    compiled = [pattern(one, check.page) for one in patterns]
    for section, text in (evidence.sections or {}).items():
        if wanted and section not in wanted:
            continue
        where = passage(section, text)
        taken: set[int] = set()
        for one in compiled:
            for match in one.finditer(where.text):
                claim = _claim(where, match)
                if claim.place not in taken and not where.quoted(claim.place) and _in_context(check, claim):
                    taken.add(claim.place)
                    found.append(claim)
    return found


def _in_context(check: Check, claim: Claim) -> bool:
    """Whether the sentence up to the number speaks of what the rule is about (`context`) and of nothing that makes it
    something else (`without`); the part of the report named in `home` needs no such words."""
    context, without = check.terms.get("context"), check.terms.get("without")
    start, _ = claim.where.sentence(claim.place)
    said = claim.where.text[start : claim.start + len(claim.quote)]
    if without and pattern(without, check.page).search(said):
        return False
    if not context or claim.section in check.terms.get("home", ()):
        return True
    before = claim.where.text[max(0, start - check.terms.get("reach", 0)) : start]
    return bool(pattern(context, check.page).search(before + said))


def _claim(where: Passage, match: re.Match[str]) -> Claim:
    groups = match.groupdict()
    number, percent = groups.get("n"), groups.get("p")
    place = match.start("n") if number else match.start()
    return Claim(
        where=where,
        quote=match[0],
        span=where.span(*match.span()),
        start=match.start(),
        place=place,
        number=Decimal(number) if number else None,
        about=bool(groups.get("about")),
        near=bool(NEAR.search(where.text, max(0, place - 6), place)),
        percent=Decimal(percent) if percent else None,
    )


def claims_of(check: Check, evidence: Evidence) -> Iterator[tuple[Claim, list[str]]]:
    """The figures that a rule compares with the table, each with the sums of cells it equals, or else all it may."""
    equals = _listed(check.need("equals"))
    for claim in claims(check, evidence, check.need("patterns")):
        claim = claim.in_units(check.terms.get("scale", 1))
        fitting = [text for text in equals if claim.fits(_side(evidence, text).total)]
        yield claim, fitting or equals


@cache
def expression(form: ReportForm, text: str) -> tuple[Term, ...]:
    """The cells of "t3.granted.total + t3.partially_granted.total"; a blank 总计 is read from the cells beside it."""
    terms = []
    for short in text.split("+"):
        term = term_of(form.resolve(short.strip()), form)
        terms.append(Term(term.ref, filled=term.filled, instead=row_parts(form).get(term.ref, ())))
    return tuple(terms)


def told(evidence: Evidence) -> Callable[[str, Number], str] | None:
    """What the text says for a figure in a cell: the words that state it, "" where none do. None without a text."""
    if evidence.sections is None:
        return None
    stated: dict[str, list[Claim]] = {}
    for check in load(evidence.form.id):
        if check.kind in TABLE_KINDS:
            for text in _listed(check.need("equals")):
                terms = expression(evidence.form, text)
                if len(terms) == 1:
                    found = claims(check, evidence, check.need("patterns"))
                    scale = check.terms.get("scale", 1)
                    stated.setdefault(terms[0].ref, []).extend(claim.in_units(scale) for claim in found)

    def said(ref: str, figure: Number) -> str:
        fitting = [claim for claim in stated.get(ref, ()) if claim.fits(Decimal(figure))]
        return f"与正文“{fitting[0].quote}”一致" if fitting else ""

    return said


def _side(evidence: Evidence, text: str) -> Side:
    return read_side(expression(evidence.form, text), evidence)


def _listed(raw: str | list[str]) -> list[str]:
    return [raw] if isinstance(raw, str) else raw


def equal(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """text_eq, text_eq_any, text_eq_sum: each number that the patterns find equals one of `equals`."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = [claim for claim in claims(check, evidence, check.need("patterns")) if claim.number is not None]
    if not found:
        yield check.finding("not_assessable", "正文没有写到这个数")
    equals = _listed(check.need("equals"))
    for claim in found:
        yield _compared(check, evidence, claim, equals)


def _compared(check: Check, evidence: Evidence, claim: Claim, equals: list[str]) -> Finding:
    sides = [side for side in (_side(evidence, text) for text in equals) if side.filled and not side.missing]
    claim = claim.in_units(check.terms.get("scale", 1))
    cells = tuple(term.ref for text in equals for term in expression(evidence.form, text))
    claimed = plain(claim.number or Decimal(0))
    if not sides:
        return _said(check, "not_assessable", f"正文“{claim.quote}”:表内对应的格没有数", claim, cells)
    if any(claim.fits(side.total) for side in sides):
        return _said(check, "pass", f"正文“{claim.quote}”与表内一致", claim, cells)
    table = "或".join(side.text for side in sides)
    message = check.message.format(quote=claim.quote, claimed=claimed, table=table)
    verdict: Verdict = "fail"
    if reason := _other_scope(check, evidence, claim, cells):
        verdict, message = "ask", f"{message};{reason},与表内口径可能不同,请说明"
    return _said(check, verdict, message, claim, cells, expected=plain(sides[0].total), actual=claimed)


def _other_scope(check: Check, evidence: Evidence, claim: Claim, cells: tuple[str, ...]) -> str:
    compared = tuple(evidence.form.cell(ref) for ref in cells)
    neutral = tuple(check.terms.get("neutral", ()))
    return other_scope(claim.where.text, claim.start, claim.place, evidence, compared, neutral)


def _said(check: Check, verdict: Verdict, message: str, claim: Claim, cells: tuple[str, ...], **more: str) -> Finding:
    place = section_name(claim.section)
    return check.finding(verdict, f"{place}:{message}", cells=cells, spans=(claim.span,), section=claim.section, **more)


def shares(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """text_pct: each share as printed is its part over a denominator, rounded half up; a whole set adds up to 100.

    A share's count is the figure of `equals` in the table; a share without `equals` uses the count in its own sentence.
    """
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found: list[tuple[Mapping[str, str], Claim]] = []
    for share in check.need("share"):
        for claim in claims(check, evidence, [share["pattern"]]):
            if all(claim.span[1] != other.span[1] or claim.section != other.section for _, other in found):
                found.append((share, claim))
    if not found:
        yield check.finding("not_assessable", "正文没有写到占比")
    for share, claim in found:
        yield _share(check, evidence, share, claim)
    if check.terms.get("whole") and len(found) == len(check.need("share")):
        yield _whole(check, [claim for _, claim in found])


def _share(check: Check, evidence: Evidence, share: Mapping[str, str], claim: Claim) -> Finding:
    """One share: first its count against the table, then its percentage against count and denominator."""
    cells: tuple[str, ...] = ()
    count = claim.number
    if "equals" in share:
        cells = tuple(term.ref for term in expression(evidence.form, share["equals"]))
        side = _side(evidence, share["equals"])
        if side.missing or not side.filled:
            return _said(check, "not_assessable", f"“{claim.quote}”:表内对应的格没有数", claim, cells)
        if count is not None and count != side.total:
            return _miscounted(check, evidence, share, claim, side)
        count = side.total
    if count is None or claim.percent is None:
        return _said(check, "not_assessable", f"“{claim.quote}”:没有写明件数,无法重算", claim, cells)
    return _percentage(check, evidence, claim, count, cells)


def _miscounted(check: Check, evidence: Evidence, share: Mapping[str, str], claim: Claim, side: Side) -> Finding:
    cells = tuple(term.ref for term in expression(evidence.form, share["equals"]))
    claimed = plain(claim.number or Decimal(0))
    if "or_ask" in share and _side(evidence, share["or_ask"]).total == claim.number:
        message = f"“{claim.quote}”:表内合计为{side.text},{claimed}只是其中一项,请写明所指范围"
        return _said(check, "ask", message, claim, cells, expected=plain(side.total), actual=claimed)
    message = f"“{claim.quote}”:正文写{claimed},表内为{side.text}"
    return _said(check, "fail", message, claim, cells, expected=plain(side.total), actual=claimed)


def _percentage(check: Check, evidence: Evidence, claim: Claim, count: Decimal, cells: tuple[str, ...]) -> Finding:
    """pass when one denominator gives the printed share rounded half up; ask when it was cut off; else fail."""
    percent = claim.percent or Decimal(0)
    step = Decimal(1).scaleb(-_places(percent))
    exact: list[str] = []
    cut = ""
    for text in check.need("denominators"):
        whole = _side(evidence, text)
        if whole.missing or not whole.total:
            continue
        share = count * HUNDRED / whole.total
        written = f"{plain(count)}/{plain(whole.total)}={plain(share.quantize(step / 100, ROUND_HALF_UP))}%"
        if share.quantize(step, ROUND_HALF_UP) == percent:
            return _said(check, "pass", f"“{claim.quote}”:{written},与所写一致", claim, cells)
        if share.quantize(step, ROUND_DOWN) == percent:
            cut = cut or written
        exact.append(written)
    if not exact:
        return _said(check, "not_assessable", f"“{claim.quote}”:表内没有可作分母的数", claim, cells)
    if cut:
        message = f"“{claim.quote}”:{cut},所写是截去尾数,应四舍五入"
        return _said(check, "ask", message, claim, cells, actual=f"{percent}%")
    message = check.message.format(quote=claim.quote, claimed=f"{percent}%", table="或".join(exact))
    return _said(check, "fail", message, claim, cells, expected=exact[0].rpartition("=")[2], actual=f"{percent}%")


def _places(percent: Decimal) -> int:
    exponent = percent.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _whole(check: Check, found: list[Claim]) -> Finding:
    """The shares of a whole add up to 100, give or take half of the last printed digit of each."""
    percents = [claim.percent for claim in found if claim.percent is not None]
    total = sum(percents, Decimal(0))
    slack = sum((Decimal(5).scaleb(-_places(percent) - 1) for percent in percents), Decimal(0))
    places = {_places(percent) for percent in percents}
    note = f"(各项保留位数不一致:{'、'.join(str(place) for place in sorted(places))}位)" if len(places) > 1 else ""
    text = f"各项占比合计{'+'.join(str(percent) for percent in percents)}={plain(total)}%"
    holds = abs(total - HUNDRED) <= slack
    message = f"{text}{note}" if holds else f"{text},与100%相差超过四舍五入的误差,请核对{note}"
    return check.finding("pass" if holds else "fail", message, expected="100", actual=plain(total))


def zero(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """text_zero: where the text says there were none (or none but these), the cells in `equals` are 0."""
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    found = claims(check, evidence, check.need("patterns"))
    if not found:
        yield check.finding("not_assessable", "正文没有这样的说法")
    for claim in found:
        side = _side(evidence, check.need("equals"))
        cells = tuple(term.ref for term in expression(evidence.form, check.need("equals")))
        if side.missing or not side.filled:
            yield _said(check, "not_assessable", f"正文“{claim.quote}”:表内对应的格没有数", claim, cells)
        elif side.total:
            message = check.message.format(quote=claim.quote, table=side.text)
            verdict: Verdict = "fail"
            if reason := other_scope(claim.where.text, claim.place, claim.place, evidence):
                verdict, message = "ask", f"{message};{reason},请说明"
            yield _said(check, verdict, message, claim, cells, expected="0", actual=plain(side.total))
        else:
            yield _said(check, "pass", f"正文“{claim.quote}”与表内一致", claim, cells)


def star_mentions(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """A ★ figure is not published in the text either, unless this reporter may fill the row."""
    if evidence.sections is None or evidence.reporter_kind in evidence.form.star_reporters:
        return
    for mention in check.terms.get("mention", ()):
        cell = evidence.form.resolve(mention["cell"])
        row = evidence.form.row(cell.table, cell.row)
        for claim in claims(check, evidence, [mention["pattern"]]):
            if claim.number is None:
                continue
            figure = plain(claim.number)
            where = f"正文“{claim.quote}”写出了★栏“{row.no}.{row.label.rstrip('★')}”的数"
            message = check.message.format(where=where, figure=figure, note=evidence.form.star_note)
            yield _said(check, "fail", message, claim, (cell.ref,), actual=figure)


def implied(check: Check, evidence: Evidence) -> Iterator[Finding]:
    """implies_text: when the condition holds, the section fits every pattern in `must`."""
    section = check.need("section")
    reason = _condition(check, evidence)
    if not reason:
        yield check.finding("pass", f"本报告不需要在第{section}部分说明")
        return
    if evidence.sections is None:
        yield check.finding("not_assessable", NO_TEXT)
        return
    there = section in evidence.sections
    # A part that was not found under its number may stand under another heading: look everywhere, and only ask.
    text = passage(section, evidence.sections[section] if there else "\n".join(evidence.sections.values())).text
    # Text left out (…) cannot be judged.
    verdict: Verdict = "fail" if there and "…" not in text and not check.terms.get("ask") else "ask"
    lacking = [
        matter["name"] for matter in check.need("must") if not pattern(matter["pattern"], check.page).search(text)
    ]
    if lacking:
        message = check.message.format(reason=reason, section=section, lacking="、".join(lacking))
        yield check.finding(verdict, message, section=section)
    else:
        yield check.finding("pass", f"第{section}部分已写明", section=section)


def _condition(check: Check, evidence: Evidence) -> str:
    """Why the text is needed, "" when it is not."""
    if ref := check.terms.get("if_nonzero"):
        figure = evidence.value(evidence.form.resolve(ref).ref).number
        return f"表内为{plain(figure)}" if figure else ""
    if kinds := check.terms.get("if_reporter"):
        return "本报告是一级政府的报告" if evidence.reporter_kind in kinds else ""
    return "各报告均须写明" if check.need("always") else ""


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    "text_eq": equal,
    "text_eq_any": equal,
    "text_eq_sum": equal,
    "text_pct": shares,
    "text_zero": zero,
    "implies_text": implied,
}
