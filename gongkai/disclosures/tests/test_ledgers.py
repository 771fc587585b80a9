"""The disclosure ledgers as workbooks: filled in, imported, and imported again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.channels.ledgers import CHANNELS, POSTINGS
from gongkai.disclosures.ledgers import LEDGERS
from gongkai.disclosures.models import Disclosure, Placement
from gongkai.disclosures.tests.cast import AT, bureau
from gongkai.records.importing import ImportResult, import_workbook
from gongkai.records.workbooks import filled

pytestmark = pytest.mark.django_db
ALL = (CHANNELS, POSTINGS, *LEDGERS)


def imported(**changes: Any) -> ImportResult:
    disclosure = {
        "number": "1", "title": "某规范性文件", "information_class": "normative_documents", "is_document": "yes",
        "instrument": "normative_document", "made_on": date(2012, 9, 26), "published_on": date(2012, 10, 30), **changes,
    }  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "channels": [{"number": "c", "name": "信息公开专栏", "kind": "disclosure_column"}],
        "postings": [{"number": "P1", "channel": "c", "title": "某规范性文件", "posted_on": date(2012, 10, 30)}],
        "disclosures": [disclosure],
        "placements": [{"number": "F1", "disclosure": "1", "posting": "P1"}],
    }
    return import_workbook(filled(ALL, rows), organ=bureau(), ledgers=ALL, by="张三", at=AT)


def test_a_filled_workbook_makes_timed_and_placed_disclosures() -> None:
    result = imported()
    assert (result.added, result.faults) == (4, [])
    row = Disclosure.objects.get()
    assert (row.attribute, row.public_interest, row.provenance) == ("proactive", "no", "real")
    assert (row.due_on, row.online_timing, row.delivery_timing) == (date(2012, 10, 30), "within", "")
    assert Placement.objects.get().disclosure == row


def test_the_same_workbook_again_changes_nothing() -> None:
    imported()
    again = imported()
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)


def test_a_correction_in_the_workbook_is_timed_anew() -> None:
    imported()
    assert imported(published_on=date(2012, 10, 31)).changed == 1
    assert Disclosure.objects.get().online_timing == "over"


def test_a_row_that_cannot_be_true_is_told_by_its_column_and_nothing_is_taken() -> None:
    result = imported(published_on=date(2012, 9, 25))
    told = [(fault.sheet, fault.header) for fault in result.faults if "早于" in str(fault)]
    assert told == [("政府信息登记", "发布日期")]
    assert not Disclosure.objects.exists()
