"""The token of one's calendar feed: made, made anew, revoked, recognised. It opens the feed and nothing else."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Staff
from gongkai.records import entries
from gongkai.workbench.accounts.models import CalendarFeed

BYTES = 32  # 256 bits: nobody guesses it


@transaction.atomic
def make(user: Any, *, by: Staff, at: datetime) -> str:
    """A new token, to be shown once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(BYTES)
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_digest": _digest(token), "made_at": at})
    entries.write(organ_code=by.organ.code, by=by, at=at, act="make_feed", subject=by)
    return token


@transaction.atomic
def revoke(user: Any, *, by: Staff, at: datetime) -> None:
    """End the feed. Refused when there is none."""
    if not CalendarFeed.objects.filter(user=user).delete()[0]:
        raise Refused("no_feed", "没有开通日历订阅，不需要停用")
    entries.write(organ_code=by.organ.code, by=by, at=at, act="revoke_feed", subject=by)


def made_at(user: Any) -> datetime | None:
    """Since when the feed stands; None where there is none."""
    return CalendarFeed.objects.filter(user=user).values_list("made_at", flat=True).first()


def owner_of(token: str) -> Any | None:
    """Whose feed a token opens; None for a token that is unknown or revoked, and when the account is closed."""
    found = (
        CalendarFeed.objects.filter(token_digest=_digest(token), user__is_active=True).select_related("user").first()
    )
    return None if found is None else found.user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
