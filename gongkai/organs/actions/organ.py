"""Every change to organs: established, renamed, succeeded, abolished, reached elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.actions.permission import require_administrator
from gongkai.organs.actions.saving import save
from gongkai.organs.models import Organ, OrganEvent, OrganName, Staff
from gongkai.records import entries, stale
from gongkai.records.roles import Role

CONTACT_FIELDS = ("address", "postcode", "phone", "email")


@transaction.atomic
def establish(
    code: str, *, kind: str, region_path: str, registered_name: str, short_name: str = "", established_on: date,
    parent: Organ | None = None, provenance: str = "real", by: object, at: datetime,
) -> Organ:  # fmt: skip
    """Register an organ under its first name. kind: vocabulary reporter_kinds; region_path: "吉林省/吉林市".

    A system administrator registers organs under their own. Refused when the code is taken or a field cannot be.
    """
    _require_place(parent, by, at)
    if Organ.objects.filter(code=code).exists():
        raise Refused("code_taken", f"机关代码“{code}”已被使用；请换一个代码")
    organ = Organ(
        code=code, kind=kind, region_path=region_path, parent=parent, established_on=established_on,
        provenance=provenance,
    )  # fmt: skip
    save(organ)
    save(OrganName(organ=organ, registered_name=registered_name, short_name=short_name, from_on=established_on))
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
    organ: Organ, *, registered_name: str, short_name: str = "", on: date, basis: str = "", by: object, at: datetime,
    seen: str = "",
) -> OrganName:  # fmt: skip
    """Give the organ a new name from a day; the old one ends the day before. Refused when it begins no later.

    seen: the registered name as its editor read it; Refused "changed_meanwhile" when it is another now; "": not asked.
    """
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="机关更名")
    old = organ.names.select_for_update().filter(until_on__isnull=True).first()
    if old is not None:
        if seen and seen != old.registered_name:
            told = f"您打开以后，机关已更名为“{old.registered_name}”；请核对，再次保存就以您填写的为准"
            raise Refused("changed_meanwhile", told)
        if on <= old.from_on:
            raise Refused("name_too_early", f"新名称的启用日期须晚于现名称的启用日期 {old.from_on}；请核对日期")
        old.until_on = on - timedelta(days=1)
        old.save(update_fields=["until_on"])
    new = OrganName(organ=organ, registered_name=registered_name, short_name=short_name, from_on=on)
    save(new)
    save(OrganEvent(kind=OrganEvent.Kind.RENAME, predecessor=organ, successor=organ, on=on, basis=basis))
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
    require_administrator(by, Role.SYSTEM_ADMIN, successor, at=at, act="登记机关承接")
    if kind == OrganEvent.Kind.RENAME or predecessor == successor:
        raise Refused("own_successor", "机关不能成为自己的承接机关；仅改名称的，请办理更名")
    event = OrganEvent(kind=kind, predecessor=predecessor, successor=successor, on=on, basis=basis)
    save(event)
    entries.write(
        organ_code=successor.code, by=by, at=at, act="succeed", subject=successor,
        after={"kind": kind, "predecessor": predecessor.code, "on": on, "basis": basis},
    )  # fmt: skip
    return event


@transaction.atomic
def abolish(organ: Organ, *, on: date, basis: str = "", by: object, at: datetime) -> None:
    """End an organ; `on` is its last day, and that of its name. Refused when it has ended already."""
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="撤销机关")
    if not Organ.objects.filter(pk=organ.pk, abolished_on__isnull=True).update(abolished_on=on):
        raise Refused("abolished", f"{organ} 已经撤销，不能再次撤销")
    organ.abolished_on = on
    organ.names.filter(until_on__isnull=True).update(until_on=on)
    entries.write(
        organ_code=organ.code, by=by, at=at, act="abolish", subject=organ, before={"abolished_on": None},
        after={"abolished_on": on, "basis": basis},
    )  # fmt: skip


@transaction.atomic
def set_contact(organ: Organ, *, by: object, at: datetime, seen: str = "", **contact: str) -> None:
    """Set the contact printed in the report's preamble: address, postcode, phone, email. Refused for a bad address.

    seen: `stale.fingerprint` of the contact as its editor read it; Refused "changed_meanwhile" when it is another now.
    """
    if unknown := sorted(set(contact) - set(CONTACT_FIELDS)):
        raise TypeError(f"no contact field {unknown}")
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="更改联系方式")
    organ.refresh_from_db(fields=CONTACT_FIELDS, from_queryset=Organ.objects.select_for_update())
    stale.require_unchanged(organ, CONTACT_FIELDS, seen, "联系方式")
    before = {name: getattr(organ, name) for name in contact}
    for name, value in contact.items():
        setattr(organ, name, value)
    save(organ, fields=tuple(contact))
    entries.write(organ_code=organ.code, by=by, at=at, act="set_contact", subject=organ, before=before, after=contact)


def _require_place(parent: Organ | None, by: object, at: datetime) -> None:
    if parent is not None:
        require_administrator(by, Role.SYSTEM_ADMIN, parent, at=at, act="登记机关")
    elif isinstance(by, Staff):
        raise Refused("no_parent", "没有选择上级机关；系统管理员只能在本机关之下登记机关，请选择上级机关")
