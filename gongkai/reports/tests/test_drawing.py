"""The official layout: how the tables of each form are printed."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.report_forms import all_forms, load
from gongkai.law.typesetting import typeset
from gongkai.law.values import NOT_APPLICABLE, NOT_REPORTED, number
from gongkai.papers.grid import of_table
from gongkai.papers.paper import AttachmentTitle, Heading, Notice, Paper, Signature, TableBlock
from gongkai.reports.drawing import Facts, draw

FORMS = [form.id for form in all_forms()]


def drawn(form_id: str, provenance: str = "real", published_on: date | None = date(2013, 3, 20)) -> Paper:
    form = load(form_id)
    figures = {
        cell.ref: NOT_APPLICABLE if not cell.applies else NOT_REPORTED if cell.star else number(position)
        for position, cell in enumerate(form.cells)
    }
    return draw(form, figures, {"一": "情况。"}, Facts("某局", form.first_year, published_on, provenance))


def tables(paper: Paper) -> dict[str, TableBlock]:
    return {block.id: block for block in paper.blocks if isinstance(block, TableBlock)}


@pytest.mark.parametrize("form_id", FORMS)
def test_every_cell_of_the_form_is_printed_once_and_every_place_is_covered(form_id: str) -> None:
    paper = drawn(form_id)
    refs = [box.ref for table in tables(paper).values() for row in (*table.head, *table.rows) for box in row if box.ref]
    assert sorted(refs) == sorted(cell.ref for cell in load(form_id).cells)
    for table in tables(paper).values():
        rows = of_table(table).rows
        assert {len(row) for row in rows} == {len(table.widths)}
        assert all(cell is not None for row in rows for cell in row)


def test_the_labels_of_2012_are_numbered_as_printed() -> None:
    texts = [row[1] for row in of_table(tables(drawn("jilin_city_2012"))["annex"]).texts()]
    for printed in (
        "1.从事信息公开工作人员数",
        "其中\uff1a⑴专职人员数",
        "⑵兼职人员数",
        "4.公开信息总数★",
        "15.新闻发布会发布信息数",
        "其中\uff1a①信息不存在数",
        "④其他原因数",
        "其中\uff1aⅠ维持行为数",
        "Ⅱ纠错数",
    ):
        assert printed in texts
    assert any(text.startswith("其中\uff1a与公众利益密切相关") for text in texts)


def test_absent_figures_carry_the_mark_of_the_form() -> None:
    grid = of_table(tables(drawn("jilin_city_2012"))["annex"]).texts()
    assert next(row[2:] for row in grid if row[1] == "7.信息公开专栏或信息公开网站点击次数★") == ["-", "-"]
    assert next(row[2] for row in grid if row[1] == "1.从事信息公开工作人员数") == "-"


def test_the_head_of_table_three_has_the_identity_and_the_merged_heads() -> None:
    table = tables(drawn("national_2021"))["t3"]
    assert "勾稽关系" in table.head[0][0].text
    assert (table.head[0][0].rowspan, table.head[0][0].colspan) == (3, 3)
    results = next(box for row in table.rows for box in row if box.text.startswith("三、本年度办理结果"))
    assert results.rowspan == 22
    groups = {
        box.text: box.rowspan for row in table.rows for box in row if box.text.startswith("\uff08") and box.rowspan > 1
    }
    assert list(groups.values()) == [8, 3, 5, 3]


def test_the_year_in_a_column_head_is_that_of_the_report() -> None:
    form = load("jilin_city_2012")
    paper = draw(form, {}, {}, Facts("某局", 2011, date(2012, 3, 1)))
    assert [box.text for box in tables(paper)["annex"].head[0]] == ["指标", "累计数", "2011年发生数"]


def test_the_annex_follows_the_signature_on_a_page_of_its_own() -> None:
    kinds = [type(block) for block in drawn("jilin_city_2012").blocks]
    assert kinds.index(Signature) < kinds.index(AttachmentTitle) < kinds.index(TableBlock)
    inside = [type(block) for block in drawn("national_2021").blocks]
    assert AttachmentTitle not in inside
    assert inside.index(TableBlock) < inside.index(Signature)


def test_what_is_not_real_or_not_published_says_so_at_the_top() -> None:
    def notices(paper: Paper) -> list[str]:
        return [block.text for block in paper.blocks if isinstance(block, Notice)]

    assert notices(drawn("jilin_city_2012")) == []
    assert "据公布数重建" in notices(drawn("jilin_city_2012", "reconstructed"))[0]
    assert "虚构" in notices(drawn("national_2021", "invented"))[0]
    assert "未发布稿" in notices(drawn("national_2021", published_on=None))[0]


def test_short_numbered_lines_are_headings_of_their_level() -> None:
    form = load("national_2021")
    paper = draw(form, {}, {"一": "(一)主动公开\n1.目录\n(二)其他事项。正文。"}, Facts("某局", 2021))
    levels = {block.text: block.level for block in paper.blocks if isinstance(block, Heading)}
    assert levels["\uff08一\uff09主动公开"] == 2
    assert levels["1.目录"] == 3
    assert not any("其他事项。" in text for text in levels)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("其中:⑴专职", "其中\uff1a⑴专职"),
        ("共579条,占7.9%;其余", "共579条\uff0c占7.9%\uff1b其余"),
        ("(含{a.b.c}件)见http://a.b/c:80", "\uff08含{a.b.c}件\uff09见http://a.b/c:80"),
        ("12:30(a)", "12:30(a)"),
        ("占{share:a.b.c/a.d.c},其他", "占{share:a.b.c/a.d.c}\uff0c其他"),
    ],
)
def test_chinese_text_is_printed_with_full_width_punctuation(text: str, printed: str) -> None:
    assert typeset(text) == printed
