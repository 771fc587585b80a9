"""The line of an organ goes back through its mergers, each figure with the organs that it is of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.law.values import BLANK, number
from gongkai.organs import actions as organs
from gongkai.organs.models import Organ, OrganName
from gongkai.organs.tests.cast import make_staff
from gongkai.reports import actions, public
from gongkai.reports.models import Figure, Report
from gongkai.reports.public import Series
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

pytestmark = pytest.mark.django_db
CELL = "annex.applications_received.year"
MERGED = date(2012, 3, 1)


def organ(code: str, name: str, founded: int | None) -> Organ:
    made = cast.bureau(code)
    Organ.objects.filter(pk=made.pk).update(established_on=founded and date(founded, 3, 1))
    OrganName.objects.filter(organ=made).update(registered_name=name)
    cast.zhang(made)
    return Organ.objects.get(pk=made.pk)


def report(of: Organ, year: int, received: int) -> None:
    zhang, at = of.staff.get(name="张三"), AT + timedelta(days=year)
    made = actions.create(of, year, "jilin_city_2012", by=zhang, at=at)
    actions.compile(made, by=zhang, at=at)
    actions.enter_figure(made, CELL, number(received), "试", source="试", by=zhang, at=at)
    cast.published(made, zhang, at=at, accepting="试")


@pytest.fixture
def bureau() -> Organ:
    """Merged in 2012 from two that reported before."""
    made = organ("new", "松江市工业和信息化局", 2012)
    administrator = make_staff(made, "孙七", "system_admin")
    for code, name in (("old1", "松江市经济委员会"), ("old2", "松江市信息产业局")):
        old = organ(code, name, None)
        organs.succeed(old, successor=made, kind="merge", on=MERGED, by=administrator, at=AT)
    report(made, 2012, 9)
    return made


def line(of: Organ) -> Series:
    return next(one for one in public.series(of.code) if one.id == "applications_received")


def test_the_years_before_a_merger_are_the_sums_of_the_merged(
    bureau: Organ, django_assert_max_num_queries: Any
) -> None:
    for code, received in (("old1", 3), ("old2", 4)):
        report(Organ.objects.get(code=code), 2011, received)
    with django_assert_max_num_queries(12):
        told = line(bureau)
    assert [(point.year, point.value) for point in told.points] == [(2011, number(7)), (2012, number(9))]
    assert [point.parts for point in told.points] == [("松江市经济委员会", "松江市信息产业局"), ()]
    changes = [one for one in told.breaks if one.kind == "organ"]
    assert [(one.before, one.after) for one in changes] == [(2011, 2012)] * 2
    assert "2012-03-01 合并：松江市经济委员会并入松江市工业和信息化局" in changes[0].note


def test_a_sum_of_which_a_part_is_missing_is_blank(bureau: Organ) -> None:
    report(Organ.objects.get(code="old1"), 2010, 2)
    report(Organ.objects.get(code="old2"), 2010, 2)
    report(Organ.objects.get(code="old1"), 2011, 3)
    assert [point.value for point in line(bureau).points] == [number(4), BLANK, number(9)]


def test_what_was_reported_on_two_forms_is_not_added_up(bureau: Organ) -> None:
    """Fees are in yuan on one form and in ten thousand yuan on the other."""
    report(Organ.objects.get(code="old1"), 2011, 3)
    report(Organ.objects.get(code="old2"), 2011, 4)
    other = Report.objects.filter(organ__code="old2")
    other.update(form_id="national_2014_2018")
    Figure.objects.filter(report__in=other, row="applications_received", column="year").update(
        table="stats", column="value"
    )
    assert [point.value for point in line(bureau).points] == [BLANK, number(9)]


def test_a_form_of_one_province_beside_the_national_one_takes_no_part(bureau: Organ) -> None:
    """What no concept is read from says nothing about the years, and does not stand for them."""
    report(bureau, 2013, 10)
    Report.objects.filter(organ=bureau, year=2012).update(form_id="local-fujian-2011")
    report(bureau, 2014, 11)
    assert [(point.year, point.value) for point in line(bureau).points] == [(2013, number(10)), (2014, number(11))]


def test_an_organ_that_gave_work_away_keeps_its_own_line(bureau: Organ) -> None:
    other = organ("other", "松江市商务局", 2005)
    report(other, 2011, 5)
    administrator = make_staff(bureau, "周八", "system_admin")
    organs.succeed(other, successor=bureau, kind="transfer", on=MERGED, by=administrator, at=AT)
    report(other, 2012, 6)
    assert [point.value for point in line(other).points] == [number(5), number(6)]
    assert [point.year for point in line(bureau).points] == [2012]


def test_a_renamed_organ_has_one_line_with_a_mark(bureau: Organ) -> None:
    administrator = make_staff(bureau, "周八", "system_admin")
    report(bureau, 2013, 10)
    organs.rename(bureau, registered_name="松江市工信局", on=date(2013, 5, 1), by=administrator, at=AT)
    told = line(bureau)
    assert [point.value for point in told.points] == [number(9), number(10)]
    assert [(one.before, one.after, one.note) for one in told.breaks if one.kind == "organ"] == [
        (2012, 2013, "2013-05-01 更名：原名松江市工业和信息化局")
    ]


def test_mergers_of_one_day_make_a_chain_in_either_order(bureau: Organ) -> None:
    eldest = organ("eldest", "松江市机械工业局", None)
    old = Organ.objects.get(code="old1")
    administrator = make_staff(old, "周八", "system_admin")
    organs.succeed(eldest, successor=old, kind="merge", on=MERGED, by=administrator, at=AT)
    report(eldest, 2011, 5)
    assert [point.value for point in line(bureau).points] == [number(5), number(9)]
