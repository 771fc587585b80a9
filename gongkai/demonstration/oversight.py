"""Who looks on from outside: the city's supervisor reminds an organ, and the public comments on a report."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.comments import actions as comments
from gongkai.demonstration import people
from gongkai.demonstration.days import at
from gongkai.organs.models import Organ
from gongkai.supervision import actions as supervision
from gongkai.supervision import letters, queries
from gongkai.supervision.models import Reminder

YEAR = 2025
ASKED = "〔演示虚构〕今年依申请公开的数量比上年多，主要是哪方面的申请？"
ANSWERED = "〔演示虚构〕主要是产业扶持资金分配结果方面的申请，已在专栏集中公开。"
WAITING = "〔演示虚构〕报告里的“行政处罚”数字包括警告吗？"
ASSIGNED = "〔演示虚构〕报告第二部分的行政处罚是7件，执法公示栏里却有9件，是不是少了两件？"
ADDRESS = "demo@example.invalid"


def done() -> bool:
    """Whether all of it is there: the reminder comes last."""
    return Reminder.objects.filter(organ__code=people.ELSEWHERE, year=YEAR).exists()


@transaction.atomic
def do() -> str:
    """All of it or nothing."""
    _ask_and_answer()
    _remind()
    return "3 条留言、1 件提醒"


def _at(day: int, hour: int) -> datetime:
    """A moment of the March after the year."""
    return at(date(YEAR + 1, 3, day), hour)


def _ask_and_answer() -> None:
    organ, clerk, lead = people.bureau(), people.staff("zhangsan"), people.staff("zhaoliu")
    asked = comments.receive(organ, YEAR, text=ASKED, contact=ADDRESS, address="", at=_at(4, 8))
    comments.show(asked, owner=clerk, due_on=date(YEAR + 1, 3, 13), by=lead, at=_at(4, 10))
    comments.reply(asked, answer=ANSWERED, by=clerk, at=_at(5, 10))
    comments.release(asked, by=lead, at=_at(5, 15))
    comments.receive(organ, YEAR, text=WAITING, contact="", address="", at=_at(9, 8))
    doubted = comments.receive(organ, YEAR, text=ASSIGNED, contact="", address="", at=_at(9, 9))
    comments.show(doubted, owner=clerk, due_on=date(YEAR + 1, 3, 20), by=lead, at=_at(9, 15))


def _remind() -> None:
    supervisor = people.staff("zhengshi")
    standing = queries.overview(Organ.objects.get(code=people.CITY), YEAR)
    late = next(one for one in standing if one.organ.code == people.ELSEWHERE)
    due_on = date(YEAR + 1, 3, 31)
    letter = letters.letter(str(supervisor.organ), late, YEAR, due_on, _at(10, 9).date())
    supervision.remind(late.organ, year=YEAR, due_on=due_on, letter=letter, by=supervisor, at=_at(10, 9))
