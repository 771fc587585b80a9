"""An index of the words of a register, kept by the database itself, so that a word is found without reading every row.

Indexed are the letters and the pairs of neighbouring letters of all that is searched in a row, each together with the
row's organ: a row that holds a word holds its pairs. The index gives candidates; whether the word stands in one field
is asked of each of them (docs/decisions/090-lists-of-any-length.md). On PostgreSQL it is an index on an expression, on
SQLite a table of FTS5 beside the register, with three triggers. Whoever writes a row, neither can be out of step.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

LETTERS = 24
"""So many letters of a word are looked up: by then the candidates are few."""

# A letter as one number: the organ in the high bits, 21 bits for the letter, 21 for the one behind it or nothing.
_POSTGRESQL_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION gongkai_letters(organ bigint, said text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE letters text[] := string_to_array(upper(said), NULL);
BEGIN
  RETURN ARRAY(SELECT (organ << 42) + (ascii(one)::bigint << 21) + coalesce(ascii(next), 0)
    FROM unnest(letters, letters[2:]) AS pair(one, next)
    UNION ALL SELECT (organ << 42) + (ascii(one)::bigint << 21) FROM unnest(letters) AS one);
END $$""",
    """CREATE OR REPLACE FUNCTION gongkai_word(organ bigint, said text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE letters text[] := string_to_array(upper(said), NULL);
BEGIN
  RETURN ARRAY(SELECT (organ << 42) + (ascii(letters[at])::bigint << 21) + coalesce(ascii(letters[at + 1]), 0)
    FROM generate_series(1, greatest(cardinality(letters) - 1, 1)) AS at);
END $$""",
)
# Pairs as they are, parted by blanks, with a word for the organ, longer than any pair. `prefix`: what begins with a
# letter is found as fast as a pair.
_SQLITE_TABLE = """CREATE VIRTUAL TABLE {table}_words USING fts5(letters, content='', columnsize=0, detail=none,
prefix='1', tokenize={tokenize})"""
_TOKENIZE = "ascii tokenchars '" + string.punctuation.replace("'", "''") + "'"
# json_each gives the numbers 0, 1, 2, … up to the length of the text.
_SQLITE_LETTERS = """(SELECT 'organ' || {row}.organ_id || ' ' || group_concat(substr(said, at.key + 1, 2), ' ')
FROM (SELECT {said} AS said), json_each('[0' || replace(hex(zeroblob(length(said) - 1)), '00', ',0') || ']') AS at)"""
_SQLITE_REMOVE = "INSERT INTO {table}_words({table}_words, rowid, letters) VALUES ('delete', OLD.id, {old});"
_SQLITE_ADD = "INSERT INTO {table}_words(rowid, letters) VALUES (NEW.id, {new});"
_SQLITE_TRIGGERS = (
    "CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table} BEGIN " + _SQLITE_ADD + " END",
    "CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table} BEGIN " + _SQLITE_REMOVE + " END",
    "CREATE TRIGGER {table}_words_update AFTER UPDATE OF {fields} ON {table} WHEN {changed} "
    "BEGIN " + _SQLITE_REMOVE + " " + _SQLITE_ADD + " END",
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that may hold all words asked for; none that holds them is missing. number: how many, as far as counted."""

    number: int
    organ: int
    model: type[models.Model]
    source: str
    asked: tuple[Any, ...]

    def among(self, first: int | None = None) -> RawSQL:
        """The condition that a row is one of them; of the first so many, where so is said."""
        limit, asked = ("", self.asked) if first is None else (" LIMIT %s", (*self.asked, first))
        # PostgreSQL looks for them first, whatever it expects of other conditions, when they are made an array.
        among = "= ANY(ARRAY(SELECT {}{}))" if connection.vendor == "postgresql" else "IN (SELECT {}{})"
        named = f"{self.model._meta.db_table}.id {among.format(self.source, limit)}"
        return RawSQL(named, asked, BooleanField())


def candidates(
    model: type[models.Model], fields: Sequence[str], organ: int, words: Iterable[str], *, most: int
) -> Candidates:
    """What the index says of an organ's rows, counted up to `most`. fields: those that the migration indexed."""
    # The names are those of our own tables; what was typed is a parameter.
    table, looked_up = model._meta.db_table, [word[:LETTERS] for word in words]
    if connection.vendor == "postgresql":
        # Asked by a subquery, of which the planner expects few rows: it would read and cut up the texts of the whole
        # table, because of a LIMIT, if it knew that very many hold the word.
        each = f"{_postgresql_letters(table, fields)} @> (SELECT gongkai_word(%s, %s))"
        source = f"id FROM {table} WHERE {' AND '.join([each] * len(looked_up))}"
        asked: tuple[Any, ...] = tuple(part for word in looked_up for part in (organ, word))
    else:
        source = f"rowid FROM {table}_words WHERE {table}_words MATCH %s"
        asked = (_asked_of_sqlite(organ, looked_up),)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT {source} LIMIT %s) AS found", [*asked, most])
        return Candidates(cursor.fetchone()[0], organ, model, source, asked)


def _asked_of_sqlite(organ: int, words: Iterable[str]) -> str:
    """A question for SQLite's table: the organ, and all pairs of every word; of a word of one letter what begins so."""
    tokens = [f"organ{organ}"]
    for word in words:
        tokens += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
    quoted = ['"' + token.encode(errors="replace").decode().replace('"', '""') + '"' for token in tokens]
    return " ".join(one + "*" if len(token) == 1 else one for one, token in zip(quoted, tokens, strict=True))


def _joined(fields: Sequence[str], row: str) -> str:
    """SQL for all that is searched in a row, a field a line."""
    return " || '\n' || ".join(f"coalesce({row}.{field}, '')" for field in fields)


def _postgresql_letters(table: str, fields: Sequence[str]) -> str:
    return f"gongkai_letters({table}.organ_id, {_joined(fields, table)})"


def statements(vendor: str, table: str, fields: Sequence[str]) -> list[str]:
    """What makes the index of a register and fills it from the rows that it has."""
    if vendor == "postgresql":
        indexed = f"CREATE INDEX {table}_words ON {table} USING gin ({_postgresql_letters(table, fields)})"
        return [*_POSTGRESQL_FUNCTIONS, indexed]
    letters = {row: _SQLITE_LETTERS.format(row=row, said=_joined(fields, row)) for row in ("OLD", "NEW", table)}
    searched = ["organ_id", *fields]
    changed = " OR ".join(f"OLD.{field} IS NOT NEW.{field}" for field in searched)
    names = {
        "table": table,
        "fields": ", ".join(searched),
        "changed": changed,
        "old": letters["OLD"],
        "new": letters["NEW"],
    }
    filled = f"INSERT INTO {table}_words(rowid, letters) SELECT id, {letters[table]} FROM {table}"
    tokenize = "'" + _TOKENIZE.replace("'", "''") + "'"
    return [
        _SQLITE_TABLE.format(table=table, tokenize=tokenize),
        filled,
        *(trigger.format(**names) for trigger in _SQLITE_TRIGGERS),
    ]


def undone(vendor: str, table: str) -> list[str]:
    """What takes the index of a register away, whatever is there of it."""
    if vendor == "postgresql":
        return [f"DROP INDEX IF EXISTS {table}_words"]
    triggers = [f"DROP TRIGGER IF EXISTS {table}_words_{act}" for act in ("insert", "delete", "update")]
    return [*triggers, f"DROP TABLE IF EXISTS {table}_words"]
