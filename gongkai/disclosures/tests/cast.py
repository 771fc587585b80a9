"""The cast of the desks' tests: two bureaus, one of them in 吉林市, and 张三, who keeps the registers of the first."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.auth import get_user_model

from gongkai.organs.models import Organ, OrganName, Staff, StaffRole

AT = datetime(2012, 11, 1, 2, 30, tzinfo=UTC)


def bureau(code: str = "gxj", region_path: str = "吉林省/吉林市", kind: str = "department") -> Organ:
    """A bureau with a name in force since 2001."""
    organ, made = Organ.objects.get_or_create(code=code, defaults={"kind": kind, "region_path": region_path})
    if made:
        OrganName.objects.create(organ=organ, registered_name=f"{code} 局", from_on=date(2001, 1, 1))
    return organ


def zhang(organ: Organ) -> Staff:
    """张三 of that organ."""
    user = get_user_model().objects.create_user(username=f"zhang-{organ.code}")
    staff = Staff.objects.create(user=user, organ=organ, name="张三")
    StaffRole.objects.create(staff=staff, role="clerk", from_on=date(2000, 1, 1))
    return staff
