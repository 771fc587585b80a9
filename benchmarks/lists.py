"""Three registers of 100,000 rows in the browser, against 1,000 in the same database: every way of looking at them."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.databases import database

RUNS = 3
SMALL, LARGE = 1_000, 100_000
REGISTERS = ("applications", "disclosures", "payments")
# Words that very many rows hold, some, few, and none; single letters; parts of numbers; several at once.
WORDS = (
    "的",
    "土地征收",
    "房屋拆迁 新区",
    "997号",
    "2025-",
    "2025-09",
    "低保",
    "没有",
    "鑫",
    "x",
    "没有这样的词",
    "土地 鑫",
    "地块公告",
)
SPANS = {
    "five days": ("2025-03-01", "2025-03-05"),
    "two years": ("2024-01-01", "2025-12-31"),
    "until 2016": ("", "2016-06-30"),
    "a future": ("2031-01-01", ""),
}


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """For each database and register the worst of all orders, choices, days and words: one ratio each."""
    results = []
    for kind in options.database or ("sqlite", "postgresql"):
        with database(kind) as url:
            command = [sys.executable, "-m", "benchmarks.lists"]
            done = subprocess.run(
                command, env=os.environ | {"GONGKAI_DATABASE_URL": url}, capture_output=True, text=True
            )
            if done.returncode:
                raise SystemExit(done.stderr)
        found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
        for register in REGISTERS:
            for what in ("order", "choice", "days", "words"):
                results.append(worst(kind, register, what, [one for one in found if one[:2] == [register, what]]))
    return results


def worst(kind: str, register: str, what: str, found: list[Any]) -> dict[str, Any]:
    """The address whose ratio is the greatest, with the times and how many were asked."""
    _, _, asked, small, large = max(found, key=lambda one: one[4] / one[3])
    return {
        "what": f"{register} by {what}, the worst of {len(found)}, {kind}", "against": f"the same page of {SMALL:,} rows", "unit": "times",
        "ratio": large / small, "limit": 2.0,
        "detail": f"{asked or 'as it is'}: {large:.1f} ms with {LARGE:,} rows against {small:.1f} ms, least of {RUNS} interleaved runs, of the processor",
    }  # fmt: skip


def asked_of(name: str, rows: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything that a register offers, as (kind, what is asked): every order both ways, first, middle and last page;
    every choice made and not made; every day by narrow and wide spans; words; and some together."""
    from gongkai.workbench import narrowing, registers
    from gongkai.workbench.ledgers import LEDGERS

    ledger = registers.ledger_named(LEDGERS, name)
    pages = ("", str(rows // 100), str(rows // 50))
    for column in ("", *narrowing.sortable(ledger)):
        for sort in (column, f"-{column}") if column else ("",):
            yield from (("order", {"sort": sort, "page": page}) for page in pages)
    for column in (one for one in ledger.all_columns if one.kind == "choice"):
        for code in (*list(column.choices)[:6], list(column.choices)[-1], "-"):
            yield "choice", {column.name: code}
            yield "choice", {column.name: code, "sort": "-" + narrowing.sortable(ledger)[1]}
    for column in (one for one in ledger.columns if one.kind == "date"):
        for first, last in SPANS.values():
            yield "days", {f"{column.name}_from": first, f"{column.name}_until": last}
            yield "days", {f"{column.name}_from": first, f"{column.name}_until": last, "sort": f"-{column.name}"}
    yield from (("days", {"year": year}) for year in ("2016", "2025", "2030"))
    for words in WORDS:
        yield "words", {"words": words}
        yield "words", {"words": words, "sort": "-" + narrowing.sortable(ledger)[1]}
        yield "words", {"words": words, "year": "2025"}


def processor_of(connection: Any) -> Callable[[], float]:
    """Seconds of the processor that we and our database took until now: what other programs do does not show in them."""
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # whose time would not be told
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def inside() -> Iterator[list[Any]]:
    """Of each address the least milliseconds with few and with many rows."""
    from gongkai.config.start import bring_up_to_date, start

    start()
    bring_up_to_date()
    from django.contrib.auth import get_user_model
    from django.db import connection

    from benchmarks import bench_organ, listed
    from gongkai.organs.models import Staff

    processor = processor_of(connection)
    clients = []
    for code, rows in (("small", SMALL), ("large", LARGE)):
        if not get_user_model().objects.filter(username=code).exists():
            listed.fill(bench_organ.clerk(code).organ_id, rows)
        clients.append(bench_organ.signed_in(Staff.objects.get(user__username=code)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")

    def milliseconds(place: int, name: str, asked: dict[str, str]) -> float:
        began = processor()
        answer = clients[place].get(f"/desk/registers/{name}/", asked)
        took = (processor() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{name} {asked}: {answer.status_code}")
        return took

    for name in REGISTERS:
        asked = zip(asked_of(name, SMALL), asked_of(name, LARGE), strict=True)
        for (what, few), (_, many) in asked:
            pairs = [(milliseconds(0, name, few), milliseconds(1, name, many)) for _ in range(RUNS)]
            small, large = (min(column) for column in zip(*pairs, strict=True))
            yield [name, what, urlencode({key: value for key, value in many.items() if value}), small, large]


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        for one in inside():
            print(json.dumps(one), flush=True)
