"""The rebuilt ledgers of 2012 hold what was printed, and say of each record that it is rebuilt."""

from collections import Counter
from datetime import date

from gongkai.demonstration import rebuilt
from gongkai.law.calendar import is_working_day, working_days_between

ROWS = rebuilt.ledgers()


def test_the_579_items_are_divided_as_printed() -> None:
    assert Counter(row["information_class"] for row in ROWS["disclosures"]) == {
        "normative_documents": 6,
        "plans_and_progress": 46,
        "public_funds": 5,
        "institution_and_personnel": 5,
        "other": 517,
    }
    assert all(row["published_on"].year == 2012 for row in ROWS["disclosures"])


def test_every_item_is_posted_once_511_of_them_on_the_column() -> None:
    posting = {row["number"]: row for row in ROWS["postings"]}
    carried = Counter(posting[row["posting"]]["channel"] for row in ROWS["placements"])
    assert carried == {"column": 511, "city-portal": 68}
    assert len({row["disclosure"] for row in ROWS["placements"]}) == 579


def test_all_carriers_together_carry_1760_postings() -> None:
    assert len(ROWS["postings"]) == 1760
    assert len(ROWS["issues"]) == 50
    assert sum(row["hits"] for row in ROWS["site_visits"]) == 15890


def test_only_the_six_documents_are_held_to_the_clocks_and_all_keep_them() -> None:
    documents = [row for row in ROWS["disclosures"] if row["is_document"] == "yes"]
    assert len(documents) == 6
    for row in documents:
        assert working_days_between(row["made_on"], row["published_on"]) <= 20
        assert working_days_between(row["made_on"], row["delivered_on"]) <= 30
        assert row["delivered_on"] <= date(2012, 12, 31)


def test_three_of_seventeen_items_are_suspended_and_promises_are_shorter_by_half_or_more() -> None:
    items, idle = ROWS["approval_items"], {row["item"] for row in ROWS["approval_item_statuses"]}
    assert (len(items), len(idle)) == (17, 3)
    assert sum("filed_with" in row for row in items) == 14
    assert {row["statutory_limit"] for row in items} == {20, 30, 40}
    cuts = Counter(100 - 100 * row["promised_limit"] // row["statutory_limit"] for row in items)
    assert cuts == {50: 15, 80: 2}


def test_staff_and_training_are_as_printed() -> None:
    assert [row["engagement"] for row in ROWS["disclosure_posts"]] == ["part_time", "part_time"]
    assert sum(row["organised_by"] == "own" for row in ROWS["trainings"]) == 2
    assert sum(row["attendances"] for row in ROWS["trainings"] if row["organised_by"] == "other") == 2


def test_every_rebuilt_record_says_so() -> None:
    for name, rows in ROWS.items():
        assert all(row["provenance"] == "reconstructed" and "重建" in row["note"] for row in rows), name


def test_numbers_are_unique_in_a_ledger_and_days_are_working_days() -> None:
    for name, rows in ROWS.items():
        numbers = [row.get("number", row.get("code")) for row in rows]
        assert len(numbers) == len(set(numbers)), name
    for row in ROWS["disclosures"]:
        assert is_working_day(row["made_on"])
        assert is_working_day(row["published_on"])
        assert row["made_on"] <= row["published_on"]
