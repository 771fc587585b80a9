"""Holds a measure against counting by hand in Python: the number, every grouping, and the list behind each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from gongkai.records.measures import Measure, Scope

# Days on both sides of both ends of 2012, and one in the midst.
DAYS = (
    date(2011, 12, 30), date(2011, 12, 31), date(2012, 1, 1), date(2012, 1, 2), date(2012, 6, 15), date(2012, 12, 30),
    date(2012, 12, 31), date(2013, 1, 1),
)  # fmt: skip
SCOPE_DAYS = (
    (date(2012, 1, 1), date(2012, 12, 31)),
    (date(2012, 1, 1), date(2012, 1, 1)),
    (date.min, date(2012, 12, 31)),
)

days = st.sampled_from(DAYS)
maybe_days = st.none() | days
# An example asks hundreds of questions however few its rows, so that few examples of many rows try the most.
held = settings(max_examples=10, deadline=None)
Row = TypeVar("Row")


def many(row: st.SearchStrategy[Row]) -> st.SearchStrategy[list[Row]]:
    """None, some, or more than there are kinds of rows to tell apart."""
    return st.lists(row, max_size=4) | st.lists(row, min_size=15, max_size=40)


def scopes(*organs: int) -> list[Scope]:
    """A year, a single day and everything up to a year's end; for the first organ, and for all."""
    return [Scope(chosen, *span) for chosen in (organs[:1], organs) for span in SCOPE_DAYS]


def hold(
    measure: Measure,
    scope: Scope,
    records: Sequence[Any],
    *,
    counted: Callable[[Any, Scope], bool],
    by: Mapping[str, Callable[[Any, Scope], str]],
    amount: Callable[[Any, Scope], Any] = lambda record, scope: 1,
) -> None:
    """Assert that number, groups and lists all say what the plain Python predicates say.

    Groups are asked for every choice of dimensions, the lists behind them for each dimension alone and all together,
    for a list is the rows of the number with one filter for each dimension.
    """
    rows = [record for record in records if record.organ_id in scope.organs and counted(record, scope)]
    assert set(by) == set(measure.by), "every dimension is held"
    total = measure.grouped(scope, ())[()]
    assert total == sum(amount(row, scope) for row in rows)
    assert {row.pk for row in measure.listed(scope, {})} == {row.pk for row in rows}
    for size in range(1, len(by) + 1):
        for names in combinations(sorted(by), size):
            groups, members = _hold_groups(measure, scope, names, rows, by, amount)
            assert sum(groups.values()) == total, "the groups add up to the total"
            for key in groups if size in (1, len(by)) else ():
                where = {name: (value,) for name, value in zip(names, key, strict=True)}
                assert {row.pk for row in measure.listed(scope, where)} == members[key]


def _hold_groups(
    measure: Measure, scope: Scope, names: tuple[str, ...], rows: Sequence[Any],
    by: Mapping[str, Callable[[Any, Scope], str]], amount: Callable[[Any, Scope], Any],
) -> tuple[dict[tuple[Any, ...], Any], dict[tuple[Any, ...], set[int]]]:  # fmt: skip
    expected: defaultdict[tuple[str, ...], Any] = defaultdict(int)
    members: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in rows:
        key = tuple(by[name](row, scope) for name in names)
        expected[key] += amount(row, scope)
        members[key].add(row.pk)
    groups = measure.grouped(scope, names)
    assert groups == dict(expected)
    return groups, members


def named(measures: Sequence[Measure], name: str) -> Measure:
    """The measure of that name."""
    return next(measure for measure in measures if measure.name == name)


def within(field: str) -> Callable[[Any, Scope], bool]:
    """Whether the record's day in that field is filled in and lies in the scope."""

    def told(row: Any, scope: Scope) -> bool:
        day = getattr(row, field)
        return day is not None and scope.first <= day <= scope.last

    return told


def value(field: str) -> Callable[[Any, Scope], Any]:
    """The record's value in that field."""
    return lambda row, scope: getattr(row, field)
