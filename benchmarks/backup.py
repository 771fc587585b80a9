"""Backing up and restoring many rows, against Django's dumpdata and loaddata on the same database."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.databases import database

ROWS = 100_000
FEW = 1_000


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """For each database: our time against Django's, both ways, and our peak memory against that with few rows."""
    results = []
    for kind in options.database or ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-backup-") as folder:
            many = _round(kind, Path(folder), ROWS)
            few = _round(kind, Path(folder), FEW)
        for name, limit in (("backup", 1.0), ("restore", 1.0)):
            ours, theirs = many[name], many[f"django {name}"]
            results.append({
                "what": f"{name} of {ROWS:,} rows, {kind}", "against": "dumpdata / loaddata", "unit": "times",
                "ratio": ours / theirs, "limit": limit, "detail": f"{ours:.1f} s against {theirs:.1f} s, with every digest proven",
            })  # fmt: skip
        results.append({
            "what": f"peak memory of a backup, {ROWS:,} rows against {FEW:,}, {kind}", "against": "itself", "unit": "times",
            "ratio": many["memory"] / few["memory"], "limit": 1.5,
            "detail": f"{many['memory']:.0f} MB against {few['memory']:.0f} MB; Django's dump {many['django memory']:.0f} MB",
        })  # fmt: skip
    return results


def _round(kind: str, folder: Path, rows: int) -> dict[str, float]:
    """Fill a database, back it up both ways, restore each into a new one. Each step in a process of its own."""
    found: dict[str, float] = {}
    archive, dump = folder / f"{kind}-{rows}.tar.gz", folder / f"{kind}-{rows}.json"
    with database(kind) as url:
        _step(url, folder, "fill", str(rows))
        found["backup"], found["memory"] = _step(url, folder, "backup", str(archive))
        found["django backup"], found["django memory"] = _step(url, folder, "dumpdata", str(dump))
    with database(kind) as url:
        found["restore"], _ = _step(url, folder, "restore", str(archive))
    with database(kind) as url:
        _step(url, folder, "migrate")
        found["django restore"], _ = _step(url, folder, "loaddata", str(dump))
    return found


def _step(url: str, folder: Path, *arguments: str) -> tuple[float, float]:
    environment = os.environ | {"GONGKAI_DATABASE_URL": url, "GONGKAI_HOME": str(folder / f"home-{time.time_ns()}")}
    command = [sys.executable, "-m", "benchmarks.backup", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, memory = map(float, done.stdout.split()[-2:])
    return seconds, memory


def inside(step: str, *arguments: str) -> None:
    """One step, and how long it took in seconds, and the most memory in megabytes."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    if step != "restore":
        bring_up_to_date()
    from datetime import UTC, datetime

    from django.conf import settings
    from django.core.management import call_command

    from gongkai.config.backup import making, restoring

    at, home = datetime.now(UTC), Path(settings.HOME)
    began = time.perf_counter()
    if step == "fill":
        from benchmarks import bench_organ, filling

        filling.fill(bench_organ.report_to_compile()[0].organ_id, int(arguments[0]))
    elif step == "backup":
        making.make(Path(arguments[0]), home=home, with_secret_key=True, by="benchmark", at=at)
    elif step == "restore":
        restoring.restore(Path(arguments[0]), home=home, by="benchmark", at=at)
    elif step == "dumpdata":
        # Without the entry book: loaddata updates before it inserts, which the seal refuses.
        left_out = ["contenttypes", "auth.permission", "sessions", "records"]
        call_command("dumpdata", exclude=left_out, output=arguments[0])
    elif step == "loaddata":
        call_command("loaddata", arguments[0], verbosity=0)
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    inside(*sys.argv[1:])
