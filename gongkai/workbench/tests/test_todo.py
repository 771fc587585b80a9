"""What is due beyond one's own report: organs below that are late, and long work that failed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import localdate, now

from gongkai.organs.models import Organ, Staff
from gongkai.organs.tests.cast import make_staff
from gongkai.records import jobs
from gongkai.records.moves import LEGAL_TIME
from gongkai.supervision import actions as supervision
from gongkai.supervision.tests.conftest import YEAR, begun, make_bureau, publish
from gongkai.workbench import todo
from gongkai.workbench.tests.conftest import SignedIn

JANUARY, FEBRUARY = date(YEAR + 1, 1, 20), date(YEAR + 1, 2, 10)


@pytest.fixture
def city(db: None) -> Organ:
    return make_bureau("city", "松江市人民政府", None)


@pytest.fixture
def qian(city: Organ) -> Staff:
    """钱八: supervisor of the city."""
    return make_staff(city, "钱八", "supervisor")


def test_a_supervisor_is_told_of_late_organs_until_they_are_reminded_or_have_published(
    city: Organ, qian: Staff
) -> None:
    published, late = (make_bureau(code, f"松江市{code}局", city) for code in ("A", "B"))
    publish(published, None)
    begun(late)
    assert todo.tasks(qian, JANUARY) == []
    (task,) = todo.tasks(qian, FEBRUARY)
    assert (task.kind, task.count, task.due, task.overdue) == ("late", 1, date(YEAR + 1, 1, 31), True)
    assert "第四十九条" in task.cite
    sent, until = datetime(YEAR + 1, 2, 10, 9, tzinfo=LEGAL_TIME), date(YEAR + 1, 2, 20)
    supervision.remind(late, year=YEAR, due_on=until, letter="请抓紧报送", by=qian, at=sent)
    assert todo.tasks(qian, FEBRUARY) == []
    assert [task.kind for task in todo.tasks(qian, until + timedelta(days=1))] == ["late"]


def test_a_job_that_failed_stands_on_the_clerks_first_page_for_some_days(zhang: Staff, as_staff: SignedIn) -> None:
    asked = {"organ_code": zhang.organ.code, "title": "导入 登记.xlsx", "arguments": {}, "payload": b"x"}
    job = jobs.ask("import", **asked, by=zhang, at=now())  # type: ignore[arg-type]  # one for each parameter
    jobs.claim("here:1", at=now())
    jobs.fail(job.pk, jobs.BROKE_OFF, trace="", at=now())
    page = as_staff(zhang).get("/desk/").content.decode()
    assert "后台任务没有完成" in page
    assert f'href="/desk/jobs/{job.pk}/"' in page
    later = localdate() + timedelta(days=8)
    assert "failed" not in [task.kind for task in todo.tasks(zhang, later)]
