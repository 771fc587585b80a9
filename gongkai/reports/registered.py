"""What the registers of an organ held in a year, and since when they have been kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery, Value

from gongkai.law.holdings import Held
from gongkai.organs.models import Organ
from gongkai.records.measures import Measure, Scope
from gongkai.reports.counting import BEGINNING, MEASURES, Query, basis_of
from gongkai.reports.periods import Period
from gongkai.reports.queries import RecordList

LATER = "这一登记簿在报告年度以后才开始,当时没有登记"
NONE = "本机关当时还没有登记"
PRIVATE = "登记不对外公开,请由该机关自己对照"


NOWHERE = Scope((), BEGINNING, BEGINNING)
AT_ONCE = 100  # lists counted by one query


def _total(listed: RecordList) -> QuerySet[Any]:
    """The rows of a list drawn together into their number."""
    together = listed.records.order_by().annotate(together=Value(1)).values("together")
    total: QuerySet[Any] = together.annotate(total=listed.query.measure.value_of(listed.query.scope)).values("total")
    return total


def _answered(organ: Organ, asked: Mapping[str, Exists | Subquery]) -> Mapping[str, Any]:
    """Many questions about one organ in one query: the answers by name."""
    answers: Any = Organ.objects.filter(pk=organ.pk).order_by().values(**asked)
    found: Mapping[str, Any] = answers.get()
    return found


@cache
def dated() -> Mapping[type[Model], Measure]:
    """For each register a measure that tells when its records came about: one of what happens, if there is one."""
    found: dict[type[Model], Measure] = {}
    for measure in MEASURES.values():
        model = register_of(measure)
        if model not in found or (measure.kind == "flow" and found[model].kind != "flow"):
            found[model] = measure
    return found


def register_of(measure: Measure) -> type[Model]:
    """Where a measure finds its records."""
    model: type[Model] = measure.rows(NOWHERE).model
    return model


@dataclass(frozen=True, slots=True)
class Since:
    """Whether a register has records from before the period, by its end, at all."""

    before: bool
    by_end: bool
    ever: bool


@dataclass(slots=True)
class Registers:
    """The registers of one organ for a period. All are asked at once."""

    organ: Organ
    period: Period
    _kept: dict[type[Model], Since] = field(default_factory=dict)

    def ask(self) -> None:
        """Since when each register has been kept: one query."""
        own, models = (self.organ.pk,), list(dated())
        asked: dict[str, Exists] = {}
        for place, (model, measure) in enumerate(dated().items()):
            asked[f"before{place}"] = Exists(measure.rows(Scope(own, BEGINNING, self.period.first - timedelta(days=1))))
            asked[f"by_end{place}"] = Exists(measure.rows(Scope(own, BEGINNING, self.period.last)))
            asked[f"ever{place}"] = Exists(model._default_manager.filter(organ_id=OuterRef("pk")))
        found = _answered(self.organ, asked)
        for place, model in enumerate(models):
            self._kept[model] = Since(*(found[f"{word}{place}"] for word in ("before", "by_end", "ever")))

    def missing(self, measure: Measure) -> str:
        """Why nothing can be held against a register, "" where something can: a register without any record counts as
        kept and empty, if the organ kept others by then; one whose first record came later did not exist."""
        since = self._since(register_of(measure))
        if since.by_end:
            return ""
        if since.ever:
            return LATER
        return "" if any(other.by_end for other in self._kept.values()) else NONE

    def whole(self, measure: Measure) -> bool:
        """Whether the register was kept before the period began."""
        return self._since(register_of(measure)).before

    def _since(self, model: type[Model]) -> Since:
        if not self._kept:
            self.ask()
        return self._kept[model]

    def listed(self, name: str, where: Mapping[str, tuple[str, ...]], *, to_date: bool = False) -> RecordList:
        """The records of a measure in the period, or of all time up to its end."""
        first = BEGINNING if to_date else self.period.first
        return RecordList(Query(MEASURES[name], Scope((self.organ.pk,), first, self.period.last)), where)

    def totals(self, lists: Mapping[str, RecordList]) -> dict[str, Decimal]:
        """What each list comes to, many lists in one query: by the names they are given."""
        found: dict[str, Decimal] = {}
        every = list(lists)
        for start in range(0, len(every), AT_ONCE):
            names = every[start : start + AT_ONCE]
            counted = {f"n{place}": Subquery(_total(lists[name])) for place, name in enumerate(names)}
            answer = _answered(self.organ, counted)
            found |= {name: Decimal(answer[f"n{place}"] or 0) for place, name in enumerate(names)}
        return found

    def held(self, records: RecordList, total: Decimal) -> Held:
        """What a register holds."""
        return Held(total, basis_of(records.query, None), self.whole(records.query.measure))
