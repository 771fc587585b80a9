"""Drawing all formats of one report, against LibreOffice converting its Word file to PDF: CPU of cold processes."""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

RUNS = 5


def sample() -> Any:
    """A full report on the 2021 form, with every cell filled; invented figures."""
    from gongkai.law.report_forms import load
    from gongkai.law.values import number
    from gongkai.reports.drawing import Facts, draw

    form = load("national_2021")
    figures = {cell.ref: number(place * 37 % 1000) for place, cell in enumerate(form.cells)}
    texts = {
        section.no: "基准测试用的文字,{t3.new_received.total}件。\n" * 12
        for section in form.sections
        if section.kind == "text"
    }
    return draw(form, figures, texts, Facts("基准测试机关", 2025, date(2026, 1, 28), "invented"))


def draw_all(folder: Path) -> None:
    """HTML, Word, PDF and xlsx of the sample into a folder."""
    from gongkai.papers import docx, html, pdf, xlsx

    paper = sample()
    (folder / "report.html").write_text(html.document(paper), encoding="utf-8")
    for name, write in (("docx", docx.write), ("pdf", pdf.write), ("xlsx", xlsx.write)):
        (folder / f"report.{name}").write_bytes(write(paper))


def cpu(command: list[str]) -> float:
    """User and system seconds of one finished process with its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(_: argparse.Namespace) -> list[dict[str, Any]]:
    """The median over pairs of (all our formats) / (LibreOffice: docx to PDF)."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None and not os.getuid():
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-writer-nogui"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = [sys.executable, "-m", "benchmarks.draw", name]
        theirs = [
            office,
            f"-env:UserInstallation=file://{name}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            f"{name}/office",
            str(folder / "report.docx"),
        ]
        cpu(ours), cpu(theirs)
        pairs = [(cpu(ours), cpu(theirs)) for _ in range(RUNS)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [{"what": "drawing HTML, Word, PDF and xlsx of one report", "against": "LibreOffice, docx to PDF", "unit": "times the CPU",
             "ratio": ratio, "limit": 1.0, "detail": f"{mine:.2f} s CPU against {other:.2f} s, cold processes, median of {RUNS} pairs"}]  # fmt: skip


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]))
