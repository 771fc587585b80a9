"""Registers of any length: whatever their lists offer walks along an index, and pages are whole and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.applications.models import Application
from gongkai.organs.models import Organ, Staff
from gongkai.records import word_index
from gongkai.records.ledgers import Ledger
from gongkai.workbench import narrowing, paging, registers
from gongkai.workbench.ledgers import LEDGERS

READ_WHOLE = ("SCAN", "TEMP B-TREE", "Seq Scan", "Sort", "Bitmap")
LETTERS = "土地征收aAbB0-%_'\"*é ß"


@pytest.fixture
def only_indexes(db: None) -> Iterator[None]:
    """The tables are empty: PostgreSQL is told not to read them whole, as it would not if they were long."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
                    cursor.execute(f"SET LOCAL enable_{way} = off")
        yield


def faults_of(ledger: Ledger, what: str, rows: Any) -> list[str]:
    """The plan of a page, where it reads or sorts more than the page."""
    plan = rows.values_list("pk", flat=True)[:50].explain()
    return [f"{ledger.name} {what}: {plan}"] if any(word in plan for word in READ_WHOLE) else []


def test_every_order_and_choice_that_a_register_offers_walks_along_an_index(zhang: Staff, only_indexes: None) -> None:
    faults: list[str] = []
    for ledger in LEDGERS:
        for column in narrowing.sortable(ledger):
            for sort in (column, f"-{column}"):
                rows = narrowing.asked(ledger, {"sort": sort}).rows(zhang)
                faults += [fault for part in paging._parts(rows) for fault in faults_of(ledger, sort, part)]
        for choice in (column for column in ledger.all_columns if column.kind == "choice"):
            rows = narrowing.asked(ledger, {choice.name: next(iter(choice.choices))}).rows(zhang)
            faults += faults_of(ledger, choice.name, rows)
    assert faults == []


def test_every_span_of_days_and_every_word_is_found_by_an_index(zhang: Staff, only_indexes: None) -> None:
    """Each index by its name: it begins with the organ and the day, or it is the one of words."""
    faults = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_bitmapscan = on")
        for ledger in LEDGERS:
            for day in (column.name for column in ledger.columns if column.kind == "date"):
                named = {index.name for index in ledger.model._meta.indexes if index.fields[:2] == ["organ", day]}
                asked = narrowing.asked(ledger, {f"{day}_from": "2025-03-01", f"{day}_until": "2025-03-05"})
                plan = asked.rows(zhang).order_by(day, "number").values("pk").explain()
                if not any(name in plan for name in named):
                    faults.append(f"{ledger.name} {day}: {plan}")
            held = word_index.candidates(ledger.model, narrowing.searched(ledger), zhang.organ_id, ["土地"], most=9)
            explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            cursor.execute(f"{explain} SELECT {held.source}", held.asked)
            plan = str(cursor.fetchall())
            if f"{ledger.model._meta.db_table}_words" not in plan or "Seq Scan" in plan:
                faults.append(f"{ledger.name} words: {plan}")
    assert faults == []


def test_all_that_is_searched_is_indexed_as_the_program_would_index_it_today(db: None) -> None:
    """Fails when a migration forgot `KeepWords` after it changed a searched field, or made SQLite rebuild a table."""
    kept = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    if connection.vendor == "postgresql":
        kept = "SELECT indexdef FROM pg_indexes WHERE indexname = %s || '_words'"
    with connection.cursor() as cursor:
        for ledger in LEDGERS:
            table = ledger.model._meta.db_table
            cursor.execute(kept, [table])
            found = {sql for (sql,) in cursor.fetchall()}
            wanted = set(word_index.statements(connection.vendor, table, narrowing.searched(ledger)))
            if connection.vendor == "postgresql":
                with transaction.atomic():
                    for statement in [*word_index.undone("postgresql", table), *wanted]:
                        cursor.execute(statement)
                    cursor.execute(kept, [table])
                    assert {sql for (sql,) in cursor.fetchall()} == found, ledger.name
                    transaction.set_rollback(True)
            else:
                assert {sql for sql in wanted if sql.startswith("CREATE TRIGGER")} == found, ledger.name


def apply(organ: Organ, number: str, subject: str = "x", **fields: Any) -> Application:
    return Application.objects.create(
        organ=organ, number=number, subject=subject, channel="online", applicant_type="natural_person",
        provenance="invented", **({"received_on": date(2025, 1, 1)} | fields),
    )  # fmt: skip


def found(staff: Staff, words: str) -> set[str]:
    """The numbers of the rows that the index of words and the fields themselves both know to hold the words."""
    asked = narrowing.asked(registers.ledger_named(LEDGERS, "applications"), {"words": words})
    holding = asked.holding(staff)
    assert holding is not None
    return set(asked.rows(staff).filter(holding.among()).values_list("number", flat=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6),
    words=st.text(LETTERS, min_size=1, max_size=5).filter(str.strip),
)
def test_the_index_of_words_misses_no_row(zhang: Staff, texts: list[str], words: str) -> None:
    with transaction.atomic():
        for place, text in enumerate(texts):
            apply(zhang.organ, f"n{place}", text)
        asked = narrowing.asked(registers.ledger_named(LEDGERS, "applications"), {"words": words})
        assert found(zhang, words) == set(asked.rows(zhang).values_list("number", flat=True))
        transaction.set_rollback(True)


def test_the_index_of_words_follows_every_change_and_keeps_organs_apart(zhang: Staff, wang: Staff) -> None:
    one, _ = apply(zhang.organ, "A1", "土地征收公告"), apply(wang.organ, "B1", "土地征收公告")
    assert found(zhang, "土地征收") == {"A1"}
    assert found(zhang, "征 a1") == {"A1"}
    Application.objects.filter(pk=one.pk).update(subject="财政预算")
    assert (found(zhang, "土地征收"), found(zhang, "预算")) == (set(), {"A1"})
    fields = narrowing.searched(registers.ledger_named(LEDGERS, "applications"))
    assert word_index.candidates(Application, fields, zhang.organ_id, ["土地"], most=9).number == 0
    assert word_index.candidates(Application, fields, wang.organ_id, ["土地"], most=9).number == 1
    one.delete()
    assert word_index.candidates(Application, fields, zhang.organ_id, ["预算"], most=9).number == 0


@pytest.mark.parametrize("counted_to", [10_000, 4])
@pytest.mark.parametrize("sort", ["", "-number", "received_on", "extended_to", "-extended_to"])
@pytest.mark.parametrize("words", ["", "地"])
def test_the_pages_together_are_all_rows_in_their_order_the_empty_ones_last(
    zhang: Staff, monkeypatch: pytest.MonkeyPatch, counted_to: int, sort: str, words: str
) -> None:
    for name, value in (("PER_PAGE", 3), ("COUNTED_TO", counted_to), ("FEW", counted_to), ("WAY", 4)):
        monkeypatch.setattr(paging, name, value)
    monkeypatch.setattr(narrowing, "FEW", counted_to)
    day = date(2025, 1, 1)
    for place in range(11):
        apply(
            zhang.organ, f"{place * 7 % 11:02}", "土地" if place < 9 else "x", received_on=day + timedelta(place % 3),
            extended_to=day + timedelta(90 + place % 2) if place % 3 else None,
        )  # fmt: skip
    asked = narrowing.asked(registers.ledger_named(LEDGERS, "applications"), {"sort": sort, "words": words})
    among = registers.own_rows(asked.ledger, zhang) if asked.is_set else None
    pages = [
        paging.stretch(str(page), asked.rows(zhang), among=among, holding=asked.holding(zhang)).rows
        for page in (1, 2, 3, 4)[: 3 if words else 4]
    ]
    column, down = (sort or "number").removeprefix("-"), sort.startswith("-")
    rows = [row for row in Application.objects.all() if words in row.subject]
    full = [row for row in rows if getattr(row, column) is not None]
    wanted = sorted(full, key=lambda row: (getattr(row, column), row.number), reverse=down)
    wanted += sorted((row for row in rows if row not in full), key=lambda row: row.number, reverse=down)
    assert [row.number for page in pages for row in page] == [row.number for row in wanted]
