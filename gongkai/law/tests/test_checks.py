"""The pages of the checks: complete, and true to their own examples."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gongkai.law import checks, identities, report_forms
from gongkai.law.checks import Check, Evidence
from gongkai.law.prose_rules import pattern
from gongkai.law.refusal import Misprint
from gongkai.law.relations import COMPILERS, compiled

ALL = checks.all_checks()
TRANSCRIBED = Path(__file__).parents[3] / ".." / "shared" / "law" / "forms"


ALONE = [check for check in ALL if check.kind not in (*checks.BETWEEN, *checks.HELD)]
"""Rules about one report; those between reports are tried where several are read (reports/tests/checking), those
about registers in test_holdings."""


@pytest.mark.parametrize("check", ALONE, ids=[check.id for check in ALONE])
def test_a_rule_comes_to_the_verdicts_of_its_own_examples(check: Check) -> None:
    for example in checks.examples(check):
        verdicts = {finding.verdict for finding in identities.run(check, example.evidence)}
        assert example.verdict in verdicts, example
        if example.verdict == "pass":
            assert not verdicts & {"fail", "ask"}, example


@pytest.mark.parametrize("check", ALL, ids=[check.id for check in ALL])
def test_a_rule_fits_every_form_it_names(check: Check) -> None:
    for form_id in [form.id for form in report_forms.all_forms()] if check.forms == checks.EVERY_FORM else check.forms:
        form = report_forms.load(form_id)
        if check.kind in COMPILERS:
            assert compiled(check, form)
        else:
            list(identities.run(check, Evidence(form, {}, sections={"一": "总计0件"}, year=form.first_year)))


def test_every_kind_on_a_page_is_a_kind_of_reasoning() -> None:
    assert {check.kind for check in ALL} <= set(identities.kinds())


def test_every_rule_cites_what_it_rests_on() -> None:
    assert all(check.cite and check.basis for check in ALL)


def test_findings_carry_title_basis_and_citation() -> None:
    check = next(check for check in ALL if check.id == "N14-17")
    finding = next(iter(identities.run(check, checks.examples(check)[-1].evidence)))
    assert (finding.verdict, finding.title) == ("fail", "2018年度起不再收取依申请公开费用")
    assert finding.basis == "regulation 财税〔2017〕20号"


def test_a_form_has_its_own_rules_only() -> None:
    for form in report_forms.all_forms():
        rules = checks.load(form.id)
        assert len(rules) > 10
        assert all(form.id in rule.forms or rule.forms == checks.EVERY_FORM for rule in rules)


def test_a_rule_without_its_terms_is_a_misprint() -> None:
    faulty = Check("X", "题", "句", "sum", "error", "form", "引", "", ("national_2021",), {"table": "t3", "parts": []})
    with pytest.raises(Misprint, match="缺少 total"):
        compiled(faulty, report_forms.load("national_2021"))


def test_a_rule_about_a_cell_that_the_form_lacks_is_a_misprint() -> None:
    terms = {"table": "t3", "total": "results_total", "parts": ["nothing"], "columns": ["total"]}
    faulty = Check("X", "题", "句", "sum", "error", "form", "引", "", ("national_2021",), terms)
    with pytest.raises(Misprint, match="没有单元格"):
        compiled(faulty, report_forms.load("national_2021"))


def test_an_unknown_kind_is_a_misprint() -> None:
    faulty = Check("X", "题", "句", "magic", "error", "form", "引", "", ("national_2021",))
    with pytest.raises(Misprint, match="magic"):
        identities.run(faulty, Evidence(report_forms.load("national_2021"), {}))


def test_a_pattern_that_is_no_pattern_is_a_misprint() -> None:
    with pytest.raises(Misprint, match="正则"):
        pattern("({n}件", "checks/X.toml")


@pytest.mark.skipif(not TRANSCRIBED.is_dir(), reason="the transcribed forms are not beside this repository")
def test_every_transcribed_rule_has_its_page_with_severity_and_basis() -> None:
    mine = {check.id: check for check in ALL}
    for path in TRANSCRIBED.glob("*_20*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            assert rule["id"] in mine, path.name
            page = mine[rule["id"]]
            assert (page.severity, page.basis, page.kind) == (rule["severity"], rule["basis"], rule["kind"]), page.id
