"""What stands between two days: the condition for a query, and the constraint for a table."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q


def in_force(day: date, first: str = "from_on", last: str = "until_on") -> Q:
    """What stands on a day: begun on or before it, and not ended before it (both days included)."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))


def ends_after_beginning(first: str = "from_on", last: str = "until_on") -> models.CheckConstraint:
    """No record may end before it begins; the last day may be empty."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name="%(app_label)s_%(class)s_ends_after_beginning",
    )
