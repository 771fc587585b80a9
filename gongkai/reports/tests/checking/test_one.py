"""One file checked in a worker: what is found, what is refused, and that the published schema holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gongkai.law.report_forms import load
from gongkai.law.values import NOT_APPLICABLE, NOT_REPORTED, Value, number
from gongkai.papers import docx, html, pdf
from gongkai.reports import package
from gongkai.reports.checking import certificate, guard, one, output
from gongkai.reports.checking.guard import Worker
from gongkai.reports.checking.keeping import keep
from gongkai.reports.checking.output import Checked
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.foreign.report import ReadReport
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


def written(
    folder: Path, values: dict[str, Value], sections: dict[str, str], name: str = "report.docx", year: int = 2012
) -> str:
    paper = draw(FORM, values, sections, Facts("某市某局", year, date(year + 1, 3, 20)))
    path = folder / name
    path.write_bytes(docx.write(paper) if name.endswith("docx") else html.document(paper).encode())
    return str(path)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with guard.worker() as made:
        yield made


def check(worker: Worker, path: str, previous: str | None = None) -> Checked:
    before = Path(previous) if previous else None
    return one.check_path(worker, Path(path), form_id=None, previous=before, kind="department")


def rules(worker: Worker, path: str, previous: str | None = None) -> set[str]:
    found = check(worker, path, previous)
    assert found.refused is None
    return {finding.rule for finding in found.failing}


def test_a_total_that_is_not_its_parts_is_found_in_a_word_file(worker: Worker, tmp_path: Path) -> None:
    right = figures(disclosed_total=9, disclosed_other=9)
    assert rules(worker, written(tmp_path, right, {})) == set()
    wrong = {**right, "annex.disclosed_total.cumulative": number(2956)}
    assert "J12-04" in rules(worker, written(tmp_path, wrong, {}))


def test_a_claim_in_the_text_is_held_against_the_table(worker: Worker, tmp_path: Path) -> None:
    values = figures(disclosed_total=579, disclosed_other=579)
    told = {"二": "全年主动公开政府信息580条。"}
    assert "J12-T1" in rules(worker, written(tmp_path, values, told, "report.html"))
    assert "J12-T1" not in rules(
        worker, written(tmp_path, values, {"二": "全年主动公开政府信息579条。"}, "report.html")
    )


def test_a_package_is_checked_like_a_document(worker: Worker, tmp_path: Path) -> None:
    values = {ref: PackagedFigure(value) for ref, value in figures(disclosed_total=3, disclosed_other=2).items()}
    path = tmp_path / "report.json"
    path.write_bytes(package.write(Package("某局", 2012, FORM, values)))
    assert "J12-04" in rules(worker, str(path))


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
def test_a_package_that_is_none_is_refused_with_the_place(worker: Worker, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    refused = check(worker, str(path)).refused
    assert refused is not None
    assert said in str(refused)


def test_files_that_cannot_be_read_are_refused(worker: Worker, tmp_path: Path) -> None:
    damaged = tmp_path / "a.docx"
    damaged.write_bytes(b"no zip")
    program = tmp_path / "a.exe"
    program.write_bytes(b"MZ\x00\x01" * 40)
    for path in (damaged, tmp_path / "absent.pdf", program):
        refused = check(worker, str(path)).refused
        assert refused is not None
        assert path.name in str(refused)


def test_last_years_file_makes_rules_across_years_assessable(worker: Worker, tmp_path: Path) -> None:
    path = written(tmp_path, figures(disclosed_total=9, disclosed_other=9), {})
    before = written(tmp_path, figures(disclosed_total=5, disclosed_other=5), {}, "before.html", 2011)
    assert "J12-24" not in rules(worker, path)
    assert "J12-24" in rules(worker, path, before)


def test_a_report_that_is_not_last_years_is_not_taken_for_it(worker: Worker, tmp_path: Path) -> None:
    path = written(tmp_path, figures(disclosed_total=9, disclosed_other=9), {})
    before = written(tmp_path, figures(disclosed_total=5, disclosed_other=5), {}, "before.html", 2010)
    refused = check(worker, path, before).refused
    assert refused is not None
    assert (refused.code, "2010 年度" in refused.reason) == ("wrong_year", True)


def schema() -> Any:
    return json.loads((Path(__file__).parents[4] / "docs" / "check-schema.json").read_text(encoding="utf-8"))


def test_what_is_written_keeps_to_the_published_schema(worker: Worker, tmp_path: Path) -> None:
    right = written(
        tmp_path, figures(disclosed_total=9, disclosed_other=8), {"二": "共公开政府信息总数为19条。"}, "a.html"
    )
    own = tmp_path / "own.json"
    own.write_bytes(
        package.write(Package("某局", 2012, FORM, {"annex.disclosed_total.year": PackagedFigure(number(3))}))
    )
    prose = tmp_path / "prose.txt"
    prose.write_text("某局2014年政府信息公开工作年度报告\n一、概述\n全年公开信息12条。\n二、其他\n无。\n")
    files = [right, str(own), str(prose), str(tmp_path / "absent.pdf")]
    made = [output.as_json(check(worker, path)) for path in files]
    jsonschema.validate(made, schema())
    jsonschema.validate(made[0], schema())
    assert made[0]["findings"][0]["repair"] is not None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made[0] | {"cells": [{}]}, schema())


def test_a_finding_in_the_text_says_where(worker: Worker, tmp_path: Path) -> None:
    told = {"二": "全年主动公开政府信息580条。"}
    path = written(tmp_path, figures(disclosed_total=579, disclosed_other=579), told, "report.html")
    made = output.as_json(check(worker, path))
    spans = [span for finding in made["findings"] if finding["rule"] == "J12-T1" for span in finding["spans"]]
    assert spans
    assert all(made["read"]["text"][span["start"] : span["end"]] == span["text"] for span in spans)


def test_a_certificate_is_recomputed_to_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, figures(disclosed_total=9, disclosed_other=8), {}, "a.html")
    moved = tmp_path / "elsewhere" / "b.html"
    moved.parent.mkdir()
    moved.write_bytes(Path(path).read_bytes())
    made = []
    for where in (path, str(moved)):
        with guard.worker() as fresh:
            found = check(fresh, where)
        made.append((certificate.as_json(found), pdf.write(certificate.as_paper(found))))
    assert made[0] == made[1]
    said = json.loads(made[0][0])
    assert said["digest"] == output.digest_of(moved.read_bytes())
    assert {one["rule"] for one in said["verdicts"] if one["verdict"] == "fail"} >= {"J12-04"}
    assert all(said["rules"].values())


def test_what_is_handed_from_process_to_process_stays_whole(worker: Worker, tmp_path: Path) -> None:
    found = check(worker, written(tmp_path, figures(disclosed_total=9), {"二": "公开9条。"}, "a.html"))
    assert output.checked(json.loads(json.dumps(found.keep()))) == found
    assert found.report is not None
    assert {field.name for field in fields(ReadReport)} == set(keep(found.report))
