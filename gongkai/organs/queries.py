"""Reads of organs: by code, by person, down the tree, back along the time-line, and who leads the work on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongkai.law.refusal import Refused
from gongkai.organs.models import GroupMember, LeadingGroup, Organ, OrganEvent, OrganName, Staff, StaffRole, in_force


def organs() -> QuerySet[Organ]:
    """All organs with their names at hand, by code."""
    return Organ.objects.prefetch_related("names").order_by("code")


def name_of(organ: str) -> Coalesce:
    """What `str` gives for the organ at a path of a query ("sender", "report__organ"), in the query itself."""
    names = OrganName.objects.filter(organ=OuterRef(f"{organ}_id")).order_by("-from_on")
    return Coalesce(Subquery(names.values("registered_name")[:1]), f"{organ}__code", Value(""))


def organ_by_code(code: str) -> Organ:
    """The organ with this code; Refused when there is none."""
    organ = organs().filter(code=code).first()
    if organ is None:
        raise Refused("no_organ", f"没有代码为“{code}”的机关；请核对机关代码，或先登记该机关")
    return organ


def staff_of(user: Any, on: date) -> Staff:
    """As whom a signed-in user works on a day: the member of staff with a role in force. Refused when there is none.

    Where someone has roles in several organs on that day, the one first enrolled in counts.
    """
    roles = StaffRole.objects.filter(in_force(on))
    held = Staff.objects.filter(user=user, roles__in=roles).select_related("organ").order_by("pk").first()
    if held is None:
        raise Refused("no_role", "您的账号当前没有任何角色，不能办理业务；请联系本机关的信息公开工作机构任命角色")
    return held


def staff_with_role(organ: Organ, role: str, on: date) -> QuerySet[Staff]:
    """Who holds a role in an organ on a day."""
    return Staff.objects.filter(in_force(on, "roles__from_on", "roles__until_on"), organ=organ, roles__role=role)


def organs_under(organ: Organ) -> list[Organ]:
    """The organ and all beneath it, level by level, each level by code."""
    found, level = [organ], [organ.pk]
    while level:
        below = list(organs().filter(parent_id__in=level))
        found += below
        level = [child.pk for child in below]
    return found


def is_within(organ: Organ, above: Organ) -> bool:
    """Whether an organ is the other one or stands beneath it."""
    place: Organ | None = organ
    while place is not None and place.pk != above.pk:
        place = place.parent
    return place is not None


def changes_of(organ: Organ) -> list[OrganEvent]:
    """The events that led to the organ as it is, those of its predecessors included, oldest first."""
    events: dict[int, OrganEvent] = {}
    reached: set[int] = set()
    level: Iterable[int] = [organ.pk]
    while level := set(level) - reached:
        reached |= level
        found = OrganEvent.objects.filter(successor_id__in=level).select_related("predecessor", "successor")
        found = found.prefetch_related("predecessor__names", "successor__names")
        events |= {event.pk: event for event in found}
        level = {event.predecessor_id for event in found}
    return sorted(events.values(), key=lambda event: (event.on, event.pk))


def leading_groups_on(organ: Organ, day: date) -> QuerySet[LeadingGroup]:
    """The leading group, its office and the supervision group of an organ on a day, each with its `members` then."""
    members = GroupMember.objects.filter(in_force(day)).order_by("number")
    groups = LeadingGroup.objects.filter(in_force(day), organ=organ).order_by("kind", "number")
    return groups.prefetch_related(Prefetch("members", members))
