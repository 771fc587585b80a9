"""Reminders: by the supervisor of the organ above, once a day, on the list of the organ below while it is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.records import entries
from gongkai.reports.tests.cast import AT
from gongkai.supervision import actions, letters, queries
from gongkai.supervision.models import Reminder
from gongkai.supervision.tests.conftest import YEAR, publish

TODAY = date(2013, 3, 20)  # the day of AT
DUE = date(2013, 4, 1)


def send(organ: Organ, by: Staff, **changed: object) -> Reminder:
    given = {"year": YEAR, "due_on": DUE, "letter": "请尽快发布。", "at": AT} | changed
    return actions.remind(organ, by=by, **given)  # type: ignore[arg-type]


def test_a_reminder_stands_on_the_organs_list_until_its_report_is_out(
    bureaus: list[Organ], city: Organ, qian: Staff
) -> None:
    late = bureaus[3]
    reminder = send(late, qian)
    assert list(queries.reminders_to(late)) == [reminder]
    assert list(queries.reminders_to(bureaus[2])) == []
    assert queries.overview(city, YEAR)[3].reminders == (reminder,)
    publish(late, 3)
    assert list(queries.reminders_to(late)) == []
    assert entries.verify() == []


def test_it_is_acknowledged_by_the_clerk_reminded_and_withdrawn_by_its_sender(
    bureaus: list[Organ], qian: Staff, wang: Staff
) -> None:
    reminder = send(bureaus[3], qian)
    for by in (qian, wang, bureaus[2].staff.get(name="张三")):
        with pytest.raises(Refused) as refused:
            actions.acknowledge(reminder, by=by, at=AT)
        assert refused.value.code == "not_your_role"
    actions.acknowledge(reminder, by=bureaus[3].staff.get(name="张三"), at=AT)
    for by in (wang, bureaus[3].staff.get(name="张三")):
        with pytest.raises(Refused):
            actions.withdraw(reminder, by=by, at=AT)
    actions.withdraw(reminder, by=qian, at=AT)
    assert list(queries.reminders_to(bureaus[3])) == []
    acts = entries.about(reminder, bureaus[3].code).order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["remind", "acknowledge", "withdraw_acknowledged"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"letter": " "}, "letter"),
        ({"letter": "长" * 2001}, "letter"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_field(
    changed: dict[str, object], code: str, bureaus: list[Organ], qian: Staff
) -> None:
    with pytest.raises(Refused) as refused:
        send(bureaus[3], qian, **changed)
    assert refused.value.code == code


def test_nobody_is_reminded_twice_on_a_day(bureaus: list[Organ], qian: Staff) -> None:
    first = send(bureaus[3], qian)
    with pytest.raises(Refused) as refused:
        send(bureaus[3], qian)
    assert refused.value.code == "reminded_today"
    send(bureaus[3], qian, year=YEAR - 1)
    send(bureaus[3], qian, at=AT + timedelta(days=1))
    actions.withdraw(first, by=qian, at=AT)
    send(bureaus[3], qian)


def test_only_the_supervisor_directly_above_reminds(
    bureaus: list[Organ], city: Organ, qian: Staff, wang: Staff
) -> None:
    for by, code in ((wang, "not_yours"), (city.staff.get(name="张三"), "not_your_role")):
        with pytest.raises(Refused) as refused:
            send(bureaus[3], by)
        assert refused.value.code == code


def test_the_letter_says_what_is_missing_since_when_and_what_is_asked_for(bureaus: list[Organ], city: Organ) -> None:
    _, _, compiling, missing = queries.overview(city, YEAR)
    today, due = date(2025, 2, 10), date(2025, 2, 20)
    said = letters.letter("松江市人民政府", missing, YEAR, due, today)
    assert said.startswith("松江市D局：\n")
    for words in (
        "第四十九条",
        "2024 年度报告尚未建立",
        "法定期限 2025年1月31日 已过",
        "2025年2月20日 前",
        "松江市人民政府\n2025年2月10日",
    ):
        assert words in said
    assert "已编制，尚未送审" in letters.letter("松江市人民政府", compiling, YEAR, due, today)
    assert "法定期限为 2025年1月31日" in letters.letter("松江市人民政府", missing, YEAR, due, date(2025, 1, 10))
