"""Reads of the guide and the rules: what is in force, the editions of a document, and how an edition stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongkai.guides.models import GUIDE, Edition
from gongkai.law import clocks
from gongkai.law.clocks import months_later
from gongkai.law.public_documents import Item, demands
from gongkai.law.refusal import Refused
from gongkai.organs.models import GroupMember, LeadingGroup, Organ, in_force
from gongkai.records.models import Entry
from gongkai.records.moves import LEGAL_TIME

MISSING, DIFFERS = "missing", "differs"
CHANGING_ACTS = ("set_contact", "rename")
BETWEEN = r"[\s\-—–()()]*"
"""What may stand between the characters of an address or a number without making it another one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with an item: `missing`, or `differs` from what the organ's record says now (`stands`)."""

    item: Item
    fault: str
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands on a day: its marks, and until when it should be looked at again.

    due_on: None while nothing asks for it. reason: `differs`, `missing` or `old`; cite: what the day rests on.
    """

    marks: tuple[Mark, ...]
    due_on: date | None = None
    reason: str = ""
    cite: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.due_on is not None and self.due_on < today


def editions_of(organ: Organ) -> QuerySet[Edition]:
    """Every edition of the organ's guide and rules, the guide first, the latest version first."""
    return Edition.objects.filter(organ=organ).select_related("organ", "submitted_by", "approved_by")


def in_force_of(organ: Organ) -> QuerySet[Edition]:
    """The editions that hold now."""
    return editions_of(organ).filter(state="published", replaced_on__isnull=True)


def current_of(organ: Organ) -> QuerySet[Edition]:
    """Those that hold now, and those on their way: neither replaced nor repealed."""
    return editions_of(organ).filter(replaced_on__isnull=True, repealed_on__isnull=True)


def previous(edition: Edition) -> Edition | None:
    """The edition before this one."""
    earlier = Edition.objects.filter(organ=edition.organ_id, code=edition.code, version__lt=edition.version)
    return earlier.order_by("-version").first()


def facts_of(organ: Organ, day: date, lead: str | None = None) -> dict[str, str]:
    """What the organ's own record says on a day: address, phone, email, and who heads the office (`lead`).

    lead: where the caller knows already, as `with_lead` gives it.
    """
    head = _heads(organ, day).first() or "" if lead is None else lead
    return {"address": organ.address, "phone": organ.phone, "email": organ.email, "lead": head}


def with_lead(editions: QuerySet[Edition], organ: Organ, day: date) -> QuerySet[Edition]:
    """The same editions, each with `lead`: who heads the organ's office on a day, "" for nobody; in the same query."""
    return editions.annotate(lead=Coalesce(Subquery(_heads(organ, day)[:1]), Value("")))


def _heads(organ: Organ, day: date) -> QuerySet[GroupMember, str]:
    heads = GroupMember.objects.filter(
        in_force(day), organ=organ, duty=GroupMember.Duty.HEAD, group__kind=LeadingGroup.Kind.LEAD_OFFICE
    )
    return heads.order_by("-from_on").values_list("person_name", flat=True)


def marks(edition: Edition, facts: dict[str, str], day: date) -> tuple[Mark, ...]:
    """What is missing from an edition under the law of a day, and what its organ's record says otherwise."""
    found = []
    for item in demands(edition.kind, day).items:
        text = str(edition.sections.get(item.code, "")).strip()
        stands = facts.get(item.fact, "") if item.fact else ""
        if not text:
            if item.required:
                found.append(Mark(item, MISSING, stands))
        elif stands and not _says(text, stands):
            found.append(Mark(item, DIFFERS, stands))
    return tuple(found)


def _says(text: str, stands: str) -> bool:
    """Whether a text holds an address or number, however it is spaced; a longer number is another one."""
    pattern = BETWEEN.join(re.escape(mark) for mark in re.sub(BETWEEN, "", stands))
    return re.search(rf"(?<!\d){pattern}(?!\d)" if stands[-1].isdigit() else pattern, text) is not None


def standing(edition: Edition, today: date, facts: dict[str, str] | None = None) -> Standing:
    """How an edition in force stands: what differs is due within the book's limit from the day of the change, anything
    else when it has not been looked at for as long as the book says.
    """
    known = facts_of(edition.organ, today) if facts is None else facts
    found, asked = marks(edition, known, today), demands(edition.kind, today)
    looked_at = last_look(edition)
    old = months_later(looked_at, asked.review_months)
    if any(mark.fault == DIFFERS for mark in found) and asked.change_limit:
        due = _changed_due(asked.change_limit, _changed_on(edition, looked_at))
        if due is not None and due.due <= old:
            return Standing(found, due.due, DIFFERS, due.cite)
    return Standing(found, old, "old", asked.cite)


def last_look(edition: Edition) -> date:
    """The day on which somebody last answered for it: published, or found still right."""
    published = edition.published_at.astimezone(LEGAL_TIME).date() if edition.published_at else date.min
    return max(published, edition.reviewed_on or published)


def _changed_on(edition: Edition, since: date) -> date:
    """When the organ's record was first changed after the last look; the day of the look where no entry tells."""
    begun = datetime.combine(since, datetime.min.time(), LEGAL_TIME)
    changes = Entry.objects.filter(
        organ_code=edition.organ.code, subject_type="organs.organ", act__in=CHANGING_ACTS, at__gte=begun
    )
    first = changes.order_by("seq").values_list("at", flat=True).first()
    return first.astimezone(LEGAL_TIME).date() if first is not None else since


def _changed_due(limit: str, day: date) -> clocks.Due | None:
    try:
        return clocks.due(limit, day)
    except Refused as refused:
        if refused.code != "calendar_year_unknown":
            raise
        return None  # next year's calendar is not out yet: the day cannot be said, and is not guessed


def lacks_guide(organ: Organ) -> bool:
    """Whether no guide of the organ is in force."""
    return not in_force_of(organ).filter(kind=GUIDE).exists()
