"""Who acts in the tests of the rooms above: organs that have always borne their name, and staff with their roles."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model

from gongkai.organs.models import Organ, OrganName, Staff, StaffRole

ALWAYS = date(2000, 1, 1)


def make_organ(code: str, **values: object) -> Organ:
    """An organ that has always borne its name; values: more of its fields."""
    organ = Organ.objects.create(
        code=code, kind="department", region_path="吉林省/吉林市", provenance="invented", **values
    )
    OrganName.objects.create(organ=organ, registered_name=f"{code}局", from_on=ALWAYS)
    return organ


def make_staff(organ: Organ, name: str, *roles: str) -> Staff:
    """A member of staff with roles that have always been held."""
    staff = Staff.objects.create(user=get_user_model().objects.create(username=name), organ=organ, name=name)
    for role in roles:
        StaffRole.objects.create(staff=staff, role=role, from_on=ALWAYS)
    return staff
