"""Compiling the 2021 form from many records, against hand-written SQL for the same cells on the same database."""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from benchmarks.databases import database

RUNS = 5
DEFAULT = {"postgresql": (1_000_000, 10_000_000), "sqlite": (1_000_000,)}


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """One ratio for each database and size; each in a process of its own, because Django is bound to one database."""
    results = []
    for kind in options.database or list(DEFAULT):
        for rows in options.rows or DEFAULT[kind]:
            with database(kind) as url:
                command = [sys.executable, "-m", "benchmarks.compile", kind, str(rows)]
                done = subprocess.run(
                    command, env=os.environ | {"GONGKAI_DATABASE_URL": url}, capture_output=True, text=True
                )
                if done.returncode:
                    raise SystemExit(done.stderr)
            ours, theirs, counting, fill = map(float, done.stdout.split()[-4:])
            results.append({
                "what": f"compile national_2021 from {rows:,} records, {kind}", "against": "hand-written SQL", "unit": "times",
                "ratio": ours / theirs, "limit": 1.5,
                "detail": f"{ours:.2f} s (of it counting {counting:.2f} s) against {theirs:.2f} s, median of {RUNS} interleaved runs; filled in {fill:.0f} s",
            })  # fmt: skip
    return results


def timed(act: Any) -> float:
    """Wall seconds of one call."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def inside(rows: int) -> tuple[float, float, float, float]:
    """Median seconds of compiling, of the same by hand, of counting alone, and seconds of filling."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from benchmarks import bench_organ, filling
    from gongkai.reports import actions, counting

    report, clerk, at = bench_organ.report_to_compile()
    fill = timed(lambda: filling.fill(report.organ_id, rows))
    actions.compile(report, by=clerk, at=at)
    filling.by_hand(report.organ_id)
    bench_organ.require_same(report, filling.by_hand(report.organ_id))
    pairs = []
    for _ in range(RUNS):
        ours = timed(lambda: actions.compile(report, by=clerk, at=at))
        theirs = timed(lambda: filling.by_hand(report.organ_id))
        count = timed(lambda: counting.count(report.form, report.organ, report.period))
        pairs.append((ours, theirs, count))
    ours, theirs, count = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, count, fill


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        print(*inside(int(sys.argv[2])))
