"""The cast: a bureau; 张三 its clerk, 赵六 who heads its office, 王五 of another organ; a duty by quarters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Disclosure
from gongkai.duties import actions
from gongkai.duties.models import Duty
from gongkai.guides.tests.conftest import make_organ
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff

QUARTERLY = {
    "number": "ZR-01", "title": "工业经济运行情况", "disclosure_item": "20-04", "department": "运行科",
    "starts_on": date(2024, 1, 1),
}  # fmt: skip


def moment(day: date) -> datetime:
    """Nine in the morning of a day, legal time."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


AT = moment(date(2025, 1, 6))


@pytest.fixture
def bureau(db: None) -> Organ:
    return make_organ("gxj")


@pytest.fixture
def zhang(bureau: Organ) -> Staff:
    return make_staff(bureau, "张三", "clerk")


@pytest.fixture
def zhao(bureau: Organ) -> Staff:
    return make_staff(bureau, "赵六", "office_lead")


@pytest.fixture
def wang(db: None) -> Staff:
    return make_staff(make_organ("other"), "王五", "clerk", "office_lead")


@pytest.fixture
def duty(bureau: Organ, zhang: Staff) -> Duty:
    """Statistics, every quarter, within the statutory 20 working days."""
    return actions.record(organ=bureau, values=QUARTERLY, by=zhang, at=AT)


def disclosed(organ: Organ, number: str, by: Staff, **values: Any) -> Disclosure:
    """A disclosure of statistics, made a day before it is published unless told otherwise."""
    given = {
        "number": number, "title": f"统计 {number}", "information_class": "other", "disclosure_item": "20-04", **values,
    }  # fmt: skip
    return disclosures.record(organ=organ, values=given, by=by, at=AT)
