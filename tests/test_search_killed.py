"""Several processes change, search, tidy and rebuild at once and are killed at any moment: search says what is so."""

from __future__ import annotations

from pathlib import Path

from gongkai.config.tests.machine import Machine

# Two engines over one table. All processes are forks of one that has started, so that a kill costs a moment.
PROGRAM = """
import os, random, signal, sys, time, traceback
from datetime import date
from gongkai.config.start import bring_up_to_date, start
start(); bring_up_to_date()
from django.conf import settings
from django.db import connection, transaction
from gongkai.law.refusal import Refused
from gongkai.search import shelf as shelves
from gongkai.search.asking import Document, Question
from gongkai.search.shelf import Shelf

shelves.FRESH = 5  # tidied often

def rows(where, given):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, title FROM killed WHERE " + where, given)
        return [Document(key, title, "", "", "", date(2020, 1, 1)) for key, title in cursor.fetchall()]

class Table:
    def documents(self, keys):
        return rows("id IN (%s)" % ", ".join(["%s"] * len(keys)), list(keys)) if keys else []
    def after(self, key, most):
        return rows("id > %s ORDER BY id LIMIT %s", [key, most])
    def count(self):
        return len(rows("1 = 1", []))

SHELVES = {engine: Shelf("killed_" + engine, Table(), ()) for engine in ("tantivy", "fts5")}

def change(rng):
    with transaction.atomic(), connection.cursor() as cursor:
        key = f"d{rng.randrange(40)}"
        cursor.execute("DELETE FROM killed WHERE id = %s", [key])
        if rng.random() < 0.7:
            cursor.execute("INSERT INTO killed VALUES (%s, %s)", [key, f"第{rng.randrange(9)}稿"])
        for shelf in SHELVES.values():
            shelf.queue([key])

def work(shelf, seed):
    rng = random.Random(seed)
    while True:
        for _ in range(rng.randrange(4)):
            change(rng)
        shelf.ask(Question(words="稿"))
        if rng.random() < 0.3:
            shelf.keep_up()
        if rng.random() < 0.1:
            try:
                shelf.rebuild()
            except Refused as refused:
                assert refused.code == "being_rebuilt", refused

def look(shelf):
    for draft in range(9):
        words = f"第{draft}稿"
        right = {row.id for row in rows("title = %s", [words])}
        found = {hit.id for hit in shelf.ask(Question(words=words, limit=100)).hits}
        assert found == right, (words, found ^ right)
    assert (shelf.state().documents, shelf.state().behind) == (len(rows("1 = 1", [])), 0), shelf.state()

def forked(engine, act, *given):
    process = os.fork()
    if not process:
        try:
            settings.GONGKAI_SEARCH = engine
            act(SHELVES[engine], *given)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return process

def ended(process, how):
    return os.waitpid(process, how)[0] != 0

with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE killed (id TEXT PRIMARY KEY, title TEXT)")
connection.close()
rng, alive = random.Random(4), []
try:
    for turn in range(int(sys.argv[1])):
        alive += [forked(engine, work, f"{turn}{which}") for engine in SHELVES for which in range(2)]
        rng.shuffle(alive)
        while alive:
            time.sleep(rng.uniform(0.1, 0.9))
            if ended(alive[-1], os.WNOHANG):
                sys.exit("one that works forever has ended")
            os.kill(alive[-1], signal.SIGKILL)
            ended(alive.pop(), 0)
        for engine in SHELVES:
            if os.waitpid(forked(engine, look), 0)[1]:
                sys.exit("search does not say what the database says")
finally:
    for process in alive:
        os.kill(process, signal.SIGKILL)
print("level", rows("1 = 1", []) != [])
"""


def test_whatever_is_killed_search_says_what_the_database_says(tmp_path: Path) -> None:
    done = Machine(tmp_path / "here").python(PROGRAM, "2")
    assert done.stdout == "level True\n", done.stderr
