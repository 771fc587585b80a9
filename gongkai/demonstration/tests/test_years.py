"""Yearly workbooks: each brings what became known, and together they bring everything once."""

from datetime import date

from gongkai.demonstration import invented
from gongkai.demonstration.rebuilt import Rows
from gongkai.demonstration.years import changed, handovers, known_on


def test_an_application_is_open_until_the_day_it_was_concluded() -> None:
    ended = {"concluded_on": date(2020, 1, 8), "outcome": "granted_provided"}
    rows: Rows = {"applications": [{"number": "1", "received_on": date(2019, 12, 20), **ended}]}
    assert known_on(rows, date(2019, 12, 19))["applications"] == []
    assert known_on(rows, date(2019, 12, 31))["applications"] == [{"number": "1", "received_on": date(2019, 12, 20)}]
    assert known_on(rows, date(2020, 1, 8))["applications"] == rows["applications"]


def test_the_workbooks_laid_over_each_other_give_the_whole_ledgers() -> None:
    laid: dict[tuple[str, str], object] = {}
    for handover in handovers()[1:]:
        for name, rows in handover.rows.items():
            laid |= {(name, row["number"]): row for row in rows}
    whole = {(name, row["number"]): row for name, rows in invented.ledgers().items() for row in rows}
    assert laid == whole


def test_no_workbook_repeats_a_row_that_has_not_changed() -> None:
    now = known_on(invented.ledgers(), date(2021, 12, 31))
    assert changed(now, now) == {}


def test_every_workbook_is_proved_by_a_row_that_no_earlier_one_brought_so() -> None:
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    for handover in handovers():
        ledger, number, days = handover.proof
        assert not set(days) <= set(seen.get((ledger, number), ())) or (ledger, number) not in seen
        for name, rows in handover.rows.items():
            for row in rows:
                seen[name, row["number"]] = tuple(key for key, value in row.items() if isinstance(value, date))


def test_the_last_workbook_concludes_what_was_still_open() -> None:
    last = handovers()[-1]
    assert all(row["concluded_on"].year == 2026 for row in last.rows["applications"])
