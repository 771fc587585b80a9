"""A measure: a number is a query, and the list behind it is the same query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Count, F, Model, QuerySet, Sum
from django.db.models.expressions import BaseExpression, Combinable


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: the records of these organs (ids) from `first` to `last`, both days included."""

    organs: tuple[int, ...]
    first: date
    last: date


Rows = Callable[[Scope], "QuerySet[Any]"]
Dimension = str | Callable[[Scope], Combinable | BaseExpression]


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to count a desk's records.

    rows: Scope -> QuerySet of the very records counted (the list behind the number). by: dimensions by name, each a
    field path or Scope -> expression; a cell's `where` filters on them. amount: None counts rows; a field path or Scope
    -> expression is summed. distinct: counts different values of this path, not rows (then one dimension at a time).
    kind: "flow" happens within the scope; "stock" is what stands at scope.last; "stock_start" at the day before
    scope.first. key: path of the row's lasting number, which is frozen at publication. title: 统计口径 in Chinese.
    columns: (field path, Chinese header) pairs for the list page.
    """

    name: str
    title: str
    rows: Rows
    by: Mapping[str, Dimension] = field(default_factory=dict)
    amount: Dimension | None = None
    distinct: str = ""
    kind: Literal["flow", "stock", "stock_start"] = "flow"
    key: str = "number"
    unit: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    def _expression(self, name: str, scope: Scope) -> Combinable | BaseExpression:
        dimension = self.by[name]
        return F(dimension) if isinstance(dimension, str) else dimension(scope)

    def value_of(self, scope: Scope) -> BaseExpression:
        """The aggregate that turns the rows into the number."""
        if self.distinct:
            return Count(self.distinct, distinct=True)
        if self.amount is None:
            return Count("*")  # not of the key: an index that holds the dimensions then suffices
        return Sum(F(self.amount) if isinstance(self.amount, str) else self.amount(scope))

    def dimensioned(self, scope: Scope, names: tuple[str, ...]) -> QuerySet[Any]:
        """The rows with each named dimension annotated as `by_<name>`; no ordering."""
        rows: QuerySet[Any] = self.rows(scope).order_by()
        named: QuerySet[Any] = rows.annotate(**{f"by_{name}": self._expression(name, scope) for name in names})
        return named

    def grouped(self, scope: Scope, names: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
        """ONE query: {(dimension values in the order of names): number}; with no names the key is ()."""
        rows = self.dimensioned(scope, names)
        if not names:
            return {(): rows.aggregate(counted=self.value_of(scope))["counted"] or 0}
        fields = [f"by_{name}" for name in names]
        groups = rows.values(*fields).annotate(counted=self.value_of(scope)).values_list(*fields, "counted")
        return {tuple(group[:-1]): group[-1] or 0 for group in groups}

    def listed(self, scope: Scope, where: Mapping[str, tuple[str, ...]]) -> QuerySet[Any]:
        """The records behind a number: the same rows, filtered on the same dimensions, in order of their numbers."""
        rows = self.dimensioned(scope, tuple(where))
        rows = rows.filter(**{f"by_{name}__in": values for name, values in where.items()})
        return rows.order_by(self.key, "pk")


def rows_of(model: type[Model], scope: Scope, day: str) -> QuerySet[Any]:
    """Records of the scope's organs whose `day` field falls within it: the usual flow."""
    return model._default_manager.filter(organ_id__in=scope.organs, **{f"{day}__range": (scope.first, scope.last)})
