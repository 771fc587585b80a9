"""The cast: an organ, and 张三 who keeps its registers."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from gongkai.organs.models import Organ, OrganName, Staff, StaffRole


@pytest.fixture
def organ(db: None) -> Organ:
    organ = Organ.objects.create(code="jl-gxj", kind="department", region_path="吉林省/吉林市")
    OrganName.objects.create(organ=organ, registered_name="吉林市工业和信息化局", from_on=date(2010, 1, 1))
    return organ


@pytest.fixture
def zhang(organ: Organ) -> Staff:
    staff = Staff.objects.create(user=User.objects.create(username="zhang"), organ=organ, name="张三")
    StaffRole.objects.create(staff=staff, role="clerk", from_on=date(2000, 1, 1))
    return staff
