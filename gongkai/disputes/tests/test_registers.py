"""What the registers of disputes and complaints take and refuse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.disclosures.tests.cast import AT, bureau
from gongkai.disputes import actions as disputes
from gongkai.disputes.models import Complaint, Dispute
from gongkai.law.refusal import Refused
from gongkai.records import entries

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {"number": "F1", "kind": "reconsideration", "filed_on": date(2012, 6, 1)}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"accepted_on": date(2012, 5, 31)}, "accepted_on"),
        ({"concluded_on": date(2012, 5, 31), "result": "upheld"}, "concluded_on"),
        (
            {"accepted_on": date(2012, 6, 5), "concluded_on": date(2012, 6, 4), "result": "upheld"},
            "concluded_on",
        ),
        ({"concluded_on": date(2012, 7, 1)}, "result"),
        ({"result": "upheld"}, "concluded_on"),
    ],
)  # fmt: skip
def test_an_impossible_case_is_refused_at_its_column(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(Refused) as refusal:
        disputes.record(organ=bureau(), values={**PLAIN, **changes}, by="张三", at=AT)
    assert refusal.value.code == column
    assert not Dispute.objects.exists()


def test_a_case_that_was_not_accepted_may_end() -> None:
    row = disputes.record(organ=bureau(), values=PLAIN, by="张三", at=AT)
    row = disputes.conclude(row, result="other_result", on=date(2012, 6, 8), by="李四", at=AT)
    assert [entry.act for entry in entries.about(row, "gxj")] == ["record", "conclude"]


def test_a_complaint_does_not_end_before_it_came() -> None:
    values = {"number": "T1", "subject": "应公开而未公开", "received_on": date(2012, 6, 1)}
    row = disputes.record_complaint(organ=bureau(), values=values, by="张三", at=AT)
    with pytest.raises(Refused):
        disputes.amend_complaint(row, changes={"concluded_on": date(2012, 5, 31)}, by="张三", at=AT)
    assert Complaint.objects.get().concluded_on is None
