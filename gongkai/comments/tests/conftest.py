"""The cast: a bureau; 张三 its clerk, 赵六 who heads its office, 王五 of another organ."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.comments import actions
from gongkai.comments.models import Comment
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_organ, make_staff

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
DUE = date(2025, 3, 17)


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
def comment(bureau: Organ) -> Comment:
    """What somebody wrote about the report for 2024, leaving a telephone number."""
    return actions.receive(
        bureau, 2024, text="三部分数据与上年相差很大，原因是什么？", contact="13812345678", address="10.0.0.1", at=AT
    )
