"""Corrections reach whoever used the figures, once each, and name what rests on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from gongkai.law.refusal import Refused
from gongkai.law.values import number
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.records.models import Entry
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT
from gongkai.supervision import actions, corrections
from gongkai.supervision.tests.conftest import YEAR, begun, make_bureau, publish

LEFT = "t3.carried_forward.total"
LATER = AT + timedelta(days=2)


@pytest.fixture
def bureau(city: Organ) -> Organ:
    return make_bureau("A", "松江市A局", city)


@pytest.fixture
def clerk(bureau: Organ) -> Staff:
    return bureau.staff.get(name="张三")


def corrected(first: Report) -> Report:
    """The same report once more, with another figure carried into the year after."""
    clerk = first.organ.staff.get(name="张三")
    second = reports.correct(first, "漏计结转", by=clerk, at=LATER)
    reports.enter_figure(second, LEFT, number(3), "试", source="试", by=clerk, at=LATER)
    return cast.published(second, clerk, at=LATER, accepting="试发布")


def unnoted(organ: Organ, side: corrections.Side) -> list[Report]:
    return list(corrections.corrections(organ, side).filter(is_noted=False))


def test_the_city_is_told_of_a_correction_below_until_it_takes_note(city: Organ, qian: Staff, bureau: Organ) -> None:
    second = corrected(publish(bureau, None))
    assert unnoted(city, "below") == [second]
    actions.note_correction_below(second, by=qian, at=LATER)
    assert unnoted(city, "below") == []
    entry = Entry.objects.filter(organ_code="A").latest("seq")
    assert (entry.act, entry.after["report"]) == ("note_correction_below", second.digest)
    with pytest.raises(Refused, match="不用再办"):
        actions.note_correction_below(second, by=qian, at=LATER)


def test_a_first_version_and_an_unpublished_correction_are_told_to_nobody(
    city: Organ, bureau: Organ, clerk: Staff
) -> None:
    reports.correct(publish(bureau, None), "漏计", by=clerk, at=LATER)
    assert unnoted(city, "below") == []
    assert unnoted(bureau, "own") == []


@pytest.mark.parametrize("after", [begun, lambda bureau, year: publish(bureau, None, year)])
def test_the_report_of_the_year_after_rests_on_what_was_carried_over(
    bureau: Organ, clerk: Staff, after: Callable[[Organ, int], Report]
) -> None:
    first = publish(bureau, None)
    after(bureau, YEAR + 1)
    second = corrected(first)
    assert unnoted(bureau, "own") == [second]
    told = corrections.correction(bureau, second)
    assert [one.ref for one in told.differences.figures] == [LEFT]
    assert told.later is not None
    assert {(use.rule, use.ref) for use in told.later.uses} == {("N21-T3-04", "t3.carried_over.total")}
    actions.note_correction(second, by=clerk, at=LATER)
    assert unnoted(bureau, "own") == []


def test_a_report_made_from_the_correction_is_not_told_of(bureau: Organ) -> None:
    corrected(publish(bureau, None))
    later = begun(bureau, YEAR + 1)
    cast.published(later, bureau.staff.get(name="张三"), at=LATER + timedelta(days=1), accepting="试发布")
    assert unnoted(bureau, "own") == []


def test_nobody_takes_note_for_another_organ(city: Organ, qian: Staff, bureau: Organ, clerk: Staff) -> None:
    second = corrected(publish(bureau, None))
    other = make_bureau("B", "松江市B局", city)
    with pytest.raises(Refused, match="不是本机关要阅知的更正"):
        actions.note_correction_below(second, by=make_staff(other, "别人", "supervisor"), at=LATER)
    with pytest.raises(Refused, match="监督员"):
        actions.note_correction_below(second, by=clerk, at=LATER)
    with pytest.raises(Refused, match="不是本机关要阅知的更正"):  # no report of the year after
        actions.note_correction(second, by=clerk, at=LATER)
