"""How the acts of administrators, and those about one's own account, are attempted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model

from gongkai.organs import actions as organs
from gongkai.organs.models import Organ, Staff
from gongkai.reports.tests.cast import AT
from gongkai.workbench import auditing
from gongkai.workbench.accounts import opening, passwords, rules, second_factor, sessions, tries
from gongkai.workbench.accounts.models import Authenticator, DeskSession, Tries
from tests.roles.attempts import Attempt
from tests.roles.world import DAY, World

AboutPerson = Callable[[World, Staff, Staff], object]
AboutOrgan = Callable[[Organ, World, Staff], object]


def _about(function: str, do: AboutPerson) -> Attempt:
    """About a person: the victim in the bureau, or oneself."""

    def attempt(world: World, state: str, by: Staff) -> object:
        person = by if state == "self" else Staff.objects.get(pk=world.victim.pk)
        return do(world, person, by)

    return Attempt((function,), attempt, about_person=True)


def _organ(function: str, do: AboutOrgan) -> Attempt:
    """About the bureau."""
    return Attempt((function,), lambda world, state, by: do(Organ.objects.get(pk=world.bureau.pk), world, by))


def _dismiss(world: World, person: Staff, by: Staff) -> None:
    held = min(person.own_roles_on(DAY), default="clerk")
    organs.dismiss(person, role=held, until_on=DAY, by=by, at=AT)


def _hand_over(world: World, person: Staff, by: Staff) -> None:
    held = min(person.own_roles_on(DAY), default="clerk")
    organs.hand_over(
        person, to_staff=world.deputy, role=held, from_on=DAY, until_on=DAY + timedelta(days=3), reason="出差", by=by,
        at=AT,
    )  # fmt: skip


def _join(world: World, state: str, by: Staff) -> None:
    """Somebody of the city's own is enrolled in the bureau too."""
    username = world.actors["above", ""].user.get_username()
    opening.join(world.bureau, username=username, name="兼职", by=by, at=AT)


def _reopen(world: World, person: Staff, by: Staff) -> None:
    get_user_model().objects.filter(pk=person.user_id).update(is_active=False)
    opening.reopen_account(person, by=by, at=AT)


def _reset_second_factor(world: World, person: Staff, by: Staff) -> None:
    Authenticator.objects.create(user=person.user, name="app", confirmed=True, key="x")
    second_factor.reset(person, by=by, at=AT)


def _unlock(world: World, person: Staff, by: Staff) -> None:
    until = AT + timedelta(hours=1)
    Tries.objects.create(kind="account", key=person.name, user=person.user, count=5, last_at=AT, locked_until=until)
    tries.unlock(person, by=by, at=AT)


def _unlock_address(world: World, state: str, by: Staff) -> None:
    row = Tries.objects.create(kind="address", key="a", address="10.0.0.1", locked_until=AT + timedelta(hours=1))
    tries.unlock_address(row, by=by, at=AT)


def _end_session(world: World, person: Staff, by: Staff) -> None:
    session = DeskSession.objects.create(
        user=person.user, key=f"k-{person.pk}", address="10.0.0.1", agent="x", begun_at=AT, seen_at=AT
    )
    sessions.end(session, by=by, at=AT)


ORGANS = (
    Attempt(
        ("organs.actions.organ.establish",),
        lambda world, state, by: organs.establish(
            "new", kind="department", region_path="吉林省/吉林市", registered_name="新局", established_on=DAY,
            parent=world.bureau, by=by, at=AT,
        ),
    ),
    _organ("organs.actions.organ.rename", lambda organ, world, by: organs.rename(
        organ, registered_name="新名", on=DAY, by=by, at=AT
    )),
    _organ("organs.actions.organ.succeed", lambda organ, world, by: organs.succeed(
        world.office, successor=organ, kind="merge", on=DAY, by=by, at=AT
    )),
    _organ("organs.actions.organ.abolish", lambda organ, world, by: organs.abolish(organ, on=DAY, by=by, at=AT)),
    _organ("organs.actions.organ.set_contact", lambda organ, world, by: organs.set_contact(
        organ, phone="0432-1", by=by, at=AT
    )),
    _organ("workbench.auditing.export", lambda organ, world, by: auditing.export(
        organ.code, kind="jsonl", by=by, at=AT
    )),
    _organ("workbench.accounts.rules.set_rules", lambda organ, world, by: rules.set_rules(
        organ, values={"idle_minutes": 15}, by=by, at=AT
    )),
)  # fmt: skip
PEOPLE = (
    _organ("organs.actions.people.enrol", lambda organ, world, by: organs.enrol(
        get_user_model().objects.create(username="new"), organ=organ, name="新人", by=by, at=AT
    )),
    _about("organs.actions.people.appoint", lambda world, person, by: organs.appoint(
        person, role="reviewer" if person == world.victim else "clerk", from_on=DAY + timedelta(days=1), by=by, at=AT
    )),
    _about("organs.actions.people.dismiss", _dismiss),
    _about("organs.actions.handovers.hand_over", _hand_over),
    _about("organs.actions.handovers.take_back", lambda world, person, by: organs.take_back(
        world.handover(person), by=by, at=AT
    )),
)  # fmt: skip
ACCOUNTS = (
    _organ("workbench.accounts.opening.open_account", lambda organ, world, by: opening.open_account(
        organ, username="new", name="新人", by=by, at=AT
    )),
    Attempt(("workbench.accounts.opening.join",), _join),
    _about("workbench.accounts.opening.close_account", lambda world, person, by: opening.close_account(
        person, by=by, at=AT
    )),
    _about("workbench.accounts.opening.reopen_account", _reopen),
    _about("workbench.accounts.passwords.reset", lambda world, person, by: passwords.reset(person, by=by, at=AT)),
    _about("workbench.accounts.second_factor.reset", _reset_second_factor),
    _about("workbench.accounts.tries.unlock", _unlock),
    Attempt(("workbench.accounts.tries.unlock_address",), _unlock_address),
    _about("workbench.accounts.sessions.end", _end_session),
)  # fmt: skip
