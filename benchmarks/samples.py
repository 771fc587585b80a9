"""Published sample reports read and checked: cells right, undecided and wrong; errors found, missed and false; speed.

`python -m benchmarks samples` prints the table; it says so where the folder of samples is not beside the project.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import sample_findings
from gongkai.reports.foreign.reading import read_report
from gongkai.reports.foreign.report import ReadReport
from gongkai.reports.foreign.wording import column_label, row_label

FOLDER = Path(__file__).parents[2] / "shared" / "samples" / "reports"
SLOWEST = 1 / 20  # seconds that a page or text may take on one core
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cells:
    """One file. missing: true cells that were neither settled nor given as undecided; extra: cells that it has not."""

    name: str
    right: int
    undecided: int
    wrong: int
    missing: int
    extra: int
    seconds: float
    finding: sample_findings.Score | None


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The table on standard output, and three ratios: wrong cells, missed errors, time."""
    rows = list(files())
    if not rows:
        sys.stdout.write(f"no samples: {FOLDER} is absent\n")
        return []
    out = sys.stderr if getattr(options, "json", False) else sys.stdout
    out.write(
        f"{'report':46} {'right':>6} {'open':>5} {'wrong':>6} {'miss':>5} | {'found':>5} {'miss':>5} {'false':>5} |  ms\n"
    )
    for row in rows:
        score = row.finding or sample_findings.Score()
        out.write(
            f"{row.name:46} {row.right:6} {row.undecided:5} {row.wrong + row.extra:6} {row.missing:5} | "
            f"{len(score.found):5} {len(score.missed):5} {len(score.false):5} | {row.seconds * 1000:4.0f}\n"
        )
    return [_cells(rows), _speed([row for row in rows if not row.name.endswith(".pdf")])]


def _cells(rows: list[Cells]) -> dict[str, Any]:
    right, wrong = sum(row.right for row in rows), sum(row.wrong + row.extra for row in rows)
    missing = sum(row.missing for row in rows)
    return {
        "what": "sample cells wrong or missed", "ratio": (wrong + missing) / max(right, 1), "limit": 0.0, "unit": "of settled",
        "detail": f"{right} right, {sum(row.undecided for row in rows)} undecided, {wrong} wrong, {missing} missed",
    }  # fmt: skip


def _speed(rows: list[Cells]) -> dict[str, Any]:
    mean = sum(row.seconds for row in rows) / len(rows)
    return {
        "what": "reading a page or text", "ratio": mean / SLOWEST, "limit": 1.0, "unit": "of 50 ms",
        "detail": f"{1 / mean:.0f} reports a second on one core, the slowest {max(row.seconds for row in rows) * 1000:.0f} ms",
    }  # fmt: skip


def files() -> Iterator[Cells]:
    """Every sample file, read by the product alone; its findings beside last year's and the other samples."""
    samples = {path.stem: sample_findings.sample(path.stem) for path in sorted(FOLDER.glob("*.json"))}
    for path in sorted(FOLDER.glob("*")):
        if path.suffix == ".json":
            continue
        data = path.read_bytes()
        read_report(data, path.name)  # forms and words are made on first use
        begun = time.process_time()
        read = read_report(data, path.name)
        seconds = time.process_time() - begun
        score = None if path.suffix == ".html" else _scored(samples[path.stem], samples)
        yield _compared(path, read, seconds, score)


def _scored(one: sample_findings.Sample, samples: dict[str, sample_findings.Sample]) -> sample_findings.Score:
    stem, year = one.name.rsplit("-", 1)
    others = {other.name: other.figures for other in samples.values() if other is not one and other.form is one.form}
    before = samples.get(f"{stem}-{int(year) - 1}")
    return sample_findings.score(one, sample_findings.findings_of(one, before, others))


def _compared(path: Path, read: ReadReport, seconds: float, score: sample_findings.Score | None) -> Cells:
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    true, found = dict(true_cells(truth["cells"])), labelled(read)
    open_places = undecided(read)
    right = sum(place in true and true[place] == value for place, value in found.items())
    wrong = sum(place in true and true[place] != value for place, value in found.items())
    missing = sum(place not in found and place not in open_places for place in true)
    extra = sum(place not in true for place in found)
    return Cells(path.name, right, len(open_places), wrong, missing, extra, seconds, score)


def true_cells(node: dict[str, Any], labels: tuple[str, ...] = ()) -> Iterator[tuple[Place, Decimal | None]]:
    """Cells by row label and column label, without the name of the table; amounts with a unit in yuan."""
    for label, inner in node.items():
        if isinstance(inner, dict):
            yield from true_cells(inner, (*labels, label))
        elif label != "计量单位":
            text = "" if inner is None else str(inner)
            value = Decimal(text.removesuffix("万元")) * (10_000 if text.endswith("万元") else 1) if text else None
            yield ("/".join(labels[1:]), label), value


def labelled(read: ReadReport) -> dict[Place, Decimal | None]:
    return {(cell.row_label, cell.column_label): cell.value.number for cell in read.cells}


def undecided(read: ReadReport) -> set[Place]:
    places = set()
    for one in read.undecided:
        for ref in one.refs:
            table, row, column = ref.split(".")
            if read.form:
                places.add((row_label(read.form, table, row), column_label(read.form, table, column, read.year)))
    return places
