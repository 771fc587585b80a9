"""What waits for a person as a calendar (RFC 5545). It names kinds, numbers and days: no titles, no names, because the
calendar may be kept by a stranger's server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext, gettext_noop
from icalendar import Alarm, Calendar, Event

from gongkai.organs.models import Staff
from gongkai.workbench.todo import Task, tasks

AHEAD = timedelta(days=90)
REMINDERS = (timedelta(days=-1), timedelta(hours=9))
"""Before the day, and at nine in the morning of it (counted from its beginning)."""

WORDS = {
    "begin": gettext_noop("年度报告还没有建立"),
    "finish": gettext_noop("年度报告还没有送审"),
    "findings": gettext_noop("年报检查结果待处理"),
    "approve": gettext_noop("年度报告待审定"),
    "publish": gettext_noop("年度报告待发布"),
    "reminded": gettext_noop("收到报送年报的提醒"),
    "corrected": gettext_noop("年报有更正，待阅知"),
    "asked": gettext_noop("上级询问年报中的问题，待答复"),
    "answered": gettext_noop("机关已答复，待认定"),
    "received": gettext_noop("公众留言待审核"),
    "open": gettext_noop("公众留言待答复"),
    "replied": gettext_noop("留言的答复待审"),
    "late": gettext_noop("下级机关逾期未发布年报"),
    "failed": gettext_noop("后台任务没有完成"),
    "item": gettext_noop("公开信息等您办理"),
    "re_review": gettext_noop("不公开的信息到期评估"),
    "incident": gettext_noop("疑似涉密事件待处置"),
    "settle": gettext_noop("工作打算待认定"),
    "publish_item": gettext_noop("信息待公开"),
    "deliver_item": gettext_noop("信息待报送查阅点"),
    "duty_task": gettext_noop("公开任务待反馈"),
    "review_guide": gettext_noop("指南或制度待核对"),
    "approve_guide": gettext_noop("指南或制度待审定"),
    "publish_guide": gettext_noop("指南或制度待发布"),
    "finish_guide": gettext_noop("指南或制度待修改"),
}
"""Every kind of task in words; the page and the calendar say the same."""


def feed(posts: Iterable[Staff], today: date, at: datetime, root: str) -> bytes:
    """The calendar of all posts of a person. root: the address of the site, e.g. "https://gk.example.gov.cn"."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//gongkai//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext("政府信息公开待办"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for post in posts:
        for task in tasks(post, today, ahead=AHEAD):
            if task.due is not None:
                calendar.add_component(_event(post, task, task.due, at, root))
    return bytes(calendar.to_ical())


def _event(post: Staff, task: Task, due: date, at: datetime, root: str) -> Event:
    event = Event()
    told = gettext(WORDS[task.kind])
    event.add("uid", f"{hashlib.sha256(f'{post.pk} {task.kind} {task.address}'.encode()).hexdigest()[:32]}@gongkai")
    event.add("dtstamp", at)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{told} {task.number}".strip())
    event.add("url", f"{root}{task.address}")
    event.add("transp", "TRANSPARENT")
    if task.cite:
        event.add("description", task.cite)
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", told)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event
