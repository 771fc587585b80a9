"""The rules between reports: each page comes to the verdicts of its own examples."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law import book, checks
from gongkai.law.checks import Check
from gongkai.law.report_forms import load
from gongkai.law.values import number
from gongkai.reports.checking import folder, organs
from gongkai.reports.checking.organs import Structure
from gongkai.reports.checking.output import Checked, digest_of
from gongkai.reports.foreign.report import ReadCell, ReadReport, Where

FORM = load("national_2021")
PAGES = [check for check in checks.all_checks() if check.kind in checks.BETWEEN]


def read(place: int, raw: dict[str, Any]) -> Checked:
    """A report with the text and figures of an example."""
    name = f"{place}.html"
    report = ReadReport(name, "html", raw.get("text", ""), form=FORM, year=raw["year"], organ=raw["organ"])
    report.sections, report.body = {"一": report.text}, (0, len(report.text))
    report.cells = [
        ReadCell(FORM.resolve(ref).ref, number(value), str(value), Where(), "printed", "", "")
        for ref, value in raw.get("figures", {}).items()
    ]
    return Checked(name, digest_of(name.encode()), report)


def verdict(check: Check, raw: dict[str, Any]) -> str:
    """What the rule says of the reports of an example."""
    files = [read(place, one) for place, one in enumerate(raw["reports"])]
    groups = organs.grouped(files)
    structure = organs.by_names(groups.organ_of.values())
    if raw.get("whole"):
        structure = Structure(structure.parents, stated=True)
    found = folder.between(groups, structure)
    verdicts = {finding.verdict for findings in found.values() for finding in findings if finding.rule == check.id}
    return verdicts.pop() if verdicts else "pass"


@pytest.mark.parametrize("check", PAGES, ids=[check.id for check in PAGES])
def test_a_rule_between_reports_comes_to_the_verdicts_of_its_own_examples(check: Check) -> None:
    page = book.page("checks", check.id)
    assert [verdict(check, raw) for raw in page["passes"]] == ["pass"] * len(page["passes"])
    wanted = "ask" if check.severity == "info" else "fail"
    for raw in page["fails"]:
        assert verdict(check, raw) == raw.get("verdict", wanted)


def test_every_kind_between_reports_has_its_page() -> None:
    assert {check.kind for check in PAGES} == set(checks.BETWEEN)
