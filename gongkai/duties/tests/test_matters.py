"""What is due and who is late; reminders before, at and after the day, each once."""

from __future__ import annotations

from datetime import date

from gongkai.duties import actions, matters, noticing
from gongkai.duties.models import Duty
from gongkai.duties.tests.conftest import AT, disclosed, moment
from gongkai.guides import actions as guides
from gongkai.guides.tests.conftest import TEXTS, published
from gongkai.organs import actions as organs
from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.records.models import Entry


def test_one_list_holds_disclosures_deliveries_tasks_and_the_guide(
    bureau: Organ, duty: Duty, zhang: Staff, zhao: Staff
) -> None:
    disclosed(bureau, "A", zhang, made_on=date(2025, 1, 2))  # due 2025-02-06
    disclosed(bureau, "B", zhang, made_on=date(2024, 11, 1), published_on=date(2024, 11, 8), is_document="yes")
    disclosed(bureau, "C", zhang, made_on=date(2024, 11, 1), attribute="on_application")
    actions.raise_due(bureau, by="gongkai work", at=AT)
    guide = guides.create(bureau, kind="guide", title="指南", by=zhang, at=AT)
    guides.write(guide, title="指南", sections=TEXTS, by=zhang, at=AT)
    published(guide, zhang, zhao, make_staff(bureau, "钱二", "publisher"), AT)
    organs.set_contact(bureau, phone="0432-9", by="准备", at=AT)
    bureau.refresh_from_db()
    found = matters.matters(bureau, date(2025, 2, 10), date(2025, 2, 28))
    assert [(one.kind, one.subject, one.due_on) for one in found] == [
        ("deliver", "B", date(2024, 12, 13)),
        ("duty", "ZR-01@2025-01-01", date(2025, 2, 5)),
        ("publish", "A", date(2025, 2, 6)),
        ("guide", "guide-v1", date(2025, 2, 8)),  # a Saturday that is worked
    ]
    assert found[-1].reason == "differs"
    assert [one.subject for one in matters.late(bureau, date(2025, 2, 6))] == ["B", "ZR-01@2025-01-01"]


def test_a_matter_is_before_at_or_after_its_day() -> None:
    one = matters.Matter("duty", 1, "x", "x", date(2025, 1, 27))
    days = [date(2025, 1, 26), date(2025, 1, 27), date(2025, 1, 28)]
    assert [one.stage(day) for day in days] == ["before", "at", "after"]
    assert [one.days_late(day) for day in days] == [0, 0, 1]


def test_each_reminder_is_given_once_and_kept(bureau: Organ, duty: Duty) -> None:
    actions.raise_due(bureau, by="gongkai work", at=AT)  # due 2025-02-05
    given = {
        day: [notice.stage for notice in noticing.notify(bureau, by="gongkai work", at=moment(day))]
        for day in (
            date(2025, 1, 28), date(2025, 1, 29), date(2025, 1, 30), date(2025, 2, 5), date(2025, 2, 6),
            date(2025, 2, 28),
        )
    }  # fmt: skip
    assert list(given.values()) == [[], ["before"], [], ["at"], ["after"], []]
    assert noticing.notify(bureau, by="gongkai work", at=moment(date(2025, 2, 6))) == []
    assert Entry.objects.filter(act="give_notice").count() == 3


def test_a_day_on_which_the_machine_was_off_is_made_up_for(bureau: Organ, duty: Duty) -> None:
    actions.raise_due(bureau, by="gongkai work", at=AT)
    assert [notice.stage for notice in noticing.notify(bureau, by="gongkai work", at=moment(date(2025, 2, 20)))] == [
        "after"
    ]
