"""The matrix of roles, moves and states: what can be done is what docs/roles.md says, no more and no less."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

import gongkai
from gongkai.config import matrix
from gongkai.config.acts import ACTS, ANY, OWN, PROCEDURES, SELF, Act, Procedure
from gongkai.law.refusal import Refused
from gongkai.records.models import Entry
from tests.roles import administration, attempts, duties, registers
from tests.roles.attempts import Attempt
from tests.roles.world import NOBODY, PLACES, World

ATTEMPTS = (
    *attempts.DISCLOSURES,
    *attempts.REPORTS, *attempts.COMMENTS, *attempts.SUPERVISION, *attempts.RECEIVED, *duties.GUIDES,
    *duties.DUTIES, *registers.ENGINE, *registers.DESKS, *administration.ORGANS, *administration.PEOPLE,
    *administration.ACCOUNTS,
)  # fmt: skip
# Functions with `by` that are no acts of staff: the machinery below the acts, and what the keeper of the machine does.
MACHINERY = {
    "organs.actions.permission.require_administrator", "organs.within.require_role", "organs.register.require_clerk",
    "reports.actions.permission.require_role", "records.moves.require", "workbench.accounts.passwords.require_over_all",
    "records.entries.write", "records.entries.record_read", "records.moves.carry_out", "records.anchors.make",
    "records.jobs.ask", "records.jobs.follow", "records.jobs.run_again",
    "records.redating.redate", "config.redating.keep_up", "duties.actions.raise_due", "duties.noticing.notify",
    "disclosures.actions.permission.move", "disclosures.actions.permission.keep_review",
    "disclosures.actions.permission.require_move", "disclosures.actions.drafting.sent_back",
    "disclosures.actions.drafting.begun", "disclosures.actions.attaching.look_at",
    "disclosures.actions.judging.refuse_marked", "disclosures.actions.judging.open_incident",
    "config.backup.making.make", "config.backup.restoring.restore",
}  # fmt: skip
# About the account of whoever is signed in: the door gives them its own user, and no other can be named.
OWN_ACCOUNT = {
    "workbench.accounts.passwords.change", "workbench.accounts.second_factor.enrol",
    "workbench.accounts.second_factor.renew_codes", "workbench.accounts.second_factor.remove",
    "workbench.accounts.sessions.end_others", "workbench.accounts.feeds.make", "workbench.accounts.feeds.revoke",
}  # fmt: skip
Done = tuple[str, str, str, str, str]  # room, act, state, place, role


def functions_with_an_actor() -> Iterator[str]:
    """Every public function of the product that takes `by` and `at`."""
    for module in pkgutil.walk_packages(gongkai.__path__, "gongkai."):
        if ".tests" in module.name or ".migrations" in module.name or ".demonstration" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == module.name and not name.startswith("_")
            if own and {"by", "at"} <= set(inspect.signature(function).parameters):
                yield f"{module.name.removeprefix('gongkai.')}.{name}"


def test_every_function_that_somebody_acts_by_is_tried() -> None:
    tried = {function for attempt in ATTEMPTS for function in attempt.functions}
    assert set(functions_with_an_actor()) == tried | MACHINERY | OWN_ACCOUNT


def test_every_state_and_every_move_is_known_by_its_name() -> None:
    for procedure in PROCEDURES:
        states = dict(procedure.states)
        for move in procedure.flow.moves:
            assert {move.source, move.target} <= set(states)
            assert set(move.roles) <= set(ANY)


@pytest.mark.django_db
@pytest.mark.either_database
def test_what_can_be_done_is_what_is_written() -> None:
    """Every act, by every role here, above, elsewhere and about oneself, in every state."""
    world = World()
    done = {found for attempt in ATTEMPTS for found in tried(world, attempt)}
    # Whoever holds no role has no duty to hand over, though it would be theirs to do.
    written = {found for found in allowed() if found[4] != NOBODY}
    assert done - allowed() == set(), "possible, but not written"
    assert written - done == set(), "written, but not possible"


def tried(world: World, attempt: Attempt) -> Iterator[Done]:
    """What of an attempt succeeded, as the entry book tells it."""
    places = PLACES if attempt.about_person else PLACES[:-1]
    for state in attempt.states:
        if state:
            prepare(world, attempt, state)
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for place in places:
            for role in (*ANY, NOBODY):
                for room, act in entries_of(world, attempt, SELF if place == SELF else state, place, role, last):
                    yield room, act, state, place, role


def prepare(world: World, attempt: Attempt, state: str) -> None:
    """The subject is made outside the attempts, which are all undone."""
    world.subject(attempt.functions[0].split(".")[0], state)


def entries_of(world: World, attempt: Attempt, state: str, place: str, role: str, last: int) -> list[tuple[str, str]]:
    """The entries after `last` that an attempt leaves; none when it is refused. Whatever it did is undone."""
    by = world.actor(place, role)
    left: list[tuple[str, str]] | None = None
    with transaction.atomic():
        with contextlib.suppress(Refused):
            attempt.do(world, state, by)
            left = list(Entry.objects.filter(pk__gt=last).exclude(by="准备").values_list("subject_type", "act"))
        transaction.set_rollback(True)
    if left is None:
        return []
    assert left, f"{attempt.functions} by {role} left no entry"
    return [(kind.split(".")[0], act) for kind, act in left]


def allowed() -> set[Done]:
    """All that is written, one by one."""
    return {done for act in ACTS for done in _of_act(act)} | {
        done for procedure in PROCEDURES for done in _of_procedure(procedure)
    }


def _of_act(act: Act) -> Iterator[Done]:
    for state in act.states or ("",):
        for role in act.roles:
            yield from ((act.room, act.name, state, place, role) for place in act.places)
        if act.itself:
            yield from ((act.room, act.name, state, SELF, role) for role in (*ANY, NOBODY))


def _of_procedure(procedure: Procedure) -> Iterator[Done]:
    for move in procedure.flow.moves:
        for role in move.roles:
            yield procedure.room, move.name, move.source, procedure.places.get(role, OWN), role


def test_the_document_is_up_to_date() -> None:
    kept = Path(__file__).resolve().parent.parent / "docs/roles.md"
    assert kept.read_text(encoding="utf-8") == matrix.render(), "python -m gongkai.config.matrix writes it anew"
