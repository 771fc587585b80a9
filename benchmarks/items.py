"""Importing 100,000 disclosures from workbooks: none lost, none doubled, against five minutes; memory against a tenth."""

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

ROWS, FEW = 100_000, 10_000
LIMIT = 300.0  # seconds


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Time as a share of five minutes, and peak memory against that with a tenth of the rows."""
    rows = (options.rows or [ROWS])[0]
    results = []
    for kind in options.database or ("sqlite",):
        many, few = _imported(kind, rows), _imported(kind, max(rows // 10, 1))
        results.append({
            "what": f"import of {rows:,} disclosures, {kind}", "against": "five minutes", "unit": "times",
            "ratio": many[0] / LIMIT, "limit": 1.0, "detail": f"{many[0]:.0f} s; a second import changed nothing",
        })  # fmt: skip
        results.append({
            "what": f"peak memory of it against a tenth of the rows, {kind}", "against": "itself", "unit": "times",
            "ratio": many[1] / few[1], "limit": 2.5, "detail": f"{many[1]:.0f} MB against {few[1]:.0f} MB",
        })  # fmt: skip
    return results


def _imported(kind: str, rows: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-items-") as folder, database(kind) as url:
        environment = os.environ | {"GONGKAI_DATABASE_URL": url, "GONGKAI_HOME": str(Path(folder) / "home")}
        book = Path(folder) / "book.xlsx"
        # Making the workbook takes more memory than reading it: that is done in another process.
        for step in ("make", "import"):
            command = [sys.executable, "-m", "benchmarks.items", step, str(rows), str(book)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(done.stderr)
    seconds, memory = map(float, done.stdout.split()[-2:])
    return seconds, memory


def make(rows: int, path: Path) -> None:
    """The workbook."""
    from gongkai.config.start import start

    start()
    from datetime import date, timedelta

    from gongkai.disclosures.ledgers import DISCLOSURES
    from gongkai.records.workbooks import filled

    first = date(2012, 1, 4)
    book = filled([DISCLOSURES], {"disclosures": [
        {
            "number": f"2012-{n:06d}", "title": f"第 {n} 条信息", "information_class": "other", "is_document": "yes",
            "made_on": first + timedelta(days=n % 300), "published_on": first + timedelta(days=n % 300 + n % 40),
        }
        for n in range(rows)
    ]})  # fmt: skip
    path.write_bytes(book)


def inside(rows: int, path: Path) -> None:
    """One import into an empty database and the same again; prints its seconds and the most memory in megabytes."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from datetime import UTC, datetime

    from gongkai.disclosures.ledgers import DISCLOSURES
    from gongkai.disclosures.models import Disclosure
    from gongkai.organs.models import Organ
    from gongkai.records.importing import import_workbook

    organ = Organ.objects.create(code="bench", kind="department", region_path="吉林省/吉林市")
    book, at = path.read_bytes(), datetime(2013, 1, 4, tzinfo=UTC)
    began = time.perf_counter()
    result = import_workbook(book, organ=organ, ledgers=[DISCLOSURES], by="基准", at=at)
    seconds = time.perf_counter() - began
    assert (result.added, result.faults, Disclosure.objects.count()) == (rows, [], rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = import_workbook(book, organ=organ, ledgers=[DISCLOSURES], by="基准", at=at)
    assert (again.added, again.changed, Disclosure.objects.count()) == (0, 0, rows)
    print(seconds, memory)


if __name__ == "__main__":
    {"make": make, "import": inside}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
