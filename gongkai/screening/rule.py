"""One rule of screening, as a page of the book describes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.screening.findings import Severity

KINDS = ("personal", "sensitive", "organisation", "secrecy", "internal", "hidden", "metadata")
DETECTORS = ("pattern", "column", "structure")
ZONES = ("text", "properties", "filename")
DIGITS, AT, PLATE = "digits", "at", "plate"  # gates that are no words
NAME = "name"


@dataclass(frozen=True, slots=True, eq=False)  # a page is itself and no other: hashing forty words a hit is slow
class Rule:
    """One page. How a hit is found, and what speaks against it; all words are compared within one line.

    gate: what must be seen before the pattern is tried: DIGITS, AT, PLATE or words; least, most: how many digits a run
    must and may have; mixed: the run has other characters as well; check: the arithmetic a hit must pass; anchored: the
    pattern begins where the gate word begins. unless: words up to `reach` characters before a hit that clear it,
    despite: words anywhere in the line that undo this; near: words of which one must stand up to `near_reach`
    characters before, also in earlier lines; not_in: longer phrases inside which it is no hit. zones: what is read;
    keep: characters of a mask that stay at the beginning and end; mask: what stands instead, or NAME for the surname.
    columns: words in the head of a table column whose cells are hits; companions: of which one must be the head of
    another column; unless_columns: heads that clear the whole table, or the column itself.
    """

    id: str
    title: str
    kind: str
    severity: Severity
    basis: str
    detector: str
    mask: str = ""
    keep: tuple[int, int] = (0, 0)
    pattern: re.Pattern[str] | None = None
    gate: str | tuple[str, ...] = ()
    anchored: bool = False
    least: int = 0
    most: int = 99
    mixed: bool = False
    check: Callable[[str], bool] | None = None
    unless: tuple[str, ...] = ()
    reach: int = 12
    despite: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_reach: int = 400
    not_in: tuple[str, ...] = ()
    zones: tuple[str, ...] = ZONES
    columns: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    unless_columns: tuple[str, ...] = ()
