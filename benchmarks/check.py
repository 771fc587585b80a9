"""Checking anyone's report: how many a second on one core, how the time divides, and a thousand of them in a folder."""

import argparse
import os
import resource
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

PER_REPORT = 0.05  # seconds; twenty a second
RULES = 0.001
FOLDER = 1000
ROUNDS = 3


def drawn(folder: Path, count: int) -> list[Path]:
    """Reports of invented organs over four years, half as pages and half as text."""
    from gongkai.reports.tests.checking import drawn as reports

    paths = []
    for number in range(count):
        year = 2021 + number % 4
        one = reports.consistent(number % 97, f"第{number // 4}区教育局", size=number % 4)
        text = reports.SECTIONS | {"一": f"全年公开信息{number}条。" + "各科室按职责分工推进公开，逐项核对目录。" * 3}
        path = folder / f"{number // 4:04}-{year}.{'html' if number % 2 else 'txt'}"
        path.write_bytes(reports.page(one, year, text) if number % 2 else reports.text(one, year, text).encode())
        paths.append(path)
    return paths


def samples() -> list[Path]:
    """Real reports in HTML and text, where they lie beside the project."""
    folder = Path(__file__).parents[2] / "shared" / "samples" / "reports"
    return sorted(path for path in folder.glob("*") if path.suffix in (".html", ".txt"))


def divided(paths: list[Path]) -> dict[str, float]:
    """Seconds of one core for each step over all files."""
    from gongkai.papers import html, text
    from gongkai.reports.checking.judging import judge
    from gongkai.reports.checking.keeping import keep
    from gongkai.reports.foreign.reading import read_reading

    spent: dict[str, float] = defaultdict(float)
    for path in paths:
        data = path.read_bytes()
        marks = [time.process_time()]
        reading = (html if path.suffix == ".html" else text).read(data)
        marks.append(time.process_time())
        report = read_reading(reading, path.name)
        marks.append(time.process_time())
        judge(report)
        marks.append(time.process_time())
        keep(report)
        marks.append(time.process_time())
        for step, (before, after) in zip(("file", "report", "rules", "hand over"), pairwise(marks), strict=True):
            spent[step] += after - before
    return spent


def table_rules(paths: list[Path]) -> float:
    """Seconds for all arithmetic rules of one report as read, the least of many rounds."""
    from gongkai.law.checks import Evidence, load
    from gongkai.law.identities import run
    from gongkai.law.relations import COMPILERS
    from gongkai.law.vectors import joint
    from gongkai.reports.checking.opening import open_report

    report = open_report(paths[1].name, paths[1].read_bytes())
    rules = [rule for rule in load(report.form.id) if rule.kind in COMPILERS]
    figures, best = report.figures(), 1.0
    for _ in range(200):
        start = time.perf_counter()
        evidence = Evidence(report.form, figures, year=report.year, vector=joint(report.form, figures, None))
        for rule in rules:
            run(rule, evidence)
        best = min(best, time.perf_counter() - start)
    return best


def in_folder(folder: Path, paths: list[Path], processes: int) -> dict[str, float]:
    """Seconds until each step of folder mode ended, of a second run that finds all done, and of all cores together."""
    from gongkai.reports.checking.folder import Options, run
    from gongkai.reports.checking.state import State

    ended: dict[str, float] = {}
    for name in ("", "again "):
        start, before = time.perf_counter(), cores()

        def mark(step: str, done: int, total: int, start: float = start, name: str = name) -> None:
            ended[name + step] = time.perf_counter() - start

        run(paths, Options(processes=processes), State(folder / ".state"), mark)
        ended[f"{name}cores"] = cores() - before
    return ended


def cores() -> float:
    """Seconds of processor spent by this process and the workers that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def measure(options: argparse.Namespace) -> list[dict[str, object]]:
    """One core on drawn and real reports, the arithmetic rules, and the folder."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = drawn(folder, FOLDER)
        for what, some in (("drawn", paths[:60]), ("real", samples())):
            if not some:
                continue
            divided(some[:4])  # the book is read once, and not counted
            spent = min((divided(some) for _ in range(ROUNDS)), key=lambda one: sum(one.values()))
            each = sum(spent.values()) / len(some)
            steps = ", ".join(f"{step} {part / sum(spent.values()):.0%}" for step, part in spent.items())
            results.append({
                "what": f"HTML and text on one core, {len(some)} {what} reports", "ratio": each / PER_REPORT,
                "unit": "of a twentieth of a second", "limit": 1.0, "detail": f"{1 / each:.0f} a second: {steps}",
            })  # fmt: skip
        rules = table_rules(paths)
        results.append({
            "what": "all table rules of one report", "ratio": rules / RULES, "unit": "of a millisecond", "limit": 1.0,
            "detail": f"{rules * 1e6:.0f} microseconds",
        })  # fmt: skip
        processes = os.cpu_count() or 1
        ended = in_folder(folder, paths, processes)
        whole, each = ended["比较"], ended["cores"] / FOLDER / processes
        results.append({
            "what": f"a folder of {FOLDER} reports over {processes} processes, processor time", "ratio": each / PER_REPORT,
            "unit": "of a twentieth of a second each", "limit": 1.0,
            "detail": f"{1 / each:.0f} a second on free cores, {FOLDER / whole:.0f} by the clock now; read {ended['读取']:.1f} s, "
            f"judged {ended['检查'] - ended['读取']:.1f} s, compared {whole - ended['检查']:.1f} s; begun again {ended['again 比较']:.1f} s",
        })  # fmt: skip
    return results
