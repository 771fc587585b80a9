"""Long work: one worker gets a job, it is done wholly or not at all, and what failed says so and runs again."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from gongkai.law.refusal import Refused
from gongkai.records import entries, jobs
from gongkai.records.jobs import Outcome, Progress, Staged
from gongkai.records.models import Entry, Job

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]


def asked(kind: str = "count", payload: bytes = b"file") -> Job:
    return jobs.ask(kind, organ_code="gxj", title="数一数", arguments={"of": 3}, payload=payload, by="张三", at=AT)


def clock() -> datetime:
    return AT + timedelta(minutes=1)


def count(job: Job, progress: Progress) -> Outcome:
    """Leaves an entry, as real work does, and tells how far it is."""
    entries.write(organ_code="gxj", by=job.by, at=AT, act="count", subject=job)
    progress(1, 3, "第一页")
    assert jobs.progress_of(job) == (1, 3, "第一页")
    return Outcome("数完了", {"found": 3})


def refuse(job: Job, progress: Progress) -> Outcome:
    count(job, progress)
    raise Refused("no", "数不了；请改好再来")


def break_down(job: Job, progress: Progress) -> Outcome:
    count(job, progress)
    raise ZeroDivisionError


KINDS = {"count": count, "refuse": refuse, "break": break_down}


def test_a_job_is_done_and_says_what_came_of_it() -> None:
    job = asked()
    taken = jobs.claim("here:1", at=AT)
    assert taken == job
    assert jobs.perform(job.pk, KINDS, clock=clock)
    job.refresh_from_db()
    assert (job.state, job.said, job.result, job.attempts) == (jobs.DONE, "数完了", {"found": 3}, 1)
    assert bytes(job.payload) == b""
    assert jobs.progress_of(job) is None
    assert [entry.act for entry in Entry.objects.all()] == ["ask_job", "count"]


def test_a_job_that_is_refused_changes_nothing_and_says_why() -> None:
    job = asked("refuse")
    jobs.claim("here:1", at=AT)
    assert not jobs.perform(job.pk, KINDS, clock=clock)
    job.refresh_from_db()
    assert (job.state, job.said, job.trace) == (jobs.FAILED, "数不了；请改好再来", "")
    assert bytes(job.payload) == b"file"
    assert [entry.act for entry in Entry.objects.all()] == ["ask_job"]


def test_a_fault_of_the_program_is_raised_and_nothing_is_kept_of_the_work() -> None:
    job = asked("break")
    jobs.claim("here:1", at=AT)
    with pytest.raises(ZeroDivisionError):
        jobs.perform(job.pk, KINDS, clock=clock)
    jobs.fail(job.pk, jobs.FAULTY, trace="Traceback …", at=AT)
    job.refresh_from_db()
    assert (job.state, job.said, job.trace) == (jobs.FAILED, jobs.FAULTY, "Traceback …")
    assert Entry.objects.count() == 1


def test_a_failed_job_runs_again_in_the_name_of_who_asks() -> None:
    job = asked("refuse")
    jobs.claim("here:1", at=AT)
    jobs.perform(job.pk, KINDS, clock=clock)
    again = jobs.run_again(job, arguments={"staff": 7}, by="李四", at=AT)
    assert (again.state, again.by, again.arguments) == (jobs.QUEUED, "李四", {"of": 3, "staff": 7})
    assert jobs.claim("here:1", at=AT) == job
    job.refresh_from_db()
    assert job.attempts == 2
    assert entries.verify() == []


def test_only_a_failed_job_runs_again() -> None:
    job = asked()
    with pytest.raises(Refused, match="没有失败"):
        jobs.run_again(job, arguments={}, by="李四", at=AT)


def test_jobs_are_taken_in_their_order_and_each_once() -> None:
    first, second = asked(), asked()
    assert [jobs.claim("a:1", at=AT), jobs.claim("b:1", at=AT), jobs.claim("c:1", at=AT)] == [first, second, None]


@pytest.mark.django_db(transaction=True)
def test_work_in_two_parts_reckons_before_the_transaction_begins_and_writes_within_it() -> None:
    inside: list[bool] = []

    def reckon(job: Job, progress: Progress) -> int:
        inside.append(connection.in_atomic_block)
        return 7

    def write(job: Job, reckoned: int) -> Outcome:
        inside.append(connection.in_atomic_block)
        return Outcome(f"算得 {reckoned}", {})

    job = asked()
    jobs.claim("here:1", at=AT)
    assert jobs.perform(job.pk, {"count": Staged(reckon, write)}, clock=clock)
    job.refresh_from_db()
    assert (job.said, inside) == ("算得 7", [False, True])


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_each_job_goes_to_one() -> None:
    for _ in range(3):
        asked()
    taken: list[int] = []

    def work(name: str) -> None:
        while (job := jobs.claim(name, at=AT)) is not None:
            taken.append(job.pk)
        connection.close()

    threads = [threading.Thread(target=work, args=(f"here:{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))


def test_the_job_of_a_dead_worker_is_failed_and_that_of_a_living_one_left_alone() -> None:
    with jobs.alive() as (living, _), jobs.alive() as (dying, _):
        first, second = asked(), asked()
        jobs.claim(living, at=AT)
        jobs.claim(dying, at=AT)
        assert jobs.bury(at=AT) == 0
        (jobs._place(dying.split(":")[1] + ".lock")).unlink()
        assert jobs.bury(at=AT) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (jobs.RUNNING, jobs.FAILED)
    assert "可以再次执行" in second.said


def test_the_job_of_another_machine_is_nobody_elses_to_fail() -> None:
    job = asked()
    jobs.claim("elsewhere:1", at=AT)
    assert jobs.bury(at=AT) == 0
    assert Job.objects.get(pk=job.pk).state == jobs.RUNNING


def test_a_file_is_handed_on_once() -> None:
    def keep(job: Job, progress: Progress) -> Outcome:
        return Outcome("试过了", {}, keeps_payload=True)

    job = asked()
    jobs.claim("here:1", at=AT)
    jobs.perform(job.pk, {"count": keep}, clock=clock)
    job.refresh_from_db()
    following = jobs.follow(job, "count", title="真做", by="张三", at=AT, arguments={})
    assert bytes(following.payload) == b"file"
    with pytest.raises(Refused, match="没有待用的文件"):
        jobs.follow(job, "count", title="再做", by="张三", at=AT, arguments={})


def test_what_ended_long_ago_is_swept_and_what_waits_is_not() -> None:
    old, waiting = asked(), asked()
    jobs.claim("here:1", at=AT)
    jobs.fail(old.pk, "坏了", trace="", at=AT)
    assert jobs.sweep(at=AT + timedelta(days=29)) == 0
    assert jobs.sweep(at=AT + timedelta(days=31)) == 1
    assert list(Job.objects.all()) == [waiting]
    assert jobs.waiting_since() == AT
