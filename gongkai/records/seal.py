"""The seal on the entry book: database triggers that refuse to change or remove an entry, for SQLite and PostgreSQL.

Whoever owns the database can break the seal; the digests of the chain then show it (records.entries.verify).
"""

from __future__ import annotations

from typing import Any

TABLES = ("records_entry", "records_mention")

_SQLITE_BREAK = "DROP TRIGGER IF EXISTS {table}_no_{verb}"
_SQLITE_SET = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '操作日志只可追加,不可修改或删除'); END"""

_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION records_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '操作日志只可追加,不可修改或删除'; END $$"""
_POSTGRESQL_BREAK = "DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
_POSTGRESQL_SET = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION records_append_only()"""


def _sqlite(template: str) -> list[str]:
    return [
        template.format(table=table, verb=verb, VERB=verb.upper()) for table in TABLES for verb in ("update", "delete")
    ]


def set_seal(connection: Any) -> None:
    """Put the triggers on; a seal already there is renewed. connection: a Django database connection."""
    break_seal(connection)
    if connection.vendor == "postgresql":
        statements = [_POSTGRESQL_FUNCTION, *(_POSTGRESQL_SET.format(table=table) for table in TABLES)]
    else:
        statements = _sqlite(_SQLITE_SET)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def break_seal(connection: Any) -> None:
    """Take the triggers off: for taking the tables down in a migration, and for tests of what the digests show."""
    if connection.vendor == "postgresql":
        statements = [_POSTGRESQL_BREAK.format(table=table) for table in TABLES]
    else:
        statements = _sqlite(_SQLITE_BREAK)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
