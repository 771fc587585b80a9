"""A register narrowed and ordered as its reader asked: by words, year, every choice and every date, by a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.organs.models import Staff
from gongkai.records import word_index
from gongkai.records.cells import Reader, Unfit, reader_of
from gongkai.records.ledgers import Ledger, LedgerColumn
from gongkai.records.word_index import Candidates
from gongkai.records.words import words_of
from gongkai.workbench import registers
from gongkai.workbench.paging import FEW

EMPTY = "-"  # asks for the rows in which the column is empty
SORTED_KINDS = ("date", "integer", "amount")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice column to narrow by. asked: a code, EMPTY or "" for all; may_be_empty: whether rows can lack it."""

    column: LedgerColumn
    asked: str
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A date column to narrow by, as typed; fault: why it could not be read, "" when it could."""

    column: LedgerColumn
    first: str
    last: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was asked of a register. `where` narrows its rows; sort: a column, with "-" before it for descending."""

    ledger: Ledger
    words: str
    year: int | None
    sort: str
    choices: tuple[Choice, ...]
    spans: tuple[Span, ...]
    where: Q = field(default_factory=Q)

    @property
    def is_set(self) -> bool:
        """Whether any row may be left out."""
        return bool(self.where)

    @property
    def is_fine(self) -> bool:
        """Whether a choice or a span of days is set: their fields are then shown open."""
        return any(one.asked for one in self.choices) or any(one.first or one.last for one in self.spans)

    @property
    def sortable(self) -> frozenset[str]:
        """The columns that rows can be ordered by."""
        return frozenset(sortable(self.ledger))

    def rows(self, staff: Staff) -> QuerySet[Any]:
        """The organ's rows as asked, in the order asked; equal ones in the order of their numbers, up or down alike."""
        order = [self.sort or "number"]
        if order[0].removeprefix("-") != "number":
            order.append("-number" if order[0].startswith("-") else "number")
        return registers.own_rows(self.ledger, staff).filter(self.where).order_by(*order)

    def holding(self, staff: Staff) -> Candidates | None:
        """The rows that may hold the words, by the database's index of words. None when no words are asked for; and
        when very many hold them and more is asked: what else is asked then leaves fewer."""
        words = words_of(self.words)
        if not words:
            return None
        fields = searched(self.ledger)
        found = word_index.candidates(self.ledger.model, fields, staff.organ_id, words, most=FEW)
        return found if found.number < FEW or not (self.year or self.is_fine) else None


def searched(ledger: Ledger) -> list[str]:
    """The fields in which words are looked for: the number and the texts. The database indexes their words."""
    return ["number", *(column.name for column in ledger.columns if column.kind == "text")]


def sortable(ledger: Ledger) -> list[str]:
    """The number, the days and the amounts of a register."""
    return ["number", *(column.name for column in ledger.columns if column.kind in SORTED_KINDS)]


def asked(ledger: Ledger, given: Mapping[str, str]) -> Narrowing:
    """What an address asks: ?words=&year=&sort=, a choice by its column's name, a day by name_from and name_until.

    What cannot be read narrows nothing and is told beside its field.
    """
    year, words = _year(given.get("year", "")), given.get("words", "").strip()
    choices = tuple(_choice(ledger, column, given) for column in ledger.all_columns if column.kind == "choice")
    spans = [_span(ledger, column, given) for column in ledger.columns if column.kind == "date"]
    where = _in_year(ledger, year) & _with_words(ledger, words)
    for choice in choices:
        where &= _chosen(choice)
    for _, within in spans:
        where &= within
    told = tuple(span for span, _ in spans)
    return Narrowing(ledger, words, year, _sort(ledger, given.get("sort", "")), choices, told, where)


def _year(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) == 4 and given > "1900" else None


def _sort(ledger: Ledger, given: str) -> str:
    return given if given.removeprefix("-") in sortable(ledger) else ""


def _in_year(ledger: Ledger, year: int | None) -> Q:
    day = registers.day_column(ledger)
    return Q(**{f"{day}__range": (date(year, 1, 1), date(year, 12, 31))}) if year and day else Q()


def _with_words(ledger: Ledger, words: str) -> Q:
    """Each word occurs in some text column or the number."""
    found = Q()
    for word in words_of(words):
        # Where no letter has a case (nearly always), PostgreSQL need not turn every text into capitals.
        compared = "contains" if word.upper() == word.lower() else "icontains"
        found &= reduce(or_, (Q(**{f"{name}__{compared}": word}) for name in searched(ledger)))
    return found


def _choice(ledger: Ledger, column: LedgerColumn, given: Mapping[str, str]) -> Choice:
    model_field = ledger.model._meta.get_field(column.name)
    code = given.get(column.name, "")
    known = code in column.choices or code == EMPTY
    return Choice(column, code if known else "", bool(getattr(model_field, "blank", False)))


def _chosen(choice: Choice) -> Q:
    if not choice.asked:
        return Q()
    return Q(**{choice.column.name: "" if choice.asked == EMPTY else choice.asked})


def _span(ledger: Ledger, column: LedgerColumn, given: Mapping[str, str]) -> tuple[Span, Q]:
    first, last = (given.get(f"{column.name}_{end}", "").strip() for end in ("from", "until"))
    read = reader_of(ledger.model, column)
    try:
        within = _from(column, "gte", first, read) & _from(column, "lte", last, read)
    except Unfit as unfit:
        return Span(column, first, last, str(unfit)), Q()
    return Span(column, first, last), within


def _from(column: LedgerColumn, compared: str, typed: str, read: Reader) -> Q:
    return Q(**{f"{column.name}__{compared}": read(typed)}) if typed else Q()
