"""`gongkai compile` and `gongkai check`: what they print, what they write, their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gongkai.config.commands import check, compile
from gongkai.law.report_forms import load
from gongkai.law.values import NOT_APPLICABLE, NOT_REPORTED, number
from gongkai.papers import docx
from gongkai.records.models import Entry
from gongkai.reports.drawing import Facts, draw
from gongkai.reports.tests import cast


def word_file(folder: Path, total: int) -> str:
    """A 2012 report of zeros, but for a total that its parts do not make up unless it is 0."""
    form = load("jilin_city_2012")
    figures = {
        cell.ref: NOT_APPLICABLE if not cell.applies else NOT_REPORTED if cell.star else number(0)
        for cell in form.cells
    }
    figures |= {f"annex.disclosed_total.{column}": number(total) for column in ("year", "cumulative")}
    path = folder / "report.docx"
    path.write_bytes(docx.write(draw(form, figures, {}, Facts("某市某局", 2012, date(2013, 3, 20)))))
    return str(path)


def test_check_tells_what_is_wrong_and_gives_its_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = word_file(tmp_path, 9)
    assert check.run([path]) == 1
    assert "J12-04" in capsys.readouterr().out
    assert check.run([path, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["form"] == "jilin_city_2012"
    assert {finding["verdict"] for finding in told["findings"]} >= {"pass", "fail"}
    assert check.run([str(tmp_path / "absent.pdf")]) == 2
    assert "absent.pdf" in capsys.readouterr().err
    assert check.run([path, "--reporter", "nobody"]) == 2
    assert check.run([word_file(tmp_path, 0)]) == 0


def test_check_does_not_load_django(tmp_path: Path) -> None:
    path = word_file(tmp_path, 0)
    told = (
        "import sys; from gongkai.config.command import main; "
        f"code = main(['check', {path!r}]); assert code == 0, code; "
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django']"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_compile_makes_checks_and_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    organ = cast.bureau()
    cast.registers(organ)
    arguments = ["--organ", organ.code, "--year", "2012", "--json", "--out", str(tmp_path / "out")]
    code = compile.run(arguments)
    told = json.loads(capsys.readouterr().out)
    assert told["organ"] == "吉林市测试局"
    assert code == (1 if any(finding["verdict"] == "fail" for finding in told["findings"]) else 0)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".html", ".docx", ".pdf", ".xlsx", ".json"}
    assert check.run([str(path) for path in (tmp_path / "out").iterdir()]) == code
    assert compile.run(arguments) == code, "it may be repeated"
    assert {entry.by for entry in Entry.objects.all()} == {"gongkai compile(命令行)"}


@pytest.mark.django_db
def test_compile_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    organ = cast.bureau()
    assert compile.run(["--organ", "nobody", "--year", "2012"]) == 2
    assert organ.code in capsys.readouterr().err
    assert compile.run(["--organ", organ.code, "--year", "2013"]) == 2
    assert compile.run(["--organ", organ.code, "--year", "2012", "--form", "no_such"]) == 2
    assert "jilin_city_2012" in capsys.readouterr().err
