"""Following the log of changes. Numbers are given before they are committed: gaps are kept and looked at again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from gongkai.search.engine import Foreign, Position
from gongkai.search.models import Change

LONGEST_TRANSACTION = timedelta(days=1)  # a number missing for longer than this was rolled back
KEPT = timedelta(days=30)
MOST_GAPS = 50

Row = tuple[int, str, datetime]  # number, token, moment
Gap = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pending:
    """Changes not taken in. keys: documents of this shelf; position: where an index stands with them; more: not all."""

    keys: tuple[str, ...]
    position: Position
    more: bool


def write(shelf: str, keys: Iterable[str]) -> None:
    """Note that documents changed. RuntimeError outside a transaction: it must stand or fall with the change."""
    if not connection.in_atomic_block:
        raise RuntimeError("a change is noted in the transaction that makes it")
    made = (Change(shelf=shelf, key=key, token=secrets.token_hex(8)) for key in dict.fromkeys(keys))
    Change.objects.bulk_create(made, batch_size=2000)


def since(shelf: str, position: Position, *, most: int) -> Pending | None:
    """What was committed since, in one query; None when nothing was. Foreign when the index cannot follow the log."""
    wanted = Q(pk__gte=position.top)
    for first, last, _ in position.gaps:
        wanted |= Q(pk__range=(first, last))
    columns = ("pk", "token", "at", "shelf", "key")
    rows = list(Change.objects.filter(wanted).order_by("pk").values_list(*columns)[: most + 1])
    more = len(rows) > most
    known = any(row[:2] == (position.top, position.token) for row in rows)
    # Gaps that were filled may leave no room for the number itself: then it is looked for alone.
    if not known and position.top and not (more and Change.objects.filter(pk=position.top, token=position.token)):
        raise Foreign
    fresh = [row for row in rows[:most] if row[0] != position.top]
    if not fresh:
        return None
    keys = dict.fromkeys(key for _, _, _, of, key in fresh if of == shelf)
    return Pending(tuple(keys), _followed(position, [row[:3] for row in fresh]), more)


def end() -> Position:
    """The end of the log, for an index that is about to be made from all documents.

    An empty log gets a first line: without one, an index could not be told from that of another database.
    """
    if not Change.objects.exists():
        with transaction.atomic():
            write("", [""])
    last = Change.objects.latest("pk").at
    columns = ("pk", "token", "at")
    settled = Change.objects.filter(at__lte=last - LONGEST_TRANSACTION).order_by("-pk").values_list(*columns).first()
    start = Position(top=settled[0], token=settled[1]) if settled else Position()
    return _followed(start, list(Change.objects.filter(pk__gt=start.top).order_by("pk").values_list(*columns)))


def prune(*, at: datetime) -> int:
    """Throw out what is older than every index in use should be, but never the last; gives how many."""
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Change.objects.filter(at__lt=at - KEPT, pk__lt=last).delete()[0] if last else 0


def _followed(position: Position, rows: list[Row]) -> Position:
    """The position after these rows, which stand in the order of their numbers."""
    gaps = list(position.gaps)
    top, token = position.top, position.token
    for number, mark, at in rows:
        if number < top:
            gaps = [rest for gap in gaps for rest in _without(gap, number)]
            continue
        if number > top + 1:
            gaps.append((top + 1, number - 1, int(at.timestamp())))
        top, token = number, mark
    oldest = int((max(at for _, _, at in rows) - LONGEST_TRANSACTION).timestamp())
    return replace(position, top=top, token=token, gaps=_few([gap for gap in gaps if gap[2] > oldest]))


def _without(gap: Gap, number: int) -> Iterator[Gap]:
    first, last, missed = gap
    if not first <= number <= last:
        yield gap
        return
    if first < number:
        yield first, number - 1, missed
    if number < last:
        yield number + 1, last, missed


def _few(gaps: list[Gap]) -> tuple[Gap, ...]:
    """At most so many gaps: the first ones are taken together, so that what lies between them is taken in again."""
    spare = len(gaps) - MOST_GAPS
    if spare > 0:
        together = (gaps[0][0], gaps[spare][1], max(gap[2] for gap in gaps[: spare + 1]))
        gaps = [together, *gaps[spare + 1 :]]
    return tuple(gaps)
