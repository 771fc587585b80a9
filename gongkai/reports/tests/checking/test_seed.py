"""The report that the project grew from, checked as it was found: what a reader by hand found in it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.reports.checking import guard, one
from gongkai.reports.checking.output import Checked
from gongkai.reports.foreign.reading import read_report

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "seed"
SEEDS = sorted(FOLDER.glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the folder of the seed text is not beside the project")


@pytest.fixture(scope="module")
def checked() -> Iterator[Checked]:
    with guard.worker() as worker:
        yield one.check_path(worker, SEEDS[0], form_id=None, previous=None, kind="department")


def verdicts(checked: Checked, rule: str) -> set[tuple[str, str]]:
    """Verdict and column (or part of the text) of every finding of a rule."""
    return {(found.verdict, found.message.split(":")[0]) for found in checked.findings if found.rule == rule}


def test_all_its_cells_are_settled() -> None:
    """Its table has lost its rules: every cell ends in a bar and a line end, groups stand between the rows."""
    read = read_report(SEEDS[0].read_bytes(), SEEDS[0].name)
    assert read.form is not None
    assert (read.form.id, read.year, read.organ) == ("jilin_city_2012", 2012, "吉林市工业和信息化局")
    assert {cell.ref for cell in read.cells} == {cell.ref for cell in read.form.cells}
    assert (read.undecided, read.not_understood) == ([], [])
    values = {ref: str(value) for ref, value in read.figures().items()}
    assert values["annex.disclosed_total.cumulative"] == "2956"
    assert values["annex.online_within_20wd.cumulative"] == "207"
    assert values["annex.reading_point_within_30wd.year"] == "6"
    assert values["annex.press_conferences_held.year"] == "0"


@pytest.mark.parametrize(
    ("rule", "verdict", "where"),
    [
        ("J12-04", "fail", "累计数"),  # A1: the five classes make 2961, not 2956
        ("J12-T4", "fail", "第二部分"),  # B1: 579 in time in the text, 6 in the table
        ("J12-25", "fail", "第二部分"),  # B6: a ★ row quoted
    ],
)
def test_what_cannot_both_be_true_fails(checked: Checked, rule: str, verdict: str, where: str) -> None:
    assert (verdict, where) in verdicts(checked, rule)


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        ("J12-11", "累计数"),  # A2: 207 documents against 311
        ("J12-T8", "第二部分"),  # B2: 579 online in time, 511 on the website
        ("J12-T5", "第一部分"),  # B3: 1760 on all carriers
        ("J12-27", "2012年发生数"),  # B7: one person a session
        ("J12-28", "2012年发生数"),  # B9: nearly all of it is "other"
        ("J12-T7", "各报告均须写明,没有写到不予公开政府信息的情况"),  # C: refusals are not mentioned
    ],
)
def test_what_may_have_a_reason_is_asked(checked: Checked, rule: str, where: str) -> None:
    assert ("ask", where) in verdicts(checked, rule)


def test_nothing_else_fails_and_the_missing_publication_date_is_said(checked: Checked) -> None:
    assert {found.rule for found in checked.findings if found.verdict == "fail"} == {"J12-04", "J12-T4", "J12-25"}
    assert {found.verdict for found in checked.findings if found.rule == "T-DUE-01"} == {"not_assessable"}


def test_what_agrees_passes(checked: Checked) -> None:
    """A3 to A5, B4, B5: the year adds up, the sentences on 579 and 511 agree with the table."""
    for rule in ("J12-01", "J12-02", "J12-12", "J12-23"):
        assert {found.verdict for found in checked.findings if found.rule == rule} == {"pass"}, rule
