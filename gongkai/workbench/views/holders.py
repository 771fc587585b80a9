"""Who administers the account of each channel: the list with its past, and the head of the office's two acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.channels import actions, queries
from gongkai.channels.models import Channel, Holder
from gongkai.disclosures.flow import LEAD, PUBLISHER
from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.organs.queries import staff_with_role
from gongkai.workbench import typed
from gongkai.workbench.access import at_desk
from gongkai.workbench.moving import Field
from gongkai.workbench.refusals import in_type, status_of

Chosen = TypeVar("Chosen", Channel, Staff)


@require_http_methods(["GET", "POST"])
@at_desk
def index(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every channel with who administers it; posted, somebody is appointed, or with `holder` ended."""
    refused = None
    if request.method == "POST":
        try:
            _act(staff, request.POST)
            messages.success(request, gettext("已办理。"))
            return redirect("workbench:holders")
        except Refused as fault:
            key = request.POST.get("holder")
            fields = {"until_on": f"until-{key}", "reason": f"ended-{key}"} if key else {}
            refused = in_type(fault, **fields)
    today, given = localdate(), request.POST if refused else QueryDict()
    channels = list(Channel.objects.filter(organ=staff.organ).order_by("number"))
    kept: dict[int, list[Holder]] = {}
    for holder in queries.holders(staff.organ):
        kept.setdefault(holder.channel_id, []).append(holder)
    context = {
        "staff": staff, "here": "items", "today": today, "typed": given,
        "rows": [(one, kept.get(one.pk, [])) for one in channels],
        "open": {holder.channel_id for rows in kept.values() for holder in rows if holder.stands_on(today)},
        "may_set": LEAD in staff.roles_on(today), "refused": refused,
        "form": _fields(staff, channels, given, refused.faults if refused and "holder" not in given else {}),
    }  # fmt: skip
    return render(request, "workbench/holders.html", context, status=status_of(refused) if refused else 200)


def _act(staff: Staff, given: QueryDict) -> None:
    key = typed.count(given.get("holder"))
    if key is not None:
        holder = get_object_or_404(Holder, organ=staff.organ, pk=key)
        with typed.together(given) as fields:
            last, reason = fields.day("until_on", "最后一日"), fields.said("reason", "卸任原因")
        actions.end_holder(holder, until_on=last, reason=reason, by=staff, at=now())
        return
    channel = Channel.objects.filter(organ=staff.organ, pk=typed.count(given.get("channel")) or 0).first()
    person = Staff.objects.filter(organ=staff.organ, pk=typed.count(given.get("staff")) or 0).first()
    with typed.together(given) as fields:
        channel = fields.take(lambda: _chosen(channel, "channel", "公开渠道"), Channel())
        person = fields.take(lambda: _chosen(person, "staff", "账号管理员"), staff)
        first, reason = fields.day("from_on", "起始日期"), fields.said("reason", "指定依据")
    actions.appoint_holder(channel, staff=person, from_on=first, reason=reason, by=staff, at=now())


def _chosen(found: Chosen | None, field: str, label: str) -> Chosen:
    if found is None:
        raise Refused(field, f"请选择“{label}”")
    return found


def _fields(staff: Staff, channels: list[Channel], given: QueryDict, faults: Mapping[str, str]) -> list[Field]:
    today = localdate()
    people = tuple((str(one.pk), one.name) for one in staff_with_role(staff.organ, PUBLISHER, today))
    offered = tuple((str(one.pk), one.name) for one in channels if one.closed_on is None or one.closed_on >= today)
    found = [
        Field("channel", "公开渠道", "choice", offered, typed=given.get("channel", "")),
        Field("staff", "账号管理员", "choice", people, typed=given.get("staff", "")),
        Field("from_on", "起始日期", "day", typed=given.get("from_on", today.isoformat())),
        Field("reason", "指定依据", typed=given.get("reason", "") if "holder" not in given else ""),
    ]
    for field in found:
        field.fault = faults.get(field.name, "")
    return found
