"""The invented years hang together and say of each record that it is invented."""

from collections import Counter
from datetime import date

import pytest

from gongkai.demonstration import invented
from gongkai.demonstration.figures import invented as figures
from gongkai.law import clocks
from gongkai.law.clocks import Event

ROWS = invented.ledgers()


@pytest.mark.parametrize("batch", figures()["batch"], ids=lambda batch: str(batch["first"]))
def test_the_tables_of_a_batch_add_up_to_what_was_received(batch: dict) -> None:  # type: ignore[type-arg]
    for name in ("types", "channels", "outcomes"):
        assert sum(batch[name].values()) == batch["received"], name


def test_every_year_carries_applications_into_the_next() -> None:
    for year in range(2019, 2026):
        new_year = date(year, 1, 1)
        carried = [row for row in ROWS["applications"] if row["received_on"] < new_year <= row["concluded_on"]]
        received = sum(row["received_on"].year == year - 1 for row in ROWS["applications"])
        assert carried, year
        assert year == 2019 or len(carried) < received / 4, year


def test_one_application_is_overdue_and_every_extended_one_keeps_its_new_day() -> None:
    overdue = 0
    for row in ROWS["applications"]:
        if row["outcome"] in ("other_correction_overdue", "unable_still_unclear"):
            continue
        events = [Event("extend")] if "extended_to" in row else []
        overdue += row["concluded_on"] > clocks.due("reply", row["received_on"], events).due
    assert overdue == 1


def test_no_outcome_of_the_2019_regulations_is_given_before_they_were_in_force() -> None:
    new = ("not_processed_", "other_", "refused_internal", "refused_process", "refused_enforcement")
    early = [row for row in ROWS["applications"] if row["received_on"] < date(2019, 5, 15)]
    assert not [row for row in early if row["outcome"].startswith(new)]
    assert all(row["received_on"].year >= 2021 for row in ROWS["applications"] if row["outcome"] == "other_fee_unpaid")


def test_normative_documents_in_force_step_from_year_to_year() -> None:
    def in_force(year: int) -> int:
        end = date(year, 12, 31)
        return sum(row["made_on"] <= end < row.get("repealed_on", date.max) for row in documents)

    documents = [row for row in ROWS["disclosures"] if row["instrument"] == "normative_document"]
    assert in_force(2018) == 14
    for year in range(2019, 2026):
        told = figures()["year"][str(year)]
        assert in_force(year) == in_force(year - 1) + told["issued"] - told["repealed"]
    assert all(row["published_on"].year >= 2013 for row in documents)  # nothing invented may touch the 2012 report


def test_every_disclosure_is_posted_on_the_column_exactly_once() -> None:
    posting = {row["number"]: row for row in ROWS["postings"]}
    carried = Counter(row["disclosure"] for row in ROWS["placements"])
    assert set(carried) == {row["number"] for row in ROWS["disclosures"]}
    assert set(carried.values()) == {1}
    assert {posting[row["posting"]]["channel"] for row in ROWS["placements"]} == {"column"}


def test_every_invented_record_says_so_and_has_its_own_number() -> None:
    for name, rows in ROWS.items():
        assert all(row["provenance"] == "invented" and "虚构" in row["note"] for row in rows), name
        assert len({row["number"] for row in rows}) == len(rows), name


def test_a_fee_is_paid_for_an_application_that_was_then_granted() -> None:
    outcome = {row["number"]: row["outcome"] for row in ROWS["applications"]}
    assert {outcome[row["application"]] for row in ROWS["payments"]} == {"granted_provided"}
