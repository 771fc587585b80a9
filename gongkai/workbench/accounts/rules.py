"""The rules of the door: those of each organ, and the strictest of them for somebody who works in several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from gongkai.organs.actions.permission import require_administrator
from gongkai.organs.actions.saving import save
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries, stale
from gongkai.records.roles import Role
from gongkai.workbench.accounts.models import DoorRules

FIELDS = (
    "idle_minutes", "session_hours", "most_failures", "lock_minutes", "password_days", "second_factor_roles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Door:
    """What holds for one person: the strictest of the rules of all organs where they work."""

    idle: timedelta
    longest: timedelta
    most_failures: int
    lock: timedelta
    password_age: timedelta | None
    second_factor_roles: frozenset[str]


def rules_of(organ: Organ) -> DoorRules:
    """The organ's rules; the usual ones, not saved, where it has set none."""
    try:
        found: DoorRules = organ.door
    except ObjectDoesNotExist:
        return DoorRules(organ=organ)
    return found


def strictest(rules: Iterable[DoorRules]) -> Door:
    """The strictest of several rules; of none, the usual ones."""
    held = list(rules) or [DoorRules()]
    ages = [rule.password_days for rule in held if rule.password_days]
    return Door(
        idle=timedelta(minutes=min(rule.idle_minutes for rule in held)),
        longest=timedelta(hours=min(rule.session_hours for rule in held)),
        most_failures=min(rule.most_failures for rule in held),
        lock=timedelta(minutes=max(rule.lock_minutes for rule in held)),
        password_age=timedelta(days=min(ages)) if ages else None,
        second_factor_roles=frozenset(role for rule in held for role in rule.second_factor_roles),
    )


def door_of(posts: Iterable[Staff]) -> Door:
    """The rules for a person, by their posts (fetch them with `organ__door`)."""
    return strictest(rules_of(post.organ) for post in posts)


@transaction.atomic
def set_rules(
    organ: Organ, *, values: Mapping[str, Any], by: object, at: datetime, seen: str = ""
) -> DoorRules:  # fmt: skip
    """Change the organ's rules; values: any of FIELDS. Refused out of bounds, and to all but the system administrator.

    Settings that change nothing leave no entry. seen: `stale.fingerprint` of the rules as their editor read them;
    Refused "changed_meanwhile" when they are others now.
    """
    require_administrator(by, Role.SYSTEM_ADMIN, organ, at=at, act="更改登录设置")
    Organ.objects.select_for_update().get(pk=organ.pk)  # the rules themselves may not be there yet
    rules = DoorRules.objects.filter(organ=organ).first() or DoorRules(organ=organ)
    stale.require_unchanged(rules, FIELDS, seen, "登录设置")
    before = {name: getattr(rules, name) for name in FIELDS}
    for name, value in values.items():
        if name not in FIELDS:
            raise TypeError(f"no rule {name}")
        setattr(rules, name, value)
    after = {name: getattr(rules, name) for name in FIELDS}
    if after != before or rules.pk is None:
        save(rules)
        changed = [name for name in FIELDS if after[name] != before[name]]
        entries.write(
            organ_code=organ.code, by=by, at=at, act="set_rules", subject=("accounts.doorrules", organ.code),
            before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
        )  # fmt: skip
    return rules
