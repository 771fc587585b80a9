"""The seal on the entry book: database triggers that refuse to change or remove an entry, for SQLite and PostgreSQL.

Whoever owns the database can break the seal; the digests of the chain then show it (records.entries.verify).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ENTRY_TABLES = ("records_entry", "records_mention")
TABLES = (*ENTRY_TABLES, "records_dailyanchor")
_VERBS = ("update", "delete")

_SQLITE_BREAK = "DROP TRIGGER IF EXISTS {table}_no_{verb}"
_SQLITE_SET = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '操作日志只可追加，不可修改或删除'); END"""

_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION records_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '操作日志只可追加，不可修改或删除'; END $$"""
_POSTGRESQL_BREAK = "DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
_POSTGRESQL_SET = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION records_append_only()"""


def set_seal(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Put the triggers on; a seal already there is renewed. connection: a Django database connection."""
    break_seal(connection, tables)
    if connection.vendor == "postgresql":
        _run(connection, [_POSTGRESQL_FUNCTION, *(_POSTGRESQL_SET.format(table=table) for table in tables)])
    else:
        _run(connection, [_SQLITE_SET.format(table=table, verb=verb) for table in tables for verb in _VERBS])


def break_seal(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Take the triggers off, as a migration backwards does."""
    if connection.vendor == "postgresql":
        _run(connection, [_POSTGRESQL_BREAK.format(table=table) for table in tables])
    else:
        _run(connection, [_SQLITE_BREAK.format(table=table, verb=verb) for table in tables for verb in _VERBS])


@contextmanager
def unsealed(connection: Any) -> Iterator[None]:
    """The seal off for a while: for tests that empty the tables, or tamper to see that the digests show it."""
    break_seal(connection)
    try:
        yield
    finally:
        set_seal(connection)


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
