"""Who administers the account of a channel: named and ended by the head of the disclosure office, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.channels.models import Channel, Holder
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff, in_force
from gongkai.organs.within import legal_day, require_role, require_said
from gongkai.records import entries
from gongkai.records.roles import Role

LEAD, PUBLISHER = Role.OFFICE_LEAD.value, Role.PUBLISHER.value


@transaction.atomic
def appoint_holder(channel: Channel, *, staff: Staff, from_on: date, reason: str, by: Staff, at: datetime) -> Holder:
    """Name somebody as administrator of a channel's account from a day on; from then nobody else posts there.

    Refused for whoever is not of the channel's organ or is no publisher on that day, and for who is named already.
    """
    channel = Channel.objects.select_for_update(of=("self",)).select_related("organ").get(pk=channel.pk)
    require_role(channel.organ, by, at, "指定账号管理员", LEAD)
    said = require_said(reason, "reason", "指定账号管理员须写明依据,例如“党组会议纪要〔2026〕3号”")
    if staff.organ_id != channel.organ_id or PUBLISHER not in staff.own_roles_on(from_on):
        raise Refused("staff", f"{staff.name} 在 {from_on} 不是本机关发布员;账号管理员须由发布员担任,请先任命角色")
    if channel.closed_on is not None and channel.closed_on < from_on:
        raise Refused("channel", f"“{channel}”已在 {channel.closed_on} 停用;请另选渠道")
    if Holder.objects.filter(in_force(from_on), channel=channel, staff=staff).exists() or (
        Holder.objects.filter(channel=channel, staff=staff, until_on__isnull=True).exists()
    ):
        raise Refused("staff", f"{staff.name} 已经是“{channel}”的账号管理员")
    made = Holder.objects.create(
        organ=channel.organ, channel=channel, staff=staff, from_on=from_on, reason=said[:200]
    )  # fmt: skip
    after = {"channel": channel.number, "staff": staff.name, "from_on": from_on, "reason": made.reason}
    entries.write(organ_code=channel.organ.code, by=by, at=at, act="appoint_holder", subject=made, after=after)
    return made


@transaction.atomic
def end_holder(holder: Holder, *, until_on: date, reason: str, by: Staff, at: datetime) -> Holder:
    """Say on which day somebody administers an account for the last time; not before what is past is past.

    Refused when they ended already, and for a last day before the first or before yesterday.
    """
    row = Holder.objects.select_for_update(of=("self",)).select_related("organ", "channel", "staff").get(pk=holder.pk)
    require_role(row.organ, by, at, "卸任账号管理员", LEAD)
    said = require_said(reason, "reason", "卸任须写明原因,例如“调离”")
    if row.until_on is not None:
        raise Refused("ended_already", f"{row.staff.name} 已登记到 {row.until_on} 为止,不需要再卸任")
    if until_on < row.from_on or (legal_day(at) - until_on).days > 1:
        raise Refused("until_on", f"最后一日须不早于起始日期 {row.from_on},也不早于昨日;请核对")
    row.until_on, row.ended_reason = until_on, said[:200]
    row.save(update_fields=["until_on", "ended_reason"])
    after = {"until_on": until_on, "reason": row.ended_reason}
    entries.write(
        organ_code=row.organ.code, by=by, at=at, act="end_holder", subject=row, before={"until_on": None}, after=after
    )  # fmt: skip
    return row
