"""Reads of channels: who administers which account on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from gongkai.channels.models import Channel, Holder
from gongkai.organs.models import Organ, Staff, in_force


def holders(organ: Organ) -> QuerySet[Holder]:
    """All holders of the organ's accounts, past ones too: those of a channel together, the latest first."""
    return (
        Holder.objects.filter(organ=organ)
        .select_related("channel", "staff")
        .order_by("channel__number", "-from_on", "-pk")
    )


def closed_to(staff: Staff, channels: Iterable[Channel], day: date) -> dict[Channel, list[Staff]]:
    """The channels whose account others administer on the day, each with its holders; none where anybody may post.

    Whoever stands in for a holder posts in their stead.
    """
    found: dict[Channel, list[Staff]] = {channel: [] for channel in channels}
    for holder in Holder.objects.filter(in_force(day), channel__in=found).select_related("staff").order_by("pk"):
        next(people for channel, people in found.items() if channel.pk == holder.channel_id).append(holder.staff)
    hands = {staff.user_id, staff.acting_for.user_id if staff.acting_for is not None else staff.user_id}
    return {
        channel: people for channel, people in found.items() if people and not hands & {one.user_id for one in people}
    }
