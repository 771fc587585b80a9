"""Reading reports that others printed: split tables, broken labels, repeated heads, several numbers in a cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, NOT_REPORTED, number
from gongkai.papers import html, pdf
from gongkai.papers.reading import Grid, GridCell, Reading
from gongkai.reports.labels import key, value_of
from gongkai.reports.recognise import Recognised, recognise

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "reports"


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid([[GridCell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)])


def applications(rows: Sequence[tuple[str, ...]]) -> list[Grid]:
    """Table three as a PDF prints it: head repeated on the second page, the vertical head torn into letters."""
    head = [
        ("(本列数据的勾稽关系为:…)", "", "", "申请人情况", "", "", "", "", "", ""),
        ("", "", "", "自然 人", "法人或其他组织", "", "", "", "", "总 计"),
        ("", "", "", "", "商业企业", "科研机构", "社会公益\n组织", "法律服\n务机构", "其他", ""),
    ]
    middle = len(rows) // 2
    return [grid(*head, *rows[:middle]), grid(*head, *rows[middle:])]


def test_labels_broken_by_spaces_and_lines_and_a_table_cut_in_two_are_understood() -> None:
    rows = [
        ("一、本年新收政府信息 公开申请数量", "", "", "2", "9", "0", "0", "0", "0", "11"),
        ("二、上年结转政府信息公开申请数量", "", "", "0", "0", "0", "0", "0", "0", "0"),
        ("三、本\n年度办", "(一)予以公开", "", "1", "", "", "", "", "", "1"),
        ("理结果", "(三)不予 公开", "1.属于国家秘密", "/", "0", "0", "0", "0", "0", "0"),
        ("", "", "4.保护第三方\n合法权益", "1", "0", "0", "0", "0", "0", "1"),
        ("", "(七)总 计", "", "2", "9", "0", "0", "0", "0", "11"),
        ("四、结转下年度继续办理", "", "", "0", "0", "0", "0", "0", "0", "0"),
    ]
    title = "某某市财政局2022年政府信息公开工作年度报告"
    found = recognise(Reading([title, *applications(rows)]))
    assert (found.form.id, found.organ, found.year) == ("national_2021", "某某市财政局", 2022)
    assert found.figures["t3.new_received.commercial_enterprise"] == number(9)
    assert found.figures["t3.granted.research_institution"] == BLANK
    assert found.figures["t3.refused_state_secret.natural_person"] == NOT_REPORTED
    assert found.figures["t3.refused_third_party_rights.total"] == number(1)
    assert found.figures["t3.results_total.total"] == number(11)
    assert "t3.partially_granted.total" in found.missing


def test_a_document_without_a_known_table_is_refused_with_what_can_be_read() -> None:
    with pytest.raises(Refused, match="national_2021"):
        recognise(Reading(["某局2022年政府信息公开工作年度报告", "全年公开信息64条。"]))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("其中:⑴专职人员数", "专职人员数"),
        ("15新闻发布会发布信息数", "15.新闻发布会发布信息数"),
        ("\uff08一\uff09予以公开", "(一)予 以公开"),
        ("Ⅱ纠错数", "纠错数"),
        ("3.危及“三安全一稳定”", "3. 危及三安全一稳定"),
        ("4.公开信息总数★", "公开信息总数"),
    ],
)
def test_two_printings_of_a_label_have_one_key(left: str, right: str) -> None:
    assert key(left) == key(right)


def test_different_rows_keep_different_keys() -> None:
    form = load("national_2021")
    keys = [key(row.label) for row in form.table("t3").rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,234", 1234), (" 579 条", 579), ("\uff11\uff12", 12), ("《简报》200份、《动态》50份", 250), ("", None)],
)
def test_cell_texts_are_read_as_people_write_them(text: str, expected: int | None) -> None:
    form = load("jilin_city_2012")
    cell = form.cell("annex.other_bulletins.year")
    assert value_of(form, cell, text) == (BLANK if expected is None else number(expected))


def test_words_are_not_taken_for_a_figure() -> None:
    form = load("jilin_city_2012")
    assert value_of(form, form.cell("annex.disclosed_total.year"), "见附件3") is None


def _sample(name: str) -> tuple[Recognised, dict[str, object]]:
    paths = [path for path in SAMPLES.glob(f"{name}.*") if path.suffix in (".html", ".pdf")] if SAMPLES.exists() else []
    if not paths:
        pytest.skip(f"no library beside the checkout: {SAMPLES / name} is not there")
    read = html.read if paths[0].suffix == ".html" else pdf.read
    return recognise(read(paths[0].read_bytes())), json.loads((SAMPLES / f"{name}.json").read_text())


Place = tuple[str, str]


def _truth(recognised: Recognised, cells: object) -> tuple[int, list[str]]:
    """How many printed cells were found right, and which were not, by label."""
    form, right, wrong = recognised.form, 0, []
    known: dict[Place, str] = {}
    for cell in form.cells:
        row, column = form.row(cell.table, cell.row), form.column(cell.table, cell.column)
        known[key(row.label.split(":")[-1]), key(column.label)] = cell.ref
    for path, value in _leaves(cells, ()):
        places = [(key(label), key(path[-1])) for label in reversed(path[:-1])]
        ref = next((known[place] for place in places if place in known), None)
        if ref is None:
            continue
        found = recognised.figures.get(ref)
        if found is not None and found.number is not None and float(found.number) == value:
            right += 1
        else:
            wrong.append(f"{ref}: {value} read as {found}")
    return right, wrong


def _leaves(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(node, dict):
        for name, below in node.items():
            # Labels above a column are joined by /, which also stands in 本年增/减.
            yield from _leaves(below, (*path, *(name.split("/") if isinstance(below, dict) else [name])))
    elif isinstance(node, int | float):
        yield path, node


@pytest.mark.parametrize(
    "name",
    [
        "FUJIAN_PINGTAN-ZIRANZIYUANJU-2020", "JIANGSU_HUAIAN-SHIZHENGFU-2024",
        "JIANGSU_HUAIAN_HONGZE-QUZHENGFU-2023", "JIANGSU_HUAIAN_HONGZE-QUZHENGFU-2024",
    ],
)  # fmt: skip
def test_published_reports_are_read_cell_by_cell(name: str) -> None:
    recognised, truth = _sample(name)
    assert recognised.year == truth["year"]
    right, wrong = _truth(recognised, truth["cells"])
    assert wrong == []
    assert right > 150
