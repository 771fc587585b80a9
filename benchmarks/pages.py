"""Requests a second of our report list and report page, against Wagtail's like pages on the same machine, in one run."""

import argparse
import contextlib
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WAGTAIL = ("wagtail==8.0.1", "granian==2.8.7")
REPORTS = 300
SECONDS, RUNS, CLIENTS = 3.0, 5, 4
SOMEBODY = {"Cookie": "sessionid=nobody-knows-this-session"}  # for whom no page is kept
LIST, ITEM = "/reports/", "/reports/bench/2025/"
WAGTAIL_ITEM = "/reports/r7/"
SERVE = """
from granian import Granian
from granian.constants import Interfaces
Granian({application!r}, address="127.0.0.1", port={port}, interface=Interfaces.WSGI, workers=1, blocking_threads=4,
        log_enabled=False).serve()
"""


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The ratio of each page: how many of ours are served while Wagtail serves one. The limit is a least one."""
    with tempfile.TemporaryDirectory(prefix="gongkai-pages-") as name:
        folder = Path(name)
        ours = os.environ | {"GONGKAI_HOME": str(folder), "GONGKAI_DATABASE_URL": f"sqlite:///{folder}/ours.sqlite3"}
        run([sys.executable, "-m", "benchmarks.pages"], env=ours)
        with serving(sys.executable, "gongkai.config.wsgi:application", ours) as port:
            body = main_of(get(port, ITEM))
            with wagtail(folder, body) as other:
                pairs = {"report list": (LIST, LIST), "report page": (ITEM, WAGTAIL_ITEM)}
                return [compared(what, (port, mine), (other, theirs)) for what, (mine, theirs) in pairs.items()]


def compared(what: str, ours: tuple[int, str], theirs: tuple[int, str]) -> dict[str, Any]:
    """Median requests a second of both, run in turns."""
    rates = [(rate(*ours), rate(*theirs), rate(*ours, headers=SOMEBODY)) for _ in range(RUNS + 1)][1:]
    mine, other, anew = (statistics.median(column) for column in zip(*rates, strict=True))
    sizes = [len(get(*page)) for page in (ours, theirs)]
    return {
        "what": what, "against": "Wagtail's like page", "unit": "of Wagtail's time for a request", "ratio": other / mine,
        "limit": 1 / 3,
        "detail": f"{mine:.0f} requests/s ({sizes[0]:,} bytes) against {other:.0f} ({sizes[1]:,} bytes): {mine / other:.1f} times; drawn anew for each request, which is "
        f"only done for people who are signed in, {anew:.0f} requests/s; "
        f"median of {RUNS} runs of {SECONDS:.0f} s in turns, {CLIENTS} clients, granian with one worker each",
    }  # fmt: skip


def get(port: int, path: str) -> bytes:
    """The body of a page. Stops the benchmark when it is not there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}\n{body[:2000].decode(errors='replace')}")
    return body


def rate(port: int, path: str, headers: dict[str, str] | None = None) -> float:
    """Requests a second of several clients that each ask again as soon as they are answered."""
    done = [0] * CLIENTS
    end = time.perf_counter() + SECONDS

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            connection.request("GET", path, headers={"Host": "localhost", **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            done[place] += answer.status == 200
        connection.close()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def main_of(page: bytes) -> str:
    """What stands in our page's main part: Wagtail gives out the same."""
    found = re.search(r"<main[^>]*>(.*)</main>", page.decode(), re.S)
    if found is None:
        raise SystemExit("our page has no main part")
    return found[1]


@contextlib.contextmanager
def wagtail(folder: Path, body: str) -> Iterator[int]:
    """Wagtail in an environment of its own, filled and serving; gives its port."""
    run([sys.executable, "-m", "venv", str(folder / "venv")])
    python = str(folder / "venv/bin/python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WAGTAIL])
    site = folder / "site"
    site.mkdir()
    run(["cp", "-r", str(ROOT / "benchmarks/wagtail_site"), str(site)])
    env = os.environ | {"PYTHONPATH": str(site), "WAGTAIL_DATABASE": str(folder / "wagtail.sqlite3")}
    run([python, "-m", "wagtail_site.fill", str(REPORTS)], env=env, input=body)
    with serving(python, "wagtail_site.wsgi:application", env) as port:
        yield port


@contextlib.contextmanager
def serving(python: str, application: str, env: dict[str, str]) -> Iterator[int]:
    """A server of one worker with four threads, as `gongkai serve` has it; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([python, "-c", SERVE.format(application=application, port=port)], env=env, cwd=ROOT)
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def run(command: list[str], **more: Any) -> None:
    """A command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def fill() -> None:
    """One real published report, and as many others as make the list long."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from datetime import date

    from benchmarks import bench_organ, filling
    from gongkai.organs.models import Organ, OrganName
    from gongkai.reports.models import Report

    report = bench_organ.published_report(lambda organ: filling.fill(organ, 2000))
    organs = Organ.objects.bulk_create(
        Organ(code=f"b{place:04}", kind="department", region_path="全国", provenance="invented")
        for place in range(REPORTS)
    )
    OrganName.objects.bulk_create(
        OrganName(organ=organ, registered_name=f"第{place:04}局", from_on=date(2000, 1, 1))
        for place, organ in enumerate(organs)
    )
    fields = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if field.name not in ("id", "organ")
    }
    Report.objects.bulk_create(Report(organ=organ, **fields) for organ in organs)


if __name__ == "__main__":
    fill()
