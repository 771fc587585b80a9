"""The worker: takes up jobs one after another, each in a process of its own, and sees to what is done every day."""

from __future__ import annotations

import subprocess
import sys
import threading

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from gongkai.disclosures import public as disclosures
from gongkai.records import anchors, jobs
from gongkai.records.models import DailyAnchor
from gongkai.workbench import daily

EVERY = 1.0  # seconds between two looks into the queue
BY = "gongkai work"
CHILD = "import sys; from gongkai.config.command import main; sys.exit(main())"


class Worker:
    """Works until told to stop, or, `once`, until the queue is empty."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._child: subprocess.Popen[str] | None = None

    def stop(self) -> None:
        """End soon. A job under way is broken off without a trace of it, and can be run again."""
        self._stop.set()
        if self._child is not None:
            self._child.terminate()

    def work(self, *, once: bool = False) -> int:
        """Do jobs; gives how many. A database that is away for a while is waited for."""
        done = 0
        with jobs.alive() as (name, proof):
            while not self._stop.is_set():
                try:
                    busy = self._turn(name, proof)
                except OperationalError as fault:
                    print(
                        f"后台任务：数据库暂不可用（{str(fault).splitlines()[0]}），稍后再试",
                        file=sys.stderr,
                        flush=True,
                    )
                    close_old_connections()
                    busy = False
                done += busy
                if not busy:
                    if once:
                        break
                    self._stop.wait(EVERY)
        connection.close()
        return done

    def _turn(self, name: str, proof: int) -> bool:
        """One look: what was scheduled is published, the dead are buried, the day's anchor and round seen to, a job
        done. Whether there was a job.
        """
        now = timezone.now()
        disclosures.settle(now)
        jobs.bury(at=now)
        jobs.sweep(at=now)
        today = timezone.localdate(now)
        if not DailyAnchor.objects.filter(day__gte=today).exists():
            anchors.make(today, by=BY, at=now)
        daily.ask(at=now)
        job = jobs.claim(name, at=now)
        if job is None:
            return False
        self._do(job.pk, proof)
        return True

    def _do(self, pk: int, proof: int) -> None:
        """The job in a process of its own: whatever it dies of, this one lives and writes it down."""
        command = [sys.executable, "-c", CHILD, "work", "--job", str(pk)]
        self._child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace", pass_fds=[proof])
        _, trace = self._child.communicate()
        if code := self._child.returncode:
            print(trace, end="", file=sys.stderr, flush=True)
            jobs.fail(pk, jobs.BROKE_OFF if code < 0 else jobs.FAULTY, trace=trace, at=timezone.now())
        self._child = None


def beside() -> Worker:
    """A worker in a thread beside the site, ending with it."""
    worker = Worker()
    threading.Thread(target=worker.work, name="gongkai-work", daemon=True).start()
    return worker
