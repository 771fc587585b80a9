"""Carrying out a move of a flow: state and role checked, state exchanged, entry written, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from gongkai.law.flow import Flow, Move
from gongkai.law.refusal import Refused, SeveralRefused
from gongkai.records import entries
from gongkai.records.models import Entry
from gongkai.records.roles import Role

LEGAL_TIME = ZoneInfo("Asia/Shanghai")

RolesOf = Callable[[Any, date], Collection[str]]
"""Which roles a person holds on a day: codes, as in the moves of a flow."""


@transaction.atomic
def carry_out(
    flow: Flow, name: str, record: models.Model, *, by: Any, at: datetime, role_of: RolesOf, **changes: Any
) -> Entry:
    """Lead `record` over the move `name` and set `changes` with it; gives the one entry written.

    The record has a text field `state` and an `organ` with a `code`. Refused "not_your_role" when `by` does not hold
    a role of the move on the day of `at`; with the name of a field as code, when a text is too long for it;
    "wrong_state" when the record is not (or no longer) in the move's source state: of several who try at once one wins;
    "same_person" when `by` did what the move is kept separate from. Nothing is changed by a refusal.
    """
    move = flow.move(name)
    _require_role(move, role_of(by, at.astimezone(LEGAL_TIME).date()), by)
    _require_room(record, changes)
    rows = type(record)._default_manager.filter(pk=record.pk)
    before = rows.select_for_update().values("state", *changes).first()
    if before is not None and before["state"] == move.source:
        _require_another(move, rows, by)
    if before is None or not rows.filter(state=move.source).update(state=move.target, **changes):
        raise _wrong_state(move, record, before)
    for attribute, value in {"state": move.target, **changes}.items():
        setattr(record, attribute, value)
    return entries.write(
        organ_code=record.organ.code,  # type: ignore[attr-defined]  # every register record has an organ
        by=by, at=at, act=name, subject=record, before=before, after={"state": move.target, **changes},
    )  # fmt: skip


@transaction.atomic
def require(flow: Flow, name: str, record: models.Model, *, by: Any, at: datetime, role_of: RolesOf) -> None:
    """Refused as `carry_out` would be, before work that is lost when it is; nothing is changed."""
    move = flow.move(name)
    _require_role(move, role_of(by, at.astimezone(LEGAL_TIME).date()), by)
    rows = type(record)._default_manager.filter(pk=record.pk)
    before = rows.select_for_update().values("state").first()
    if before is None or before["state"] != move.source:
        raise _wrong_state(move, record, before)
    _require_another(move, rows, by)


def may(flow: Flow, record: models.Model, roles: Collection[str], by: Any = None) -> tuple[Move, ...]:
    """The moves that someone with these roles may make now, in the order of the flow: the buttons of a page.

    by: the person, where moves that are kept separate from their own acts are to be left out.
    """
    state = record.state  # type: ignore[attr-defined]
    offered = (move for move in flow.from_state(state) if move.open_to(roles))
    return tuple(move for move in offered if not (by and _own(move, record, by)))


def _own(move: Move, record: models.Model, by: Any) -> bool:
    """Whether `by` is one of the people from whom the move is kept separate."""
    others = (getattr(record, field) for field in move.separate_from)
    return any(other is not None and other.user_id == getattr(by, "user_id", None) for other in others)


def _require_another(move: Move, rows: models.QuerySet[Any], by: Any) -> None:
    # Read anew under the lock: who submitted may have changed since the record was fetched.
    people = [f"{field}__user_id" for field in move.separate_from]
    person = getattr(by, "user_id", None)
    if people and person in (rows.values_list(*people).first() or ()) and person is not None:
        raise Refused(
            "same_person", f"“{move.title}”须由另一人办理：前一步就是 {by} 本人办的；请交给其他有权的人", move.cite
        )


def _require_role(move: Move, roles: Collection[str], by: Any) -> None:
    if not move.open_to(roles):
        named = "或".join(Role(role).label for role in move.roles)
        raise Refused("not_your_role", f"“{move.title}”须由{named}办理；{by} 当日没有这一角色", move.cite)


def _require_room(record: models.Model, changes: Mapping[str, Any]) -> None:
    """What is written fits its field: PostgreSQL would fall over what is longer, and SQLite would keep it."""
    faults = {}
    for attribute, value in changes.items():
        field = record._meta.get_field(attribute)
        most = getattr(field, "max_length", None)
        if isinstance(value, str) and most is not None and len(value) > most:
            label = getattr(field, "verbose_name", attribute)
            faults[attribute] = f"“{label}”有 {len(value)} 个字，超过 {most} 个字的上限；请缩短"
    if faults:
        raise SeveralRefused(faults)


def _wrong_state(move: Move, record: models.Model, before: dict[str, Any] | None) -> Refused:
    if before is None:
        return Refused("gone", f"{record._meta.verbose_name} {record} 已不存在，请刷新后再办", move.cite)
    labels = dict(record._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
    source, now = labels.get(move.source, move.source), labels.get(before["state"], before["state"])
    return Refused(
        "wrong_state",
        f"{record._meta.verbose_name} {record} 现为“{now}”，“{move.title}”只能在“{source}”时办理；"
        "可能他人刚刚办过，请刷新后再看",
        move.cite,
    )
