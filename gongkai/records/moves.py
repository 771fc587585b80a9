"""Carrying out a move of a flow: state and role checked, state exchanged, entry written, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction

from gongkai.law.flow import Flow, Move
from gongkai.law.refusal import Refused
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
    the move's role on the day of `at`; "wrong_state" when the record is not (or no longer) in the move's source state:
    of several who try at once one wins. Nothing is changed by a refusal.
    """
    move = flow.move(name)
    _require_role(move, role_of(by, at.astimezone(LEGAL_TIME).date()), by)
    rows = type(record)._default_manager.filter(pk=record.pk)
    before = rows.select_for_update().values("state", *changes).first()
    if before is None or not rows.filter(state=move.source).update(state=move.target, **changes):
        raise _wrong_state(move, record, before)
    for attribute, value in {"state": move.target, **changes}.items():
        setattr(record, attribute, value)
    return entries.write(
        organ_code=record.organ.code,  # type: ignore[attr-defined]  # every register record has an organ
        by=by, at=at, act=name, subject=record, before=before, after={"state": move.target, **changes},
    )  # fmt: skip


def may(flow: Flow, record: models.Model, roles: Collection[str]) -> tuple[Move, ...]:
    """The moves that someone with these roles may make now, in the order of the flow: the buttons of a page."""
    state = record.state  # type: ignore[attr-defined]
    return tuple(move for move in flow.from_state(state) if move.role in roles)


def _require_role(move: Move, roles: Collection[str], by: Any) -> None:
    if move.role not in roles:
        role = Role(move.role).label
        raise Refused("not_your_role", f"“{move.title}”须由{role}办理；{by} 当日没有这一角色", move.cite)


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
