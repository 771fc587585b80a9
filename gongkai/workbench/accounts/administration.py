"""What administrators see: the people of an organ with their accounts, and what is locked; in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.organs.models import Handover, Organ, Staff, StaffRole
from gongkai.organs.models.spans import in_force
from gongkai.organs.queries import organs_under
from gongkai.records.roles import Role
from gongkai.workbench.accounts import words
from gongkai.workbench.accounts.models import Tries

# Nothing is published unless each of these is held by somebody.
NEEDED = (Role.CLERK, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PUBLISHER)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the list of people. roles: in words, those held today; state: open | first | locked | closed."""

    staff: Staff
    roles: tuple[str, ...]
    state: str
    second_factor: bool


def people_of(organ: Organ) -> QuerySet[Staff]:
    """The staff of an organ with what a list of them shows; those with an open account first."""
    people = (
        Staff.objects.filter(organ=organ).select_related("user", "user__account", "organ").prefetch_related("roles")
    )
    return people.order_by("-user__is_active", "name", "pk")


def unfilled(organ: Organ, on: date) -> list[str]:
    """The roles, in words, without which nothing is published and that nobody of the organ holds on the day."""
    held = StaffRole.objects.filter(in_force(on), staff__organ=organ, staff__user__is_active=True)
    return [word for _, word in words.roles(set(NEEDED) - set(held.values_list("role", flat=True)))]


def listed(people: Iterable[Staff], *, on: date, at: datetime) -> list[Person]:
    """People with their roles and the state of their accounts."""
    found = list(people)
    users = [staff.user_id for staff in found]
    locked = set(locks().filter(user__in=users, locked_until__gt=at).values_list("user_id", flat=True))
    factors = set(TOTPDevice.objects.filter(user__in=users, confirmed=True).values_list("user_id", flat=True))
    return [
        Person(
            staff,
            tuple(word for _, word in words.roles(staff.own_roles_on(on))),
            _state(staff, staff.user_id in locked),
            staff.user_id in factors,
        )
        for staff in found
    ]


def _state(staff: Staff, locked: bool) -> str:
    if not staff.user.is_active:
        return "closed"
    if locked:
        return "locked"
    try:
        return "first" if staff.user.account.must_change else "open"
    except ObjectDoesNotExist:
        return "open"


def locks() -> QuerySet[Tries]:
    """The tallies of account names."""
    return Tries.objects.filter(kind=Tries.Kind.ACCOUNT)


def locked_accounts(organs: Iterable[Organ], at: datetime) -> list[tuple[Staff, datetime | None]]:
    """Who is locked out now in these organs, and until when."""
    rows = {row.user_id: row.locked_until for row in locks().filter(locked_until__gt=at, user__isnull=False)}
    people = Staff.objects.filter(organ__in=list(organs), user__in=rows).select_related("organ", "user")
    found = people.prefetch_related("organ__names").order_by("name", "pk")
    return [(staff, rows[staff.user_id]) for staff in found]


def locked_addresses(at: datetime) -> QuerySet[Tries]:
    """The addresses locked out now."""
    return Tries.objects.filter(kind=Tries.Kind.ADDRESS, locked_until__gt=at).order_by("locked_until")


def organ_choices(staff: Staff) -> list[Organ]:
    """The organs that an administrator is over: their own first."""
    return organs_under(staff.organ)


def duties_about(staff: Staff) -> QuerySet[Handover]:
    """What somebody has handed over, and what was handed to them, the latest first."""
    about = Handover.objects.filter(from_staff=staff) | Handover.objects.filter(to_staff=staff)
    return about.select_related("from_staff", "to_staff")


def with_duties(staff: Staff) -> Staff:
    """The person read anew with what the door asks of them."""
    received = Handover.objects.select_related("from_staff").prefetch_related("from_staff__roles")
    people = Staff.objects.select_related("organ", "user").prefetch_related("roles", Prefetch("received", received))
    return people.get(pk=staff.pk)
