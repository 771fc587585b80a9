"""A register of 100,000 rows in the browser, against one of 1,000 in the same database: every way to look at it."""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from benchmarks.databases import database

RUNS = 9
SMALL, LARGE = 1_000, 100_000
PAGES = {
    "the first page": "",
    "the last page": "page={last}",
    "ordered by an indexed day": "sort=-received_on",
    "ordered by a day without an index": "sort=-extended_to",
    "a choice that most rows meet": "channel=online",
    "a choice that few rows meet": "ground=state_secret",  # see `rare`
    "a span of days": "concluded_on_from=2025-03-01&concluded_on_until=2025-03-05",
    "a word that many rows hold": "words=x",
    "a word that no row holds": "words=没有",
}


# To know that a word occurs nowhere every row is read: an index of words would end that.
LIMITS = {"a word that no row holds": 4.0}


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """One ratio for each database and page."""
    results = []
    for kind in options.database or ("sqlite", "postgresql"):
        with database(kind) as url:
            command = [sys.executable, "-m", "benchmarks.lists"]
            done = subprocess.run(
                command, env=os.environ | {"GONGKAI_DATABASE_URL": url}, capture_output=True, text=True
            )
            if done.returncode:
                raise SystemExit(done.stderr)
        for name, line in zip(PAGES, done.stdout.splitlines()[-len(PAGES) :], strict=True):
            small, large = map(float, line.split())
            results.append({
                "what": f"register, {name}, {kind}", "against": f"the same page of {SMALL:,} rows", "unit": "times",
                "ratio": large / small, "limit": LIMITS.get(name, 2.0),
                "detail": f"{large:.1f} ms with {LARGE:,} rows against {small:.1f} ms, median of {RUNS} interleaved runs",
            })  # fmt: skip
    return results


def rare(clerk: Any) -> None:
    """Ten applications with a ground that no other has."""
    from gongkai.applications.models import Application

    own = Application.objects.filter(organ_id=clerk.organ_id)
    own.filter(pk__in=list(own.values_list("pk", flat=True)[:10])).update(ground="state_secret")


def inside() -> list[tuple[float, float]]:
    """Median milliseconds of each page for the small and the large register."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from benchmarks import bench_organ, filling

    clients = []
    for code, rows in (("small", SMALL), ("large", LARGE)):
        clerk = bench_organ.clerk(code)
        filling.fill(clerk.organ_id, int(rows / filling.SHARES["applications"]))
        rare(clerk)
        clients.append((bench_organ.signed_in(clerk), rows))

    def milliseconds(asked: str, place: int) -> float:
        client, rows = clients[place]
        address = f"/desk/registers/applications/?{asked.format(last=rows // 50)}"
        began = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return took

    found = []
    for asked in PAGES.values():
        pairs = [(milliseconds(asked, 0), milliseconds(asked, 1)) for _ in range(RUNS + 1)][1:]
        small, large = (statistics.median(column) for column in zip(*pairs, strict=True))
        found.append((small, large))
    return found


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        for pair in inside():
            print(*pair)
