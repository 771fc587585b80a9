"""The cast: a bureau of Jilin city, its clerk 张三 and 王五 who works elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from gongkai.organs import actions
from gongkai.organs.models import Organ, Staff

AT = datetime(2012, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def bureau(db: None) -> Organ:
    return actions.establish(
        "jl-gxj", kind="department", region_path="吉林省/吉林市", registered_name="吉林市工业和信息化局",
        short_name="市工信局", established_on=date(2010, 4, 1), by="系统管理员", at=AT,
    )  # fmt: skip


@pytest.fixture
def zhang(bureau: Organ) -> Staff:
    user = User.objects.create(username="zhang")
    return actions.enrol(user, organ=bureau, name="张三", by="系统管理员", at=AT)


@pytest.fixture
def wang(bureau: Organ) -> Staff:
    other = actions.establish(
        "jl-fgw", kind="department", region_path="吉林省/吉林市", registered_name="吉林市发展和改革委员会",
        established_on=date(2010, 4, 1), by="系统管理员", at=AT,
    )  # fmt: skip
    return actions.enrol(User.objects.create(username="wang"), organ=other, name="王五", by="系统管理员", at=AT)
