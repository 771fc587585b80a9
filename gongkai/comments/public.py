"""The window of comments to the outside: what is shown of them, and taking a new one in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from gongkai.comments import actions
from gongkai.comments.flow import ANSWERED, SHOWN
from gongkai.comments.models import LONGEST_CONTACT, LONGEST_TEXT, Comment
from gongkai.law.refusal import Refused
from gongkai.organs import queries
from gongkai.reports import public as reports

__all__ = ["LONGEST_CONTACT", "LONGEST_TEXT", "PublicComment", "shown", "shown_total", "submit"]


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A comment as everybody sees it. answer: "" while there is none; no name, no contact."""

    number: str
    text: str
    received_on: date
    answer: str
    answered_on: date | None


def shown_total(organ_code: str, year: int) -> int:
    """How many comments on a report are shown."""
    return _shown(organ_code, year).count()


def shown(organ_code: str, year: int, start: int = 0, count: int = 20) -> list[PublicComment]:
    """So many comments on a report from a place on, the latest first."""
    return [_card(comment) for comment in _shown(organ_code, year)[start : start + count]]


def submit(organ_code: str, year: int, *, text: str, contact: str, address: str, at: datetime) -> str:
    """Take a comment on a published report in; gives its number. Refused as `actions.receive`, and without a report."""
    if not any(report.year == year for report in reports.published(organ_code)):
        raise Refused("not_found", f"机关 {organ_code} 没有已发布的 {year} 年度报告")
    organ = queries.organ_by_code(organ_code)
    return actions.receive(organ, year, text=text, contact=contact, address=address, at=at).number


def _shown(organ_code: str, year: int) -> QuerySet[Comment]:
    found = Comment.objects.filter(organ__code=organ_code, year=year, state__in=SHOWN)
    return found.order_by("-received_at", "-pk")


def _card(comment: Comment) -> PublicComment:
    answered = comment.state == ANSWERED
    return PublicComment(
        comment.number, comment.text, localtime(comment.received_at).date(), comment.answer if answered else "",
        comment.answered_on if answered else None,
    )  # fmt: skip
