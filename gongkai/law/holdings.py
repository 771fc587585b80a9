"""What a report says of its organ held against what the organ's registers hold: the rules, without the registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.law.checks import HELD, Check, Evidence, Example, all_checks, label
from gongkai.law.findings import Finding, Verdict
from gongkai.law.prose_items import section_name
from gongkai.law.prose_rules import Claim, claims, pattern
from gongkai.law.scopes import OTHER_YEAR, other_scope
from gongkai.law.values import plain

SAID, HAPPENED, PRINTED = HELD


@dataclass(frozen=True, slots=True)
class Held:
    """What a register holds. number: None where there was no register then, and `basis` says why.

    whole: the register was kept before the period began, so that nothing of it can be missing from the first days.
    basis: 统计口径 in Chinese.
    """

    number: Decimal | None
    basis: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A place in the text that a rule holds against a register. number: what it says, None where it says that
    something was done; to_date: it counts everything up to the end of the year."""

    check: Check
    claim: Claim
    number: Decimal | None
    to_date: bool
    scope: str

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return section_name(self.claim.section)


@cache
def rules(kind: str = "") -> tuple[Check, ...]:
    """The rules of the book that hold a report against the registers; of one kind, or all."""
    return tuple(check for check in all_checks() if check.kind in HELD and kind in ("", check.kind))


def said(check: Check, evidence: Evidence) -> Iterator[Said]:
    """Every place of the text that a rule speaks of; figures of another year are left out."""
    for claim in claims(check, evidence, check.need("patterns")):
        number = _number(check, claim)
        if check.kind == SAID and number is None:
            continue
        neutral = tuple(check.terms.get("neutral", ()))
        scope = other_scope(claim.where.text, claim.start, claim.place, evidence, neutral=neutral)
        if not scope.endswith(OTHER_YEAR):
            yield Said(check, claim, number, _to_date(check, claim), scope)


def _number(check: Check, claim: Claim) -> Decimal | None:
    """The figure of the text; `says` of the page where the words are one ("没有收到" is 0)."""
    stated = check.terms.get("says")
    return claim.number if stated is None else Decimal(stated)


def _to_date(check: Check, claim: Claim) -> bool:
    words = check.terms.get("to_date")
    if not words:
        return False
    start, _ = claim.where.sentence(claim.place)
    return bool(pattern(words, check.page).search(claim.where.text[start : claim.place]))


def spoken(one: Said, held: Held) -> Finding:
    """The finding on a place of the text."""
    quote, at = one.claim.quote, f"{one.where}:正文“{one.claim.quote}”"
    more = {"spans": (one.claim.span,), "section": one.claim.section}
    if held.number is None:
        return one.check.finding("not_assessable", f"{at}:{held.basis}", **more)
    sides = {"actual": "" if one.number is None else plain(one.number), "expected": plain(held.number)}
    if _fits(one, held.number):
        return one.check.finding("pass", f"{at}:登记簿中有 {plain(held.number)}({held.basis})", **more, **sides)
    told = one.check.message.format(quote=quote, held=plain(held.number), basis=held.basis)
    scope = f";{one.scope},口径可能不同" if one.scope else ""
    exact = not (one.scope or one.claim.about or one.claim.near)
    verdict = _verdict(one.check, held, exact=exact)
    return one.check.finding(verdict, f"{one.where}:{told}{scope}", **more, **sides)


def _fits(one: Said, held: Decimal) -> bool:
    if one.number is None:
        return held > 0
    return one.claim.fits(held) if one.claim.number is not None else one.number == held


def printed(check: Check, evidence: Evidence, held: Mapping[str, Held]) -> Iterator[Finding]:
    """The findings on the figures of the table, in the order of the form. held: by cell."""
    for ref, register in held.items():
        figure = evidence.value(ref).number
        if figure is None:
            continue
        at = label(evidence.form, ref)
        if register.number is None:
            yield check.finding("not_assessable", f"表内{at}:{register.basis}", cells=(ref,), actual=plain(figure))
            continue
        sides = {"actual": plain(figure), "expected": plain(register.number)}
        if figure == register.number:
            told = f"表内{at}为{plain(figure)},与登记簿一致({register.basis})"
            yield check.finding("pass", told, cells=(ref,), **sides)
            continue
        told = check.message.format(
            cell=at, figure=plain(figure), held=plain(register.number), basis=register.basis,
        )  # fmt: skip
        yield check.finding(_verdict(check, register, exact=True), told, cells=(ref,), **sides)


def _verdict(check: Check, held: Held, *, exact: bool) -> Verdict:
    """fail only where the page says that both count the very same thing, and the register was kept all the time."""
    return "fail" if check.terms.get("same") and held.whole and exact else "ask"


def measures(check: Check) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """What a rule about the text counts: the name of the measure, and the values of its dimensions."""
    where = {
        name: tuple(value) if isinstance(value, list) else (str(value),)
        for name, value in check.terms.get("where", {}).items()
    }
    return check.need("measure"), where


def verdicts(check: Check, example: Example) -> set[str]:
    """What the rule says of one of its page's examples. There `held` is a number, "-" where there was no register then;
    for the figures of a table one for each cell. The register counts as kept before the period."""
    if check.kind == PRINTED:
        by_cell = {example.evidence.form.resolve(ref).ref: _held(number) for ref, number in example.held.items()}
        return {finding.verdict for finding in printed(check, example.evidence, by_cell)}
    return {spoken(one, _held(example.held)).verdict for one in said(check, example.evidence)}


def _held(written: int | str) -> Held:
    return Held(None, "当时没有登记") if isinstance(written, str) else Held(Decimal(written), "例", whole=True)
