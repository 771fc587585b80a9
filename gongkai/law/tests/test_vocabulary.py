"""Vocabularies: the codes that records carry."""

from pathlib import Path

import pytest

from gongkai.law import book, report_forms, vocabulary
from gongkai.law.refusal import Misprint


def test_there_are_23_outcomes_and_each_says_what_the_reply_must_contain() -> None:
    outcomes = vocabulary.terms("outcomes")
    assert len(outcomes) == 23
    silent = [
        term.code for term in outcomes.values() if not term.extra.get("reply_must_contain") and "note" not in term.extra
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("field", "form_id"),
    [("rows_2021", "national_2021"), ("rows_2014", "national_2014_2018"), ("rows_2012", "jilin_city_2012")],
)
def test_every_row_that_an_outcome_names_stands_in_that_form(field: str, form_id: str) -> None:
    rows = {row.id for table in report_forms.load(form_id).tables for row in table.rows}
    named = {row for term in vocabulary.terms("outcomes").values() for row in term.extra[field]}
    assert named <= rows


def test_every_ground_leads_to_an_outcome() -> None:
    outcomes = vocabulary.terms("outcomes")
    assert {term.extra["outcome"] for term in vocabulary.terms("grounds").values()} <= set(outcomes)


def test_articles_20_and_21_have_their_items() -> None:
    items = vocabulary.terms("disclosure_items")
    assert [code for code in items if code.startswith("20-")] == [f"20-{n:02d}" for n in range(1, 16)]
    assert items["20-10"].cite == "《政府信息公开条例》(2019)第二十条第十项"
    assert items["20-15"].cite == "《政府信息公开条例》(2019)第二十条第十五项"
    assert {"21-city-county", "21-township"} < set(items)


def test_a_theme_stands_under_its_parent() -> None:
    themes = vocabulary.terms("themes")
    for term in themes.values():
        parent = term.extra.get("parent")
        assert len(term.code) == (4 if parent else 2)
        assert parent is None or term.extra["path"] == f"{themes[parent].zh}\\{term.zh}"


def test_every_channel_has_a_carrier_and_says_whether_it_is_a_column() -> None:
    channels = vocabulary.terms("channel_kinds").values()
    assert {term.extra["carrier"] for term in channels} == {"gazette", "website", "weibo", "wechat", "other"}
    assert {term.code for term in channels if term.extra["column"] == "yes"} == {"disclosure_column", "own_site"}


@pytest.mark.parametrize("name", book.pages("vocabulary"))
def test_choices_are_codes_with_chinese_names(name: str) -> None:
    choices = vocabulary.choices(name)
    assert len(choices) == len(vocabulary.terms(name))
    assert all(code.replace("_", "").replace("-", "").isalnum() and zh for code, zh in choices)


def test_a_code_that_is_not_there_is_a_misprint_that_lists_the_others() -> None:
    with pytest.raises(Misprint, match="full_time"):
        vocabulary.term("engagements", "half_time")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[term]]\ncode = "a"\nzh = "甲"\nen = "a"\n' * 2, "出现两次"),
        ('[[term]]\ncode = "a"\nzh = "甲"\n', "缺少 en"),
        ('title = "空"\n', "没有一个词条"),
    ],
)
def test_a_faulty_vocabulary_is_a_misprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, fault: str
) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / f"trial_{len(text)}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(book, "ROOT", str(tmp_path))
    with pytest.raises(Misprint, match=fault):
        vocabulary.terms(f"trial_{len(text)}")
