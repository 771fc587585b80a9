"""The book proofread: every page loads, every rule rests on something, every example comes out as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from gongkai.law import (
    book,
    calendar,
    checks,
    clocks,
    crosswalk,
    fees,
    holdings,
    identities,
    public_documents,
    report_forms,
    time_limits,
    vocabulary,
)
from gongkai.law.refusal import Misprint, Refused


def faults() -> Iterator[str]:
    """Every fault in the book as a sentence that names the page; nothing when the book is sound."""
    for chapter, proofread in CHAPTERS.items():
        for name in book.pages(chapter):
            try:
                yield from (f"{chapter}/{name}.toml:{fault}" for fault in proofread(name))
            except (Misprint, Refused) as fault:
                yield str(fault)


def _calendar(name: str) -> Iterator[str]:
    calendar.year(int(name))
    for notice in book.page("calendar", name).get("notice", ()):
        yield from _mark(notice)
    if not book.page("calendar", name).get("notice"):
        yield "没有写明依据的放假通知"


def _time_limit(name: str) -> Iterator[str]:
    rule = time_limits.rule(name)
    for version in rule.versions:
        yield from _mark({"mark": version.mark})
        for effect in version.events.values():
            yield from _mark({"mark": effect.mark})
            if not effect.cite:
                yield f"事件 {effect.kind} 没有依据"
    examples = book.page("time_limits", name).get("example", ())
    for version in rule.versions:
        if not any(rule.version_on(example["start"]) is version for example in examples):
            yield f"{version.first} 起的规定没有例子"
    for example in examples:
        yield from _differs(example.get("due") or example["refused"], outcome(name, example), f"自 {example['start']}")


def outcome(rule: str, example: dict[str, Any]) -> date | str:
    """What an example of a time limit comes to: the due day, or the code of the refusal."""
    try:
        return clocks.due(rule, example["start"], [clocks.event(text) for text in example.get("events", ())]).due
    except Refused as no:
        return no.code


def _fees(name: str) -> Iterator[str]:
    page = book.page("fees", name)
    for version in page["version"]:
        yield from _mark(version)
        if not version.get("cite"):
            yield f"{version.get('from', '最初')} 起的规定没有依据"
    if not page.get("example"):
        yield "没有例子"
    for example in page.get("example", ()):
        if name == "regimes":
            yield from _differs(example["regime"], fees.fee_regime(example["on"]).id, str(example["on"]))
            continue
        charge_for = fees.by_items if name.endswith("by_item") else fees.by_pages
        charge = charge_for(example["quantity"], page["version"][-1]["from"])
        yield from _differs(example["total"], charge.total, str(example["quantity"]))
        yield from _differs(example.get("marginal", charge.marginal), charge.marginal, f"第 {example['quantity']}")


def _vocabulary(name: str) -> Iterator[str]:
    page_note = book.page("vocabulary", name).get("note")
    for term in vocabulary.terms(name).values():
        yield from _mark({"mark": term.mark})
        if not (term.cite or term.mark == "D" or page_note or term.extra.get("note")):
            yield f"词条 {term.code} 没有依据,也没有说明"


def _report_form(name: str) -> Iterator[str]:
    form = report_forms.load(name)
    if not form.cite:
        yield "没有依据"
    if form.due:
        time_limits.rule(form.due)


def _check(name: str) -> Iterator[str]:
    check = next(check for check in checks.all_checks() if check.id == name)
    examples = checks.examples(check)
    if check.kind in checks.BETWEEN:  # several reports are read for it: reports.checking tries its examples
        return
    for example in examples:
        if check.kind in checks.HELD:
            verdicts = holdings.verdicts(check, example)
        else:
            verdicts = {finding.verdict for finding in identities.run(check, example.evidence)}
        held = example.verdict in verdicts if example.verdict != "pass" else not verdicts & {"fail", "ask"}
        if not held:
            yield f"例子应得 {example.verdict},实得 {'、'.join(sorted(verdicts))}"


def _crosswalk(name: str) -> Iterator[str]:
    stated = {concept["id"] for concept in book.page("crosswalk", name)["concept"]}
    for concept in crosswalk.concepts():
        series = crosswalk.series(concept)
        if series.match in ("approx", "none") and not series.note:
            yield f"{concept} 口径不一致,却没有说明"
    if stated != set(crosswalk.concepts()):
        yield "有指标没有读到"


def _phrases(name: str) -> Iterator[str]:
    """Lists of words are not empty, single strings are patterns."""
    for field, said in book.page("phrases", name).items():
        if not said:
            yield f"{field} 是空的"
        elif isinstance(said, str) and field not in ("title", "note", "cite"):
            try:
                re.compile(said)
            except re.error as fault:
                yield f"{field} 不是合格的正则表达式:{fault}"


def _screening(name: str) -> Iterator[str]:
    """A page rests on something and shows what it finds and what not; `gongkai law --check` tries its examples."""
    raw = book.page("screening", name)
    yield from _mark(raw)
    if not raw.get("title"):
        yield "没有标题"
    if raw.get("detector") is None:
        return
    if not raw.get("basis"):
        yield "没有写明依据"
    if raw["detector"] != "structure" and not (raw.get("fails") and raw.get("passes")):
        yield "没有查得出和不应查出的例子"


def _public_document(name: str) -> Iterator[str]:
    page = book.page("public_documents", name)
    for version in page["version"]:
        for item in public_documents.demands(name, version["from"]).items:
            yield from _mark({"mark": item.mark})
    if "change_limit" in page:
        time_limits.rule(page["change_limit"])


def _mark(raw: dict[str, Any]) -> Iterator[str]:
    if raw.get("mark") not in vocabulary.terms("marks"):
        yield f"核对标记“{raw.get('mark', '')}”不在 vocabulary/marks.toml 中"


def _differs(stated: object, computed: object, where: str) -> Iterator[str]:
    if stated != computed:
        yield f"例子({where})写的是 {stated},算出来是 {computed}"


CHAPTERS: dict[str, Callable[[str], Iterator[str]]] = {
    "calendar": _calendar,
    "time_limits": _time_limit,
    "fees": _fees,
    "vocabulary": _vocabulary,
    "report_forms": _report_form,
    "checks": _check,
    "crosswalk": _crosswalk,
    "phrases": _phrases,
    "screening": _screening,
    "public_documents": _public_document,
}
