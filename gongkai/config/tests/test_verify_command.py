"""`gongkai verify` and `gongkai anchor`: what they prove, what they hand to an auditor, their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import load_workbook

from gongkai.config.commands import anchor, verify
from gongkai.records import entries, exporting
from gongkai.records.models import Chain, Entry
from gongkai.records.seal import unsealed

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def note(organ_code: str = "gxj", **after: object) -> Entry:
    return entries.write(
        organ_code=organ_code,
        by="张三",
        at=AT,
        act="amend",
        subject=("a.b", "1"),
        before={"title": "=1+1"},
        after=after,
    )


def cut_after(seq: int) -> None:
    """Cut the end of 张三's chain off and set its head back: the chain by itself holds."""
    last = Entry.objects.get(organ_code="gxj", seq=seq)
    with unsealed(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_entry WHERE organ_code = 'gxj' AND seq > %s", [seq])
    Chain.objects.filter(organ_code="gxj").update(seq=seq, digest=last.digest)


def outside(*files: Path) -> tuple[int, str]:
    """The verifier for outsiders, run as they run it."""
    script = ROOT / "docs/how-to/verify_export.py"
    done = subprocess.run([sys.executable, "-I", script, *files], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def chain() -> None:
    for count in range(5):
        note(count=count, title="关于…的通知")
    note("fgw")


@pytest.fixture
def kept(chain: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An anchor put aside."""
    assert anchor.run(["--json"]) == 0
    path = tmp_path / "anchor.json"
    path.write_text(capsys.readouterr().out)
    return path


def test_a_kept_anchor_shows_that_the_end_was_cut_off(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.run(["--anchor", str(kept)]) == 0
    assert "末尾没有被删去" in capsys.readouterr().out
    cut_after(3)
    assert verify.run(["--organ", "gxj"]) == 0
    assert verify.run(["--organ", "gxj", "--anchor", str(kept), "--json"]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["breaks"][0]["seq"] == 4
    assert verify.run([]) == 1
    assert "日锚" in capsys.readouterr().out


def test_an_anchor_is_made_once_a_day(chain: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert anchor.run([]) == 0
    assert anchor.run([]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("已生成")
    assert second.startswith("今天已有")


def test_a_file_that_is_no_anchor_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    assert verify.run(["--anchor", str(other)]) == 2
    assert verify.run(["--anchor", str(tmp_path / "absent.json")]) == 2
    assert "absent.json" in capsys.readouterr().err


def test_every_verification_is_an_entry_itself(chain: None) -> None:
    verify.run([])
    entry = Entry.objects.get(act="verify")
    assert (entry.organ_code, entry.after) == (entries.SYSTEM, {"faults": [], "count": 0})
    assert verify.run([]) == 0


def test_an_export_can_be_verified_without_the_system(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "entries.jsonl"
    assert verify.run(["--export", str(path)]) == 0
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert {line["organ_code"] for line in lines} == {"gxj", "fgw", entries.SYSTEM}
    assert next(line for line in lines if line["organ_code"] == "gxj")["after"]["title"] == "关于…的通知"
    assert outside(path, kept) == (0, "Every entry holds.\n")
    assert Entry.objects.get(act="export_entries").after["entries"] == len(lines)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], "is missing"),
        (lambda lines: [lines[0], lines[1].replace("通知", "通告"), *lines[2:]], "was changed"),
        (lambda lines: lines[:4], "the export ends before it"),
    ],
)
def test_the_verifier_for_outsiders_finds_what_was_changed(
    kept: Path, tmp_path: Path, change: object, told: str
) -> None:
    path = tmp_path / "entries.jsonl"
    verify.run(["--export", str(path), "--organ", "gxj"])
    path.write_text("".join(change(path.read_text().splitlines(keepends=True))))  # type: ignore[operator]
    code, said = outside(path, kept)
    assert code == 1
    assert told in said


def test_an_anchor_with_a_changed_head_is_known_outside_too(kept: Path, tmp_path: Path) -> None:
    verify.run(["--export", str(tmp_path / "e.jsonl")])
    kept.write_text(kept.read_text().replace('"gxj"', '"gxk"'))
    code, said = outside(tmp_path / "e.jsonl", kept)
    assert (code, "the anchor itself was changed" in said) == (1, True)


def test_the_workbook_shows_before_and_after_as_text(chain: None, tmp_path: Path) -> None:
    path = tmp_path / "entries.xlsx"
    assert verify.run(["--export", str(path), "--organ", "gxj"]) == 0
    rows = list(load_workbook(path).worksheets[0].values)
    assert rows[0] == exporting.HEADERS
    assert len(rows) == 6
    assert rows[1][exporting.FIELDS.index("before")] == "title：=1+1"
    assert rows[5][exporting.FIELDS.index("after")] == "count：4\ntitle：关于…的通知"
    assert rows[1][exporting.FIELDS.index("at")] == "2026-03-02 09:30:00"


def test_a_workbook_begins_a_new_sheet_when_one_is_full(
    chain: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SHEET_ROWS", 2)
    verify.run(["--export", str(tmp_path / "entries.xlsx"), "--organ", "gxj"])
    assert [len(list(sheet.values)) - 1 for sheet in load_workbook(tmp_path / "entries.xlsx")] == [2, 2, 1]


def test_an_export_never_covers_a_file_unasked(chain: None, tmp_path: Path) -> None:
    path = tmp_path / "entries.jsonl"
    path.write_text("mine")
    assert verify.run(["--export", str(path)]) == 2
    assert path.read_text() == "mine"
    assert verify.run(["--export", str(path), "--overwrite"]) == 0
    assert verify.run(["--export", str(tmp_path / "entries.pdf")]) == 2


def test_verifying_and_exporting_keep_memory_flat(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        for number in range(count):
            note(text="字" * 500, number=number)
        tracemalloc.start()
        assert verify.run(["--export", str(tmp_path / f"{count}.jsonl")]) == 0
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    few, four_times = peak(1000), peak(3000)
    assert four_times < few * 1.5
