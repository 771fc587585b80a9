"""The first start of an installation, step by step: the organ, its three administrators, its first staff."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.law.refusal import Refused
from gongkai.organs import actions as organs
from gongkai.organs.models import Organ, Staff, StaffRole
from gongkai.records.moves import LEGAL_TIME
from gongkai.records.roles import ADMINISTRATORS, Role
from gongkai.workbench.accounts import opening, passwords, rules
from gongkai.workbench.accounts.models import SetUp

KEEPER = "首次设置"
FIRST_ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
FIRST_STAFF = (Role.CLERK, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be given an account and a role."""

    role: Role
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """An account as it is handed out: the first password stands here, and nowhere else."""

    staff: Staff
    role: Role
    password: str


def is_needed() -> bool:
    """Whether this installation has never been set up: it has no organ, or its set-up stopped after registering one."""
    begun = SetUp.objects.order_by("pk").first()
    if begun is not None and begun.organ_id is not None:
        return begun.finished_at is None
    return not Organ.objects.exists()


@transaction.atomic
def begin(*, at: datetime) -> str | None:
    """A new code that opens the set-up, to be printed on the console; None when no set-up is needed.

    Of codes given earlier none counts any more. What was already set up stays.
    """
    if not is_needed():
        return None
    code = passwords.fresh()
    setup = SetUp.objects.select_for_update().order_by("pk").first() or SetUp(begun_at=at)
    setup.code_digest = _digest(code)
    setup.save()
    return code


def current() -> SetUp:
    """The set-up under way. Refused when there is none."""
    found = SetUp.objects.select_related("organ").filter(finished_at__isnull=True).order_by("pk").first()
    if found is None:
        raise Refused("not_found", "没有正在进行的首次设置")
    return found


@transaction.atomic
def redeem(code: str) -> str:
    """Exchange the code for a right to go on, kept in the session; the code is void afterwards. Refused when wrong."""
    setup = SetUp.objects.select_for_update().get(pk=current().pk)
    if not hmac.compare_digest(setup.code_digest, _digest(code)):
        raise Refused(
            "wrong_setup_code",
            "设置码不对或已用过；请输入 gongkai serve 启动时在控制台打印的设置码，重新启动会打印新的设置码",
        )
    right = passwords.fresh()
    setup.code_digest = _digest(right)
    setup.save()
    return right


def has_right(right: str) -> bool:
    """Whether a session still holds the right to go on."""
    return hmac.compare_digest(current().code_digest, _digest(right))


@transaction.atomic
def found_organ(*, values: Mapping[str, Any], second_factor: bool, at: datetime) -> Organ:
    """Register the organ that this installation serves, and its door's rules. Refused when a field cannot be.

    values: code, kind, region_path, registered_name, short_name, established_on.
    second_factor: whether its administrators sign in with a second factor.
    """
    setup = _locked()
    if setup.organ is not None:
        raise Refused("setup_step_done", "机关已经登记，请继续下一步")
    organ = organs.establish(**values, by=KEEPER, at=at)
    asked = sorted(ADMINISTRATORS) if second_factor else []
    rules.set_rules(organ, values={"second_factor_roles": asked}, by=KEEPER, at=at)
    setup.organ = organ
    setup.save()
    return organ


@transaction.atomic
def open_accounts(people: list[Person], *, at: datetime) -> list[Ticket]:
    """Accounts and roles for the first people of the organ: all or none. Refused when one cannot be."""
    organ = _locked().organ
    if organ is None:
        raise Refused("setup_step_missing", "还没有登记机关；请先完成第一步")
    tickets = []
    for person in people:
        if _holders(organ, person.role).exists():
            raise Refused("setup_step_done", f"{person.role.label}已经任命，请继续下一步")
        staff, password = opening.open_account(organ, username=person.username, name=person.name, by=KEEPER, at=at)
        organs.appoint(staff, role=person.role, from_on=_day(at), by=KEEPER, at=at)
        tickets.append(Ticket(staff, person.role, password))
    return tickets


@transaction.atomic
def renew_tickets(roles: tuple[Role, ...], *, at: datetime) -> list[Ticket]:
    """New first passwords, when those shown were lost before the set-up was finished."""
    organ = _locked().organ
    if organ is None:
        raise Refused("setup_step_missing", "还没有登记机关；请先完成第一步")
    tickets = []
    for role in roles:
        for held in _holders(organ, role).select_related("staff__user"):
            if not held.staff.user.last_login:
                tickets.append(Ticket(held.staff, role, passwords.reset(held.staff, by=KEEPER, at=at)))
    return tickets


@transaction.atomic
def finish(*, at: datetime) -> Organ:
    """Close the set-up for good. Refused before every step is taken."""
    setup = _locked()
    if setup.organ is None or missing(setup):
        raise Refused("setup_step_missing", "首次设置还没有做完；请完成前面的步骤")
    setup.finished_at, setup.code_digest = at, ""
    setup.save()
    return setup.organ


def missing(setup: SetUp) -> list[Role]:
    """The roles that nobody has been given yet."""
    if setup.organ is None:
        return [*FIRST_ADMINISTRATORS, *FIRST_STAFF]
    held = set(StaffRole.objects.filter(staff__organ=setup.organ).values_list("role", flat=True))
    return [role for role in (*FIRST_ADMINISTRATORS, *FIRST_STAFF) if role not in held]


def _locked() -> SetUp:
    return SetUp.objects.select_for_update().get(pk=current().pk)


def _holders(organ: Organ, role: Role) -> Any:
    return StaffRole.objects.filter(staff__organ=organ, role=role)


def _day(at: datetime) -> date:
    return at.astimezone(LEGAL_TIME).date()


def _digest(code: str) -> str:
    typed = "".join(code.split()).replace("-", "").lower()
    return salted_hmac("gongkai.setup", typed, algorithm="sha256").hexdigest()
