"""What the register of applications takes and refuses, and how it judges whether an answer was in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.applications import actions as applications
from gongkai.applications.models import Application
from gongkai.disclosures.tests.cast import AT, bureau, zhang
from gongkai.law.refusal import Refused
from gongkai.law.vocabulary import terms
from gongkai.records import entries

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {
    "number": "Y1", "channel": "online", "applicant_type": "natural_person", "subject": "某项资金分配结果",
}  # fmt: skip


def recorded(received_on: date, **changes: Any) -> Application:
    return applications.record(
        organ=bureau(), values={**PLAIN, "received_on": received_on, **changes}, by="张三", at=AT
    )


def concluded(received_on: date, concluded_on: date, **changes: Any) -> str:
    row = recorded(received_on, concluded_on=concluded_on, outcome="granted_provided", **changes)
    return row.timeliness


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2012, 1, 16), date(2012, 2, 9)),  # 15 working days over the Spring Festival
        (date(2019, 5, 14), date(2019, 6, 4)),  # the last day of the old law: 15
        (date(2019, 5, 15), date(2019, 6, 13)),  # the first day of the new law: 20, over the Dragon Boat Festival
        (date(2021, 9, 18), date(2021, 10, 22)),
    ],
)
def test_the_law_of_the_day_of_receipt_sets_the_limit(received: date, due: date) -> None:
    assert recorded(received).due_on == due


@pytest.mark.parametrize(
    ("changes", "concluded_on", "timeliness"),
    [
        ({}, date(2012, 2, 9), "on_time"),
        ({}, date(2012, 2, 10), "overdue"),
        ({"extended_to": date(2012, 2, 20)}, date(2012, 2, 9), "on_time"),
        ({"extended_to": date(2012, 2, 20)}, date(2012, 2, 20), "extended"),
        ({"extended_to": date(2012, 2, 20)}, date(2012, 2, 21), "overdue"),
        # The law lets an extension reach 2012-03-01 and no further.
        ({"extended_to": date(2012, 3, 30)}, date(2012, 3, 1), "extended"),
        ({"extended_to": date(2012, 3, 30)}, date(2012, 3, 2), "overdue"),
    ],
)
def test_timeliness_turns_at_midnight_of_the_last_day(
    changes: dict[str, Any], concluded_on: date, timeliness: str
) -> None:
    assert concluded(date(2012, 1, 16), concluded_on, **changes) == timeliness


def test_the_clock_restarts_when_the_corrected_application_arrives() -> None:
    row = recorded(date(2023, 1, 16), correction_on=date(2023, 1, 19), corrected_on=date(2023, 2, 3))
    assert row.due_on == date(2023, 3, 3)


def test_the_law_of_receipt_still_holds_for_a_correction_that_came_under_the_new_one() -> None:
    row = recorded(date(2019, 5, 10), correction_on=date(2019, 5, 13), corrected_on=date(2019, 5, 20))
    assert row.due_on == date(2019, 6, 11)


def test_the_time_of_a_consultation_does_not_count() -> None:
    days = {"consulted_on": date(2024, 2, 5), "consultation_ended_on": date(2024, 2, 27)}
    assert recorded(date(2024, 1, 29), **days).due_on == date(2024, 3, 18)


def test_an_open_application_has_a_due_day_and_no_timeliness() -> None:
    row = recorded(date(2012, 1, 16))
    assert (row.timeliness, row.outcome) == ("", "")


def test_an_application_is_taken_in_though_next_years_calendar_is_unknown() -> None:
    assert recorded(date(2026, 12, 14)).due_on is None


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"concluded_on": date(2012, 1, 13), "outcome": "granted_provided"}, "concluded_on"),
        ({"concluded_on": date(2012, 1, 20)}, "outcome"),
        ({"outcome": "granted_provided"}, "concluded_on"),
        ({"corrected_on": date(2012, 1, 20)}, "correction_on"),
        ({"correction_on": date(2012, 1, 20), "corrected_on": date(2012, 1, 19)}, "corrected_on"),
        ({"consultation_ended_on": date(2012, 1, 20)}, "consulted_on"),
        ({"extended_to": date(2012, 2, 9)}, "extended_to"),
        ({"ground": "state_secret"}, "ground"),
        (
            {"concluded_on": date(2012, 1, 20), "outcome": "granted_provided", "ground": "state_secret"},
            "ground",
        ),
    ],
)  # fmt: skip
def test_an_impossible_row_is_refused_at_its_column(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(date(2012, 1, 16), **changes)
    assert refusal.value.code == column
    assert not Application.objects.exists()


@pytest.mark.parametrize("outcome", terms("outcomes"))
def test_an_outcome_with_one_ground_brings_it_along(outcome: str) -> None:
    fitting = [term.code for term in terms("grounds").values() if term.extra.get("outcome") == outcome]
    row = recorded(date(2021, 3, 1), concluded_on=date(2021, 3, 5), outcome=outcome)
    assert row.ground == (fitting[0] if len(fitting) == 1 else "")


def test_a_partial_grant_may_name_the_ground_for_the_rest() -> None:
    days = {"concluded_on": date(2021, 3, 5), "outcome": "partially_granted", "ground": "trade_secret"}
    assert recorded(date(2021, 3, 1), **days).ground == "trade_secret"


def test_concluding_leaves_an_entry_with_what_changed() -> None:
    organ = bureau()
    row = recorded(date(2012, 1, 16))
    row = applications.conclude(row, outcome="unable_not_exist", on=date(2012, 2, 10), by=zhang(organ), at=AT)
    assert row.timeliness == "overdue"
    entry = entries.about(row, organ.code).last()
    assert entry is not None
    assert (entry.act, entry.by) == ("conclude", "张三")
    assert entry.after == {"outcome": "unable_not_exist", "concluded_on": "2012-02-10", "timeliness": "overdue"}
