"""The cast: a city with four bureaus below; 钱八 supervises, 张三 keeps each report; 王五 belongs elsewhere."""

from __future__ import annotations

import pytest

from gongkai.law.values import number
from gongkai.organs.models import Organ, OrganName, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.reports import actions as reports
from gongkai.reports.models import Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

RECEIVED = "t3.new_received.total"
YEAR = 2024


def make_bureau(code: str, name: str, parent: Organ | None) -> Organ:
    """A bureau with a clerk, under a parent."""
    organ = cast.bureau(code)
    Organ.objects.filter(pk=organ.pk).update(parent=parent)
    OrganName.objects.filter(organ=organ).update(registered_name=name)
    cast.zhang(organ)
    return Organ.objects.get(pk=organ.pk)


def begun(organ: Organ, year: int = YEAR, form_id: str | None = None) -> Report:
    """A report compiled and no further."""
    zhang = organ.staff.get(name="张三")
    report = reports.create(organ, year, form_id, by=zhang, at=AT)
    return reports.compile(report, by=zhang, at=AT)


def publish(organ: Organ, received: int | None, year: int = YEAR, form_id: str | None = None) -> Report:
    """A published report that tells of so many applications; None: what the registers count."""
    zhang, report = organ.staff.get(name="张三"), begun(organ, year, form_id)
    if received is not None:
        reports.enter_figure(report, RECEIVED, number(received), "试", source="试", by=zhang, at=AT)
    return cast.published(report, zhang, accepting="试发布")


@pytest.fixture
def city(db: None) -> Organ:
    """The municipal government."""
    return make_bureau("city", "松江市人民政府", None)


@pytest.fixture
def qian(city: Organ) -> Staff:
    """钱八: supervisor of the city."""
    return make_staff(city, "钱八", "supervisor")


@pytest.fixture
def bureaus(city: Organ) -> list[Organ]:
    """A and B have published (5 and 30 applications), C is compiling, D has not begun."""
    made = [make_bureau(code, f"松江市{code}局", city) for code in ("A", "B", "C", "D")]
    publish(made[0], 5)
    publish(made[1], 30)
    begun(made[2])
    return made


@pytest.fixture
def wang(db: None) -> Staff:
    """王五: supervisor of another city."""
    return make_staff(make_bureau("elsewhere", "临江市人民政府", None), "王五", "supervisor", "clerk")
