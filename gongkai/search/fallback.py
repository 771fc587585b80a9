"""The engine where tantivy is not to be had: SQLite's FTS5 over the same character pairs. Exact alike, slower."""

from __future__ import annotations

import json
import sqlite3
import string
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from gongkai.search.asking import Document
from gongkai.search.engine import MOST_VALUES, Foreign, Found, Plan, Position, cut, pairs, texts, values
from gongkai.search.folding import fold

WEIGHTS = "1.0, 4.0, 24.0, 0.0"  # of a part that stands in text, title, number; characters
_TOKENS = "ascii tokenchars '{}'".format(string.punctuation.replace("'", "''")).replace('"', '""')
# The text itself is not kept: a row cannot be taken out of `words`, but without its row in `document` it is not found.
_TABLES = f"""
CREATE TABLE position (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), value TEXT NOT NULL);
CREATE TABLE document (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, day INTEGER NOT NULL);
CREATE INDEX document_day ON document (day);
CREATE TABLE facet (row INTEGER, name TEXT, value TEXT, PRIMARY KEY (row, name, value)) WITHOUT ROWID;
CREATE INDEX facet_value ON facet (name, value, row);
CREATE VIRTUAL TABLE words USING fts5 (text, title, number, characters, content='', tokenize="{_TOKENS}");
"""


class Index:
    """An index in one SQLite file; documents and position change in one transaction."""

    def __init__(self, folder: Path, facets: Sequence[str]) -> None:
        if not folder.is_dir():
            raise Foreign
        self._path, self._facets = folder / "index.sqlite3", tuple(facets)
        self._threads = threading.local()
        with closing(self._connected()) as made, made:
            if not made.execute("SELECT 1 FROM sqlite_master WHERE name = 'position'").fetchone():
                made.execute("PRAGMA journal_mode = WAL")
                made.executescript(f"BEGIN; {_TABLES} COMMIT;")

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=20)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    @property
    def _mine(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self._threads, "connection"):
            self._threads.connection = self._connected()
        found: sqlite3.Connection = self._threads.connection
        return found

    def position(self) -> Position:
        """Where the index stands."""
        row = self._mine.execute("SELECT value FROM position").fetchone()
        if row is None:
            raise Foreign
        return Position.of_json(json.loads(row[0]))

    def write(self, documents: Iterable[Document], gone: Iterable[str], position: Position) -> None:
        """All of it in one transaction."""
        with self._mine as connection:
            connection.execute("BEGIN IMMEDIATE")
            for key in gone:
                _remove(connection, key)
            for document in documents:
                _remove(connection, document.id)
                self._add(connection, document)
            connection.execute("REPLACE INTO position VALUES (1, ?)", [json.dumps(position.as_json())])

    def _add(self, connection: sqlite3.Connection, document: Document) -> None:
        whole = texts(document)
        row = connection.execute(
            "INSERT INTO document (id, day) VALUES (?, ?)", [document.id, document.day.toordinal()]
        ).lastrowid
        characters = " ".join(set().union(*whole) - {" "})
        connection.execute(
            "INSERT INTO words (rowid, text, title, number, characters) VALUES (?, ?, ?, ?, ?)",
            [row, cut(whole), cut([fold(document.title)]), cut([fold(document.number)]), characters],
        )
        held = {(row, facet, value) for facet in self._facets for value in values(document, facet)}
        connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", held)

    def ask(self, plan: Plan) -> Found:
        """One statement for the hits, one for the total and one for the counts of each facet."""
        where, given = _conditions(plan, apart_from="")
        order = f"bm25(words, {WEIGHTS}), document.row" if plan.by_relevance else "document.day DESC, document.row"
        rows = self._mine.execute(
            f"SELECT document.id {where} ORDER BY {order} LIMIT ? OFFSET ?", [*given, plan.limit, plan.offset]
        )
        ids = tuple(key for (key,) in rows)
        total = self._mine.execute(f"SELECT count(*) {where}", given).fetchone()[0]
        counts = {facet: self._counted(plan, facet) for facet in self._facets} if plan.counted else {}
        return Found(total, ids, counts)

    def _counted(self, plan: Plan, facet: str) -> dict[str, int]:
        where, given = _conditions(plan, apart_from=facet)
        rows = self._mine.execute(
            f"WITH found AS MATERIALIZED (SELECT document.row AS row {where}) SELECT value, count(*) FROM found"
            " JOIN facet USING (row) WHERE name = ? GROUP BY value ORDER BY count(*) DESC, value LIMIT ?",
            [*given, facet, MOST_VALUES],
        )
        return dict(rows.fetchall())

    def count(self) -> int:
        """How many documents there are."""
        return int(self._mine.execute("SELECT count(*) FROM document").fetchone()[0])


def _remove(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("DELETE FROM facet WHERE row = (SELECT row FROM document WHERE id = ?)", [key])
    connection.execute("DELETE FROM document WHERE id = ?", [key])


def _conditions(plan: Plan, *, apart_from: str) -> tuple[str, list[Any]]:
    """FROM and WHERE of a plan, with what is filled in; apart_from: the facet whose own filter does not hold."""
    tables, clauses = "FROM document", []
    given: list[Any] = []
    if plan.parts:
        tables += " JOIN words ON words.rowid = document.row"
        clauses.append("words MATCH ?")
        given.append(" AND ".join(f"({' OR '.join(map(_stands, part))})" for part in plan.parts))
    for facet, chosen in plan.filters.items():
        if chosen and facet != apart_from:
            clauses.append(f"document.row IN (SELECT row FROM facet WHERE name = ? AND value IN ({_places(chosen)}))")
            given += [facet, *chosen]
    for day, sign in ((plan.first, ">="), (plan.last, "<=")):
        if day:
            clauses.append(f"document.day {sign} ?")
            given.append(day.toordinal())
    if plan.without:
        clauses.append(f"document.id NOT IN ({_places(plan.without)})")
        given += sorted(plan.without)
    return f"{tables} WHERE {' AND '.join(clauses)}" if clauses else tables, given


def _stands(part: str) -> str:
    columns, tokens = ("text title number", pairs(part)) if len(part) > 1 else ("characters", [part])
    quoted = " ".join(tokens).replace('"', '""')
    return f'{{{columns}}} : "{quoted}"'


def _places(chosen: Iterable[str]) -> str:
    return ", ".join("?" for _ in chosen)
