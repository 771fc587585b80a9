"""The drafted narrative: only facts, every figure a reference, nothing said of what is not known."""

import re

import pytest

from gongkai.law import vocabulary
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, NOT_REPORTED, Value, number
from gongkai.reports.drawing.facts import PROVENANCE_NOTICES
from gongkai.reports.narrative import CAUSAL, draft, require_grounds
from gongkai.reports.references import REFERENCE, refs_in, resolved, runs, share
from gongkai.reports.tests import cast
from gongkai.reports.wording import charts, passages

FACTS = {"organ": "某局", "year": "2012", "contact": "", "processing_fee": "", "waivers": ""}
FORMS = cast.FOUR


def said(form_id: str, value: Value) -> str:
    form = load(form_id)
    return "\n".join(draft(form, {cell.ref: value for cell in form.cells}, FACTS).values())


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize(
    "value", [number(0), number(7), NOT_REPORTED, BLANK], ids=lambda value: str(value) or value.kind
)
def test_every_figure_in_a_draft_is_a_reference(form_id: str, value: Value) -> None:
    """Years, dates and the limits of 20 and 30 working days aside, a draft has no digit outside a reference."""
    bare = REFERENCE.sub("", said(form_id, value)).replace("2012年1月1日", "").replace("12月31日", "")
    assert re.findall(r"\d+", re.sub(r"(2012年|[23]0个工作日|计1条)", "", bare)) == []


@pytest.mark.parametrize("form_id", FORMS)
def test_nothing_is_said_of_figures_that_are_not_numbers(form_id: str) -> None:
    assert REFERENCE.findall(said(form_id, NOT_REPORTED)) == []
    assert REFERENCE.findall(said(form_id, BLANK)) == []


@pytest.mark.parametrize("form_id", FORMS)
def test_a_year_without_applications_says_so_plainly(form_id: str) -> None:
    assert "未收到政府信息公开申请" in said(form_id, number(0))
    assert "未收到" not in said(form_id, number(7))


@pytest.mark.parametrize("form_id", FORMS)
def test_no_sentence_claims_a_cause(form_id: str) -> None:
    for value in (number(0), number(7)):
        assert not [word for word in CAUSAL if word in said(form_id, value)]


@pytest.mark.parametrize("form_id", FORMS)
def test_every_reference_of_the_wording_and_the_charts_is_a_cell_of_the_form(form_id: str) -> None:
    form = load(form_id)
    assert passages(form_id)
    for passage in passages(form_id):
        assert passage.section == "前言" or passage.section in {section.no for section in form.sections}
        for sentence in passage.sentences:
            for one in (sentence, *sentence.parts):
                for ref in (*refs_in(form, one.text), *one.some, *one.none):
                    form.cell(ref)
    for chart in charts(form_id):
        for ref, _ in chart.bars:
            form.cell(ref)


@pytest.mark.parametrize("form_id", FORMS)
def test_paragraphs_with_a_head_are_numbered_without_a_gap(form_id: str) -> None:
    form = load(form_id)
    for value in (number(0), number(7)):
        for text in draft(form, {cell.ref: value for cell in form.cells}, FACTS).values():
            heads = re.findall(r"^\((.)\)", text, re.MULTILINE)
            assert heads == list("一二三四五六七八九十"[: len(heads)])


def test_a_share_is_rounded_half_up_and_a_share_of_nothing_is_none() -> None:
    assert share(number(46), number(579)) == "7.9%"
    assert share(number(1), number(2000)) == "0.1%"
    assert share(number(3), number(0)) == "—"
    assert share(NOT_REPORTED, number(5)) == "—"


def test_a_reference_becomes_a_run_that_knows_its_figure() -> None:
    form = load("jilin_city_2012")
    total, part = "annex.disclosed_total.year", "annex.disclosed_other.year"
    figures = {total: number(579), part: number(517)}
    text = f"公开{{{total}}}条,其他占{{share:{part}/{total}}}。"
    assert resolved(form, text, figures) == "公开579条,其他占89.3%。"
    assert [(run.text, run.ref) for run in runs(form, text, figures) if run.ref] == [("579", total), ("89.3%", part)]
    with pytest.raises(Refused, match=r"\{annex\.nothing\.year\}"):
        runs(form, "公开{annex.nothing.year}条。", figures)


def test_a_cause_needs_a_figure_in_the_same_sentence() -> None:
    require_grounds("公开量上升,主要原因是新增{annex.disclosed_other.year}条。")
    with pytest.raises(Refused, match="得益于"):
        require_grounds("公开{annex.disclosed_other.year}条。这得益于领导重视。")


def test_every_provenance_that_is_not_real_is_announced_on_the_paper() -> None:
    from_book = set(vocabulary.terms("provenances")) - {"real"}
    assert set(PROVENANCE_NOTICES) == from_book
