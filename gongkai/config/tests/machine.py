"""A machine of its own for a test: an empty data folder, a new database, and `gongkai` run in it as people run it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
COMMAND = "import sys; from gongkai.config.command import main; sys.exit(main())"
# A bureau with registers, a published report (its files are large and binary), staff and a file in the data folder.
FURNISH = """
from pathlib import Path
from gongkai.config.start import bring_up_to_date, start
start(); bring_up_to_date()
from django.conf import settings
from gongkai.records import entries
from gongkai.reports import actions
from gongkai.reports.tests import cast
bureau = cast.bureau(); cast.registers(bureau); zhang = cast.zhang(bureau)
report = actions.create(bureau, 2012, by=zhang, at=cast.AT)
actions.compile(report, by=zhang, at=cast.AT); actions.draft_narrative(report, by=zhang, at=cast.AT)
cast.published(report, zhang, accepting="演练，带问题发布\\n第二行")
for name in ("papers/附件 一.bin", "static/old.css", "uploads/x.xlsx", "demo.lock", "backups/old.tar.gz"):
    path = Path(settings.HOME) / name; path.parent.mkdir(exist_ok=True); path.write_bytes(bytes(range(256)) * 5000)
"""


class Machine:
    """One installation. folder: where its data folder `var` lies; database: "" for the embedded one, or an address."""

    def __init__(self, folder: Path, database: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.home, self.database = folder, folder / "var", database
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        self.environment |= {"GONGKAI_HOME": str(self.home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        if database:
            self.environment["GONGKAI_DATABASE_URL"] = database

    def python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program there."""
        return subprocess.run(
            [sys.executable, "-c", code, *arguments], env=self.environment, cwd=self.folder, capture_output=True,
            text=True, check=False, timeout=300,
        )  # fmt: skip

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run `gongkai` there, see that it ends with `code`, and give what it said."""
        done = self.python(COMMAND, *arguments)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def told(self, *arguments: str) -> dict[str, Any]:
        """What `gongkai … --json` answers."""
        answer: dict[str, Any] = json.loads(self.run(*arguments, "--json"))
        return answer

    def furnished(self) -> Machine:
        """The same, with something in it."""
        done = self.python(FURNISH)
        assert done.returncode == 0, done.stderr
        return self

    def brought_up_to_date(self) -> Machine:
        """The same, with its tables."""
        done = self.python("from gongkai.config.start import bring_up_to_date, start; start(); bring_up_to_date()")
        assert done.returncode == 0, done.stderr
        return self

    def rows(self, table: str) -> int:
        """How many rows a table holds; 0 when it does not stand."""
        tables = "SELECT tablename FROM pg_tables" if self.database else "SELECT name FROM sqlite_master"
        return int(self._asked(f"SELECT count(*) FROM {table}")[0][0]) if (table,) in self._asked(tables) else 0

    def _asked(self, question: str) -> list[tuple[Any, ...]]:
        """What the database answers, asked without starting the product."""
        if self.database:
            with psycopg.connect(self.database) as served:
                return served.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.home / "gongkai.sqlite3")) as opened:
            return opened.execute(question).fetchall()


def postgres_server() -> str:
    """The address of a PostgreSQL where databases may be made. Skips, and says so, when there is none."""
    for name in ("POSTGRES_URL", "GONGKAI_DATABASE_URL"):
        address = os.environ.get(name, "")
        if address.startswith("postgres"):
            return address
    pytest.skip("没有可用的 PostgreSQL：请设 POSTGRES_URL 后再试跨数据库的恢复演练")


@contextmanager
def postgres_database(like: str = "") -> Iterator[str]:
    """A new database, empty or a copy of that at the address `like`, dropped afterwards; gives its address."""
    server, name = postgres_server(), f"machine_{uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"{template}'.encode())
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def machine(folder: Path, *, other: bool = False, like: Machine | None = None) -> Iterator[Machine]:
    """An empty machine with the kind of database that this run of the suite is about, or with the other kind.

    like: instead of empty, as this one is, which nothing may be running on. Its key it makes itself in any case.
    """
    if (connection.vendor == "postgresql") == other:
        made = Machine(folder)
        if like:
            shutil.copytree(like.home, made.home, ignore=shutil.ignore_patterns("secret-key"))
        yield made
    else:
        with postgres_database(like.database if like else "") as address:
            yield Machine(folder, address)
