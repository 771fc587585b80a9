"""Checking a file from outside: what is found, and that no database is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import load
from gongkai.law.values import NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.papers import docx, html
from gongkai.reports import package
from gongkai.reports.check_file import check_file
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.package import Package, PackagedFigure

FORM = load("jilin_city_2012")


def figures(**changed: int) -> dict[str, Value]:
    """The 2012 annex with nothing in it but what is named (`row=year`), which also stands in the cumulative column."""
    found = {
        cell.ref: NOT_APPLICABLE if not cell.applies else NOT_REPORTED if cell.star else number(0)
        for cell in FORM.cells
    }
    for row, value in changed.items():
        found[f"annex.{row}.year"] = found[f"annex.{row}.cumulative"] = number(value)
    return found


def written(folder: Path, values: dict[str, Value], sections: dict[str, str], name: str = "report.docx") -> str:
    paper = draw(FORM, values, sections, Facts("某市某局", 2012, date(2013, 3, 20)))
    path = folder / name
    path.write_bytes(docx.write(paper) if name.endswith("docx") else html.document(paper).encode())
    return str(path)


def rules(path: str) -> set[str]:
    return {finding.rule for finding in check_file(path).failing}


def test_a_total_that_is_not_its_parts_is_found_in_a_word_file(tmp_path: Path) -> None:
    right = figures(disclosed_total=9, disclosed_other=9)
    assert rules(written(tmp_path, right, {})) == set()
    wrong = {**right, "annex.disclosed_total.cumulative": number(2956)}
    assert "J12-04" in rules(written(tmp_path, wrong, {}))


def test_a_claim_in_the_text_is_held_against_the_table(tmp_path: Path) -> None:
    values = figures(disclosed_total=579, disclosed_other=579)
    told = {"二": "2012年,我局共公开政府信息总数为580条。"}
    assert "J12-T1" in rules(written(tmp_path, values, told, "report.html"))
    assert "J12-T1" not in rules(written(tmp_path, values, {"二": "共公开政府信息总数为579条。"}, "report.html"))


def test_a_package_is_checked_like_a_document(tmp_path: Path) -> None:
    values = {ref: PackagedFigure(value) for ref, value in figures(disclosed_total=3, disclosed_other=2).items()}
    path = tmp_path / "report.json"
    path.write_bytes(package.write(Package("某局", 2012, FORM, values)))
    assert "J12-04" in rules(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "JSON 对象"),
        ("{", "JSON"),
        ('{"organ": "a", "year": "2012", "form": "jilin_city_2012"}', "year"),
        ('{"organ": "a", "year": 2012, "form": "no_such"}', "no_such"),
        ('{"organ": "a", "year": 2012, "form": "jilin_city_2012", "figures": [{"table": "annex"}]}', "row"),
        (
            '{"organ": "a", "year": 2012, "form": "jilin_city_2012", "figures": [{"table": "annex", '
            '"row": "disclosed_total", "column": "year", "kind": "blank", "value": 3}]}',
            "kind",
        ),
    ],
)
def test_a_package_that_is_none_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(Refused, match=said):
        check_file(str(path))


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "a.docx"
    damaged.write_bytes(b"no zip")
    for path in (damaged, tmp_path / "absent.pdf", tmp_path / "a.exe"):
        with pytest.raises(Refused, match=path.name):
            check_file(str(path))


def test_last_years_file_makes_rules_across_years_assessable(tmp_path: Path) -> None:
    path = written(tmp_path, figures(disclosed_total=9, disclosed_other=9), {})
    before = written(tmp_path, figures(disclosed_total=5, disclosed_other=5), {}, "before.html")
    assert "J12-24" not in rules(path)
    assert "J12-24" in {finding.rule for finding in check_file(path, previous=before).failing}
