"""Reads of a person behind an account: their posts, and in which organ's chain their own acts are written."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from gongkai.organs.models import Handover, Staff

SITE = "本站"
"""The chain of what concerns no organ: tries with unknown names, the set-up. No organ's code can be Chinese."""


def posts_of(user: Any) -> list[Staff]:
    """A person as staff of each organ where they work, in the order of appointment, with all that the door asks of."""
    if isinstance(user, AnonymousUser):
        return []
    received = Handover.objects.select_related("from_staff").prefetch_related("from_staff__roles")
    posts = Staff.objects.filter(user=user).select_related("organ", "organ__door", "user", "user__account")
    found = posts.prefetch_related("organ__names", "roles", Prefetch("received", received)).order_by("pk")
    return list(found)


def self_of(user: Any) -> Staff | None:
    """The person as whoever signs in: the first of their posts."""
    return Staff.objects.filter(user=user).select_related("organ").order_by("pk").first()


def chain_of(staff: Staff | None) -> str:
    """Where acts of signing in are written: in the organ's chain, or the site's where there is no organ."""
    return SITE if staff is None else staff.organ.code
