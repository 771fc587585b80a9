"""Duties at the desk: lists by department, feedback on tasks, who is late; the calendar feed; the round of the day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from icalendar import Calendar

from gongkai.disclosures import actions as disclosures
from gongkai.duties import actions, noticing
from gongkai.duties.models import Duty, DutyTask, Notice
from gongkai.duties.tests.conftest import QUARTERLY
from gongkai.organs.models import Staff
from gongkai.records import jobs
from gongkai.records.models import Entry, Job
from gongkai.workbench import daily, feeding, todo
from gongkai.workbench.accounts import feeds
from gongkai.workbench.accounts.models import CalendarFeed
from gongkai.workbench.tasks import KINDS
from gongkai.workbench.tests.conftest import SignedIn, make_staff


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def duty(zhang: Staff) -> Duty:
    return actions.record(organ=zhang.organ, values=QUARTERLY, by=zhang, at=now())


@pytest.fixture
def overdue(duty: Duty, zhang: Staff) -> DutyTask:
    """A task whose day passed long ago."""
    return actions.raise_event(duty, occasion="首季", on=date(2024, 4, 1), by=zhang, at=now())


def test_an_event_makes_a_task_which_is_answered_with_a_disclosure(
    duty: Duty, zhang: Staff, as_staff: SignedIn
) -> None:
    client, today = as_staff(zhang), localdate()
    refused = client.post(f"/desk/duties/{duty.pk}/", {"occasion": "负责人变更", "on": "昨天"})
    assert refused.status_code == 422
    assert 'value="负责人变更"' in text(refused)
    client.post(f"/desk/duties/{duty.pk}/", {"occasion": "负责人变更", "on": today.isoformat()})
    task = DutyTask.objects.get()
    place = f"/desk/duties/tasks/{task.pk}/"
    refused = client.post(place, {"act": "fulfil", "disclosure": "没有的号"})
    assert refused.status_code == 422
    assert 'value="没有的号"' in text(refused)
    values = {
        "number": "A-1", "title": "负责人信息", "information_class": "other", "made_on": today, "published_on": today,
    }  # fmt: skip
    disclosures.record(organ=zhang.organ, values=values, by=zhang, at=now())
    assert "A-1" in text(client.get(place))
    client.post(place, {"act": "fulfil", "disclosure": "A-1"})
    task.refresh_from_db()
    assert (task.state, task.timing) == ("done", "within")


def test_what_is_late_stands_on_one_page_and_comes_before_the_head(
    overdue: DutyTask, zhang: Staff, as_staff: SignedIn
) -> None:
    values = {"number": "A-1", "title": "迟到的通报", "information_class": "other", "made_on": date(2024, 1, 2)}
    disclosures.record(organ=zhang.organ, values=values, by=zhang, at=now())
    lead = as_staff(make_staff(zhang.organ, "zhao", "赵六", "office_lead"))
    page = text(lead.get("/desk/late/"))
    assert "迟到的通报" in page
    assert overdue.number in page
    assert "没有按期更新的栏目" in page
    home = text(lead.get("/desk/"))
    assert "公开任务待反馈" in home
    assert "信息待公开" in home


def test_a_department_sees_its_own_duties(duty: Duty, overdue: DutyTask, zhang: Staff, as_staff: SignedIn) -> None:
    actions.record(
        organ=zhang.organ,
        values={**QUARTERLY, "number": "ZR-02", "title": "预算", "department": "财务科"},
        by=zhang,
        at=now(),
    )
    client = as_staff(zhang)
    page = text(client.get("/desk/duties/", {"department": "财务科"}))
    assert "预算" in page
    assert "工业经济运行情况" not in page
    assert "未按期更新" in text(client.get("/desk/duties/"))


def test_duties_of_another_organ_are_not_there(overdue: DutyTask, wang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(wang)
    assert client.get(f"/desk/duties/{overdue.duty_id}/").status_code == 404
    assert client.post(f"/desk/duties/tasks/{overdue.pk}/", {"act": "nothing", "reason": "没有"}).status_code == 404
    assert overdue.number not in text(client.get("/desk/duties/tasks/"))
    assert overdue.number not in text(client.get("/desk/late/"))


@pytest.mark.parametrize("place", ["/desk/duties/", "/desk/duties/tasks/", "/desk/late/", "/desk/"])
def test_pages_cost_the_same_however_much_is_due(
    place: str, duty: Duty, zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client, asked = as_staff(zhang), []
    for first, last in ((1, 3), (3, 20)):
        for day in range(first, last):
            actions.raise_event(duty, occasion="变更", on=date(2024, 4, day), by=zhang, at=now())
            values = {
                "number": f"D-{day}",
                "title": "通报",
                "information_class": "other",
                "made_on": date(2024, 1, day),
            }
            disclosures.record(organ=zhang.organ, values=values, by=zhang, at=now())
        with django_assert_max_num_queries(40) as queries:
            client.get(place)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_feed_is_a_calendar_of_days_and_numbers_without_names(
    overdue: DutyTask, zhang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(zhang)
    page = text(client.post("/desk/account/feed/", {"act": "make"}))
    address = page.split("<code")[1].split(">")[1].split("<")[0]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    (event,) = (one for one in events if overdue.number in str(one["SUMMARY"]))
    assert event.decoded("dtstart") == overdue.due_on
    assert str(event["URL"]).endswith(f"/desk/duties/tasks/{overdue.pk}/")
    said = answer.content.decode()
    assert "张三" not in said
    assert overdue.duty.title not in said
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert said.count("BEGIN:VALARM") == 2 * len(events)
    assert token not in CalendarFeed.objects.get().token_digest
    client.post("/desk/account/feed/", {"act": "revoke"})
    assert Client().get(address).status_code == 404
    assert set(Entry.objects.filter(act__in=("make_feed", "revoke_feed")).values_list("act", flat=True)) == {
        "make_feed", "revoke_feed",
    }  # fmt: skip


def test_a_new_address_ends_the_old_one_and_a_closed_account_has_none(zhang: Staff) -> None:
    old = feeds.make(zhang.user, by=zhang, at=now())
    new = feeds.make(zhang.user, by=zhang, at=now())
    assert feeds.owner_of(old) is None
    assert feeds.owner_of(new) == zhang.user
    zhang.user.is_active = False
    zhang.user.save()
    assert feeds.owner_of(new) is None


def test_every_kind_of_task_has_words_for_the_calendar() -> None:
    page = (Path(todo.__file__).parent / "templates/workbench/task_word.html").read_text(encoding="utf-8")
    on_page = set(re.findall(r'kind == "(\w+)"', page))
    assert {*todo.KINDS.values(), "begin", "item"} <= on_page
    assert set(feeding.WORDS) == on_page | {"settle"}  # the page's last case


def test_the_round_of_the_day_is_done_once(duty: Duty, zhang: Staff) -> None:
    assert daily.ask(at=now()) is not None
    assert daily.ask(at=now()) is None
    job = jobs.claim("test:1", at=now())
    assert job is not None
    assert jobs.perform(job.pk, KINDS, clock=now)
    assert DutyTask.objects.count() == 1
    assert "产生公开任务 1 项" in Job.objects.get(pk=job.pk).said
    assert daily.ask(at=now()) is None
    assert daily.ask(at=now() + timedelta(days=1)) is not None
    assert Notice.objects.count() <= 1


def test_the_reminders_that_were_given_are_shown(overdue: DutyTask, zhang: Staff, as_staff: SignedIn) -> None:
    assert "最近发出的提醒" not in text(as_staff(zhang).get("/desk/late/"))
    noticing.notify(zhang.organ, by="gongkai work", at=now())
    assert "最近发出的提醒" in text(as_staff(zhang).get("/desk/late/"))


def test_nothing_is_asked_for_where_nothing_can_be_due(zhang: Staff) -> None:
    assert daily.ask(at=now()) is None
