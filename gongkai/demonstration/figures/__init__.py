"""The figures of the demonstration: what the 2012 report printed, and what the later years are invented from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def published() -> dict[str, Any]:
    """The published figures of 2012: row -> {cumulative, year}, staff, and the figures of the text."""
    return _read("published_2012.toml")


@cache
def invented() -> dict[str, Any]:
    """The figures of the invented years."""
    return _read("invented.toml")


@cache
def neighbours() -> dict[str, Any]:
    """The invented organs beside the bureau."""
    return _read("neighbours.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
