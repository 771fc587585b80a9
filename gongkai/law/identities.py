"""A report checked against the rules of its form: every rule of the book, evaluated on figures and text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from gongkai.law import (
    cell_rules,
    date_rules,
    heading_rules,
    name_rules,
    print_rules,
    prose_flow,
    prose_growth,
    prose_named_shares,
    prose_rules,
    prose_same,
    prose_sums,
)
from gongkai.law.arithmetic import assess, previous_fits, without_previous
from gongkai.law.checks import BETWEEN, HELD, Check, Evidence, Figures, load
from gongkai.law.findings import Finding
from gongkai.law.prose_items import bounded
from gongkai.law.refusal import Misprint
from gongkai.law.relations import COMPILERS, Relation, compiled
from gongkai.law.repairs import proposals
from gongkai.law.report_forms import ReportForm
from gongkai.law.vectors import joint


def check(
    form: ReportForm,
    figures: Figures,
    *,
    previous: tuple[ReportForm, Figures] | None = None,
    reporter_kind: str = "department",
    sections: Mapping[str, str] | None = None,
    year: int | None = None,
    previous_sections: Mapping[str, str] | None = None,
    headings: Sequence[str] | None = None,
    printed: Mapping[str, tuple[str, str]] | None = None,
    published_on: date | None = None,
    signed_on: date | None = None,
    organ: str = "",
    document: str = "",
    others: Mapping[str, Figures] | None = None,
    undecided: Sequence[tuple[tuple[str, ...], int]] = (),
) -> list[Finding]:
    """Every finding of every rule of the form, in the order of the rules; passes included.

    figures: value by full ref `table.row.column`, absent means blank. previous: form and figures of last year's report;
    without it rules across years are not assessable. sections: text by section number, None when only tables are given.
    year: report year, for rules that start or end with a year. The rest is what a reader of foreign reports knows
    besides (see Evidence); rules that need it are not assessable without it. Pure: reads the book once, no database.
    """
    evidence = Evidence(
        form, figures, previous, reporter_kind, bounded(sections) if sections else sections, year,
        headings=headings, printed=printed, published_on=published_on, signed_on=signed_on, organ=organ,
        document=document,
        previous_sections=previous_sections, others=others or {}, undecided=undecided,
        unknown=frozenset(ref for refs, _ in undecided for ref in refs), vector=joint(form, figures, previous),
    )  # fmt: skip
    return _checked(evidence)


def _checked(evidence: Evidence) -> list[Finding]:
    """Every rule of the form evaluated; broken identities with what would mend them."""
    findings: list[Finding] = []
    broken: dict[int, Relation] = {}
    for rule in load(evidence.form.id):
        if rule.kind not in COMPILERS:
            findings += run(rule, evidence)
            continue
        for relation, finding in _related(rule, evidence):
            if finding.verdict in ("fail", "ask") and relation is not None:
                broken[len(findings)] = relation
            findings.append(finding)
    return _with_repairs(findings, broken, evidence) if broken else findings


def _with_repairs(findings: list[Finding], broken: Mapping[int, Relation], evidence: Evidence) -> list[Finding]:
    """The findings, with what would mend those of broken identities."""
    found = proposals(evidence, list(broken.values()), prose_rules.told(evidence))
    for place, relation in broken.items():
        if repairs := found.get(relation):
            findings[place] = replace(findings[place], repair=repairs)
    return findings


def run(rule: Check, evidence: Evidence) -> Iterable[Finding]:
    """The findings of one rule; Misprint when the book names a kind of reasoning that does not exist."""
    if rule.kind in COMPILERS:
        return [finding for _, finding in _related(rule, evidence)]
    if rule.kind == "star_blank":
        return [*cell_rules.star_blank(rule, evidence), *prose_rules.star_mentions(rule, evidence)]
    kind = KINDS.get(rule.kind)
    if kind is None:
        raise Misprint(rule.page, f"没有“{rule.kind}”这一类规则", f"现有:{'、'.join(kinds())}")
    return kind(rule, evidence)


def kinds() -> tuple[str, ...]:
    """The kinds of reasoning that a page may name."""
    return (*COMPILERS, *KINDS)


def _not_alone(rule: Check, evidence: Evidence) -> Iterable[Finding]:
    """A rule between reports, or between a report and registers, says nothing of one report."""
    return ()


KINDS: Mapping[str, Callable[[Check, Evidence], Iterable[Finding]]] = {
    **cell_rules.KINDS,
    **prose_rules.KINDS,
    **prose_sums.KINDS,
    **prose_flow.KINDS,
    **prose_growth.KINDS,
    **prose_named_shares.KINDS,
    **prose_same.KINDS,
    **heading_rules.KINDS,
    **date_rules.KINDS,
    **name_rules.KINDS,
    **print_rules.KINDS,
    **dict.fromkeys((*BETWEEN, *HELD), _not_alone),
}


def _related(rule: Check, evidence: Evidence) -> Iterator[tuple[Relation | None, Finding]]:
    """The findings of an arithmetic rule, each with the relation it is about."""
    if waiting := _not_yet(rule, evidence):
        yield None, waiting
        return
    for relation in compiled(rule, evidence.form):
        if relation.previous_form and not previous_fits(relation, evidence):
            yield None, without_previous(relation, evidence)
            return
        finding = assess(relation, evidence)
        if finding is not None:
            yield relation, finding


def _not_yet(rule: Check, evidence: Evidence) -> Finding | None:
    """For a rule with `from_year` or `until_year`: the finding that says it does not apply, or cannot be told."""
    first, last = rule.terms.get("from_year"), rule.terms.get("until_year")
    if evidence.year is None:
        return rule.finding("not_assessable", "无法核对:未说明报告年度") if first else None
    if first and evidence.year < first:
        return rule.finding("pass", f"本规则自{first}年度起适用,本报告不适用")
    if last and evidence.year > last:
        return rule.finding("pass", f"本规则只适用到{last}年度,本报告不适用")
    return None
