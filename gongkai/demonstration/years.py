"""The invented ledgers as they were known year by year: what each workbook adds, and what it brings up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.demonstration import invented, rebuilt
from gongkai.demonstration.rebuilt import Row, Rows
from gongkai.law.calendar import on_or_before

# A field that is known only once the day beside it has come.
FOLLOWS = {"outcome": "concluded_on", "ground": "concluded_on", "result": "concluded_on"}


@dataclass(frozen=True, slots=True)
class Handover:
    """One workbook: `rows` by ledger name, as known at the end of a year, and the day `on` which it is handed in.

    proof: (ledger, number, days) of one row: the workbook has been imported whole exactly when this row stands in its
    register with these days filled in, because an import is all or nothing.
    """

    name: str
    title: str
    year: int
    on: date
    rows: Rows

    @property
    def proof(self) -> tuple[str, str, tuple[str, ...]]:
        ledger = next(name for name in ("disclosures", "applications") if self.rows.get(name))
        row = self.rows[ledger][-1]
        return ledger, row["number"], tuple(name for name, value in row.items() if isinstance(value, date))


def handovers() -> list[Handover]:
    """The rebuilt 2012 first, then the invented years one by one, then what was concluded after the last of them."""
    first = Handover("ledgers-2012", "2012年登记簿(据公布数重建)", 2012, date(2013, 3, 15), rebuilt.ledgers())
    rows, last = invented.ledgers(), invented.YEARS[-1]
    made, before = [first], Rows()
    for year in invented.YEARS:
        now = known_on(rows, date(year, 12, 31))
        handed_in = on_or_before(date(year + 1, 1, 15))
        made.append(Handover(f"ledgers-{year}", f"{year}年登记簿(演示虚构)", year, handed_in, changed(before, now)))
        before = now
    end = Handover(
        "ledgers-end", f"{last}年结转事项的办结(演示虚构)", last + 1, date(last + 1, 3, 2), changed(before, rows)
    )
    return [*made, end]


def known_on(rows: Mapping[str, list[Row]], day: date) -> Rows:
    """What the registers held at the end of a day: no later row, and in earlier rows nothing that came later."""
    known = {name: [_as_known(row, day) for row in part if _begun(row, day)] for name, part in rows.items()}
    posted = {row["number"] for row in known.get("postings", ())}
    # A placement has no day of its own: it came with its posting.
    known["placements"] = [row for row in known.get("placements", ()) if row["posting"] in posted]
    return known


def _begun(row: Row, day: date) -> bool:
    days = [value for value in row.values() if isinstance(value, date)]
    return not days or min(days) <= day


def _as_known(row: Row, day: date) -> Row:
    later = {name for name, value in row.items() if isinstance(value, date) and value > day}
    return {name: value for name, value in row.items() if name not in later and FOLLOWS.get(name) not in later}


def changed(before: Mapping[str, list[Row]], now: Mapping[str, list[Row]]) -> Rows:
    """The rows of `now` that are new, or differ from those of the same number in `before`."""
    old = {(name, row["number"]): row for name, rows in before.items() for row in rows}
    differing = {name: [row for row in rows if old.get((name, row["number"])) != row] for name, rows in now.items()}
    return {name: rows for name, rows in differing.items() if rows}
