"""The printings themselves: each is another file of the same report, and every figure of it is in the file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.law.report_forms import load
from gongkai.reports.checking.opening import open_report
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.printings import PRINTINGS


def report() -> Invented:
    return replace(invent(load("national_2021"), 11, size=2), organ="松山县水利局")


@pytest.mark.parametrize("printing", PRINTINGS)
def test_what_is_read_of_a_printing_is_the_report(printing: str) -> None:
    name, printed = PRINTINGS[printing]
    one = report()
    found = open_report(name, printed(one, 5))
    assert (found.organ, found.year, found.form) == (one.organ, one.year, one.form)
    wrong = [cell.ref for cell in found.cells if cell.value != one.figures[cell.ref]]
    assert wrong == []
    left = {ref for open_ in found.undecided for ref in open_.refs}
    assert len(found.cells) + len(left) > 0.95 * len(one.figures)


@pytest.mark.parametrize("printing", PRINTINGS)
def test_a_printing_is_drawn_anew_to_the_same_bytes(printing: str) -> None:
    printed = PRINTINGS[printing][1]
    assert printed(report(), 5) == printed(report(), 5)


@pytest.mark.parametrize("printing", ["page", "layout", "stream"])
def test_another_seed_gives_another_printing(printing: str) -> None:
    printed = PRINTINGS[printing][1]
    assert len({printed(report(), seed) for seed in range(4)}) > 1
