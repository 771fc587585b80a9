"""A procedure as a typed table of states and moves. Pure data; records.moves carries a move out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.law.refusal import Misprint


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step: who (role) may lead a record from one state to another, and the article it rests on.

    also: further roles that may do it as well. separate_from: fields of the record, each with a member of staff, who
    may not be the same person: what one submits another approves.
    """

    name: str
    source: str
    target: str
    role: str
    title: str
    cite: str = ""
    also: tuple[str, ...] = ()
    separate_from: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that may make the move."""
        return (self.role, *self.also)

    def open_to(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles may make the move."""
        return any(role in roles for role in self.roles)


@dataclass(frozen=True, slots=True)
class Flow:
    """All moves of one procedure; a move's name is unique."""

    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        names = [move.name for move in self.moves]
        if len(names) != len(set(names)):
            raise Misprint("flow", f"步骤名重复:{names}")

    def move(self, name: str) -> Move:
        for move in self.moves:
            if move.name == name:
                return move
        raise Misprint("flow", f"没有步骤“{name}”")

    def from_state(self, state: str) -> tuple[Move, ...]:
        """The moves that may be made from a state, in the order of the table."""
        return tuple(move for move in self.moves if move.source == state)
