"""The process that mangles and checks, as the product's own worker does and with its limits, until one ends it."""

from __future__ import annotations

import argparse
import base64
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from gongkai.containers.answering import DEPTH
from gongkai.law.refusal import Refused
from gongkai.reports.checking import worker
from gongkai.reports.foreign.reading import read_reports
from tests.fuzz_foreign import seeds as drawn
from tests.fuzz_foreign.mutations import mangle
from tests.fuzz_foreign.seeds import Kind, Seeds, Size

SECONDS = 10  # of a core; a busy machine is not a slow reader
# Of ten thousand: what is cheap to read carries the bulk, what is dear has a share that is told.
WEIGHTS: dict[tuple[Size, Kind], int] = {
    ("small", "txt"): 4300, ("small", "md"): 1500, ("small", "html"): 2400, ("small", "json"): 300,
    ("small", "docx"): 500, ("small", "xlsx"): 400, ("small", "pdf"): 80, ("small", "other"): 150,
    ("whole", "txt"): 120, ("whole", "md"): 60, ("whole", "html"): 100, ("whole", "docx"): 50, ("whole", "xlsx"): 25,
    ("whole", "pdf"): 15,
}  # fmt: skip
SECOND_READER = 0.05  # share of the files that are read by the library's own door as well
BEFORE = 0.02  # share that is checked against a mangled report of the year before


class Mutant(NamedTuple):
    """One mangled file; `name` says what was done, seed and number make it again."""

    kind: Kind
    size: Size
    name: str
    data: bytes
    before: bytes
    twice: bool


def mutant(number: int, seed: int, files: Seeds) -> Mutant:
    """The file of a number."""
    chance = Random(f"{seed}.{number}")
    size, kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    made, data = mangle(kind, chance.choice(files[size, kind]), chance)
    suffix = {"other": chance.choice(("zip", "doc", "html", "txt", "json", "pdf"))}.get(kind, kind)
    before = mangle("txt", chance.choice(files["small", "txt"]), chance)[1] if chance.random() < BEFORE else b""
    return Mutant(kind, size, f"{'-'.join(made)}.{suffix}", data, before, chance.random() < SECOND_READER)


def check(one: Mutant) -> str:
    """How a file ends: the form found, `prose`, or the code of the refusal. What escapes ends the product's worker."""
    task = {"do": "check", "name": one.name, "data": base64.b64encode(one.data).decode()}
    if one.before:
        task["previous"] = {"name": "before.txt", "data": base64.b64encode(one.before).decode()}  # type: ignore[assignment]
    answer = json.loads(json.dumps(worker.answer(json.dumps(task))))
    if one.twice:
        _by_the_library(one)
    if "refused" in answer:
        code, reason, _ = answer["refused"]
        return f"{code} (memory)" if "内存" in reason else str(code)
    return "read" if answer["report"]["form"] else "prose"


def _by_the_library(one: Mutant) -> None:
    try:
        for report in read_reports(one.data, one.name):
            json.dumps(report.as_json())
    except (Refused, MemoryError, RecursionError):
        return  # what the worker answers with a refusal


def results(seed: int, first: int, files: Seeds) -> Iterator[dict[str, object]]:
    """What became of each number from the first on, without end."""
    number = first
    while True:
        one = mutant(number, seed, files)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        end = check(one)
        signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - begun
        yield {"kind": f"{one.size} {one.kind}", "end": end, "took": round(took, 4), "name": one.name}
        number += 1


def main() -> None:
    """Write a line before and a line after each number, so that whoever listens knows over which one it fell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_foreign.reader", description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, required=True)
    parser.add_argument("--seeds", type=Path, required=True)
    options = parser.parse_args()
    files = drawn.load(options.seeds)
    resource.setrlimit(resource.RLIMIT_AS, (worker.MEMORY, worker.MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(DEPTH)
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for number, result in enumerate(results(options.seed, options.first, files), options.first):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        out.write(json.dumps({"number": number, "peak": peak, **result}) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
