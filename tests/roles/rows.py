"""A row in every register, with a word of one's choice in every text: to be looked for where it must not appear."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongkai.organs import register
from gongkai.organs.models import Organ, RegisterRecord
from gongkai.records.ledgers import Ledger, LedgerColumn
from gongkai.workbench.ledgers import LEDGERS

DAY = date(2012, 3, 1)
SITE = "site"  # a second channel: hits are counted on sites only
# Where the first choice would keep a later register from its row.
CHOSEN = {("channels", "kind"): "gazette", (SITE, "kind"): "own_site", ("duties", "cycle"): "event"}

Rows = dict[str, RegisterRecord]


def values_of(ledger: Ledger, number: str, word: str, rows: Rows, name: str = "") -> dict[str, Any]:
    """Values for the required columns of a register, and all its texts. rows: ledger name -> row, for links."""
    name = name or ledger.name
    links = {type(row): row for key, row in rows.items() if (key == SITE) <= (name == "site_visits")}
    values = {"number": number}
    for column in ledger.columns:
        chosen = column.required or column.kind == "text" or (name, column.name) in CHOSEN
        if column.name != "number" and chosen:
            values[column.name] = CHOSEN.get((name, column.name)) or _value(column, word, links)
    return values


def _value(column: LedgerColumn, word: str, links: dict[type[RegisterRecord], RegisterRecord]) -> Any:
    if column.links_to is not None:
        return links[column.links_to]  # type: ignore[index]  # ledgers link registers
    if column.kind == "choice":
        return next(iter(column.choices))
    plain = {"date": DAY, "integer": 1, "amount": 1, "flag": False}
    return plain.get(column.kind, word[: column.max_length or None])


def register_rows(organ: Organ, word: str, *, at: datetime) -> Rows:
    """One row in each register of the organ, and a second channel."""
    rows: Rows = {}
    for ledger in LEDGERS:
        for name in (ledger.name, SITE) if ledger.name == "channels" else (ledger.name,):
            values = values_of(ledger, f"{word}-{name}", word, rows, name)
            kind: Any = ledger.model
            rows[name] = register.record(kind, ledger, organ=organ, values=values, by="准备", at=at)
    return rows
