"""What mangled files brought to light: each ends as a clear refusal or a result, soon, whatever is in it."""

from __future__ import annotations

import base64
import io
import json
import time
import zipfile
from typing import Any

import pytest

from gongkai.law.prose_items import MOST_SECTIONS, bounded
from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import number
from gongkai.papers.reading import Reading
from gongkai.reports import package
from gongkai.reports.checking.opening import open_report
from gongkai.reports.checking.worker import answer
from gongkai.reports.foreign.intake import LONGEST, XML_BYTES
from gongkai.reports.foreign.outline import headings, sections
from gongkai.reports.foreign.reading import read_reading
from gongkai.reports.labels import value_of

ORGAN = "临江市教育局2022年政府信息公开工作年度报告\n"


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as fault:
        open_report(name, data)
    return fault.value.code


def packed(**changes: Any) -> bytes:
    form = load("national_2021")
    figures = {"t3.new_received.total": package.PackagedFigure(number(7))}
    raw = package.as_json(package.Package("临江市教育局", 2022, form, figures))
    return json.dumps({**raw, **changes}).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"versions": [1]},
        {"versions": True},
        {"year": 10**30},
        {"year": 0},
        {"figures": [{"table": "t3", "row": "new_received", "column": "total", "kind": "number", "value": 10**40}]},
        {"figures": [{"table": "t3", "row": "new_received", "column": "total", "kind": "number", "value": 1e-300}]},
    ],
)
def test_a_data_package_with_a_value_of_the_wrong_kind_is_refused(changes: dict[str, Any]) -> None:
    assert package.parse(packed()).year == 2022
    assert refusal("a.json", packed(**changes)) == "not_a_package"


def test_more_digits_than_any_count_has_are_no_figure() -> None:
    form = load("national_2021")
    cell = form.cell("t3.new_received.total")
    assert str(value_of(form, cell, "9" * 14)) == "9" * 14
    assert value_of(form, cell, "9" * 15) is None
    assert value_of(form, cell, "1" * 6000) is None


def test_figures_without_end_are_checked_without_a_fall() -> None:
    """They ran together: no cell is settled by them, and no sum of the form stumbles over them."""
    rows = "".join(
        f"<tr><td>{label}</td>{'<td>' + '9' * 40 + '</td>'}{'<td>3</td>' * 6}</tr>"
        for label in (
            "一、本年新收政府信息公开申请数量",
            "二、上年结转政府信息公开申请数量",
            "(一)予以公开",
            "(七)总计",
        )
    )
    labels = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    heads = "".join(f"<td>{label}</td>" for label in labels)
    page = f"<h1>{ORGAN}</h1><table><tr><td>申请人情况</td>{heads}</tr>{rows}</table>"
    task = {"do": "check", "name": "a.html", "form_id": "national_2021"}
    assert "refused" not in answer(json.dumps({**task, "data": base64.b64encode(page.encode()).decode()}))
    values = open_report("a.html", page.encode(), "national_2021").figures()
    assert values
    assert max(value.number or 0 for value in values.values()) < 10**14


def test_a_label_again_and_again_in_a_cell_is_soon_passed() -> None:
    form = load("national_2021")
    begun = time.process_time()
    assert value_of(form, form.cell("t3.new_received.total"), "本年新收" * 30_000) is None
    assert time.process_time() - begun < 1


def test_markdown_far_longer_than_any_report_is_refused_before_its_marks_are_read() -> None:
    data = (ORGAN + "| 本年新收 | **3** |\n" * (LONGEST // 4)).encode()
    begun = time.process_time()
    assert refusal("a.md", data) == "too_large"
    assert time.process_time() - begun < 1


def test_a_text_far_longer_than_any_report_is_refused() -> None:
    assert refusal("a.txt", (ORGAN + "本年新收申请3件。" * (LONGEST // 8)).encode()) == "too_large"


def test_a_package_whose_text_unpacks_to_very_much_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * (XML_BYTES + 1))
    assert refusal("a.docx", buffer.getvalue()) == "too_large"


def test_sections_met_again_are_numbered_on_and_too_many_are_left_out() -> None:
    text = "".join(f"一、概述\n第{number}次说起。\n" for number in range(2 * MOST_SECTIONS))
    found, offsets = sections(text, headings(text), None, (0, len(text)))
    assert list(found)[:4] == ["前言", "一", "一(2)", "一(3)"]
    assert text[offsets["一(3)"] :].startswith("\n第2次")
    assert len(found) == 2 * MOST_SECTIONS + 1
    assert len(bounded(found)) == MOST_SECTIONS


@pytest.mark.parametrize("sign", ["<div>", "[", "*", "|", "(", "2022年" + " " * 6, "2022年\n"])
def test_a_long_row_of_signs_before_a_report_is_soon_passed(sign: str) -> None:
    data = (sign + sign[-1] * 30_000 + "\n" + ORGAN + "结果维持 结果纠正 其他结果 尚未审结 总计 1 2 3").encode()
    begun = time.process_time()
    read_reading(Reading([data.decode()], "", "text"), "a.txt", form_id="national_2021")
    assert time.process_time() - begun < 2
