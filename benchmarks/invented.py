"""Invented reports in many printings read: cells right, undecided and missed, and how many are settled otherwise.

`python -m benchmarks.invented 2000 --seed 1` reads so many, over all forms, printings and mishaps; their truth is known.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from random import Random

from gongkai.law.report_forms import all_forms
from gongkai.reports.foreign import read_report
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.printings import PRINTINGS
from gongkai.reports.tests.foreign.shapes import blank_one, break_one

MISHAPS = ("sound", "sound", "broken", "blank")


def made(number: int, seed: int) -> tuple[Invented, str, str, bytes]:
    """The report of a number: what it says, its printing and mishap, and its file."""
    chance = Random(f"{seed}.{number}")
    report = invent(chance.choice(all_forms()), chance.randrange(10**9))
    printing, mishap = chance.choice(sorted(PRINTINGS)), chance.choice(MISHAPS)
    if mishap == "broken":
        break_one(report, chance)
    elif mishap == "blank":
        blank_one(report, chance)
    return report, printing, mishap, PRINTINGS[printing][1](report, chance.randrange(10**9))


def measure(count: int, seed: int, only: str = "") -> dict[str, Counter[str]]:
    """Counts by printing and mishap; every wrong cell goes to standard error with what makes it again."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(count):
        report, printing, mishap, data = made(number, seed)
        if only and only != printing:
            continue
        begun = time.process_time()
        read = read_report(data, PRINTINGS[printing][0])
        found = counts[f"{printing} {mishap}"]
        found["microseconds"] += round((time.process_time() - begun) * 1e6)
        found["reports"] += 1
        found["form"] += read.form is not report.form
        found["organ"] += (read.organ, read.year) != (report.organ, report.year)
        wrong = [cell for cell in read.cells if report.figures.get(cell.ref) != cell.value]
        undecided = sum(len(one.refs) for one in read.undecided)
        found["right"] += len(read.cells) - len(wrong)
        found["wrong"] += len(wrong)
        found["undecided"] += undecided
        found["missed"] += max(len(report.figures) - len(read.cells) - undecided, 0)
        if wrong and read.form is report.form:
            cells = ", ".join(f"{cell.ref}={cell.value or cell.value.kind}" for cell in wrong[:3])
            sys.stderr.write(f"WRONG {seed}.{number} {report.form.id} {printing} {mishap}: {len(wrong)}: {cells}\n")
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invented", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one printing")
    options = parser.parse_args()
    counts = measure(options.count, options.seed, options.only)
    kinds = ("reports", "right", "undecided", "missed", "wrong", "form", "organ")
    sys.stdout.write(f"{'printing':20}" + "".join(f"{kind:>10}" for kind in kinds) + "   ms each\n")
    counts["all"] = sum(counts.values(), Counter())
    for name, found in sorted(counts.items()):
        each = found["microseconds"] / max(found["reports"], 1) / 1000
        sys.stdout.write(f"{name:20}" + "".join(f"{found[kind]:10}" for kind in kinds) + f"{each:10.1f}\n")
    return int(counts["all"]["wrong"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
