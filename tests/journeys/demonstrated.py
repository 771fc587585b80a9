"""The demonstration as a database file: made once, kept until the code, the day or the key changes, copied for use."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

import gongkai
from gongkai.demonstration.steps import steps

PACKAGE = Path(gongkai.__file__).parent


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Everything that opens the database meanwhile opens this SQLite file."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def copy_to(path: Path, *, kept: Path) -> None:
    """Put the demonstration at `path`; kept: the folder of the file that is copied. Waits for who is making it."""
    original = kept / f"{_stamp()}.sqlite3"
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            for old in kept.glob("*.sqlite3*"):
                old.unlink()
            _make(original)
    shutil.copyfile(original, path)


def _make(original: Path) -> None:
    unfinished = original.with_suffix(".sqlite3-unfinished")
    with database_at(unfinished):
        call_command("migrate", interactive=False, verbosity=0)
        for step in steps():
            step.do()
    os.replace(unfinished, original)


def _stamp() -> str:
    """Changes with whatever the demonstration is made by."""
    made_by = hashlib.sha256(f"{localdate()} {settings.SECRET_KEY}".encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and "tests" not in path.parts:
            about = path.stat()
            made_by.update(f"{path} {about.st_mtime_ns} {about.st_size}".encode())
    return made_by.hexdigest()[:16]
