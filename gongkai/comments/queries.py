"""Reads of comments: those of an organ, and what waits for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.comments.flow import LEAD, OPEN, RECEIVED, REPLIED
from gongkai.comments.models import Comment
from gongkai.organs.models import Organ, Staff


def comments_of(organ: Organ) -> QuerySet[Comment]:
    """The comments on an organ's reports, the latest first."""
    return Comment.objects.filter(organ=organ).select_related("organ", "owner")


def waiting_for(staff: Staff, day: date) -> QuerySet[Comment]:
    """What a person has to do with comments, the most urgent first.

    An owner answers, who stands in for one too; the head of the office looks at what came, at answers, and at overdue
    tasks.
    """
    wanted = Q(state=OPEN, owner_id=(staff.acting_for or staff).pk)
    if LEAD in staff.roles_on(day):
        wanted |= Q(state__in=(RECEIVED, REPLIED)) | Q(state=OPEN, due_on__lt=day)
    return comments_of(staff.organ).filter(wanted).order_by("due_on", "received_at", "pk")
