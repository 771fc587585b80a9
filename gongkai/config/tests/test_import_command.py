"""`gongkai import`: workbooks in, templates out, every fault by its place."""

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.config.commands import import_
from gongkai.organs.ledgers import TRAININGS
from gongkai.organs.models import Organ, OrganName, Training
from gongkai.papers.workbook import read_sheets
from gongkai.records import workbooks
from gongkai.records.entries import verify
from gongkai.workbench.ledgers import LEDGERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ() -> Organ:
    made = Organ.objects.create(code="A1", kind="department", region_path="吉林省/吉林市")
    OrganName.objects.create(organ=made, registered_name="某局", from_on=date(2008, 5, 1))
    return made


def book(tmp_path: Path, *numbers: str, attendances: int = 3) -> str:
    rows = [
        {
            "number": number,
            "held_on": date(2012, 5, 15),
            "title": "培训",
            "organised_by": "own",
            "attendances": attendances,
        }
        for number in numbers
    ]
    path = tmp_path / "trainings.xlsx"
    path.write_bytes(workbooks.filled([TRAININGS], {"trainings": rows}))
    return str(path)


def faulty(tmp_path: Path) -> str:
    """The first row has no day."""
    row = {"number": "1", "title": "培训", "organised_by": "own", "attendances": 3}
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(workbooks.filled([TRAININGS], {"trainings": [row]}))
    return str(path)


def test_a_workbook_is_imported_and_a_second_time_changes_nothing(
    organ: Organ, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = book(tmp_path, "1", "2")
    assert import_.run([file, "--organ", "A1"]) == 0
    assert "新增 2 条" in capsys.readouterr().out
    assert import_.run([file, "--organ", "A1"]) == 0
    assert "新增 0 条、更新 0 条、不变 2 条" in capsys.readouterr().out
    assert Training.objects.filter(organ=organ).count() == 2
    assert verify() == []


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(organ: Organ, tmp_path: Path) -> None:
    assert import_.run([book(tmp_path, "1"), "--organ", "A1", "--dry-run"]) == 0
    assert not Training.objects.exists()


def test_faults_are_told_by_sheet_row_and_column_and_nothing_is_written(
    organ: Organ, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = faulty(tmp_path)
    assert import_.run([file, "--organ", "A1", "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "表“信息公开培训”第 2 行 B 列“培训日期”" in said
    assert import_.run([file, "--organ", "A1"]) == 2
    assert not Training.objects.exists()


def test_a_machine_reads_the_same_as_json(organ: Organ, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_.run([faulty(tmp_path), "--organ", "A1", "--dry-run", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (fault,) = told["files"][0]["faults"]
    assert (fault["sheet"], fault["row"], fault["column"]) == ("信息公开培训", 2, "B")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.xlsx", "--organ", "A1"], "打不开"),
        (["BOOK"], "请用 --organ 指明机关代码；现有：A1"),
        (["BOOK", "--organ", "B2"], "没有代码为“B2”的机关；现有：A1"),
        ([], "请给出要导入的工作簿"),
        (["--template", "nothing", "-o", "x.xlsx"], "没有登记簿“nothing”"),
        (["--template", "all"], "请用 -o 指明写到哪个文件"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(
    organ: Organ, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    file = book(tmp_path, "1")
    assert import_.run([file if argument == "BOOK" else argument for argument in arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_refused(
    organ: Organ, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_text("不是工作簿", encoding="utf-8")
    assert import_.run([str(path), "--organ", "A1"]) == 2
    assert capsys.readouterr().err.strip()


def test_the_template_of_all_registers_has_a_sheet_for_each(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    assert import_.run(["--template", "all", "-o", str(path)]) == 0
    assert [sheet.title for sheet in read_sheets(path.read_bytes())] == [ledger.title for ledger in LEDGERS]


def test_the_list_names_every_register(capsys: pytest.CaptureFixture[str]) -> None:
    assert import_.run(["--list"]) == 0
    said = capsys.readouterr().out
    assert all(ledger.name in said and ledger.title in said for ledger in LEDGERS)
