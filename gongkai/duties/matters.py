"""What is due in an organ, whichever desk it belongs to: disclosures, deliveries, tasks, the guide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from gongkai.disclosures.flow import WITHDRAWN
from gongkai.disclosures.models import CHAIN, Disclosure
from gongkai.duties.flow import OPEN
from gongkai.duties.models import DutyTask, Notice
from gongkai.guides import queries as guides
from gongkai.guides.models import Edition
from gongkai.organs.models import Organ

Kind = Literal["publish", "deliver", "duty", "guide"]


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing with a day. kind: publish | deliver (a disclosure), duty (a task), guide (an edition to look at again).

    pk, subject: key and number of the record; title: what it is called; reason: of the guide, why it is to be looked
    at. in_procedure: of a disclosure, whether it goes through the procedure and is no row of a ledger. Titles may
    name what is not public yet: they are for the desk alone.
    """

    kind: Kind
    pk: int
    subject: str
    title: str
    due_on: date
    department: str = ""
    reason: str = ""
    in_procedure: bool = False

    def stage(self, today: date) -> str:
        """Whether its day is to come, is today, or has passed: a code of Notice.Stage."""
        if self.due_on == today:
            return str(Notice.Stage.AT.value)
        return str((Notice.Stage.AFTER if self.due_on < today else Notice.Stage.BEFORE).value)

    def days_late(self, today: date) -> int:
        """Days since its day, 0 while it has not passed."""
        return max((today - self.due_on).days, 0)


def matters(organ: Organ, today: date, until: date, editions: Iterable[Edition] | None = None) -> list[Matter]:
    """All that is due on or before a day and not done yet, the earliest first; few queries, however much it is.

    editions: the organ's, where the caller has them at hand; only those in force count.
    """
    known = guides.in_force_of(organ) if editions is None else editions
    found = [*_disclosures(organ, until), *_tasks(organ, until), *_editions(organ, known, today, until)]
    return sorted(found, key=lambda one: (one.due_on, one.kind, one.subject))


def late(organ: Organ, today: date) -> list[Matter]:
    """What should have been done before today."""
    return [one for one in matters(organ, today, today) if one.due_on < today]


def _disclosures(organ: Organ, until: date) -> Iterator[Matter]:
    """Not yet public, or public and not yet handed to the reading place: that second clock is judged for documents."""
    unpublished = Q(published_on__isnull=True, due_on__lte=until)
    undelivered = Q(
        is_document="yes", published_on__isnull=False, delivered_on__isnull=True, delivery_due_on__lte=until
    )  # fmt: skip
    rows = Disclosure.objects.filter(unpublished | undelivered, organ=organ, attribute="proactive")
    for row in rows.exclude(state=WITHDRAWN):
        if row.published_on is None and row.due_on is not None:
            yield _of("publish", row, row.due_on)
        elif row.delivery_due_on is not None:
            yield _of("deliver", row, row.delivery_due_on)


def _of(kind: Kind, row: Disclosure, due: date) -> Matter:
    chained = row.origin == CHAIN
    department = row.department if chained else ""
    return Matter(kind, row.pk, row.number, row.title, due, department, in_procedure=chained)


def _tasks(organ: Organ, until: date) -> Iterator[Matter]:
    rows = DutyTask.objects.filter(organ=organ, state=OPEN, due_on__lte=until).select_related("duty")
    for row in rows:
        assert row.due_on is not None
        yield Matter("duty", row.pk, row.number, str(row), row.due_on, row.duty.department)


def _editions(organ: Organ, editions: Iterable[Edition], today: date, until: date) -> Iterator[Matter]:
    """Editions in force that are to be looked at again; one that is being revised already counts as well."""
    standing = [edition for edition in editions if edition.is_in_force]
    facts = guides.facts_of(organ, today, getattr(standing[0], "lead", None)) if standing else {}
    for edition in standing:
        stands = guides.standing(edition, today, facts)
        if stands.due_on is not None and stands.due_on <= until:
            yield Matter("guide", edition.pk, edition.number, edition.title, stands.due_on, reason=stands.reason)
