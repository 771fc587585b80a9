"""The worker as a process: it does what pages ask for, outlives what jobs die of, and leaves nothing half done."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.config.tests.machine import COMMAND, Machine, machine

# An organ with a clerk, and a job to try a workbook of so many rows.
PREPARE = """
import sys; from datetime import date
from gongkai.config.start import start
start()
from django.utils.timezone import now
from gongkai.disclosures.ledgers import DISCLOSURES
from gongkai.records import jobs, workbooks
from gongkai.reports.tests import cast
from gongkai.workbench import tasks
organ = cast.bureau(); zhang = cast.zhang(organ, "clerk")
rows = [{"number": f"n{i}", "title": "通知", "made_on": date(2012, 3, 1), "published_on": date(2012, 3, 5),
         "information_class": "other", "provenance": "invented"} for i in range(int(sys.argv[1]))]
book = workbooks.filled([DISCLOSURES], {"disclosures": rows}) if len(sys.argv) < 3 else sys.argv[2].encode()
jobs.ask("import", organ_code=organ.code, title="导入", payload=book, by=zhang, at=now(),
         arguments={**tasks.in_the_name_of(zhang), "name": "x.xlsx"})
"""
SHOW = """
import json; from gongkai.config.start import start; start(); from gongkai.records.models import Job
print(json.dumps([[job.state, job.said, job.trace, job.attempts] for job in Job.objects.order_by("pk")]))
"""
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("machines")]
ROWS = 5_000  # read for long enough that the kill comes in the middle


@pytest.fixture
def house(up_to_date: Machine, tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, like=up_to_date) as made:
        yield made


def prepare(house: Machine, rows: int, *more: str) -> None:
    done = house.python(PREPARE, str(rows), *more)
    assert done.returncode == 0, done.stderr


def shown(house: Machine) -> list[list[object]]:
    done = house.python(SHOW)
    assert done.returncode == 0, done.stderr
    told: list[list[object]] = json.loads(done.stdout)
    return told


def started(house: Machine, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], env=house.environment, cwd=house.folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_is_queued_is_done_and_the_anchor_of_the_day_is_made(house: Machine) -> None:
    prepare(house, 3)
    assert "做完 1 个任务" in house.run("work", "--once")
    assert shown(house) == [["done", "已导入：新增 3 条，改动 0 条，不变 0 条", "", 1]]
    assert house.rows("disclosures_disclosure") == 3
    assert house.run("anchor").startswith("今天已有")
    assert not list((house.home / "jobs").glob("*.lock"))


def test_a_refused_job_and_one_that_crashes_do_not_stop_the_worker(house: Machine) -> None:
    prepare(house, 1, "not a workbook")
    house.run("work", "--once")
    ((state, said, trace, _),) = shown(house)
    assert (state, trace) == ("failed", "")
    assert "xlsx" in str(said)
    house.python(
        "from gongkai.config.start import start; start(); from gongkai.records.models import Job\n"
        "Job.objects.update(state='queued', ended_at=None, arguments={})"
    )
    house.run("work", "--once")
    ((state, said, trace, _),) = shown(house)
    assert (state, "程序出了故障" in str(said), "KeyError" in str(trace)) == ("failed", True, True)


def test_killed_in_the_middle_nothing_is_half_imported_and_the_next_worker_says_so(house: Machine) -> None:
    prepare(house, ROWS)
    worker = started(house, "work")
    progress = house.home / "jobs"
    until = time.monotonic() + 60
    while not list(progress.glob("[0-9]*.json")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(worker.pid, signal.SIGKILL)  # the worker and the job's process, as when the power fails
    worker.wait()
    assert house.rows("disclosures_disclosure") == 0
    assert shown(house)[0][0] == "running"
    house.run("work", "--once")
    ((state, said, _, _),) = shown(house)
    assert (state, "可以再次执行" in str(said)) == ("failed", True)
    house.python(
        "from gongkai.config.start import start; start(); from gongkai.records import jobs\n"
        "from gongkai.records.models import Job; from django.utils.timezone import now\n"
        "jobs.run_again(Job.objects.get(), arguments={}, by='张三', at=now())"
    )
    house.run("work", "--once")
    assert house.rows("disclosures_disclosure") == ROWS


def test_the_site_does_the_work_itself(house: Machine) -> None:
    prepare(house, 2)
    site = started(house, "serve", "--port", str(free_port()))
    try:
        until = time.monotonic() + 60
        while shown(house)[0][0] != "done" and time.monotonic() < until:
            time.sleep(0.3)
        assert shown(house)[0][0] == "done"
    finally:
        os.killpg(site.pid, signal.SIGTERM)
        site.wait(30)
