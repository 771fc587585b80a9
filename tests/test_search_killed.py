"""Several processes change, search and rebuild at once and are killed at any moment: search still says what is so."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai.config.tests.machine import Machine

# A shelf over a table of its own; the first argument says what to do.
PROGRAM = """
import random, sys
from datetime import date
from gongkai.config.start import bring_up_to_date, start
start(); bring_up_to_date()
from django.db import connection, transaction
from gongkai.law.refusal import Refused
from gongkai.search.asking import Document, Question
from gongkai.search.shelf import Shelf

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

shelf = Shelf("killed", Table(), ())
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS killed (id TEXT PRIMARY KEY, title TEXT)")

def change(rng):
    with transaction.atomic(), connection.cursor() as cursor:
        key = f"d{rng.randrange(40)}"
        cursor.execute("DELETE FROM killed WHERE id = %s", [key])
        if rng.random() < 0.7:
            cursor.execute("INSERT INTO killed VALUES (%s, %s)", [key, f"第{rng.randrange(9)}稿"])
        shelf.queue([key])

if sys.argv[1] == "work":
    rng = random.Random(sys.argv[2])
    print("begun", flush=True)
    while True:
        for _ in range(rng.randrange(4)):
            change(rng)
        shelf.ask(Question(words="稿"))
        if rng.random() < 0.15:
            try:
                shelf.rebuild()
            except Refused as refused:
                assert refused.code == "being_rebuilt", refused
else:
    for draft in range(9):
        words = f"第{draft}稿"
        right = {row.id for row in rows("title = %s", [words])}
        found = {hit.id for hit in shelf.ask(Question(words=words, limit=100)).hits}
        assert found == right, (words, found ^ right)
    print("level", shelf.state().documents == len(rows("1 = 1", [])), shelf.state().behind)
"""


@pytest.mark.parametrize("engine", ["tantivy", "fts5"])
def test_whatever_is_killed_search_says_what_the_database_says(engine: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "here")
    machine.environment["GONGKAI_SEARCH"] = engine
    assert machine.python(PROGRAM, "look").returncode == 0
    rng = random.Random(engine)
    for turn in range(2):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, "work", f"{turn}{which}"], env=machine.environment,
                cwd=machine.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            )
            for which in range(2)
        ]  # fmt: skip
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
        for process in processes:
            time.sleep(rng.uniform(0.5, 2.5))
            fault = process.poll()
            os.killpg(process.pid, signal.SIGKILL)
            assert fault is None, process.communicate()[1]
            process.communicate()
        looked = machine.python(PROGRAM, "look")
        assert looked.stdout == "level True 0\n", looked.stderr
