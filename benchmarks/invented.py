"""Invented reports in many printings read: cells right, undecided and missed, and how many are settled otherwise.

`python -m benchmarks.invented 2000 --seed 1` reads so many, over all forms, printings and mishaps; their truth is known.
One in fifty is a PDF of two reports side by side; `--office 5` adds five that LibreOffice prints, where it is installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from gongkai.law.refusal import Refused
from gongkai.law.report_forms import all_forms
from gongkai.reports.foreign.reading import read_reports
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.tests.foreign.invention import Invented, invent
from gongkai.reports.tests.foreign.misreadings import MISREADINGS, neighbour, side_by_side, through_office
from gongkai.reports.tests.foreign.printings import PRINTINGS
from gongkai.reports.tests.foreign.shapes import blank_one, break_one

MISHAPS = ("sound", "sound", "broken", "blank")
Printing = tuple[str, Callable[[Invented, int], bytes]]
TEXTS: Mapping[str, Printing] = {**PRINTINGS, **MISREADINGS}
DEAR: Mapping[str, Printing] = {"beside": ("both.pdf", side_by_side), "office": ("office.pdf", through_office)}
BESIDE = 0.02
LIMIT = 1 / 10_000  # of the settled cells may be wrong, blanks without a trace and figures run together counted in


def made(number: int, seed: int, printing: str = "") -> tuple[list[Invented], str, str, bytes]:
    """The reports of a number: what they say, their printing and mishap, and their file."""
    chance = Random(f"{seed}.{number}")
    report = invent(chance.choice(all_forms()), chance.randrange(10**9))
    drawn = "beside" if chance.random() < BESIDE else chance.choice(sorted(TEXTS))
    printing, mishap = printing or drawn, chance.choice(MISHAPS)
    if mishap == "broken":
        break_one(report, chance)
    elif mishap == "blank":
        blank_one(report, chance)
    own = chance.randrange(10**9)
    true = [report, neighbour(report, own)] if printing == "beside" else [report]
    return true, printing, mishap, {**TEXTS, **DEAR}[printing][1](report, own)


def counted(count: int, seed: int, only: str = "", office: int = 0) -> dict[str, Counter[str]]:
    """Counts by printing and mishap; every wrong cell goes to standard error with what makes it again."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    office = office if shutil.which("soffice") else 0
    for number in range(count + office):
        true, printing, mishap, data = made(number, seed, "office" if number >= count else "")
        if only and only != printing:
            continue
        begun = time.process_time()
        found = counts[f"{printing} {mishap}"]
        try:
            read = read_reports(data, {**TEXTS, **DEAR}[printing][0])
        except Refused:
            found["refused"] += 1
            read = []
        found["microseconds"] += round((time.process_time() - begun) * 1e6)
        for report, one in zip(true, read, strict=False):
            _compare(found, report, one, f"{seed}.{number} {report.form.id} {printing} {mishap}")
        found["form"] += abs(len(true) - len(read)) if read else 0
    return counts


def _compare(found: Counter[str], report: Invented, read: ReadReport, name: str) -> None:
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
        sys.stderr.write(f"WRONG {name}: {len(wrong)}: {cells}\n")


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Wrong cells among those settled, over a thousand reports and three that LibreOffice prints."""
    every = sum(counted(1000, 4, office=3).values(), Counter())
    detail = ", ".join(
        f"{every[kind]} {kind}" for kind in ("reports", "right", "undecided", "missed", "wrong", "refused")
    )
    return [{
        "what": "invented cells settled otherwise than they are", "ratio": every["wrong"] / max(every["right"], 1) / LIMIT,
        "limit": 1.0, "unit": "of one in 10,000", "detail": detail,
    }]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invented", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one printing")
    parser.add_argument("--office", type=int, default=0, help="so many more, printed to PDF by LibreOffice")
    options = parser.parse_args()
    counts = counted(options.count, options.seed, options.only, options.office)
    kinds = ("reports", "refused", "right", "undecided", "missed", "wrong", "form", "organ")
    sys.stdout.write(f"{'printing':20}" + "".join(f"{kind:>10}" for kind in kinds) + "   ms each\n")
    counts["all"] = sum(counts.values(), Counter())
    for name, found in sorted(counts.items()):
        each = found["microseconds"] / max(found["reports"] + found["refused"], 1) / 1000
        sys.stdout.write(f"{name:20}" + "".join(f"{found[kind]:10}" for kind in kinds) + f"{each:10.1f}\n")
    return int(counts["all"]["wrong"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
