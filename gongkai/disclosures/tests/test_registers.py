"""What the disclosure register takes, what it refuses, and what it works out for itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.channels.models import Channel, Posting
from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.models import Disclosure
from gongkai.disclosures.tests.cast import AT, bureau, zhang
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ
from gongkai.records import entries

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {
    "number": "2012-001", "title": "工业经济运行情况", "information_class": "other", "made_on": date(2012, 9, 26),
}  # fmt: skip


def recorded(organ: Organ | None = None, **changes: Any) -> Disclosure:
    organ = organ or bureau()
    return disclosures.record(organ=organ, values={**PLAIN, **changes}, by="张三", at=AT)


def refused(**changes: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        recorded(**changes)
    assert not Disclosure.objects.exists()
    return refusal.value


def test_a_document_made_before_national_day_is_due_after_it() -> None:
    assert recorded().due_on == date(2012, 10, 30)


@pytest.mark.parametrize(
    ("published", "timing"), [(None, ""), (date(2012, 10, 30), "within"), (date(2012, 10, 31), "over")]
)
def test_a_document_is_within_its_limit_up_to_its_last_day(published: date | None, timing: str) -> None:
    assert recorded(is_document="yes", published_on=published).online_timing == timing


def test_information_that_is_no_document_is_not_timed() -> None:
    row = recorded(published_on=date(2012, 12, 31), delivered_on=date(2012, 12, 31))
    assert (row.online_timing, row.delivery_timing) == ("", "")


@pytest.mark.parametrize(("delivered", "timing"), [(date(2012, 11, 13), "within"), (date(2012, 11, 14), "over")])
def test_delivery_to_the_reading_place_has_thirty_working_days_where_the_local_rule_holds(
    delivered: date, timing: str
) -> None:
    row = recorded(is_document="yes", delivered_on=delivered)
    assert (row.delivery_due_on, row.delivery_timing) == (date(2012, 11, 13), timing)


def test_elsewhere_delivery_has_no_clock() -> None:
    row = recorded(bureau("hrb", "黑龙江省/哈尔滨市"), is_document="yes", delivered_on=date(2012, 12, 31))
    assert (row.delivery_due_on, row.delivery_timing) == (None, "")


def test_what_was_made_before_the_regulations_has_no_limit() -> None:
    row = recorded(made_on=date(2008, 4, 30), published_on=date(2012, 1, 1), is_document="yes")
    assert (row.due_on, row.online_timing) == (None, "")


def test_the_register_stays_open_while_next_years_calendar_is_unknown() -> None:
    row = recorded(made_on=date(2026, 12, 28))
    assert row.due_on is None


def test_a_timing_that_needs_an_unknown_calendar_is_refused_and_not_guessed() -> None:
    refusal = refused(made_on=date(2026, 12, 28), published_on=date(2027, 2, 1))
    assert refusal.code == "calendar_year_unknown"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"published_on": date(2012, 9, 25)}, "published_on"),
        ({"delivered_on": date(2012, 9, 25)}, "delivered_on"),
        ({"repealed_on": date(2012, 9, 25)}, "repealed_on"),
        ({"attribute": "on_application", "published_on": date(2012, 10, 1)}, "published_on"),
        ({"attribute": "non_disclosure"}, "ground"),
        ({"ground": "state_secret"}, "ground"),
    ],
)
def test_an_impossible_row_is_refused_at_its_column(changes: dict[str, Any], column: str) -> None:
    assert refused(**changes).code == column


def test_closed_information_has_no_publication_clock() -> None:
    assert recorded(attribute="non_disclosure", ground="state_secret").due_on is None


def test_an_unknown_code_is_refused_in_words() -> None:
    assert "信息类别" in refused(information_class="gossip").reason


def test_a_number_is_taken_once_in_an_organ() -> None:
    organ = bureau()
    recorded(organ)
    with pytest.raises(Refused):
        recorded(organ)
    assert recorded(bureau("fgw")).number == PLAIN["number"]


def test_recording_and_correcting_leave_one_entry_each() -> None:
    organ = bureau()
    row = disclosures.record(organ=organ, values=PLAIN, by=zhang(organ), at=AT)
    row = disclosures.amend(row, changes={"made_on": date(2012, 9, 20)}, by="李四", at=AT)
    first, second = entries.about(row, organ.code)
    assert (first.act, first.by, first.after["title"]) == ("record", "张三", PLAIN["title"])
    assert (second.before["made_on"], second.after["made_on"]) == ("2012-09-26", "2012-09-20")
    assert second.after["due_on"] == "2012-10-24"
    assert entries.verify(organ.code) == []


def test_a_correction_that_changes_nothing_leaves_no_entry() -> None:
    row = recorded()
    disclosures.amend(row, changes={"title": row.title}, by="李四", at=AT)
    assert entries.about(row, "gxj").count() == 1


def test_a_refused_correction_changes_nothing() -> None:
    row = recorded(published_on=date(2012, 10, 1))
    with pytest.raises(Refused):
        disclosures.amend(row, changes={"attribute": "on_application"}, by="李四", at=AT)
    row.refresh_from_db()
    assert row.attribute == "proactive"


def test_the_database_itself_refuses_closed_information_that_is_published() -> None:
    row = recorded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(attribute="on_application", published_on=date(2012, 10, 1))


def posting(organ: Organ, day: date, number: str = "P1") -> Posting:
    channel, _ = Channel.objects.get_or_create(
        organ=organ, number="column", defaults={"name": "信息公开专栏", "kind": "disclosure_column"}
    )
    return Posting.objects.create(organ=organ, number=number, channel=channel, title="某信息", posted_on=day)


def test_a_posting_carries_one_disclosure() -> None:
    organ = bureau()
    row, post = recorded(organ), posting(organ, date(2012, 10, 8))
    disclosures.place(row, posting=post, number="F1", by="张三", at=AT)
    with pytest.raises(Refused):
        disclosures.place(row, posting=post, number="F2", by="张三", at=AT)


def test_closed_information_cannot_be_placed() -> None:
    organ = bureau()
    row = recorded(organ, attribute="on_application")
    with pytest.raises(Refused) as refusal:
        disclosures.place(row, posting=posting(organ, date(2012, 10, 8)), number="F1", by="张三", at=AT)
    assert refusal.value.code == "disclosure"


def test_nothing_is_posted_before_it_is_made() -> None:
    organ = bureau()
    row = recorded(organ)
    with pytest.raises(Refused) as refusal:
        disclosures.place(row, posting=posting(organ, date(2012, 9, 25)), number="F1", by="张三", at=AT)
    assert refusal.value.code == "posting"
