"""`gongkai screen` as a person and a machine meet it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.config.commands import screen
from gongkai.law import book

ROOT = Path(__file__).resolve().parent.parent
NUMBER = "110101199003070978"


def test_a_machine_gets_one_object_for_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "名单.txt"
    file.write_text(f"张三,身份证号 {NUMBER}\n", encoding="utf-8")
    assert screen.run([str(file), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["file"] == str(file)
    (found,) = answer["findings"]
    assert {key: found[key] for key in ("kind", "rule", "text", "severity", "mask")} == {
        "kind": "sensitive",
        "rule": "resident_number",
        "text": NUMBER,
        "severity": "high",
        "mask": "1*****************",
    }
    assert found["where"] == {"line": 1}
    assert "第二十八条" in found["basis"]


def test_a_clean_file_ends_with_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("国办发〔2018〕109号 2018年11月20日", encoding="utf-8")
    assert screen.run([str(tmp_path / "a.txt")]) == 0
    assert "没有发现" in capsys.readouterr().out


def test_a_folder_tells_of_every_file_and_a_refused_one_decides_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("机密★10年\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"PK\x03\x04")
    assert screen.run([str(tmp_path), "--json"]) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert first["quarantined"]
    assert second["error"] == "damaged"
    assert second["findings"] == []


def test_a_missing_file_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen.run(["/no/such/file.txt"]) == 2
    assert "找不到" in capsys.readouterr().err


def test_a_misprint_in_the_book_names_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = {**book.page("screening", "mobile"), "severity": "grave"}
    pages = {**book.chapter("screening"), "mobile": page}
    monkeypatch.setattr(book, "chapter", lambda name: pages)
    assert screen.run([str(ROOT / "README.md")]) == 2
    assert "screening/mobile.toml" in capsys.readouterr().err


def test_screening_starts_without_django() -> None:
    code = "import sys; from gongkai.config.commands import screen; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
