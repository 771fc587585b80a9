"""Every change to organs and their staff: one verb, one transaction, one entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, OrganEvent, OrganName, Staff, StaffRole, in_force
from gongkai.records import entries

CONTACT_FIELDS = ("address", "postcode", "phone", "email")


@transaction.atomic
def establish(
    code: str, *, kind: str, region_path: str, registered_name: str, short_name: str = "", established_on: date,
    parent: Organ | None = None, provenance: str = "real", by: object, at: datetime,
) -> Organ:  # fmt: skip
    """Register an organ under its first name. kind: vocabulary reporter_kinds; region_path: "吉林省/吉林市".

    Refused when the code is taken or a field cannot be.
    """
    if Organ.objects.filter(code=code).exists():
        raise Refused("code_taken", f"机关代码“{code}”已被使用；请换一个代码")
    organ = Organ(
        code=code, kind=kind, region_path=region_path, parent=parent, established_on=established_on,
        provenance=provenance,
    )  # fmt: skip
    _save(organ)
    _save(OrganName(organ=organ, registered_name=registered_name, short_name=short_name, from_on=established_on))
    entries.write(
        organ_code=code, by=by, at=at, act="establish", subject=organ,
        after={
            "kind": kind, "region_path": region_path, "parent": parent, "established_on": established_on,
            "registered_name": registered_name, "short_name": short_name, "provenance": provenance,
        },
    )  # fmt: skip
    return organ


@transaction.atomic
def rename(
    organ: Organ, *, registered_name: str, short_name: str = "", on: date, basis: str = "", by: object, at: datetime
) -> OrganName:
    """Give the organ a new name from a day; the old one ends the day before. Refused when it begins no later."""
    old = organ.names.select_for_update().filter(until_on__isnull=True).first()
    if old is not None:
        if on <= old.from_on:
            raise Refused("name_too_early", f"新名称的启用日期须晚于现名称的启用日期 {old.from_on}；请核对日期")
        old.until_on = on - timedelta(days=1)
        old.save(update_fields=["until_on"])
    new = OrganName(organ=organ, registered_name=registered_name, short_name=short_name, from_on=on)
    _save(new)
    _save(OrganEvent(kind=OrganEvent.Kind.RENAME, predecessor=organ, successor=organ, on=on, basis=basis))
    entries.write(
        organ_code=organ.code, by=by, at=at, act="rename", subject=organ,
        before={"registered_name": old.registered_name, "short_name": old.short_name} if old else {},
        after={"registered_name": registered_name, "short_name": short_name, "on": on, "basis": basis},
    )  # fmt: skip
    return new


@transaction.atomic
def succeed(
    predecessor: Organ, *, successor: Organ, kind: str, on: date, basis: str = "", by: object, at: datetime
) -> OrganEvent:
    """Record that work passed to another organ by merger, split or transfer. kind: merge | split | transfer.

    It does not abolish the predecessor: `abolish` does. Refused for an organ succeeding itself.
    """
    if kind == OrganEvent.Kind.RENAME or predecessor == successor:
        raise Refused("own_successor", "机关不能成为自己的承接机关；仅改名称的，请办理更名")
    event = OrganEvent(kind=kind, predecessor=predecessor, successor=successor, on=on, basis=basis)
    _save(event)
    entries.write(
        organ_code=successor.code, by=by, at=at, act="succeed", subject=successor,
        after={"kind": kind, "predecessor": predecessor.code, "on": on, "basis": basis},
    )  # fmt: skip
    return event


@transaction.atomic
def abolish(organ: Organ, *, on: date, basis: str = "", by: object, at: datetime) -> None:
    """End an organ; `on` is its last day, and that of its name. Refused when it has ended already."""
    if not Organ.objects.filter(pk=organ.pk, abolished_on__isnull=True).update(abolished_on=on):
        raise Refused("abolished", f"{organ} 已经撤销，不能再次撤销")
    organ.abolished_on = on
    organ.names.filter(until_on__isnull=True).update(until_on=on)
    entries.write(
        organ_code=organ.code, by=by, at=at, act="abolish", subject=organ, before={"abolished_on": None},
        after={"abolished_on": on, "basis": basis},
    )  # fmt: skip


@transaction.atomic
def set_contact(organ: Organ, *, by: object, at: datetime, **contact: str) -> None:
    """Set the contact printed in the report's preamble: address, postcode, phone, email. Refused for a bad address."""
    if unknown := sorted(set(contact) - set(CONTACT_FIELDS)):
        raise TypeError(f"no contact field {unknown}")
    before = {name: getattr(organ, name) for name in contact}
    for name, value in contact.items():
        setattr(organ, name, value)
    _save(organ, fields=tuple(contact))
    entries.write(organ_code=organ.code, by=by, at=at, act="set_contact", subject=organ, before=before, after=contact)


@transaction.atomic
def enrol(user: Any, *, organ: Organ, name: str, by: object, at: datetime) -> Staff:
    """Make a user a member of staff of an organ, as yet without a role. Refused when they are one."""
    if Staff.objects.filter(user=user, organ=organ).exists():
        raise Refused("enrolled", f"账号“{user}”已是本机关工作人员")
    staff = Staff(user=user, organ=organ, name=name)
    _save(staff)
    after = {"user": user.get_username(), "name": name}
    entries.write(organ_code=organ.code, by=by, at=at, act="enrol", subject=staff, after=after)
    return staff


@transaction.atomic
def appoint(staff: Staff, *, role: str, from_on: date, by: object, at: datetime) -> StaffRole:
    """Give a role from a day. Refused when it is held on that day, or a later appointment to it stands."""
    Staff.objects.select_for_update().get(pk=staff.pk)
    held = staff.roles.filter(in_force(from_on) | models.Q(from_on__gte=from_on), role=role).first()
    if held is not None:
        raise Refused("role_held", f"{staff.name} 自 {held.from_on} 起已任“{held}”，不需要再次任命")
    appointed = StaffRole(staff=staff, role=role, from_on=from_on)
    _save(appointed)
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="appoint", subject=staff,
        after={"role": role, "from_on": from_on},
    )  # fmt: skip
    return appointed


@transaction.atomic
def dismiss(staff: Staff, *, role: str, until_on: date, by: object, at: datetime) -> None:
    """End a role; `until_on` is its last day. Refused when it is not held then."""
    ended = staff.roles.filter(role=role, from_on__lte=until_on, until_on__isnull=True).update(until_on=until_on)
    if not ended:
        raise Refused("role_not_held", f"{staff.name} 在 {until_on} 没有可免去的“{StaffRole.Role(role).label}”角色")
    entries.write(
        organ_code=staff.organ.code, by=by, at=at, act="dismiss", subject=staff,
        before={"role": role, "until_on": None}, after={"role": role, "until_on": until_on},
    )  # fmt: skip


def _save(record: models.Model, fields: tuple[str, ...] | None = None) -> None:
    try:
        record.full_clean()
    except ValidationError as fault:
        raise Refused("invalid_record", f"{record._meta.verbose_name}：{'；'.join(fault.messages)}") from fault
    record.save(update_fields=fields)
