"""Reads of items: what waits for whom, what is late, the two clocks in words, who can staff the procedure."""

from __future__ import annotations

from datetime import date
from itertools import product

from django.db.models import Case, F, Q, QuerySet, When

from gongkai.disclosures.actions.permission import rule_of
from gongkai.disclosures.flow import (
    ATTRIBUTE,
    CATALOGUE,
    DRAFT,
    FOUR_PEOPLE,
    READY,
    REVISED,
    ROLES,
    SCHEDULED,
    SECRECY,
    SIGNING,
    WITHHELD,
)
from gongkai.disclosures.models import CHAIN, Disclosure, Incident
from gongkai.disclosures.timing import DELIVER, PUBLISH
from gongkai.law import clocks, time_limits
from gongkai.law.clocks import Due
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.organs.queries import staff_with_role

WAITS_FOR = {
    DRAFT: ROLES["author"], ATTRIBUTE: ROLES["attribute_reviewer"], SECRECY: ROLES["secrecy_reviewer"],
    CATALOGUE: ROLES["author"], SIGNING: "office_lead", READY: ROLES["publisher"],
}  # fmt: skip
"""The role that a state waits for; a scheduled item waits for nobody."""

RE_REVIEWERS = {ROLES["attribute_reviewer"], "office_lead"}
URGENT_FIRST = Case(When(urgent_reason="", then=1), default=0)


def items(organ: Organ) -> QuerySet[Disclosure]:
    """The organ's items of the procedure, with the people who handle them."""
    return Disclosure.objects.filter(organ=organ, origin=CHAIN).select_related("organ", "author", "public_version")


def by_urgency(found: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    """Urgent ones first, then by the day they are due; what has no day comes last."""
    return found.order_by(URGENT_FIRST, F("due_on").asc(nulls_last=True), "pk")


def awaiting(organ: Organ, role: str) -> QuerySet[Disclosure]:
    """What waits for somebody with this role."""
    states = [state for state, waited in WAITS_FOR.items() if waited == role]
    return by_urgency(items(organ).filter(state__in=states))


def awaiting_me(staff: Staff, day: date) -> QuerySet[Disclosure]:
    """What waits for this person: of their roles, and not what they wrote or reviewed themselves.

    A draft waits for its author, or for whoever stands in for the author.
    """
    return by_urgency(items(staff.organ).filter(_waits(staff, day)))


def to_do(staff: Staff, day: date, until: date) -> QuerySet[Disclosure]:
    """What waits for this person, and before who judges attributes the closed items (their state is WITHHELD) that are
    to be looked at again on or before `until`: urgent ones first, then by day.
    """
    wanted = _waits(staff, day)
    if staff.roles_on(day) & RE_REVIEWERS:
        wanted |= _re_review(until)
    on = Case(When(state=WITHHELD, then=F("re_review_on")), default=F("due_on"))
    return items(staff.organ).filter(wanted).order_by(URGENT_FIRST, on.asc(nulls_last=True), "pk")


def _waits(staff: Staff, day: date) -> Q:
    roles = staff.roles_on(day)
    wanted = Q(pk__in=())
    if ROLES["author"] in roles:
        owner = staff.acting_for or staff
        wanted |= Q(state=DRAFT, author__user=owner.user_id) | Q(state=CATALOGUE)
    hands = Disclosure.contributors.through.objects.filter(staff__user=staff.user_id).values("disclosure_id")
    cleared, judged = Q(secrecy_reviewer__user=staff.user_id), Q(attribute_reviewer__user=staff.user_id)
    # Read with the rows, not before them: where the organ's rule combines the two, the reviewer may publish.
    apart = Q(organ__chain_rule__isnull=True) | Q(organ__chain_rule__combined_reason="")
    others = {ATTRIBUTE: Q(), SECRECY: judged, SIGNING: Q(), READY: cleared | (judged & apart)}
    for state, reviewed in others.items():
        if WAITS_FOR[state] in roles:
            mine = Q(author__user=staff.user_id) | Q(pk__in=hands) | reviewed
            wanted |= Q(state=state) & ~mine
    return wanted


def overdue(organ: Organ, day: date) -> QuerySet[Disclosure]:
    """What should have been public before this day and is not: never published, whoever it waits for."""
    late = Q(published_on__isnull=True, due_on__lt=day, state__in=REVISED)
    return by_urgency(items(organ).filter(late))


def undelivered(organ: Organ, day: date) -> QuerySet[Disclosure]:
    """What is public and should have reached the reading places before this day."""
    late = Q(public_version__isnull=False, delivered_on__isnull=True, delivery_due_on__lt=day)
    return items(organ).filter(late).order_by("delivery_due_on", "pk")


def to_re_review(organ: Organ, day: date) -> QuerySet[Disclosure]:
    """Closed items that are to be looked at again on or before this day (《条例》第十八条)."""
    return items(organ).filter(_re_review(day)).order_by("re_review_on", "pk")


def _re_review(day: date) -> Q:
    return Q(state=WITHHELD, re_review_on__lte=day)


def scheduled(organ: Organ) -> QuerySet[Disclosure]:
    """What is to be published at a moment to come, the earliest first."""
    return items(organ).filter(state=SCHEDULED).order_by("publish_at", "pk")


def open_incidents(organ: Organ) -> QuerySet[Incident]:
    """Files that met a secrecy rule and of which nobody has yet said what was done."""
    return Incident.objects.filter(organ=organ, closed_at__isnull=True)


def clocks_of(item: Disclosure) -> tuple[Due, ...]:
    """The clocks an item is held to, each explaining itself: to the public, and where local law has it, to the places.

    Empty for closed information and where the calendar is not known yet.
    """
    if item.attribute not in ("", "proactive"):
        return ()
    start = item.clock_from or item.made_on
    local = time_limits.rule(DELIVER).jurisdiction in item.organ.jurisdictions
    found = []
    for rule in (PUBLISH, DELIVER) if local else (PUBLISH,):
        try:
            found.append(clocks.due(rule, start))
        except Refused as refused:
            if refused.code not in ("rule_not_in_force", "calendar_year_unknown"):
                raise
    return tuple(found)


def lacking(organ: Organ, day: date) -> str:
    """What the organ lacks to staff the procedure, in a sentence; "" when enough people can be found."""
    rule = rule_of(organ)
    holders = {
        field: set(staff_with_role(organ, role, day).values_list("user_id", flat=True)) for field, role in ROLES.items()
    }
    if _staffed(holders, combined=rule.combined):
        return ""
    empty = [_LABELS[field] for field in FOUR_PEOPLE if not holders[field]]
    if empty:
        return f"本机关今日没有人担任{'、'.join(empty)};请安全管理员任命,否则信息走不到发布"
    return (
        "本机关担任起草、公开属性审核、保密审查、发布的人员不足四个不同的人,信息走不到发布。请增派人员;确实无法增派的,"
        "信息公开工作机构负责人可在“公开审核规定”中写明事由,由公开属性审核人兼任发布人;起草人不得审核自己的信息,"
        "保密审查人须另有其人"
    )


_LABELS = {"author": "登记员", "attribute_reviewer": "审核员", "secrecy_reviewer": "保密审查员", "publisher": "发布员"}


def _staffed(holders: dict[str, set[int]], *, combined: bool) -> bool:
    """Whether different people can be found for all four; where combined, the reviewer of the attribute may publish."""
    for author, reviewer, secrecy, publisher in product(*(sorted(holders[field]) for field in FOUR_PEOPLE)):
        three = {author, reviewer, secrecy}
        if len(three) == 3 and (publisher not in three or (combined and publisher == reviewer)):
            return True
    return False
