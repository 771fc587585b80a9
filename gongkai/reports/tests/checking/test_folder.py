"""A folder of reports: years tied, parents held against children, copies found, and a run that is begun again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.findings import Finding
from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.papers import xlsx
from gongkai.reports.checking import copies, folder, guard, organs, overview
from gongkai.reports.checking.folder import Batch, Options
from gongkai.reports.checking.organs import Structure
from gongkai.reports.checking.state import State
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.checking import drawn
from gongkai.reports.tests.foreign.invention import Invented

LONG = (
    "全局建立主动公开目录动态调整机制,逐项明确责任科室和更新时限,每季度通报检查结果并限期整改,"
    "全年开展专题培训两次,参训人员覆盖所有科室和下属单位,并把公开工作纳入年度目标考核,"
    "对群众反映集中的问题安排专人解读,通过窗口和热线当面答复,做到件件有记录、事事有回音。"
)


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def run(path: Path, state: State | None = None, structure: Structure | None = None) -> Batch:
    options = Options(structure=structure, processes=2)
    return folder.run(folder.files_in([path]), options, state or State(None), silent)


def put(path: Path, name: str, one: Invented, year: int, text: str = "") -> None:
    sections = drawn.SECTIONS | ({"一": text} if text else {})
    (path / name).write_bytes(drawn.page(one, year, sections))


def of(batch: Batch, name: str, *rules: str) -> Sequence[Finding]:
    file = next(one for one in batch.files if one.name.endswith(name))
    return [finding for finding in file.findings if finding.rule in rules]


def times(one: Invented, organ: str, factor: int) -> Invented:
    """The same report with every figure multiplied: what adds up still does."""
    figures = {ref: number((value.number or 0) * factor) for ref, value in one.figures.items()}
    return replace(one, organ=organ, figures=figures)


def test_last_years_report_stands_beside_this_years(tmp_path: Path) -> None:
    before = drawn.consistent(3)
    carried = before.figures["t3.carried_forward.total"].number or 0
    put(tmp_path, "2022.html", before, 2022)
    put(tmp_path, "2023.html", drawn.broken("t3.carried_over.total", int(carried) + 5, drawn.consistent(4)), 2023)
    put(tmp_path, "2025.html", drawn.consistent(5), 2025)
    batch = run(tmp_path)
    found = {Path(one.name).name: Path(one.previous).name for one in batch.files}
    assert found == {"2022.html": "", "2023.html": "2022.html", "2025.html": ""}
    assert batch.gaps == [("松山县教育局", 2024)]


def test_the_child_that_breaks_the_sum_is_named(tmp_path: Path) -> None:
    child = drawn.consistent(7)
    ref = "t3.new_received.natural_person"
    put(tmp_path, "county.html", times(child, "松山县人民政府", 2), 2023)
    put(tmp_path, "a.html", replace(child, organ="松山县教育局"), 2023)
    put(tmp_path, "b.html", drawn.broken(ref, 4, replace(child, organ="松山县水利局")), 2023)
    structure = organs.read_structure("机关,上级机关\n松山县教育局,松山县人民政府\n松山县水利局,松山县人民政府\n")
    found = [
        finding for finding in of(run(tmp_path, structure=structure), "county.html", "B-SUM") if ref in finding.cells
    ]
    assert [finding.verdict for finding in found] == ["fail"]
    assert "最可能出在:松山县水利局" in found[0].message


def test_without_a_structure_file_children_are_told_by_name_and_only_asked_about(tmp_path: Path) -> None:
    child = drawn.consistent(7)
    put(tmp_path, "county.html", replace(child, organ="松山县人民政府"), 2023)
    put(tmp_path, "a.html", times(child, "松山县教育局", 2), 2023)
    found = of(run(tmp_path), "county.html", "B-PART")
    assert found
    assert {finding.verdict for finding in found} == {"ask"}


def test_copied_passages_are_found_between_organs(tmp_path: Path) -> None:
    put(tmp_path, "a.html", drawn.consistent(1, "松山县教育局"), 2023, LONG)
    put(tmp_path, "b.html", drawn.consistent(2, "河口区水利局"), 2023, LONG)
    put(tmp_path, "c.html", drawn.consistent(3, "青石镇人民政府"), 2023)
    batch = run(tmp_path)
    assert "河口区水利局" in of(batch, "a.html", "B-COPY")[0].message
    assert of(batch, "b.html", "B-COPY")
    assert not of(batch, "c.html", "B-COPY")


def test_a_text_longer_than_any_report_is_compared_in_part() -> None:
    report = ReadReport("a.txt", "txt", "公开" * copies.LONGEST)
    report.body = (4, len(report.text))
    text, start = copies.prose(report)
    assert (len(text), start) == (copies.LONGEST, 4)


def test_a_second_report_for_a_year_is_asked_about(tmp_path: Path) -> None:
    put(tmp_path, "a.html", drawn.consistent(1), 2023)
    put(tmp_path, "b.html", drawn.consistent(2), 2023)
    batch = run(tmp_path)
    assert len(of(batch, "a.html", "B-TWICE")) + len(of(batch, "b.html", "B-TWICE")) == 1


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number_ in range(6):
        put(tmp_path, f"{number_}.html", drawn.consistent(number_, f"第{number_}局"), 2023)
    state = tmp_path / ".state"

    def stop(step: str, done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.run(folder.files_in([tmp_path]), Options(processes=1), State(state), stop)
    with state.open("ab") as file:
        file.write(b"torn")
    asked: list[Any] = []
    ask = guard.Worker.ask

    def counted(self: guard.Worker, task: dict[str, Any]) -> dict[str, Any]:
        asked.append(task["do"])
        return ask(self, task)

    monkeypatch.setattr(guard.Worker, "ask", counted)
    whole = run(tmp_path, State(state))
    assert asked.count("read") == 2
    asked.clear()
    again = run(tmp_path, State(state))
    assert asked == []
    assert [one.keep() for one in again.files] == [one.keep() for one in whole.files]


def test_the_overview_says_who_what_and_what_to_ask(tmp_path: Path) -> None:
    put(tmp_path, "a.html", drawn.broken("t3.new_received.total", 3), 2023)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    batch = run(tmp_path)
    paper = overview.paper(batch.files, batch)
    page = overview.page(paper)
    for said in ("松山县教育局", "严重", "请核实并更正", "未读", "scan.pdf"):
        assert said in page
    grids = xlsx.read(xlsx.write(paper)).grids
    assert any("松山县教育局" in cell for grid in grids for row in grid.texts() for cell in row)


@pytest.mark.parametrize(("text", "said"), [("甲局\n", "第 1 行"), ("甲局,乙局\n乙局,甲局\n", "绕一圈")])
def test_a_structure_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        organs.read_structure(text)


def test_a_shorter_name_is_the_fuller_one_of_the_same_place() -> None:
    structure = organs.by_names(["淮河市人民政府", "淮河市教育局", "松山县教育局"])
    assert structure.parents == {"淮河市教育局": "淮河市人民政府"}
