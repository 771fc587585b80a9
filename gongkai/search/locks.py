"""One writer at a time, among threads, processes and commands; the lock ends with its holder, however that ends."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TURN = 0.02  # seconds between two tries


@contextmanager
def held(path: Path, *, patience: float = 0.0) -> Iterator[bool]:
    """Whether the lock could be had within so many seconds; it is held to the end of the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        yield _taken(file.fileno(), time.monotonic() + patience)


def _taken(number: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(TURN)
        else:
            return True
