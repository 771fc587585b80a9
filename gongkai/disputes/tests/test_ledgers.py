"""The ledgers about applications as workbooks: an application, its fee and its dispute, linked by number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.applications.ledgers import APPLICATIONS
from gongkai.applications.models import Application
from gongkai.disclosures.tests.cast import AT, bureau
from gongkai.disputes.ledgers import LEDGERS
from gongkai.disputes.models import Dispute
from gongkai.records.importing import ImportResult, import_workbook
from gongkai.records.workbooks import filled

pytestmark = pytest.mark.django_db
ALL = (APPLICATIONS, *LEDGERS)


def imported(**changes: Any) -> ImportResult:
    application = {
        "number": "Y1", "received_on": date(2012, 1, 16), "channel": "online", "applicant_type": "natural_person",
        "subject": "某项资金分配结果", "concluded_on": date(2012, 2, 10), "outcome": "refused_state_secret", **changes,
    }  # fmt: skip
    dispute = {"number": "F1", "kind": "reconsideration", "application": "Y1", "filed_on": date(2012, 3, 1)}
    rows = {"applications": [application], "disputes": [dispute]}
    return import_workbook(filled(ALL, rows), organ=bureau(), ledgers=ALL, by="张三", at=AT)


def test_an_application_is_judged_and_its_dispute_linked() -> None:
    assert imported().faults == []
    row = Application.objects.get()
    assert (row.due_on, row.timeliness, row.ground) == (date(2012, 2, 9), "overdue", "state_secret")
    assert Dispute.objects.get().application == row


def test_the_same_workbook_again_changes_nothing() -> None:
    imported()
    assert imported().unchanged == 2


def test_an_end_without_outcome_is_told_at_the_empty_column() -> None:
    (fault,) = imported(outcome="").faults
    assert (fault.sheet, fault.row, fault.header) == ("政府信息公开申请", 2, "办理结果")
