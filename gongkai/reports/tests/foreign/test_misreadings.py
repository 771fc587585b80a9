"""What a picture reader, a converter or a careless hand made of a report is read rightly, not read, or refused."""

from __future__ import annotations

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms, load
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.invention import invent
from gongkai.reports.tests.foreign.misreadings import MISREADINGS
from gongkai.reports.tests.foreign.shapes import SPACED, draw

REPORT = invent(load("national_2021"), 3, size=2)
ROW = "t3.granted."


def read_with(old: str, new: str) -> ReadReport:
    """A report of which the figures of 予以公开 are printed otherwise."""
    text = draw(REPORT, SPACED, 3)
    assert text.count(f"予以公开 {old} ") == 1
    return read_report(text.replace(f"予以公开 {old} ", f"予以公开 {new} ").encode(), "report.txt")


def granted(read: ReadReport) -> list[str]:
    return [str(cell.value) for cell in read.cells if cell.ref.startswith(ROW)]


PRINTED = [str(value) for ref, value in REPORT.figures.items() if ref.startswith(ROW)]


@pytest.mark.parametrize("letter", ["O", "〇", "l", "S"])
def test_a_figure_with_a_letter_in_it_is_no_figure(letter: str) -> None:
    sound = " ".join(PRINTED)
    assert granted(read_with(sound, sound)) == PRINTED
    for wrong in (
        [PRINTED[0][:-1] + letter, *PRINTED[1:]],
        [*PRINTED[:-1], letter + PRINTED[-1]],
        [letter, *PRINTED[1:]],
    ):
        read = read_with(sound, " ".join(wrong))
        assert granted(read) == []
        assert any("予以公开" in said for said in read.not_understood)


def test_full_width_figures_are_figures() -> None:
    sound = " ".join(PRINTED)
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in sound)
    assert granted(read_with(sound, wide)) == PRINTED


@pytest.mark.parametrize("form_id", [form.id for form in all_forms()])
@pytest.mark.parametrize("printing", sorted(set(MISREADINGS) - {"after"}))
def test_what_is_settled_of_a_misread_or_torn_report_is_true(printing: str, form_id: str) -> None:
    name, make = MISREADINGS[printing]
    for seed in range(3):
        report = invent(load(form_id), seed)
        read = read_report(make(report, seed), name)
        assert {cell.ref: cell.value for cell in read.cells if report.figures[cell.ref] != cell.value} == {}


@pytest.mark.parametrize("form_id", [form.id for form in all_forms()])
def test_two_reports_behind_each_other_are_not_taken_for_one(form_id: str) -> None:
    name, make = MISREADINGS["after"]
    for seed in range(3):
        with pytest.raises(Refused, match="几份年度报告"):
            read_report(make(invent(load(form_id), seed), seed + 1), name)
