"""The pages of the book as the callers of this room hand them in, read from disk: this room may not import the law."""

import functools
import tomllib
from pathlib import Path
from typing import Any

from gongkai.screening.rules import Rules

FOLDER = Path(__file__).resolve().parents[2] / "law" / "book" / "screening"


@functools.cache
def pages() -> dict[str, dict[str, Any]]:
    """Page name → parsed TOML."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


@functools.cache
def rules() -> Rules:
    """The rules of the book."""
    return Rules.of(pages())
