"""`gongkai due`, `fee` and `law` as a person and a machine meet them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.config.commands import due, fee, law

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("django", "tomllib", "typing", "dataclasses", "argparse", "pathlib", "inspect", "re", "functools")


def test_due_answers_a_machine_with_every_day_that_moved_the_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert due.run(["publish", "--from", "2012-09-20", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rule"], answer["from"], answer["due"]) == ("publish", "2012-09-20", "2012-10-24")
    assert answer["page"] == "proactive_disclosure"
    assert (answer["limit"], answer["unit"]) == (20, "working_day")
    assert answer["cite"] == "《政府信息公开条例》(2007)第十八条"
    assert {"day": "2012-10-01", "why": "国庆节放假"} in answer["skipped"]
    assert answer["made_up"] == ["2012-09-29"]


def test_due_explains_a_suspension_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert due.run(["reply", "--from=2024-01-29", "--event", "suspend:2024-02-05/2024-02-27"]) == 0
    shown = capsys.readouterr().out
    for part in (
        "届满日  2024-03-18 星期一",
        "此前已用 6，还余 14",
        "第三十三条",
        "2024-02-18 星期日  中止期间",
        "2024-02-04 星期日",
    ):
        assert part in shown


def test_a_fact_from_memory_is_marked_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert due.run(["publish", "--from", "2012-09-20"]) == 0
    assert "[M 凭记忆，待核对]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["reply", "--from", "2026-12-14", "--json"], "calendar_year_unknown"),
        (["nothing", "--from", "2024-01-29", "--json"], "unknown_rule"),
        (["reply", "--from", "2024-02-30", "--json"], "bad_date"),
        (["reply", "--from", "2024-02-20Tnoon", "--json"], "bad_date"),
        (["reply", "--json", "--from", "2024-01-29", "--event", "sleep"], "bad_event"),
    ],
)
def test_a_refusal_is_an_object_for_a_machine(argv: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert due.run(argv) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"] == code
    assert set(answer) == {"error", "reason", "cite"}


def test_a_refusal_is_a_sentence_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert due.run(["reply", "--from", "2026-12-14"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "calendar/2027.toml" in captured.err


@pytest.mark.parametrize(
    "argv", [[], ["reply"], ["reply", "--from"], ["reply", "x", "--from", "2024-01-29"], ["--bad"]]
)
def test_arguments_that_make_no_sense_exit_with_2_and_the_usage(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        due.run(argv)
    assert stop.value.code == 2
    assert "--from DATE" in capsys.readouterr().err


words = st.sampled_from(
    ["reply", "publish", "--json", "--from", "--on", "--event", "--from=2024-01-29", "2024-01-29", "extend"]
)


@given(st.lists(words, max_size=7))
def test_the_quick_reader_never_reads_arguments_otherwise_than_argparse(argv: list[str]) -> None:
    quick = due._read(argv)
    if quick is not None:
        slow = due._read_with_help(argv)
        assert [getattr(quick, name) for name in due.Asked.__slots__] == [
            getattr(slow, name) for name in due.Asked.__slots__
        ]


def test_due_starts_without_django_and_without_anything_slow() -> None:
    """The second start: the first may have had to parse the pages."""
    code = (
        "import sys; before = set(sys.modules); from gongkai.config.commands import due;"
        "due.run(['reply', '--from', '2024-01-29']); print(*(set(sys.modules) - before), file=sys.stderr)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stderr.split())


def test_fee_explains_each_tier_to_a_person_and_a_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert fee.run(["--items", "53", "--on", "2024-03-01"]) == 0
    shown = capsys.readouterr().out
    assert "8200 元" in shown
    assert "第 51 至 60 件：3 件 × 400 元 = 1200 元" in shown
    assert fee.run(["--pages", "68", "--on", "2024-03-01", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["regime"], answer["cite"]) == (380, "processing_fee", "国办函〔2020〕109号第五条")
    assert answer["tiers"][-1] == {"first": 31, "last": 100, "quantity": 38, "price": 10, "amount": 380}


def test_fee_under_local_prices_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert fee.run(["--pages", "68", "--on", "2012-03-01"]) == 2
    assert "当地价目表" in capsys.readouterr().err


def test_law_lists_shows_and_proofreads_the_book(capsys: pytest.CaptureFixture[str]) -> None:
    assert law.run([]) == 0
    assert "答复的期限" in capsys.readouterr().out
    assert law.run(["time_limits", "reply"]) == 0
    assert "| 2019-05-15 | 今 | 20 个工作日 |" in capsys.readouterr().out
    assert law.run(["--check"]) == 0
    assert "全部合格" in capsys.readouterr().out


def test_law_says_which_pages_there_are_when_one_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert law.run(["time_limits", "rply"]) == 2
    assert "reply" in capsys.readouterr().err
    assert law.run(["poetry"]) == 2
    assert "time_limits" in capsys.readouterr().err


def test_law_writes_the_pages_for_lawyers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert law.run(["--write", str(tmp_path / "law")]) == 0
    assert "由 `gongkai law --write docs/law`" in (tmp_path / "law" / "README.md").read_text(encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert law.run(["--write", str(tmp_path / "file")]) == 2
    assert "写不进" in capsys.readouterr().err
