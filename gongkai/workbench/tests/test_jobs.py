"""Large workbooks at the desk: tried and imported apart, what goes on to be seen, and run again when failed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.disclosures.models import Disclosure
from gongkai.organs.models import Staff
from gongkai.records import jobs, workbooks
from gongkai.records.models import Entry, Job
from gongkai.workbench import tasks
from gongkai.workbench.tests.conftest import SignedIn, make_staff


@pytest.fixture(autouse=True)
def every_workbook_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LARGE", 0)


def workbook(*numbers: str, category: str = "other") -> bytes:
    rows = [
        {
            "number": number, "title": "一季度运行情况", "made_on": date(2012, 3, 1), "published_on": date(2012, 3, 5),
            "information_class": category, "provenance": "invented",
        }
        for number in numbers
    ]  # fmt: skip
    return workbooks.filled([DISCLOSURES], {"disclosures": rows})


def upload(client: Client, content: bytes) -> Any:
    return client.post("/desk/import/", {"file": SimpleUploadedFile("大登记.xlsx", content)}, follow=True)


def work() -> None:
    """What the worker does, in this process."""
    while (job := jobs.claim("here:1", at=now())) is not None:
        jobs.perform(job.pk, tasks.KINDS, clock=now)


def page_of(client: Client) -> str:
    """The page of the latest job."""
    return client.get(f"/desk/jobs/{Job.objects.latest('pk').pk}/").content.decode()


def test_a_large_workbook_is_tried_and_then_imported_apart(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    assert "正在排队" in upload(client, workbook("1", "2")).content.decode()
    work()
    page = page_of(client)
    assert "没有发现错误；新增 2 条" in page
    assert "确认导入" in page
    assert not Disclosure.objects.exists()
    client.post(f"/desk/jobs/{Job.objects.get().pk}/confirm/")
    work()
    assert "已导入：新增 2 条" in page_of(client)
    assert Disclosure.objects.count() == 2
    assert Entry.objects.get(act="import").by == "张三"
    assert not Job.objects.exclude(payload=b"").exists()


def test_what_was_confirmed_is_not_imported_twice(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    upload(client, workbook("1"))
    work()
    place = f"/desk/jobs/{Job.objects.get().pk}/confirm/"
    assert client.post(place).status_code == 302
    assert client.post(place).status_code == 409
    assert Job.objects.count() == 2


def test_faults_are_shown_by_their_place_and_nothing_is_offered_to_confirm(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    upload(client, workbook("1", "1"))
    work()
    page = page_of(client)
    assert "有 1 处错误" in page
    assert "重复" in page
    assert "确认导入" not in page


def test_a_job_that_failed_says_why_without_the_programs_inside_and_can_be_run_again(
    zhang: Staff, as_staff: SignedIn
) -> None:
    client = as_staff(zhang)
    upload(client, workbook("1"))
    job = jobs.claim("here:1", at=now())
    assert job is not None
    jobs.fail(job.pk, jobs.FAULTY, trace="Traceback: ZeroDivisionError", at=now())
    page = page_of(client)
    assert "程序出了故障" in page
    assert "ZeroDivisionError" not in page
    assert "程序出了故障" in client.get("/desk/jobs/").content.decode()
    again = client.post(f"/desk/jobs/{job.pk}/again/", follow=True)
    assert "已重新排队" in again.content.decode()
    work()
    assert "没有发现错误" in page_of(client)
    assert client.post(f"/desk/jobs/{job.pk}/again/").status_code == 409


def test_how_far_a_running_job_is_can_be_seen(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    upload(client, workbook("1"))
    job = jobs.claim("here:1", at=now())
    assert job is not None
    assert "正在读取工作簿" in page_of(client)
    jobs._teller(job.pk)(3000, 12000, "主动公开")
    assert "已处理 3000 行，共 12000 行（25%）" in page_of(client)


def test_a_role_that_ended_meanwhile_is_missed_when_the_work_is_done(zhang: Staff, as_staff: SignedIn) -> None:
    client = as_staff(zhang)
    upload(client, workbook("1"))
    zhang.roles.filter(role="clerk").delete()
    work()
    job = Job.objects.get()
    assert (job.state, "须由本机关登记员办理" in job.said) == (jobs.FAILED, True)


def test_only_the_clerk_confirms_and_runs_again(zhang: Staff, as_staff: SignedIn) -> None:
    upload(as_staff(zhang), workbook("1"))
    work()
    li = as_staff(make_staff(zhang.organ, "li", "李四", "reviewer"))
    pk = Job.objects.get().pk
    assert li.get(f"/desk/jobs/{pk}/").status_code == 200
    for act in ("confirm", "again"):
        assert li.post(f"/desk/jobs/{pk}/{act}/").status_code == 403


def test_the_jobs_of_another_organ_are_not_to_be_seen(zhang: Staff, wang: Staff, as_staff: SignedIn) -> None:
    upload(as_staff(zhang), workbook("1"))
    work()
    client = as_staff(wang)
    pk = Job.objects.get().pk
    assert "大登记" not in client.get("/desk/jobs/").content.decode()
    assert client.get(f"/desk/jobs/{pk}/").status_code == 404
    for act in ("confirm", "again"):
        assert client.post(f"/desk/jobs/{pk}/{act}/").status_code == 404


def test_the_list_asks_the_same_few_questions_however_many_jobs(
    zhang: Staff, as_staff: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = as_staff(zhang)
    for number in range(30):
        jobs.ask("import", organ_code=zhang.organ.code, title=f"第{number}个", arguments={}, by=zhang, at=now())
    with django_assert_max_num_queries(20):
        client.get("/desk/jobs/")
