"""What a long run has done so far: one line a result, found by what went in; a run begun again goes on from it."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import IO, Any

from gongkai.law import book

_PACKAGE = Path(__file__).parents[2]
# The rooms whose code decides what is read and found.
_ROOMS = ("law", "papers", "reports/foreign", "reports/checking")


@cache
def engine() -> str:
    """SHA-256 over the book and the code that reads and judges: results of another engine are not taken up."""
    digest = hashlib.sha256()
    pages = sorted(Path(book.ROOT).rglob("*.toml"))
    code = sorted(path for room in _ROOMS for path in (_PACKAGE / room).rglob("*.py") if "tests" not in path.parts)
    for path in (*pages, *code):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def key(*parts: str) -> str:
    """The key of a result: what went in, and the engine."""
    return hashlib.sha256("\n".join((engine(), *parts)).encode()).hexdigest()


class State:
    """Results by key, in a file of JSON lines, or in memory where there is none. Only their places are held."""

    def __init__(self, path: Path | None) -> None:
        self._file: IO[bytes] | None = None
        self._places: dict[str, int] = {}
        self._memory: dict[str, bytes] = {}
        if path is not None:
            self._file = path.open("a+b")
            self._load(self._file)

    def _load(self, file: IO[bytes]) -> None:
        """Find every whole line; a line that an interruption left half written is cut off."""
        file.seek(0)
        place = 0
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(place)
                break
            self._places[line[:64].decode("ascii", "replace")] = place + 65
            place += len(line)
        file.seek(0, os.SEEK_END)

    def get(self, one: str) -> dict[str, Any] | None:
        """A result, or None."""
        if one in self._memory:
            found: dict[str, Any] = json.loads(self._memory[one])
            return found
        if self._file is None or one not in self._places:
            return None
        self._file.seek(self._places[one])
        try:
            kept: dict[str, Any] = json.loads(self._file.readline())
        except ValueError:  # not a line of ours: as if it were not there
            return None
        return kept

    def put(self, one: str, result: dict[str, Any]) -> None:
        """Keep a result; on disk when this returns."""
        line = json.dumps(result).encode("ascii")
        if self._file is None:
            self._memory[one] = line
            return
        self._file.seek(0, os.SEEK_END)
        self._places[one] = self._file.tell() + 65
        self._file.write(one.encode() + b" " + line + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
