"""Long work apart from the page that asked for it: asked for, taken up by one worker, done, or failed and run again.

What a job changes and that it is done are written in one transaction: it is wholly before or wholly after, and a job
that broke off can be run again without harm.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction

from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.records.models import Job

QUEUED, RUNNING, DONE, FAILED = Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE, Job.State.FAILED
UNFINISHED = (QUEUED, RUNNING)
KEPT = timedelta(days=30)
TRACE = 20_000  # characters of what the program said last
TOLD_EVERY = 0.5  # seconds between two tellings of progress
BROKE_OFF = "执行时中断了（停电、重启或内存不足），没有留下半截数据；可以再次执行"
FAULTY = "程序出了故障，没有留下半截数据；可以再次执行，仍不成功请联系系统管理员（细节已留给系统管理员）"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: a sentence for the person who asked, and details for its page.

    keeps_payload: the file is still wanted, by a job that follows this one; otherwise it is thrown away.
    """

    said: str
    result: Mapping[str, Any]
    keeps_payload: bool = False


Work = Callable[[Job, Progress], Outcome]


@dataclass(frozen=True, slots=True)
class Staged:
    """Work in two parts: `prepare` reads and reckons as long as it takes, `finish` writes what came of it.

    Only the second is in the transaction, so that a long reckoning holds nobody up.
    """

    prepare: Callable[[Job, Progress], Any]
    finish: Callable[[Job, Any], Outcome]


Kinds = Mapping[str, Work | Staged]


@transaction.atomic
def ask(
    kind: str, *, organ_code: str, title: str, arguments: Mapping[str, Any], payload: bytes = b"", by: object,
    at: datetime,
) -> Job:  # fmt: skip
    """Put a job into the queue. Whether `by` may do the work is asked by the work itself, when it is done."""
    job = Job.objects.create(
        organ_code=organ_code, kind=kind, title=title, arguments=entries.plain(arguments), payload=payload, by=str(by),
        asked_at=at,
    )  # fmt: skip
    after = {"kind": kind, "title": title}
    entries.write(organ_code=organ_code, by=by, at=at, act="ask_job", subject=job, after=after)
    return job


@transaction.atomic
def follow(job: Job, kind: str, *, title: str, by: object, at: datetime, arguments: Mapping[str, Any]) -> Job:
    """Hand the file of a job that is done to another one. Refused when that has been done already."""
    first = Job.objects.select_for_update().get(pk=job.pk)
    if first.state != DONE or not first.payload:
        raise Refused(
            "no_payload", f"“{first.title}”没有待用的文件：可能已经确认过，或已过期；请到后台任务查看，或重新上传"
        )
    next_one = ask(
        kind, organ_code=first.organ_code, title=title, arguments=arguments, payload=bytes(first.payload), by=by, at=at
    )
    Job.objects.filter(pk=first.pk).update(payload=b"")
    return next_one


@transaction.atomic
def run_again(job: Job, *, arguments: Mapping[str, Any], by: object, at: datetime) -> Job:
    """Queue a failed job anew, in the name of `by` from now on. Refused when it has not failed.

    arguments: those that change with the person; the others stay.
    """
    merged = {**job.arguments, **entries.plain(arguments)}
    again = Job.objects.filter(pk=job.pk, state=FAILED).update(
        state=QUEUED, said="", trace="", result={}, began_at=None, ended_at=None, worker="", by=str(by), asked_at=at,
        arguments=merged,
    )  # fmt: skip
    if not again:
        raise Refused("not_failed", f"“{job.title}”没有失败，不需要再次执行；请刷新后再看")
    job.refresh_from_db()
    entries.write(organ_code=job.organ_code, by=by, at=at, act="run_job_again", subject=job)
    return job


def claim(worker: str, *, at: datetime) -> Job | None:
    """Take up the oldest queued job; of several workers one gets it. None when there is none."""
    while (job := Job.objects.filter(state=QUEUED).order_by("pk").defer("payload").first()) is not None:
        taken = Job.objects.filter(pk=job.pk, state=QUEUED).update(
            state=RUNNING, began_at=at, worker=worker, attempts=models.F("attempts") + 1
        )
        if taken:
            return job
    return None


def perform(pk: int, kinds: Kinds, *, clock: Callable[[], datetime]) -> bool:
    """Do a job that was taken up, and write that it is done in the same transaction; False when it was refused.

    A fault of the program is raised: the process ends, and whoever started it writes the failure down.
    """
    job = Job.objects.get(pk=pk, state=RUNNING)
    work = kinds[job.kind]
    try:
        made = work.prepare(job, _teller(pk)) if isinstance(work, Staged) else None
        with transaction.atomic():
            outcome = work.finish(job, made) if isinstance(work, Staged) else work(job, _teller(pk))
            payload = {} if outcome.keeps_payload else {"payload": b""}
            _end(pk, DONE, clock(), said=outcome.said, result=entries.plain(outcome.result), **payload)
    except Refused as refused:
        _end(pk, FAILED, clock(), said=refused.reason)
        return False
    finally:
        _place(f"{pk}.json").unlink(missing_ok=True)
    return True


def fail(pk: int, sentence: str, *, trace: str, at: datetime) -> None:
    """Write down that a running job broke off; its transaction is undone already."""
    _end(pk, FAILED, at, said=sentence, trace=trace[-TRACE:])
    _place(f"{pk}.json").unlink(missing_ok=True)


def _end(pk: int, state: str, at: datetime, **more: Any) -> None:
    said = str(more.pop("said"))[:1000]
    Job.objects.filter(pk=pk, state=RUNNING).update(state=state, ended_at=at, said=said, **more)


# ── Progress, and who is still alive: in files, because the database shows nothing of an open transaction ──


def _place(name: str) -> Path:
    folder = Path(settings.HOME) / "jobs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name


def _teller(pk: int) -> Progress:
    last = 0.0

    def tell(done: int, total: int, label: str) -> None:
        nonlocal last
        if time.monotonic() - last < TOLD_EVERY:
            return
        last = time.monotonic()
        unfinished = _place(f"{pk}.unfinished")
        unfinished.write_text(json.dumps([done, total, label]))
        os.replace(unfinished, _place(f"{pk}.json"))

    return tell


def progress_of(job: Job) -> tuple[int, int, str] | None:
    """How far a running job is: done, of how many, and what it is at; None while nothing has been told."""
    path = Path(settings.HOME) / "jobs" / f"{job.pk}.json"
    try:
        done, total, label = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):  # not begun, ended just now, or being replaced
        return None
    return int(done), int(total), str(label)


@contextmanager
def alive() -> Iterator[tuple[str, int]]:
    """A worker's name, and the open file that proves it lives: whoever inherits it counts as the same worker."""
    token = uuid4().hex[:12]
    place = _place(f"{token}.lock")
    with place.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield f"{_house()}:{token}", held.fileno()
    place.unlink(missing_ok=True)


def _house() -> str:
    """What tells this data folder from those of other machines at the same database; it outlives every process."""
    place = _place("house")
    if not place.exists():
        unfinished = _place(f"{uuid4().hex}.unfinished")
        unfinished.write_text(uuid4().hex[:12])
        with suppress(FileExistsError):
            os.link(unfinished, place)
        unfinished.unlink()
    return place.read_text()


def bury(*, at: datetime) -> int:
    """Fail the running jobs whose worker, of this data folder, has died; give how many."""
    ours = f"{_house()}:"
    running = Job.objects.filter(state=RUNNING, worker__startswith=ours).values_list("pk", "worker")
    dead = [pk for pk, worker in running if not _lives(worker.removeprefix(ours))]
    for pk in dead:
        fail(pk, BROKE_OFF, trace="", at=at)
    return len(dead)


def break_off(*, at: datetime) -> None:
    """Fail every running job, whoever ran it: after a restoration nobody does."""
    for pk in Job.objects.filter(state=RUNNING).values_list("pk", flat=True):
        fail(pk, BROKE_OFF, trace="", at=at)


def _lives(token: str) -> bool:
    try:
        with _place(f"{token}.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def sweep(*, at: datetime) -> int:
    """Throw out what ended long ago; gives how many jobs."""
    return Job.objects.filter(state__in=(DONE, FAILED), ended_at__lt=at - KEPT).delete()[0]


# ── Reading ──


def of_organ(organ_code: str) -> models.QuerySet[Job]:
    """The organ's jobs, the latest first, without their files and traces."""
    return Job.objects.filter(organ_code=organ_code).order_by("-pk").defer("payload", "trace")


def waiting_since() -> datetime | None:
    """Since when the longest waiting job has been queued; None when none waits."""
    return Job.objects.filter(state=QUEUED).order_by("asked_at").values_list("asked_at", flat=True).first()


def failed_since(moment: datetime) -> int:
    """How many jobs have failed since then and were not run again."""
    return Job.objects.filter(state=FAILED, ended_at__gte=moment).count()
