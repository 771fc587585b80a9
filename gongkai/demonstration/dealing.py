"""Deterministic spreading: how counts become single records, the same on every machine and every Python."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from gongkai.law.calendar import is_working_day


def drawn(salt: str, below: int) -> int:
    """A number from 0 to below - 1 that looks random and depends on the salt only."""
    return int.from_bytes(hashlib.sha256(salt.encode()).digest()[:6]) % below


def dealt(counts: Mapping[str, int], salt: str) -> list[str]:
    """Each name as often as its count says, in an order that looks shuffled and depends on the salt only."""
    deck = [name for name, count in counts.items() for _ in range(count)]
    order = sorted(range(len(deck)), key=lambda place: hashlib.sha256(f"{salt}:{place}".encode()).digest())
    return [deck[place] for place in order]


def shared_out(total: int, parts: int) -> list[int]:
    """A total in whole parts that differ by at most one and add up to it."""
    return [total * (part + 1) // parts - total * part // parts for part in range(parts)]


@cache
def working_days(first: date, last: date) -> tuple[date, ...]:
    """The working days from first to last, both included."""
    span = (last - first).days + 1
    return tuple(day for offset in range(span) if is_working_day(day := first + timedelta(days=offset)))


def spread(count: int, first: date, last: date) -> list[date]:
    """A working day for each of `count` records, in order and evenly spread, the last on the last day."""
    days = working_days(first, last)
    return [days[((place + 1) * len(days) - 1) // count] for place in range(count)]


def working_days_before(day: date, back: int, not_before: date) -> date:
    """The working day `back` working days earlier than a working day, yet not before a limit."""
    while back and day > not_before:
        day -= timedelta(days=1)
        back -= is_working_day(day)
    return day if day >= not_before else not_before
