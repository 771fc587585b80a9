"""Next year's plan: who promised what until when, and what came of it; and days that come before the statutory one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ, Staff
from gongkai.reports import actions as reports
from gongkai.reports import deadlines
from gongkai.reports.models import Promise, Report
from gongkai.reports.tests import cast
from gongkai.reports.tests.cast import AT

UNTIL = date(2013, 6, 30)


@pytest.fixture
def promised(report: Report, zhang: Staff) -> Promise:
    return reports.promise(report, "充实公开目录", owner="行政审批办", due_on=UNTIL, by=zhang, at=AT)


def test_a_promise_is_settled_with_evidence(promised: Promise, zhang: Staff) -> None:
    with pytest.raises(Refused, match="依据"):
        reports.settle_promise(promised, "kept", " ", by=zhang, at=AT)
    done = reports.settle_promise(promised, "partly", "目录已增30条", by=zhang, at=AT)
    assert (done.status, done.settled_on) == ("partly", date(2013, 3, 20))
    again = reports.settle_promise(done, "open", "", by=zhang, at=AT)
    assert (again.status, again.settled_on) == ("open", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.update(status="kept")


def test_of_two_who_settle_at_once_the_second_is_told(promised: Promise, zhang: Staff) -> None:
    reports.settle_promise(promised, "kept", "甲", by=zhang, at=AT, seen=1)
    with pytest.raises(Refused) as refused:
        reports.settle_promise(promised, "broken", "乙", by=zhang, at=AT, seen=1)
    assert refused.value.code == "changed_meanwhile"
    assert Promise.objects.get().evidence == "甲"


def test_the_plan_is_closed_with_its_report(report: Report, promised: Promise, zhang: Staff) -> None:
    reports.amend_promise(promised, "充实并公布目录", owner="行政审批办", due_on=UNTIL, by=zhang, at=AT)
    cast.published(report, zhang)
    for act in (
        lambda: reports.promise(report, "另一条", owner="办公室", due_on=UNTIL, by=zhang, at=AT),
        lambda: reports.amend_promise(promised, "改", owner="办公室", due_on=UNTIL, by=zhang, at=AT),
        lambda: reports.withdraw_promise(promised, by=zhang, at=AT),
    ):
        with pytest.raises(Refused, match="不能再增删改"):
            act()
    assert reports.settle_promise(promised, "kept", "已公布", by=zhang, at=AT).text == "充实并公布目录"


@pytest.mark.parametrize(
    ("text", "owner", "due_on", "said"),
    [("", "办公室", UNTIL, "做什么"), ("做", " ", UNTIL, "谁负责"), ("做", "办公室", date(2012, 12, 31), "之后")],
)
def test_a_promise_names_what_who_and_when(
    report: Report, zhang: Staff, text: str, owner: str, due_on: date, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        reports.promise(report, text, owner=owner, due_on=due_on, by=zhang, at=AT)


def test_a_withdrawn_promise_is_gone(promised: Promise, zhang: Staff) -> None:
    reports.withdraw_promise(promised, by=zhang, at=AT)
    assert not Promise.objects.exists()
    with pytest.raises(Refused, match="已不在"):
        reports.withdraw_promise(promised, by=zhang, at=AT)


@pytest.mark.parametrize(
    ("kind", "year", "due"),
    [
        ("department", 2012, date(2013, 3, 31)),
        ("department", 2021, date(2022, 1, 31)),
        ("city_government", 2021, date(2022, 3, 31)),
        ("township_government", 2021, date(2022, 1, 31)),
    ],
)
def test_the_law_sets_the_day_by_the_kind_of_organ(organ: Organ, kind: str, year: int, due: date) -> None:
    organ.kind = kind
    found = deadlines.deadline(organ, year)
    assert (found.due, found.is_earlier) == (due, False)
    assert "《政府信息公开条例》" in found.cite


def test_a_local_day_comes_only_before_the_statutory_one(organ: Organ, zhang: Staff) -> None:
    with pytest.raises(Refused, match="晚于"):
        reports.set_earlier_day(organ, 2021, date(2022, 2, 1), "市府办函〔2022〕1号", by=zhang, at=AT)
    with pytest.raises(Refused, match="出处"):
        reports.set_earlier_day(organ, 2021, date(2022, 1, 20), "", by=zhang, at=AT)
    with pytest.raises(Refused, match="还没有结束"):
        reports.set_earlier_day(organ, 2021, date(2021, 12, 31), "通知", by=zhang, at=AT)
    reports.set_earlier_day(organ, 2021, date(2022, 1, 20), "市府办函〔2022〕1号", by=zhang, at=AT)
    reports.set_earlier_day(organ, 2021, date(2022, 1, 15), "市府办函〔2022〕2号", by=zhang, at=AT)
    found = deadlines.deadline(organ, 2021)
    assert (found.due, found.cite, found.is_earlier) == (date(2022, 1, 15), "市府办函〔2022〕2号", True)
